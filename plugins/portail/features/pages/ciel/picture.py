"""The evening as a picture: that of the day, which networks show of the home page, and that of each
letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from portail.outputs.base import Artifact, Derived, drawn
from portail.site.site import Site
from portail.site.urls import file_of

from .dusk import Dusk
from .outings import PAGE
from .paint import DRAWN, FONT, PAINTED, painted, painter
from .place import dusk_of, is_painted, outlines_of
from .tonight import HOUSES, Fenetre, windows


class Tableau(Struct, frozen=True):
    """What a picture shows: outlines from left to right, the sky, lit windows."""

    silhouettes: tuple[str, ...]
    ciel: Dusk
    fenetres: tuple[Fenetre, ...]


def plan_today(site: Site) -> Iterator[Artifact]:
    """The picture of the day."""
    if is_painted(site):
        yield from _files(site, PAGE.url, site.day.date, -1)


def evening(site: Site, url: str, day: date, lit: int) -> Iterator[Artifact]:
    """The picture of a day, with so many lit windows that say nothing."""
    if is_painted(site):
        yield from _files(site, url, day, min(lit, HOUSES))


def _files(site: Site, url: str, day: date, lit: int) -> Iterator[Artifact]:
    if dusk_of(site, day.isoformat()):
        drawing = url + DRAWN
        yield drawn(site, drawing, "soir.svg", _show, day.isoformat(), lit)
        picture = url + PAINTED
        sources = (file_of(drawing), FONT)
        yield Derived(file_of(picture), picture, sources, painted, key=(painter(),))


def _show(site: Site, day: str, lit: int) -> Tableau:
    """Without a number of windows, those of the home page."""
    sheet = dusk_of(site, day)
    assert sheet is not None
    shown = tuple(windows(site)) if lit < 0 else (Fenetre("", ""),) * lit
    return Tableau(outlines_of(site), sheet, shown)
