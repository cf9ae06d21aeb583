"""The one table of kinds: folder, class, addresses and French words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

__all__ = ["BY_FOLDER", "KINDS", "RESERVED_PAGE_SLUGS", "Kind", "KindInfo"]


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

    @property
    def info(self) -> KindInfo:
        """Its row of the table."""
        return KINDS[self]

    def __lt__(self, other: object) -> bool:
        return isinstance(other, Kind) and _ORDER[self] < _ORDER[other]


_ORDER = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class KindInfo:
    """What the site calls a kind and where it puts it.

    ``segment`` is the first part of a page's address (empty: at the root); ``listing`` the
    address of the list of all (empty: none). ``nom``/``pluriel`` are lower-case French words,
    ``article`` the indefinite article, ``rubrique`` the title of the listing.
    """

    folder: str
    class_name: str
    template: str
    segment: str
    listing: str
    nom: str
    pluriel: str
    article: str
    rubrique: str

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        return self.pluriel if number > 1 else self.nom

    def url(self, slug: str) -> str:
        """Site path of one content (``/lieux/la-coupole/``), always with both slashes."""
        return f"/{self.segment}/{slug}/" if self.segment else f"/{slug}/"


def _row(
    kind: Kind,
    class_name: str,
    segment: str,
    listing: str,
    nom: str,
    pluriel: str,
    article: str,
    rubrique: str,
) -> tuple[Kind, KindInfo]:
    template = f"{class_name[0].lower()}{class_name[1:]}.html".replace("tempsFort", "temps_fort")
    return kind, KindInfo(
        kind.value, class_name, template, segment, listing, nom, pluriel, article, rubrique
    )


KINDS: Mapping[Kind, KindInfo] = MappingProxyType(
    dict(
        [
            _row(
                Kind.ARTICLE,
                "Article",
                "articles",
                "/articles/",
                "article",
                "articles",
                "un",
                "Articles",
            ),
            _row(
                Kind.EVENT,
                "Event",
                "evenements",
                "/agenda/",
                "événement",
                "événements",
                "un",
                "Agenda",
            ),
            _row(
                Kind.ANNONCE,
                "Annonce",
                "annonces",
                "/annonces/",
                "annonce",
                "annonces",
                "une",
                "Annonces",
            ),
            _row(
                Kind.RESSOURCE,
                "Ressource",
                "ressources",
                "/ressources/",
                "ressource",
                "ressources",
                "une",
                "Ressources",
            ),
            _row(Kind.LIEU, "Lieu", "lieux", "/lieux/", "lieu", "lieux", "un", "Annuaire"),
            _row(
                Kind.DOSSIER,
                "Dossier",
                "dossiers",
                "/dossiers/",
                "dossier",
                "dossiers",
                "un",
                "Dossiers",
            ),
            _row(
                Kind.COMMUNAUTE,
                "Communaute",
                "communautes",
                "/communautes/",
                "communauté",
                "communautés",
                "une",
                "Communautés",
            ),
            _row(
                Kind.PROJET, "Projet", "projets", "/projets/", "projet", "projets", "un", "Projets"
            ),
            _row(
                Kind.TERRITOIRE,
                "Territoire",
                "territoires",
                "/territoires/",
                "territoire",
                "territoires",
                "un",
                "Territoires",
            ),
            _row(
                Kind.TEMPS_FORT,
                "TempsFort",
                "temps-forts",
                "/temps-forts/",
                "temps fort",
                "temps forts",
                "un",
                "Temps forts",
            ),
            _row(
                Kind.AUTEUR, "Auteur", "auteurs", "/auteurs/", "auteur", "auteurs", "un", "Auteurs"
            ),
            _row(
                Kind.NEWSLETTER,
                "Newsletter",
                "newsletter",
                "/newsletter/",
                "lettre",
                "lettres",
                "une",
                "La lettre du jeudi",
            ),
            _row(Kind.PAGE, "Page", "", "", "page", "pages", "une", "Pages"),
        ]
    )
)

BY_FOLDER: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in Kind})

RESERVED_PAGE_SLUGS: frozenset[str] = frozenset(
    {info.segment for info in KINDS.values() if info.segment}
    | {info.listing.strip("/") for info in KINDS.values() if info.listing}
    | {
        "themes",
        "sujets",
        "communes",
        "plan-du-site",
        "recherche",
        "carte",
        "catalogue",
        "boite-a-outils",
        "embarquer",
        "ma-lettre",
        "reseau",
        "api",
        "admin",
        "apercu",
        "redaction",
        "donnees",
        "flux",
        "calendriers",
        "affiches",
        "en-chiffres",
        "contribuer",
        "theme",
        "static",
        "medias",
        "empreintes",
        "fonds",
        "404",
        "index",
        "ruban",
        "robots",
        "sitemap",
        # What hosts read or answer themselves: GitHub Pages, Cloudflare, servers of programs.
        "cname",
        "cdn-cgi",
        "cgi-bin",
    }
)
"""First path segments that the generator owns: refused as slugs of ``content/pages/``."""
