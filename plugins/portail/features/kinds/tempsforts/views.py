"""Views of the pages of an edition, and of its programmes."""

from __future__ import annotations

from msgspec import Struct

# Figures of a table that are shown large; with fewer, none is.
_LARGE = 5


class GrilleView(Struct, frozen=True):
    """A table: its ``colonnes`` but the first, ``lignes`` as (label, values), its ``sources``."""

    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...] = ()

    @property
    def grands(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The first column that holds figures, and a few of them, to be shown large."""
        for rank, name in enumerate(self.colonnes):
            cells = ((label, values[rank]) for label, values in self.lignes)
            short = tuple((label, text) for label, text in cells if text[:1].isdigit())
            if len(short) >= _LARGE:
                return name, short[:_LARGE]
        return "", ()

    @property
    def pliee(self) -> bool:
        """Whether it is folded: the latest edition has nothing yet in most of its rows."""
        empty = sum(1 for _, values in self.lignes if not values[0])
        return 2 * empty > len(self.lignes)
