"""The one table of kinds, of which ``data/kinds.yml`` holds the words and the addresses."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from portail.diagnostics import DataError
from portail.resources import rows
from portail.text.typography import capital


class Kind(Enum):
    """A kind of content; its value is its folder under ``content/``."""

    ARTICLE = "articles"
    EVENT = "events"
    ANNONCE = "annonces"
    RESSOURCE = "ressources"
    LIEU = "lieux"
    DOSSIER = "dossiers"
    COMMUNAUTE = "communautes"
    PROJET = "projets"
    TERRITOIRE = "territoires"
    TEMPS_FORT = "temps-forts"
    AUTEUR = "auteurs"
    NEWSLETTER = "newsletters"
    PAGE = "pages"

    __hash__ = object.__hash__  # each is alone: that of Enum, in Python, takes five times as long

    @property
    def info(self) -> KindInfo:
        """Its row of the table."""
        return KINDS[self]

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Kind) and _ORDER[self] < _ORDER[other]


_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


class KindInfo(Struct, frozen=True):
    """Words by which the site calls a kind, and where it puts it."""

    folder: str
    class_name: str
    template: str
    nom: str
    """Its noun, lower-case."""
    pluriel: str
    article: str
    """The indefinite article of its noun."""
    rubrique: str
    """Title of the list of all."""
    segment: str = ""
    """First part of a page's address; empty at the root."""
    listing: str = ""
    """Address of the list of all; empty where there is none."""
    ensemble: str = ""
    """Title of several among related contents, where it is not its plural."""
    lead: str = ""
    """Sentence below the title of its list; empty for a kind that has none."""
    opendata: str = ""
    """Sentence that describes its file of open data; empty for a kind that has none."""
    action: str = ""
    """Words of the link to one, among the answers of the search."""
    over: str = ""
    """Word for one that is over."""
    coming: str = ""
    """Title of those that are not over, for a kind whose contents end and are then archived."""
    empty: str = ""
    """Sentence of a list where all are over."""
    schema: str = "WebPage"
    """Its type of schema.org."""
    cards: str = "cartes"
    """Form in which a group of them is shown."""

    @property
    def un(self) -> str:
        """Its noun with its article: « un événement »."""
        return f"{self.article} {self.nom}"

    @property
    def plusieurs(self) -> str:
        """Its plural as a title: « Événements »."""
        return capital(self.pluriel)

    @property
    def archives(self) -> str:
        """Title of those that are over: « Événements passés »."""
        return f"{self.plusieurs} {self.over}s"

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        return self.pluriel if number > 1 else self.nom

    def url(self, slug: str) -> str:
        """Site path of one content (``/lieux/la-coupole/``), always with both slashes."""
        return f"/{self.segment}/{slug}/" if self.segment else f"/{slug}/"


def _info(row: Mapping[str, str]) -> tuple[Kind, KindInfo]:
    try:
        kind = Kind(row["folder"])
        class_name = kind.name.title().replace("_", "")
        return kind, KindInfo(class_name=class_name, template=f"{kind.name.lower()}.html", **row)
    except (TypeError, ValueError, KeyError) as error:
        raise DataError(f"kinds.yml, {row}: {error}") from error


KINDS: Mapping[Kind, KindInfo] = MappingProxyType(dict(map(_info, rows("kinds"))))

BY_FOLDER: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in Kind})

FORMS = (Kind.EVENT, Kind.ARTICLE, Kind.ANNONCE, Kind.RESSOURCE, Kind.LIEU, Kind.DOSSIER)
"""Kinds that have a form, in the order in which they are offered."""


def offered(sans: Container[str]) -> tuple[Kind, ...]:
    """Kinds that have a form in a portal without those of some folders (``SiteConfig.sans``)."""
    return tuple(kind for kind in FORMS if kind.value not in sans)


ANSWERING = (Kind.EVENT, Kind.RESSOURCE, Kind.LIEU)
"""Kinds that may answer what is asked to come somewhere."""

SERVED = {Kind.EVENT: "evenements", Kind.LIEU: "lieux", Kind.RESSOURCE: "outils"}
"""Spreadsheets by which many contents of a kind are given at once."""


def served(sans: Container[str]) -> tuple[str, ...]:
    """The spreadsheets of a portal without the kinds of some folders (``SiteConfig.sans``)."""
    found = tuple(name for kind, name in SERVED.items() if kind.value not in sans)
    return (*found, "prets") if Kind.RESSOURCE.value not in sans else found  # loans: no form


RESERVED_PAGE_SLUGS: frozenset[str] = frozenset(
    {info.segment for info in KINDS.values() if info.segment}
    | {info.listing.strip("/") for info in KINDS.values() if info.listing}
    | set(
        """themes sujets communes plan-du-site recherche carte catalogue classes boite-a-outils
        embarquer ma-lettre reseau api admin apercu redaction donnees flux calendriers affiches
        en-chiffres presse contribuer theme static medias empreintes fonds 404 index ruban
        robots sitemap""".split()
    )
    # What hosts read or answer themselves: GitHub Pages, Cloudflare, servers of programs.
    | {"cname", "cdn-cgi", "cgi-bin"}
)
"""First path segments that the generator owns: refused as slugs of ``content/pages/``."""
