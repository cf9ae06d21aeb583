"""Whom schools are, and what is for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.model.event import Event
from portail.model.place import PlaceEntry
from portail.model.resource import ResourceEntry

if TYPE_CHECKING:
    from .item import Item

# Publics that come with their school.
SCHOOL = frozenset({"maternelle", "primaire", "college", "lycee", "enseignants"})
_RECEIVES = "accueil-de-groupes"


def for_classes(item: Item) -> bool:
    """Whether a class may come to a content, or have it come; what is reserved to one class is no
    offer.
    """
    entry = item.entry
    if isinstance(entry, Event):
        alone = bool(entry.publics) and SCHOOL.issuperset(entry.publics) and entry.age is None
        return not item.reserve and (entry.groupes is not None or alone)
    if isinstance(entry, PlaceEntry):
        return entry.groupes is not None or _RECEIVES in entry.offre
    return (
        isinstance(entry, ResourceEntry)
        and entry.itinerante
        and not SCHOOL.isdisjoint(entry.publics)
    )
