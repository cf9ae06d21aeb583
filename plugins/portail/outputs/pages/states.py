"""Last days of contents, which scripts compare with the reader’s day."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import NamedTuple

from portail.facts.price import booking_day
from portail.model.articles import AnnouncementEntry
from portail.model.resource import ResourceEntry
from portail.site.item import Item
from portail.site.narrowed import lasting_of
from portail.site.site import Site

# A page says of each thing that ends its last day (``data-fin``), which the script of the theme
# compares with the reader’s: facts of the content, so that a new day changes no page.

_NEXT = 7
"""Dates of a card: what has more in a week lasts, and is told by all its days."""


class Ends(NamedTuple):
    """The last day of what is not over yet; the day that its card tells, then those that follow."""

    fin: date | None = None
    suite: tuple[date, ...] = ()


def ends_of(item: Item, site: Site) -> Ends:
    """When ``item`` ends; nothing once it is over, which its card says."""
    if showing := site.showings.get(item.ref):
        return Ends(showing.au)
    last = last_day(item)
    if last is None or site.is_over(last):
        return Ends()
    lasting = lasting_of(item, site)
    return Ends(last, () if lasting else _following(item))


def last_day(item: Item) -> date | None:
    """The last day of a content, over or not; ``None`` for what does not end."""
    entry = item.entry
    if isinstance(entry, AnnouncementEntry | ResourceEntry):
        return entry.limite
    return max((occurrence.last_day for occurrence in item.occurrences), default=None)


def _following(item: Item) -> tuple[date, ...]:
    """Days of the séances to come, when there are several and the one told is among them."""
    shown = item.upcoming
    if shown is None or not shown.maintained or shown.etat == "reprogramme":
        return ()
    left = (occurrence for occurrence in item.occurrences[shown.rang :] if occurrence.maintained)
    days = dict.fromkeys(occurrence.first_day for occurrence in left if occurrence.day_count == 1)
    dates = tuple(islice(days, _NEXT))
    return dates if len(dates) > 1 and dates[0] == shown.first_day else ()


def booking_end(item: Item) -> date | None:
    """The last day when an event can be booked: its deadline, else its own last day."""
    last = last_day(item)
    deadline = booking_day(item)
    return min(last, deadline) if last and deadline else last
