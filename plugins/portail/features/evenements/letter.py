"""What the letter says of an event: when and where, at what price."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.audience import ages
from portail.facts.base import text_of
from portail.facts.price import PARTOUT, online, place_of, price
from portail.facts.when import STATES, shown_with_room, week_end_when, when_text
from portail.model.event import Event
from portail.outputs.pages.slots import WeeklyLines
from portail.site.item import Item
from portail.site.school import SCHOOL
from portail.site.site import Site

_OPEN = frozenset({"tout-public", "familles", "jeunes", "adultes", "seniors"})
"""Publics of what is open to everyone."""


def event_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """The next date when there is room, the place, the price and the ages, for whom it is."""
    site = lines.site
    shown = shown_with_room(item, lines.day)
    if section == "week-end":
        yield week_end_when(item, site, lines.week.week_end)
    else:
        yield when_text(item, site, shown, lines.day)
    announced = (shown is not None and shown.etat in STATES) or section == "a-noter"
    link = online(item, site)
    place = place_of(item, site)
    if section == "week-end" and place == PARTOUT:  # its group says it
        place = ""
    yield place or ("" if link.value and not announced else link.short)
    yield text_of((*price(item, site).values, *ages(item, site).values))
    yield _restricted(item, site)


def _restricted(item: Item, site: Site) -> str:
    """Publics of an event that is not open to everyone."""
    codes = item.of(Event).publics
    if not codes or not _OPEN.isdisjoint(codes):
        return ""
    few = site.vocabularies.labels("publics", codes[:2])
    return "Scolaires" if (SCHOOL - {"enseignants"}).issuperset(codes) else few
