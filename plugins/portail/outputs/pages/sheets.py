"""Which events have a sheet for a class."""

from __future__ import annotations

from portail.model.event import Event
from portail.site.site import Item
from portail.site.urls import sheet_of

__all__ = ["sheet_url"]

_SCHOOL = frozenset({"maternelle", "primaire", "college", "lycee"})


def sheet_url(item: Item) -> str:
    """Site path of the sheet of an event that receives groups or is meant for schools, as long
    as one can come; ``""`` for another content."""
    entry = item.entry
    if not isinstance(entry, Event) or item.passe or entry.etat == "annule":
        return ""
    wanted = entry.groupes is not None or not _SCHOOL.isdisjoint(entry.publics)
    return sheet_of(item.url) if wanted else ""
