"""Alphabetical indexes."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien, Pagination

__all__ = ["EntreeIndex", "IndexView", "LettreIndex"]


@dataclass(frozen=True, slots=True)
class EntreeIndex:
    """What one looks up and where it leads; ``suite``: it began on the page before."""

    titre: str
    liens: tuple[Lien, ...]
    note: str = ""
    suite: bool = False


@dataclass(frozen=True, slots=True)
class LettreIndex:
    """The entries of a letter that are on a page."""

    lettre: str
    ancre: str
    entrees: tuple[EntreeIndex, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(PageView):
    """A page of an index. ``index`` leads to its letters, on whichever of its pages; ``voisins``
    are the other indexes; ``nombre`` counts all its entries; ``simple`` when
    each is the one link that it holds."""

    chapo: str
    nombre: str
    lettres: tuple[LettreIndex, ...]
    index: tuple[Lien, ...]
    voisins: tuple[Lien, ...]
    pagination: Pagination
    simple: bool = False
