"""What the letter says of an event: when and where, at what price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portail.facts.audience import ages
from portail.facts.base import text_of
from portail.facts.place import PARTOUT, online, place_of
from portail.facts.price import price
from portail.facts.when import (
    STATES,
    is_night,
    near_text,
    shown_from,
    shown_with_room,
    spoken_hours,
    when_text,
)
from portail.model.event import Event
from portail.outputs.pages.slots import WeeklyLines
from portail.site.item import Item
from portail.site.narrowed import lasting_of
from portail.site.school import SCHOOL
from portail.site.site import Site
from portail.text.dates import JOURS
from portail.text.typography import capital

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


def week_end_when(item: Item, site: Site, days: tuple[date, date]) -> str:
    """« Samedi, de 14 h à 17 h », « Samedi et dimanche, de 10 h à 18 h », « Jusqu’au 17 octobre »:
    its leaf gives the date."""
    lasting = lasting_of(item, site)
    if lasting:
        return capital(near_text(lasting.du, lasting.au, days[0]))
    hours: dict[str, list[date]] = {}
    for day in days:
        live = [
            occurrence
            for occurrence in item.occurrences
            if occurrence.is_on(day) and occurrence.maintained
        ]
        for occurrence in live:
            inside = days[0] <= occurrence.first_day and occurrence.last_day <= days[1]
            if occurrence.day_count > 1 and not inside:
                if occurrence.last_day in days:
                    return f"Jusqu’à {JOURS[occurrence.last_day.weekday()]}"
                return capital(near_text(occurrence.first_day, occurrence.last_day, days[0]))
        if live:
            named = () if is_night(live) else (day,)  # a night says which
            hours.setdefault(spoken_hours(live, day), []).extend(named)
    groups = ((" et ".join(JOURS[day.weekday()] for day in some), h) for h, some in hours.items())
    text = "\u00a0; ".join(", ".join(filter(None, group)) for group in groups)
    return capital(text) or when_text(item, site, shown_from(item, days[0]), days[0])
