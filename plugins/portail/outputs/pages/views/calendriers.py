"""The page of calendars."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["CalendriersView", "GroupeCalendriers"]


@dataclass(frozen=True, slots=True)
class GroupeCalendriers:
    """Calendars of one sort: title, anchor; the address of each link is that of its file. A long
    list is ``plie``."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    plie: bool

    @property
    def nombre(self) -> int:
        """How many it lists."""
        return len(self.liens)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendriersView(PageView):
    """What subscribing is, and every calendar; ``calendrier`` is that of the whole agenda."""

    groupes: tuple[GroupeCalendriers, ...]
