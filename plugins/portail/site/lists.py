"""Lists that facets narrow: where each is, what it holds, by what it is narrowed.

The agenda has its own reckoning (``site.ahead``), since its contents come back day after day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portail.model.kinds import Kind
from portail.site.facets import FACETS, OUI, TOOL_FACETS, Facet, Pair
from portail.site.tools import is_tool
from portail.site.urls import CATALOGUE, facet_of, listing_of

if TYPE_CHECKING:
    from portail.site.item import Item

__all__ = ["LISTS", "TOOLS", "NarrowedList"]


def _all(item: Item) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class NarrowedList:
    """The list at ``url`` of the contents of ``kind`` that it ``holds``, narrowed by ``facets``.

    ``nom`` and ``pluriel`` are what one and several of them are called, ``article`` the indefinite
    one (« un », « une »).
    """

    url: str
    kind: Kind
    facets: tuple[Facet, ...]
    nom: str
    pluriel: str
    article: str
    holds: Callable[[Item], bool] = _all

    @property
    def all_of_it(self) -> str:
        """« Toutes les ressources »."""
        return f"{'Toutes' if self.article == 'une' else 'Tous'} les {self.pluriel}"

    @property
    def none_of_it(self) -> str:
        """« Aucune ressource »."""
        return f"{'Aucune' if self.article == 'une' else 'Aucun'} {self.nom}"

    def counted(self, number: int) -> str:
        """Its noun, agreeing with ``number`` (French: plural from two)."""
        return self.pluriel if number > 1 else self.nom

    def page_of(self, pair: Pair) -> str:
        """Site path of what it holds of one value.

        >>> LISTS[0].page_of(("theme", "numerique"))
        '/articles/theme/numerique/'
        >>> LISTS[2].page_of(("a-emprunter", "oui"))
        '/ressources/a-emprunter/'
        """
        cle, code = pair
        return facet_of(self.url, cle, "" if code == OUI else code)


def _of(kind: Kind) -> NarrowedList:
    """The list of all contents of a kind."""
    info = kind.info
    return NarrowedList(
        listing_of(kind), kind, FACETS[kind], info.nom, info.pluriel, info.article
    )  # fmt: skip


TOOLS = NarrowedList(CATALOGUE, Kind.RESSOURCE, TOOL_FACETS, "outil", "outils", "un", is_tool)
"""What can be borrowed: the catalogue."""

LISTS = (*(_of(kind) for kind in FACETS if kind is not Kind.EVENT), TOOLS)
"""Lists that have facets as soon as they are of use."""
