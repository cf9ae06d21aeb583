"""A page that is a pure function of what it reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

from portail.outputs.base import SitemapHint, TemplatePage
from portail.site.memo import per_site
from portail.site.reader import Reader
from portail.site.site import Site
from portail.site.urls import file_of

__all__ = ["drawn", "reader_of"]


@per_site
def reader_of(site: Site) -> Reader:
    """The one reader of a site."""
    return Reader(site)


def drawn(
    site: Site,
    url: str,
    template: str,
    show: Callable[..., object],
    *arguments: str | int,
    source: PurePosixPath | None = None,
    sitemap: SitemapHint | None = None,
) -> TemplatePage:
    """The page that ``template`` draws of what ``show`` gives, a function of a module that reads
    the site and takes texts or numbers: what it reads is all that the page depends on."""
    what = f"{show.__module__}.{show.__qualname__}{arguments!r}"
    view = partial(show, reader_of(site), *arguments)
    return TemplatePage(file_of(url), url, template, (), view, source, sitemap, what)
