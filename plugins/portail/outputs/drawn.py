"""A page, or a text file, that is a pure function of what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath

from portail.files import digest_of
from portail.outputs.base import Shown, SitemapHint, TemplatePage, TextFile
from portail.site.memo import per_site
from portail.site.reader import Reader
from portail.site.site import Site
from portail.site.urls import file_of

__all__ = ["drawn", "reader_of", "text_file", "view_of"]


def reader_of(site: Site) -> Reader:
    """The one reader of a site."""
    return site if isinstance(site, Reader) else _reader(site)


@per_site
def _reader(site: Site) -> Reader:
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
    shown = Shown(show.__module__, show.__qualname__, arguments)
    view = partial(show, reader_of(site), *arguments)
    return TemplatePage(file_of(url), url, template, shown, view, source, sitemap)


def text_file(
    site: Site,
    url: str,
    produce: Callable[..., Iterable[str]],
    *arguments: object,
    source: PurePosixPath | None = None,
) -> TextFile:
    """The file of what ``produce`` yields, a function of the site and of plain values whose
    ``repr`` is exact: these, and what it reads, are all that the file depends on."""
    key = digest_of(produce.__module__, produce.__qualname__, repr(arguments))
    made = partial(produce, reader_of(site), *arguments)
    return TextFile(file_of(url), url, (key,), made, source)


def view_of(reader: Reader, shown: Shown) -> Callable[[], object]:
    """What ``drawn`` made a view of, found again by its name when it is asked."""
    return partial(_show, reader, shown)


def _show(reader: Reader, shown: Shown) -> object:
    return getattr(import_module(shown.module), shown.name)(reader, *shown.arguments)
