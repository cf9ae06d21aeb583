"""Addresses that the site keeps for itself, and those that contents had before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portail.agenda.weeks import Week
from portail.model.kinds import KINDS, RESERVED_PAGE_SLUGS, Kind
from portail.site.facets import EVENT_FACETS
from portail.site.lists import LISTS
from portail.site.urls import CATALOGUE, LETTERS, SEARCH, listing_of

__all__ = ["RESERVED_SLUGS", "former_path", "is_owned", "reserved_slugs"]

RESERVED_SLUGS = frozenset({"page", "index", "archives", "couverture", "flux", "atom"})
"""Slugs that would collide with pages below a list."""

_VALUES: Mapping[str, frozenset[str]] = {
    one.url: frozenset(facet.cle for facet in one.facets) for one in LISTS
}
"""What follows the address of a list before its values: ``/articles/theme/numerique/``."""

_CATALOGUE = frozenset({"libre", "page"})
"""What follows ``/catalogue/`` in the addresses of its months and pages."""

_LISTINGS = frozenset(kind.info.listing for kind in Kind if kind.info.listing)
_SHARED = frozenset(
    {info.segment for info in KINDS.values() if info.segment}
    | {one.strip("/") for one in (*_LISTINGS, SEARCH, CATALOGUE)}
)
"""First parts below which contents are, or may have been."""
_WHOLLY_OURS = (RESERVED_PAGE_SLUGS - _SHARED) | {LETTERS.strip("/")}
"""First parts below which everything is ours: the letters of weeks to come too."""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_VIEWS = frozenset(facet.cle for facet in EVENT_FACETS) | {
    "week-end", "en-ce-moment", "affiche", "commune", "agenda", "facettes", "a-venir",
}  # fmt: skip
"""What follows ``/agenda/`` in the addresses of its views, besides weeks and years."""

_SEARCHED = frozenset({"fiches", "index", "opensearch", "suggestions", "termes"})
"""What follows ``/recherche/`` in the addresses of what the search reads."""


def reserved_slugs(kind: Kind) -> frozenset[str]:
    """Slugs that contents of a kind cannot have: their address is the site's own.

    >>> "genre" in reserved_slugs(Kind.ARTICLE), "genre" in reserved_slugs(Kind.LIEU)
    (True, False)
    """
    if kind is Kind.PAGE:
        return RESERVED_PAGE_SLUGS
    return RESERVED_SLUGS | _VALUES.get(listing_of(kind), frozenset())


def former_path(url: str) -> str:
    """The address of a former page as it will be served: a folder, or a file in ``.html``.

    >>> former_path("/blog/2021"), former_path("/blog/index.html"), former_path("//a/b.html")
    ('/blog/2021/', '/blog/', '/a/b.html')
    """
    parts = [part for part in url.split("/") if part not in ("", ".")]
    if parts and parts[-1].lower() == "index.html":
        del parts[-1]
    path = "/" + "/".join(parts)
    return path if path.lower().endswith(".html") or path == "/" else f"{path}/"


def is_owned(path: str) -> bool:
    """Whether the site itself answers at ``path`` (see ``former_path``), or may one day, whatever
    its contents: what depends on the day or on the settings is kept for it too."""
    first, _, below = path.strip("/").lower().partition("/")
    if not below:
        return not first or first.partition(".")[0] in RESERVED_PAGE_SLUGS
    second = below.partition("/")[0]
    if f"/{first}/" == SEARCH:
        return second.partition(".")[0] in _SEARCHED
    if f"/{first}/" == listing_of(Kind.EVENT) and _is_view(second):
        return True
    if f"/{first}/" == CATALOGUE and second in _CATALOGUE:
        return True
    if second in _VALUES.get(f"/{first}/", frozenset()):
        return True
    if first == Kind.TERRITOIRE.info.segment and "/" in below:
        return True  # a territory that no file tells has pages below its own
    return first in _WHOLLY_OURS or (f"/{first}/" in _LISTINGS and second in RESERVED_SLUGS)


def _is_view(segment: str) -> bool:
    """Whether what follows ``/agenda/`` names one of its views."""
    dated = _YEAR.fullmatch(segment) or Week.parse(segment)
    return bool(dated) or segment.partition(".")[0] in _VIEWS
