"""What the day makes of a place: plain values, for its page and its key."""

from __future__ import annotations

from dataclasses import dataclass

from portail.model.lieu import Lieu
from portail.site.site import Item, Site

__all__ = ["LieuState", "state_of"]


@dataclass(frozen=True, slots=True)
class LieuState:
    """Closures that are not over (rank, whether it runs), and whether the sheet is too old."""

    fermetures: tuple[tuple[int, bool], ...]
    a_verifier: bool


def state_of(item: Item, site: Site) -> LieuState | None:
    """The state of a place; ``None`` for another content."""
    entry, day = item.entry, site.day.date
    if isinstance(entry, Lieu):
        return LieuState(tuple(entry.fermetures_au(day)), entry.a_verifier(day))
    return None
