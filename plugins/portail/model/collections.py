"""What everyone may know of contents whose models are in their features, and what gathers contents.

Places, resources (how one gets them, what borrowing one takes, who has it when), articles and
announcements, territories; the pages of the portal. What gathers is a rule, references to contents
of any kind, or the editions of a yearly rendezvous.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import ValidationInfo

from .entry import Entry, Groupe
from .faults import fault
from .fields import (
    Annee,
    CommuneRef,
    Detail,
    Entier,
    Jour,
    LieuRef,
    Ligne,
    Liste,
    Nombre,
    Reference,
    Terme,
    TerritoireRef,
    Texte,
    Url,
)
from .kinds import Kind, where
from .parts import Accessibilite, Adresse, Age, Chiffre, ChiffreCourt, Contact, Coordonnees
from .rules import OneOf, Order, Rule
from .scalars import champ, read_text

_ELEMENTS = where(lambda info: info.is_subject)


class Regle(Groupe):
    """Gathers every content of a theme, a keyword and/or a territory."""

    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(("theme", "mot_cle", "territoire"), "E206", {"cle": "regle"}),
    )

    theme: Annotated[str, Terme("themes")] | None = champ("Thème", "Un thème.", "numerique")
    mot_cle: Annotated[str, Texte(60)] | None = champ("Mot-clé", "Un mot-clé.", "vaccin")
    territoire: TerritoireRef | None = champ("Territoire", "Un territoire.", "$territoire")


# There is another rule, of the days of what comes back every year.
ReglePour = Regle


def _read_ref(value: Any, info: ValidationInfo) -> str:
    if not isinstance(value, str):
        raise fault("E202", cle="ref", exemple="articles/un-article")
    return read_text(value, info).removesuffix(".md")


RefLibre = Reference(_read_ref, {"type": "string", "x-code": "E401"}, _ELEMENTS, code="E401")


# Yearly highlights: ``content/temps-forts/``.


class Edition(Groupe):
    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    annee: Annee = champ("Année", "De l’édition.", "2027", default=...)
    du: Jour | None = champ("Du", "Premier jour.", "2027-10-01")
    au: Jour | None = champ("Au", "Dernier jour.", "2027-10-11")
    theme: Ligne | None = champ("Thème", "De l’année.", "L’émotion de la découverte")
    chiffres: Annotated[tuple[Chiffre, ...], Liste(40)] = champ(
        "Chiffres", "Bilan de l’édition.", {"libelle": "animations", "valeur": "300"}, default=()
    )

    @property
    def jours(self) -> tuple[date, date] | None:
        """Its first and last days, the same where it tells one; ``None`` where it tells none."""
        first = self.du or self.au
        if first:
            return first, self.au or first
        return None


class YearlyEntry(Entry):
    """A content of a kind that comes back every year (``yearly`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        periode: str | None
        regle: str | None
        mois: tuple[int, ...]
        editions: tuple[Edition, ...]
        organisateur: tuple[str, ...]
        participer: str | None
        site: str | None


class PlaceEntry(Entry):
    """A content of a kind that is a place (``place`` of ``kind.yml``).

    It adds no field: what others read of a place is named here, and declared by the model of its
    kind.
    """

    if TYPE_CHECKING:
        nom_court: str | None
        type: str | None
        roles: tuple[str, ...]
        adresse: Adresse | None
        commune: str | None
        coordonnees: Coordonnees | None
        acces: str | None
        site: str | None
        courriel: str | None
        telephone: str | None
        publics: tuple[str, ...]
        # In the syntax of OpenStreetMap.
        horaires_ouverture: str | None
        # How one comes there with a group; ``None`` where one does not.
        groupes: Groupe | None
        accessibilite: Accessibilite | None
        # Slugs or names of the networks to which it belongs.
        membre_de: tuple[str, ...]
        offre: tuple[str, ...]
        chiffres: tuple[Chiffre, ...]
        verifie_le: date | None

    @property
    def code_commune(self) -> str | None:
        commune = None
        if self.adresse and not self.adresse.pays:
            commune = self.adresse.commune
        return self.commune or commune


class Acces(Groupe):
    """Where to get it and on which terms."""

    url: Url | None = champ("Adresse", "Où la trouver.", "https://example.org/ressource")
    licence: Annotated[str, Terme("licences")] | None = champ(
        "Licence", "De la ressource.", "CC-BY-4.0"
    )
    tarif: Ligne | None = champ("Tarif", "Ce qu’elle coûte.", "gratuit")


class Pret(Groupe):
    """What borrowing the tool takes."""

    panneaux: Annotated[int, Entier(0, 1000)] | None = champ("Panneaux", "Nombre.", "12")
    surface_m2: Annotated[float, Nombre(0, 10_000)] | None = champ("Surface", "En m².", "40")
    caisses: Annotated[int, Entier(0, 1000)] | None = champ("Caisses", "Nombre.", "3")
    poids_kg: Annotated[float, Nombre(0, 100_000)] | None = champ("Poids", "En kg.", "80")
    montage: Detail | None = champ("Montage", "Durée, personnes.", "2 h à deux")
    transport: Detail | None = champ("Transport", "Par qui.", "à la charge de l’emprunteur")
    assurance_eur: Annotated[float, Nombre(0, 10_000_000)] | None = champ(
        "Valeur d’assurance", "En euros.", "3000"
    )
    tarif: Ligne | None = champ("Tarif", "Du prêt.", "gratuit pour les adhérents")
    delai_jours: Annotated[int, Entier(0, 730)] | None = champ(
        "Délai", "Jours entre demande et prêt.", "30"
    )
    exemplaires: Annotated[int, Entier(1, 100)] = champ(
        "Exemplaires", "Combien il en existe.", "1", default=1
    )


class Etape(Groupe):
    """One loan: who has it, where, from when to when."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    lieu: LieuRef | None = champ("Lieu", "De l’annuaire.", "musee-exemple")
    emprunteur: Ligne | None = champ("Emprunteur", "S’il n’y est pas.", "Collège Exemple")
    commune: CommuneRef | None = champ("Commune", "Où il se trouve.", "$commune")
    du: Jour = champ("Du", "Premier jour.", "2027-10-01", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2027-10-15", default=...)
    exemplaire: Annotated[int, Entier(1, 100)] | None = champ(
        "Exemplaire", "Lequel, s’il y en a plusieurs.", "1"
    )


class ResourceEntry(Entry):
    """A content of a kind of which some are lent (``borrowed`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        type: str | None
        proprietaire: str | None
        publics: tuple[str, ...]
        age: Age | None
        duree: str | None
        annee: int | None
        acces: Acces | None
        pret: Pret | None
        itinerance: tuple[Etape, ...]
        eligibles: tuple[str, ...]
        echeance: date | str | None
        montant: str | None

    @property
    def finance(self) -> bool:
        return self.type == "financement"

    @property
    def limite(self) -> date | None:
        """The last day to apply; ``None`` when there is none."""
        if isinstance(self.echeance, date):
            return self.echeance
        return None

    @property
    def itinerante(self) -> bool:
        return self.pret is not None or bool(self.itinerance)

    @property
    def exemplaires(self) -> int:
        """How many copies there are: one, unless its sheet says otherwise."""
        if self.pret:
            return self.pret.exemplaires
        return 1

    @property
    def delai(self) -> int:
        """Days between asking for it and having it, as far as its sheet tells."""
        return (self.pret and self.pret.delai_jours) or 0

    def had_from(self, day: date) -> date:
        """The first day on which whoever asks on ``day`` may have it, if it is free then."""
        return day + timedelta(days=self.delai)


class ArticleEntry(Entry):
    """A content of a kind that is read (``to_read`` of ``kind.yml``): what others read of it."""

    if TYPE_CHECKING:
        genre: str | None
        chiffre: ChiffreCourt | None
        a_retenir: str | None
        # Day when its sequel is promised.
        suite: date | None
        suite_de: str | None
        reseau: bool | None


class AnnouncementEntry(Entry):
    """A content of a kind open until a day that it says (``end`` of ``kind.yml``)."""

    ends: ClassVar[str] = "echeance"

    if TYPE_CHECKING:
        categorie: str | None
        echeance: date | None
        contact: Contact | None
        temps_fort: str | None
        edition: int | None
        publics: tuple[str, ...]


class Page(Entry):
    """A page of the site itself, at the root of its addresses."""

    kind: ClassVar[Kind] = Kind.PAGE
    obligatoires: ClassVar[tuple[str, ...]] = ("titre",)
    texte_obligatoire: ClassVar[bool] = True


class TerritoryEntry(Entry):
    """A content of a kind that is a territory (``territory`` of ``kind.yml``)."""

    if TYPE_CHECKING:
        type: str | None
        # INSEE code, SIREN of an EPCI.
        code: str | None
