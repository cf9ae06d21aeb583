"""Places and structures of the directory (``content/lieux/``)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec.structs import replace
from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from portail.features.services.facades.notation import Facade
from portail.features.services.horaires.field import Horaires
from portail.late import expression
from portail.model.collections import PlaceEntry
from portail.model.entry import Groupe
from portail.model.faults import Fault, fault, phrase, raised
from portail.model.fields import (
    Detail,
    Entier,
    Euros,
    Jour,
    Ligne,
    Nombre,
    Phrase,
    Telephone,
    Terme,
    Texte,
    Url,
)
from portail.model.kinds import Kind
from portail.model.parts import Contact
from portail.model.rules import Abroad, Bounds, OneOf, Order, Rule, Same
from portail.model.scalars import champ, read_url
from portail.text.dates import days_named
from portail.text.normalise import fold

_UN_AN = timedelta(days=366)
# What a source that tells only where a place is has for a note.
_PLACE = "les coordonnées"
# Years of a text, but those of a span (« 2021-2027 »).
_YEARS = expression(r"(?<![\d/–-])(?:19|20)\d\d(?![\d/–-])")
# What anybody pays, as a label says it: not what some pay, nor on some days.
_ORDINARY = expression(
    r"^(?!.*\b(?:reduits?|moins|ans|enfants?|jeunes?|etudiants?|eleves?|scolaires?|classes?|groupes?"
    r"|familles?|seniors?|habitants?|demandeurs?|abonnes?|adherents?|carte|premiere?s?|mois|soirs?"
    r"|journees?|nuits?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?)\b)"
    r"(?:(?:tarif|prix)$|.*\b(?:plein|normal|adultes?|entrees?|tous|tout|gratuite?|unique|individuels?"
    r"|visiteurs?|billets?|visites?|expositions?|collections?|musees?)\b)"
)


class Among(Rule, frozen=True):
    """The field ``dedans`` of each row of ``champ`` is the ``type`` of some row of ``autre``."""

    regle: ClassVar[str] = "parmi"
    champ: str
    dedans: str
    autre: str
    code: str

    def faults(self, values: Any) -> Iterator[Fault]:
        types = {row.type for row in getattr(values, self.autre) or ()}
        for rank, row in enumerate(getattr(values, self.champ) or ()):
            value = getattr(row, self.dedans)
            if value and value not in types:
                details: dict[str, object] = {"valeur": value}
                yield Fault(
                    self.code, (self.champ, rank, self.dedans), details, needs=(self.autre,)
                )


class Fermeture(Groupe):
    """Days when a place is closed."""

    regles: ClassVar[tuple[Rule, ...]] = (Order("du", "au"),)

    du: Jour = champ("Du", "Premier jour.", "2027-12-25", default=...)
    au: Jour = champ("Au", "Dernier jour.", "2028-01-15", default=...)
    equipement: Annotated[str, Terme("equipements")] | None = champ(
        "Équipement", "S’il est seul fermé.", "planetarium"
    )
    motif: Ligne | None = champ("Motif", "Pourquoi.", "travaux")


class TarifLieu(Groupe):
    libelle: Ligne = champ("Libellé", "Pour qui.", "plein tarif", default=...)
    prix: Euros = champ("Prix", "En euros.", "5,50", default=...)
    conditions: Detail | None = champ(
        "Conditions", "Quand il vaut, sur quel justificatif.", "le premier dimanche du mois"
    )


class Billetterie(Groupe):
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("url", "telephone"),
            "E201",
            {"cle": "url", "remede": "Écrivez l’adresse de la billetterie, ou son téléphone."},
        ),
    )

    url: Url | None = champ("Adresse", "Où acheter un billet.", "https://example.org/billets")
    telephone: Telephone | None = champ("Téléphone", "De la billetterie.", "01 99 00 12 34")
    note: Detail | None = champ(
        "Précision", "Ce qu’il faut savoir.", "billets en vente jusqu’à 17 h"
    )


class AccueilGroupes(Contact):
    """How a group comes to a place: whom to ask, how, how many, how early."""

    regles: ClassVar[tuple[Rule, ...]] = (Bounds("effectif"),)

    comment: Phrase | None = champ(
        "Comment réserver", "Ce que la demande doit dire.", "en indiquant l’âge des participants"
    )
    min: Annotated[int, Entier(1, 10_000)] | None = champ("À partir de", "En personnes.", "10")
    max: Annotated[int, Entier(1, 10_000)] | None = champ("Au plus", "En personnes.", "60")
    delai_jours: Annotated[int, Entier(0, 730)] | None = champ(
        "Délai", "Jours entre la demande et la visite.", "15"
    )


class Espace(Groupe):
    nom: Ligne = champ("Nom", "De l’espace.", "Auditorium", default=...)
    places: Annotated[int, Entier(1, 100_000)] | None = champ("Places", "Nombre de places.", "120")
    surface_m2: Annotated[float, Nombre(0, 100_000)] | None = champ("Surface", "En m².", "150")
    tarif: Ligne | None = champ("Tarif", "De la location.", "300 € la demi-journée")
    precision: Detail | None = champ("Précision", "Équipement, conditions.", "avec vidéoprojecteur")


def _reseaux(value: Any, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        remedy = phrase("groupe", ligne="reseaux_sociaux: {mastodon: https://…}")
        raise fault("E208", cle=info.field_name, remede=remedy)
    rows = []
    for name, address in sorted(value.items()):
        if not isinstance(address, str):
            raise fault("E202", cle=name, exemple=f"{name}: https://…", champ=(name,))
        try:
            rows.append((name, read_url(address.strip())))
        except PydanticCustomError as error:
            broken = (error.context or {})["fault"]
            raise raised(replace(broken, loc=(name,))) from None
    return tuple(rows)


# Pairs (name, address).
ReseauxSociaux = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_reseaux)]


class Equipement(Groupe):
    """A room or a facility."""

    type: Annotated[str, Terme("equipements")] = champ(
        "Type", "Quel équipement.", "planetarium", default=...
    )
    places: Annotated[int, Entier(0, 100_000)] | None = champ("Places", "Nombre de places.", "120")
    places_pmr: Annotated[int, Entier(0, 10_000)] | None = champ(
        "Places PMR", "Pour fauteuils.", "4"
    )


def _newest(text: str) -> date:
    # The last day of a text, 1 January for a year alone. What names no year is near ``date.min``.
    days = [day for day in days_named(text, date.min) if day.year > 2]
    return max([date.min, *days, *(date(int(year), 1, 1) for year in _YEARS.findall(text))])


Ouverture = Horaires
Dessin = Facade
NomCourt = Annotated[str, Texte(32)]
Role = Annotated[str, Terme("roles")]
Offre = Annotated[str, Terme("offres")]


class Lieu(PlaceEntry):
    """A place to visit, a structure to work with, or both."""

    kind: ClassVar[Kind] = Kind.LIEU
    regles: ClassVar[tuple[Rule, ...]] = (
        OneOf(
            ("commune", "adresse", "territoires"),
            "E201",
            {
                "cle": "commune",
                "remede": "Écrivez sa commune, ou « territoires » s’il n’en a pas.",
            },
        ),
        Same("commune", "adresse", "Les deux communes diffèrent : gardez la bonne."),
        Abroad(),
        Among("fermetures", "equipement", "equipements", "E261"),
    )

    if TYPE_CHECKING:
        reseaux_sociaux: tuple[tuple[str, str], ...]
        equipements: tuple[Equipement, ...]
        fermetures: tuple[Fermeture, ...]
        tarifs: tuple[TarifLieu, ...]
        billetterie: Billetterie | None
        groupes: AccueilGroupes | None
        espaces: tuple[Espace, ...]
        duree_visite: str | None
        facade: str | None

    @property
    def prix_connu(self) -> bool:
        """Whether what an adult pays on an ordinary day is told, be it nothing."""
        prices = (
            tarif.libelle if tarif.prix else f"{tarif.libelle} {tarif.conditions}"
            for tarif in self.tarifs
        )
        return any(_ORDINARY.search(fold(text)) for text in prices)

    @property
    def relu(self) -> tuple[str, date | None]:
        """A sheet lives on; without that day, its page tells the year of its sources."""
        return "verifie_le", self.verifie_le

    @property
    def source_recente(self) -> tuple[date, str]:
        """The newest day that its sources, its figures and its prices « en 2027 » tell, and which
        of them does; ``date.min`` when none does. That of its coordinates is none: they do not
        age."""
        sources = [
            (f"{reference.titre}, {reference.note}", reference.titre)
            for reference in self.references
            if reference.note != _PLACE
        ]
        prices = [(f"{tarif.conditions}", tarif.libelle) for tarif in self.tarifs]
        sources += [row for row in prices if row[0].startswith("en ")]
        sources += [(f"{figure.annee or ''}", figure.libelle) for figure in self.chiffres]
        return max(((_newest(text), name) for text, name in sources), default=(date.min, ""))

    @property
    def connu_le(self) -> date:
        """The day on which somebody looked, else that of its sources; ``date.min`` without any."""
        return self.verifie_le or self.source_recente[0]

    @property
    def sure_jusque(self) -> date:
        """The last day on which what it says is relied on: a year after it was known."""
        return date.max if self.connu_le == date.min else self.connu_le + _UN_AN

    def a_verifier(self, day: date) -> bool:
        """Whether what it says was known more than a year before ``day``."""
        return day > self.sure_jusque

    def fermetures_au(self, day: date) -> Iterator[tuple[int, bool]]:
        """Closures that are not over on ``day``: rank among ``fermetures``, whether it runs."""
        for rank, fermeture in enumerate(self.fermetures):
            if fermeture.au >= day:
                yield rank, fermeture.du <= day
