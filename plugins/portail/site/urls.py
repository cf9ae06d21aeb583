"""Every address of the site, in one place."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from portail.agenda.weeks import Week
from portail.model.entry import Entry
from portail.model.kinds import RESERVED_PAGE_SLUGS, Kind
from portail.source.medias import published_path

__all__ = [
    "HOME",
    "MANIFEST",
    "NOT_FOUND",
    "PLAN",
    "RESERVED_SLUGS",
    "RUBAN",
    "STYLEGUIDE",
    "THEMES",
    "archives_of",
    "empreinte_of",
    "file_of",
    "former_path",
    "is_owned",
    "listing_of",
    "media_url",
    "page_of",
    "path_of",
    "reprise_of",
    "theme_of",
    "week_of",
]

HOME, PLAN, THEMES = "/", "/plan-du-site/", "/themes/"
NOT_FOUND, RUBAN = "/404.html", "/ruban.css"
STYLEGUIDE = "/styleguide/"
MANIFEST = "/manifest.webmanifest"
RESERVED_SLUGS = frozenset({"page", "index", "archives", "couverture"})
"""Slugs that would collide with pages below a list."""

_LISTINGS = frozenset(kind.info.listing for kind in Kind if kind.info.listing)
_WHOLLY_OURS = frozenset({"themes", "theme", "static", "medias", "empreintes"})


def path_of(entry: Entry) -> str:
    """Site path of an entry's page: ``/lieux/la-coupole/``."""
    return entry.kind.info.url(entry.slug)


def listing_of(kind: Kind) -> str:
    """Site path of the list of a kind; empty when it has none."""
    return kind.info.listing


def archives_of(kind: Kind) -> str:
    """Site path of the list of a kind's contents that are over: ``/agenda/archives/``."""
    return f"{kind.info.listing}archives/"


def theme_of(code: str) -> str:
    """Site path of a theme's page."""
    return f"{THEMES}{code}/"


def week_of(week: Week) -> str:
    """Site path of a week of the agenda: ``/agenda/2021-s39/``."""
    return f"{listing_of(Kind.EVENT)}{week.slug}/"


def page_of(listing: str, number: int) -> str:
    """Site path of one page, from 1, of a list: ``/articles/page/2/``."""
    return listing if number == 1 else f"{listing}page/{number}/"


def reprise_of(url: str) -> str:
    """Site path, below the page of an article, of what those who publish it again need."""
    return f"{url}republier/"


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
    """Whether the site itself answers at ``path`` (see ``former_path``), whatever its contents."""
    first, _, below = path.strip("/").lower().partition("/")
    if not below:
        return not first or first.partition(".")[0] in RESERVED_PAGE_SLUGS
    second = below.partition("/")[0]
    if f"/{first}/" == listing_of(Kind.EVENT) and Week.parse(second):
        return True
    return first in _WHOLLY_OURS or (f"/{first}/" in _LISTINGS and second in RESERVED_SLUGS)


def media_url(path: PurePosixPath) -> str:
    """Site path of a published media, ``path`` starting with the content folder's name; signs
    that mean something in an address, or are not ASCII, are escaped (RFC 3986)."""
    return "/" + quote(str(published_path(path)))


def empreinte_of(url: str) -> str:
    """Site path of the drawing of the content at ``url``.

    >>> empreinte_of("/lieux/la-coupole/")
    '/empreintes/lieux/la-coupole.svg'
    """
    return f"/empreintes{url.rstrip('/')}.svg"


def file_of(url: str) -> PurePosixPath:
    """File, relative to the output folder, that serves a site path."""
    clean = url.lstrip("/")
    return PurePosixPath(clean + "index.html" if not clean or clean.endswith("/") else clean)
