"""Groups of fields that several kinds share, and the record of checked links."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from portail.model.entry import Groupe
from portail.model.faults import fault, phrase
from portail.model.fields import (
    Booleen,
    CodePostal,
    Courriel,
    Detail,
    Entier,
    Euros,
    Jour,
    Ligne,
    Liste,
    Nombre,
    Pays,
    Phrase,
    Telephone,
    Terme,
    Texte,
    Url,
    Ville,
)
from portail.model.rules import Both, Bounds, OneOf, Order, Rule
from portail.model.scalars import Typed, champ, read_text, read_url


def _degres(low: float, high: float) -> Typed:
    def read(value: Any, info: Any) -> float:
        text = read_text(value, info)
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            cle = "latitude" if info.field_name == "lat" else "longitude"
            raise fault("E223", valeur=text, cle=cle)
        return number

    return Typed(read, {"type": "number", "minimum": low, "maximum": high, "x-code": "E223"})


class Coordonnees(Groupe):
    """WGS 84 coordinates in decimal degrees."""

    lat: Annotated[float, _degres(-90, 90)] = champ("Latitude", "En degrés.", "$lat", default=...)
    lon: Annotated[float, _degres(-180, 180)] = champ(
        "Longitude", "En degrés.", "$lon", default=...
    )


class Adresse(Groupe):
    """A postal address; its commune places it, coordinates in another country."""

    nom: Ligne | None = champ("Nom", "Nom de l’endroit.", "Salle des fêtes")
    rue: Detail | None = champ("Rue", "Numéro et rue.", "2 place de la Mairie")
    pays: Pays = champ("Pays", "S’il n’est pas en France.", "Belgique")
    code_postal: CodePostal | None = champ("Code postal", "Cinq chiffres.", "$code_postal")
    commune: Ville = champ("Commune", "Nom de la commune.", "$commune", default=...)


class Contact(Groupe):
    """How to reach someone about this content."""

    url: Url | None = champ("Adresse web", "Page de contact.", "https://example.org/contact")
    courriel: Courriel | None = champ("Courriel", "Adresse d’une structure.", "contact@example.org")
    telephone: Telephone | None = champ("Téléphone", "Numéro d’une structure.", "01 99 00 12 34")


OLDEST = 120
"""Years of the oldest public."""


class Age(Groupe):
    """Ages in years, both bounds included."""

    regles: ClassVar[tuple[Rule, ...]] = (Bounds("age"),)

    min: Annotated[int, Entier(0, OLDEST)] | None = champ("Dès", "Âge minimal.", "8")
    max: Annotated[int, Entier(0, OLDEST)] | None = champ("Jusqu’à", "Âge maximal.", "12")

    @property
    def bornes(self) -> tuple[int, int] | None:
        """The youngest and the oldest, in years, both included; ``None`` when neither is said."""
        if self.min is None and self.max is None:
            return None
        return self.min or 0, OLDEST if self.max is None else self.max


class Chiffre(Groupe):
    """A key figure with its year and source."""

    libelle: Ligne = champ("Libellé", "Ce qui est compté.", "visiteurs", default=...)
    valeur: Annotated[str, Texte(60)] = champ(
        "Valeur", "Le nombre, avec son unité.", "12 000", default=...
    )
    annee: Annotated[int, Entier(1800, 2100)] | None = champ("Année", "Année du chiffre.", "2027")
    source: Phrase | None = champ("Source", "D’où vient le chiffre.", "Rapport 2027")


class ChiffreCourt(Chiffre):
    """A key figure that is set large over a drawing: a short value, few words."""

    libelle: Annotated[str, Texte(36)] = champ(
        "Libellé", "Ce qui est compté, en quatre mots au plus.", "communes", default=...
    )
    valeur: Annotated[str, Texte(7)] = champ(
        "Valeur", "Le nombre, en sept signes au plus.", "66", default=...
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


_Valeur = Annotated[str, Terme("valeurs-accessibilite")]


class Accessibilite(Groupe):
    """What is accessible to whom; what is not said is unknown, never « non »."""

    auditif: _Valeur = champ(
        "Handicap auditif", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    visuel: _Valeur = champ(
        "Handicap visuel", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    moteur: _Valeur = champ(
        "Handicap moteur", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    mental: _Valeur = champ(
        "Handicap mental", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    psychique: _Valeur = champ(
        "Handicap psychique", "oui, partiel, non ou inconnu.", "oui", default="inconnu"
    )
    equipements: Annotated[
        tuple[Annotated[str, Terme("equipements-accessibilite")], ...], Liste(20)
    ] = champ("Équipements", "Boucle magnétique, LSF…", "bim", default=())
    labels: Annotated[tuple[Annotated[str, Terme("labels-accessibilite")], ...], Liste(5)] = champ(
        "Labels", "Labels obtenus.", "tourisme-et-handicap", default=()
    )
    precisions: Phrase | None = champ("Précisions", "Ce qu’il faut savoir.")

    @property
    def niveaux(self) -> dict[str, str]:
        """Level of access for each handicap: ``oui``, ``partiel``, ``non`` or ``inconnu``."""
        return {name: getattr(self, name) for name in HANDICAPS}

    @property
    def ouverts(self) -> tuple[str, ...]:
        """Handicaps with which one may come, at least in part."""
        return tuple(name for name, level in self.niveaux.items() if level in ("oui", "partiel"))


HANDICAPS = tuple(
    name for name, field in Accessibilite.model_fields.items() if field.default == "inconnu"
)
"""Families of handicaps, in the order of the model."""


class TarifLieu(Groupe):
    """One price of a place."""

    libelle: Ligne = champ("Libellé", "Pour qui.", "plein tarif", default=...)
    prix: Euros = champ("Prix", "En euros.", "5,50", default=...)
    conditions: Detail | None = champ(
        "Conditions", "Quand il vaut, sur quel justificatif.", "le premier dimanche du mois"
    )


class Billetterie(Groupe):
    """Where one buys a ticket before coming."""

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
    """A room that a place hires out."""

    nom: Ligne = champ("Nom", "De l’espace.", "Auditorium", default=...)
    places: Annotated[int, Entier(1, 100_000)] | None = champ("Places", "Nombre de places.", "120")
    surface_m2: Annotated[float, Nombre(0, 100_000)] | None = champ("Surface", "En m².", "150")
    tarif: Ligne | None = champ("Tarif", "De la location.", "300 € la demi-journée")
    precision: Detail | None = champ("Précision", "Équipement, conditions.", "avec vidéoprojecteur")


def _reseaux(value: Any, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    """Social networks: a mapping of a name to an address (E208, E219)."""
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
            context = error.context or {}
            raise fault(error.type, champ=(name,), **context["values"]) from None
    return tuple(rows)


ReseauxSociaux = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_reseaux)]
"""Pairs (name, address)."""


class Tarif(Groupe):
    """What it costs; an absent ``tarif`` is « non précisé »."""

    regles: ClassVar[tuple[Rule, ...]] = (Both("gratuit", ("prix", "reduit"), "E234"),)

    gratuit: Booleen | None = champ("Gratuit", "true si tout est gratuit.", "true")
    prix: Euros | None = champ("Prix", "En euros.", "5,50")
    reduit: Euros | None = champ("Tarif réduit", "En euros.", "3")
    conditions: Annotated[str, Texte(255)] | None = champ("Conditions", "Les cas particuliers.")

    @property
    def nul(self) -> bool:
        """Whether nothing is to pay: it is said, or the price is 0."""
        return bool(self.gratuit or self.prix == 0)


# What checking an external address found, and what it makes of the address from day to day.

AGENT = "Portail-liens"
"""How the check presents itself to sites, and the name by which a ``robots.txt`` may speak of
it."""

FRESH_DAYS = 30
"""Days after which an address that answered is asked again."""
FAILING_DAYS = 1
"""The same for one that failed: a second day tells what is broken from what was."""


class Constat(StrEnum):
    """What one check found."""

    BON = "bon"
    DEPLACE = "deplace"
    """It answers, after permanent redirections (301, 308) only: there is a new address to write."""
    REFUS = "refus"
    """The site answers, and refuses programs (401, 403, 429…): only a reader can tell."""
    ROBOTS = "robots"
    """Its ``robots.txt`` asks programs not to come."""
    INTROUVABLE = "introuvable"
    ERREUR = "erreur"
    MUET = "muet"
    """Nothing came within the time allowed."""
    INJOIGNABLE = "injoignable"
    CERTIFICAT = "certificat"
    BOUCLE = "boucle"
    PRIVE = "prive"
    """It leads to a private network: nothing was opened, no reader can follow it."""


_FAILURES = frozenset(Constat) - {Constat.BON, Constat.DEPLACE, Constat.REFUS, Constat.ROBOTS}


class Etat(StrEnum):
    """What an editor has to do about an address, gravest first."""

    MORTE = "morte"
    PRIVEE = "privee"
    A_REVOIR = "a-revoir"
    DEPLACEE = "deplacee"
    A_OUVRIR = "a-ouvrir"
    BONNE = "bonne"


_STATES = {
    Constat.BON: Etat.BONNE,
    Constat.DEPLACE: Etat.DEPLACEE,
    Constat.REFUS: Etat.A_OUVRIR,
    Constat.ROBOTS: Etat.A_OUVRIR,
    Constat.PRIVE: Etat.PRIVEE,
    # A reader may get through: browsers fetch missing intermediate certificates, programs do not.
    Constat.CERTIFICAT: Etat.A_REVOIR,
}


class Releve(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The last check of an address: its day, what it found, the HTTP status (0: none), the new
    address when it has moved, what the network said otherwise.

    ``premier_echec`` is the day of the first of the failures in a row that end with this check,
    ``echecs`` on how many days they were seen; ``None`` and 0 when it did not fail.
    """

    jour: date
    constat: Constat
    code: int = 0
    vers: str = ""
    detail: str = ""
    premier_echec: date | None = None
    echecs: int = 0

    @property
    def etat(self) -> Etat:
        """What it makes of the address; dead only when it failed on two days at least."""
        state = _STATES.get(self.constat)
        return state or (Etat.MORTE if self.echecs >= 2 else Etat.A_REVOIR)

    def due(self, day: date) -> bool:
        """Whether the address is to be asked again on ``day``."""
        wait = FAILING_DAYS if self.constat in _FAILURES else FRESH_DAYS
        return (day - self.jour).days >= wait or day < self.jour


def followed(
    before: Releve | None,
    day: date,
    constat: Constat,
    *,
    code: int = 0,
    vers: str = "",
    detail: str = "",
) -> Releve:
    """The record of an address checked on ``day``, after the one of the check before."""
    if constat not in _FAILURES:
        return Releve(day, constat, code, vers, detail)
    first = day
    count = 1
    if before and before.premier_echec and before.jour <= day:
        first = before.premier_echec
        count = before.echecs + (before.jour < day)
    return Releve(day, constat, code, vers, detail, first, count)


def due(urls: Iterable[str], records: Mapping[str, Releve], day: date) -> list[str]:
    """The addresses to ask on ``day``: those never asked, then the longest ago."""
    late = [url for url in urls if url not in records or records[url].due(day)]
    return sorted(late, key=lambda url: (records[url].jour if url in records else date.min, url))


class Manner(Struct, frozen=True):
    """How addresses are asked: the day, who says to be asking (``User-Agent``), seconds between two
    requests to one host, seconds that one may take, minutes for all, whether private networks may
    be asked (intranets, tests)."""

    day: date
    agent: str
    pause: float
    seconds: float
    minutes: float
    private: bool = False
