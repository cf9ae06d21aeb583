"""Places and structures of the directory (``content/lieux/``), and their opening hours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from pydantic import ValidationInfo

from portail.model.entry import Entry, Groupe
from portail.model.faults import fault
from portail.model.fields import (
    Booleen,
    CommuneRef,
    Courriel,
    Duree,
    Entier,
    Jour,
    LieuRef,
    Liste,
    Paragraphe,
    Publics,
    Telephone,
    Terme,
    Texte,
    Url,
)
from portail.model.kinds import Kind
from portail.model.parts import (
    Accessibilite,
    AccueilGroupes,
    Adresse,
    Billetterie,
    Chiffre,
    Coordonnees,
    Espace,
    Fermeture,
    ReseauxSociaux,
    TarifLieu,
)
from portail.model.rules import Abroad, Among, OneOf, Rule, Same
from portail.model.scalars import Typed, champ
from portail.resources import rows
from portail.text.opening_hours_french import is_spoken
from portail.text.opening_hours_spoken import osm_hours
from portail.text.opening_hours_text import Misread, read_opening_hours

# The field of opening hours: French, or the syntax of OpenStreetMap, in which they are kept.

_CODE = "E249"
_EXAMPLE = "Écrivez par exemple Tu-Fr 10:00-12:00,14:00-18:00; PH off (fermé les jours fériés)."

_FRENCH = "Écrivez par exemple : mardi à dimanche 10 h-18 h, fermé les jours fériés."

_HOURS_FAULTS: Mapping[str, Sequence[str]] = rows("horaires")
"""What is wrong and what to write, by the names of ``Misread``."""

_texte = Texte(255)


def _read(value: Any, info: ValidationInfo) -> str:
    text = str(_texte.read(value, info))
    try:
        return _osm(text)
    except Misread as error:
        reason, remedy = _HOURS_FAULTS[error.raison]
        details: dict[str, Any] = {
            "trouve": error.trouve,
            "rang": error.signe + 1,
            "_signe": error.signe,
        }
        raise fault(_CODE, raison=reason, remede=remedy, **details) from None


def _osm(text: str) -> str:
    """``text``, or what it says in French, in the syntax of OpenStreetMap."""
    try:
        read_opening_hours(text)
    except Misread:
        if not is_spoken(text):
            raise
        return osm_hours(text)
    return text


Horaires = Annotated[
    str,
    Typed(_read, {**_texte.schema, "x-code": _CODE}),
]
"""Opening hours, French turned into the syntax of OpenStreetMap (E202, E205, E206, E246, E249)."""


_UN_AN = timedelta(days=366)


class Equipement(Groupe):
    """A room or a facility."""

    type: Annotated[str, Terme("equipements")] = champ(
        "Type", "Quel équipement.", "planetarium", default=...
    )
    places: Annotated[int, Entier(0, 100_000)] | None = champ("Places", "Nombre de places.", "120")
    places_pmr: Annotated[int, Entier(0, 10_000)] | None = champ(
        "Places PMR", "Pour fauteuils.", "4"
    )


class Lieu(Entry):
    """A place to visit, a structure to work with, or both."""

    kind: ClassVar[Kind] = Kind.LIEU
    obligatoires: ClassVar[tuple[str, ...]] = ("titre", "resume", "type")
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

    nom_court: Annotated[str, Texte(32)] | None = champ(
        "Nom court", "Comment on l’appelle, là où la place manque.", "Musée Exemple"
    )
    type: Annotated[str, Terme("types-lieux")] | None = champ("Type", "Ce que c’est.", "musee")
    roles: Annotated[tuple[Annotated[str, Terme("roles")], ...], Liste(4)] = champ(
        "Rôles", "Sa part dans la culture scientifique locale.", "acteur-ressource", default=()
    )
    adresse: Adresse | None = champ("Adresse", "Adresse postale.", {"commune": "$commune"})
    commune: CommuneRef | None = champ("Commune", "Où il se trouve.", "$commune")
    coordonnees: Coordonnees | None = champ(
        "Coordonnées", "Sinon, celles de la commune.", {"lat": "$lat", "lon": "$lon"}
    )
    site: Url | None = champ("Site", "Son site web.", "https://example.org/")
    courriel: Courriel | None = champ("Courriel", "Adresse de la structure.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Numéro de la structure.", "01 99 00 12 34")
    reseaux_sociaux: ReseauxSociaux = champ("Réseaux sociaux", "Nom et adresse.", {}, default=())
    publics: Publics = champ("Publics", "À qui il s’adresse.", "familles", default=())
    equipements: Annotated[tuple[Equipement, ...], Liste(40)] = champ(
        "Équipements", "Ce qu’on y trouve.", {"type": "planetarium", "places": "120"}, default=()
    )
    horaires_ouverture: Horaires | None = champ(
        "Horaires d’ouverture",
        "En français, jours et heures ; la syntaxe opening_hours est lue aussi.",
        "mardi à dimanche 10 h-18 h, fermé les jours fériés",
    )
    fermetures: Annotated[tuple[Fermeture, ...], Liste(40)] = champ(
        "Fermetures",
        "Périodes de fermeture, du lieu ou de l’un de ses équipements.",
        {"du": "2027-12-25", "au": "2028-01-15"},
        default=(),
    )
    tarifs: Annotated[tuple[TarifLieu, ...], Liste(20)] = champ(
        "Tarifs", "Prix d’entrée.", {"libelle": "plein tarif", "prix": "10"}, default=()
    )
    billetterie: Billetterie | None = champ(
        "Billetterie", "Où prendre un billet.", {"url": "https://example.org/billets"}
    )
    groupes: AccueilGroupes | None = champ(
        "Groupes", "Pour venir en groupe.", {"courriel": "groupes@example.org", "min": "10"}
    )
    espaces: Annotated[tuple[Espace, ...], Liste(20)] = champ(
        "Espaces à louer", "Salles et leurs tarifs.", {"nom": "Auditorium"}, default=()
    )
    acces: Paragraphe | None = champ("Accès", "Comment venir.", "Bus 2, arrêt Musée")
    duree_visite: Duree | None = champ("Durée de visite", "À prévoir.", "2 h")
    accessibilite: Accessibilite | None = champ(
        "Accessibilité", "Ce qui est accessible, à qui.", {"moteur": "oui"}
    )
    membre_de: Annotated[tuple[LieuRef, ...], Liste(20)] = champ(
        "Membre de", "Réseaux dont il fait partie.", "association-exemple", default=()
    )
    offre: Annotated[tuple[Annotated[str, Terme("offres")], ...], Liste(6)] = champ(
        "Offre", "Ce qu’il apporte aux autres.", "pret", default=()
    )
    chiffres: Annotated[tuple[Chiffre, ...], Liste(20)] = champ(
        "Chiffres clés",
        "Avec année et source.",
        {"libelle": "visiteurs", "valeur": "12 000"},
        default=(),
    )
    presse: Booleen | None = champ(
        "Presse", "Accepte de répondre aux journalistes : la page Presse le dit.", "true"
    )
    verifie_le: Jour | None = champ("Vérifiée le", "Jour de la dernière relecture.", "2027-09-01")

    @property
    def code_commune(self) -> str | None:
        """INSEE code of its commune, from either field; ``None`` in another country."""
        own = self.adresse.commune if self.adresse and not self.adresse.pays else None
        return self.commune or own

    def a_verifier(self, day: date) -> bool:
        """Whether its sheet was last checked more than a year before ``day``."""
        return self.verifie_le is not None and self.verifie_le + _UN_AN < day

    def fermetures_au(self, day: date) -> Iterator[tuple[int, bool]]:
        """Closures that are not over on ``day``: rank among ``fermetures``, whether it runs."""
        for rank, fermeture in enumerate(self.fermetures):
            if fermeture.au >= day:
                yield rank, fermeture.du <= day
