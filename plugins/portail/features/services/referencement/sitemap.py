"""Outputs « sitemap » and « robots »: what engines may index, and when it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from portail.config import SiteConfig
from portail.outputs.base import Artifact, SitemapHint, TemplatePage, TextFile, text_file
from portail.site.site import Site
from portail.site.urls import ROBOTS

SITEMAP = "/sitemap.xml"


def sitemap_of(family: str, number: int) -> str:
    """Site path of one file, from 1, of what the sitemap tells of a family of pages:
    ``/sitemap-articles.xml``, ``/sitemap-articles-2.xml``. At the top: a sitemap only speaks of
    what is below its own folder (sitemaps.org, « location »)."""
    rank = f"-{number}" if number > 1 else ""
    return f"/sitemap-{family}{rank}.xml"


# Limits of one file (https://www.sitemaps.org/protocol.html, « index »).
# Addresses.
_MOST = 50_000
# Bytes.
_HEAVIEST = 50 * 2**20
# Family of the pages that are in no folder: home, lists, « à propos ».
_TOP = "pages"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_HEAD = f"{_DECLARATION}<urlset {_NAMESPACE} {_IMAGES}>\n"
_FOOT = "</urlset>\n"

# A page: site path, what is said of it.
_Row = tuple[str, SitemapHint]


def plan_sitemap(site: Site, artifacts: Sequence[Artifact]) -> Iterator[TextFile]:
    """``/sitemap.xml``, an index, and a file for each first folder of addresses; nothing without
    SITEURL nor in a preview.
    """
    if not site.config.siteurl or site.config.apercu:
        return
    rows = {
        artifact.url: artifact.sitemap
        for artifact in artifacts
        if type(artifact) is TemplatePage and artifact.sitemap is not None
    }
    urls = []
    ordered = sorted(rows.items(), key=lambda row: (_family(row[0]), row[0]))
    for family, pages in groupby(ordered, key=lambda row: _family(row[0])):
        for number, part in enumerate(_parts(pages, site.config), start=1):
            urls.append(sitemap_of(family, number))
            yield text_file(site, urls[-1], _urls, part)
    yield text_file(site, SITEMAP, _index, urls)


def _family(url: str) -> str:
    """The first folder below which a page is.

    >>> _family("/lieux/la-coupole/"), _family("/lieux/"), _family("/")
    ('lieux', 'pages', 'pages')
    """
    first, _, below = url[1:].partition("/")
    if below:
        return first
    return _TOP


def _parts(rows: Iterable[_Row], config: SiteConfig) -> Iterator[list[_Row]]:
    part: list[_Row] = []
    size = empty = len(_HEAD) + len(_FOOT)
    for row in rows:
        weight = len(_line(row, config).encode())
        if part and (len(part) == _MOST or size + weight > _HEAVIEST):
            yield part
            part = []
            size = empty
        part.append(row)
        size += weight
    yield part


def _line(row: _Row, config: SiteConfig) -> str:
    url, hint = row
    changed = ""
    if hint.lastmod:
        changed = f"<lastmod>{hint.lastmod.isoformat()}</lastmod>"
    images = "".join(
        f"<image:image><image:loc>{_loc(image, config)}</image:loc></image:image>"
        for image in hint.images
    )
    return f"<url><loc>{_loc(url, config)}</loc>{changed}{images}</url>\n"


def _loc(url: str, config: SiteConfig) -> str:
    return escape(config.absolute(url), quote=False)


def _urls(site: Site, part: Sequence[_Row]) -> Iterator[str]:
    yield _HEAD
    yield from (_line(row, site.config) for row in part)
    yield _FOOT


def _index(site: Site, urls: Iterable[str]) -> Iterator[str]:
    config = site.config
    yield f"{_DECLARATION}<sitemapindex {_NAMESPACE}>\n"
    yield from (f"<sitemap><loc>{_loc(url, config)}</loc></sitemap>\n" for url in urls)
    yield "</sitemapindex>\n"


def plan_robots(site: Site) -> Iterator[TextFile]:
    """``/robots.txt`` (RFC 9309): a published site is open to all, a preview to nobody. What
    engines must not index is said by each page (``noindex``), which they must be let read."""
    yield text_file(site, ROBOTS, _text)


def _text(site: Site) -> Iterator[str]:
    config = site.config
    if config.apercu:
        yield f"User-agent: *\nDisallow: {config.base}/\n"
        return
    sitemap = ""
    if config.siteurl:
        sitemap = f"\nSitemap: {config.absolute(SITEMAP)}\n"
    yield f"User-agent: *\nDisallow:\n{sitemap}"
