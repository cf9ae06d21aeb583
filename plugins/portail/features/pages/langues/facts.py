"""What is told of an event beside its own fields, in no language: found once for all of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.agenda.occurrences import Occurrence
from portail.facts.base import Value, mail_and_phone
from portail.facts.place import address, directions
from portail.facts.price import is_closed
from portail.model.event import Event
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.territories import is_whole, known_by_key
from portail.text.typography import unmarked

from .pairs import has_page, place_below


class Facts(Struct, frozen=True):
    """Facts of an event that is not over."""

    # Its dates to come, with their first and last days.
    dates: tuple[tuple[date, date, Occurrence], ...]
    # The days on which one that takes place begins, in order, and the last day of all.
    days: tuple[date, ...]
    until: date
    # Its place, street and town; where the page of the place is, below the address of a language.
    place: str
    page: str
    # Where a map shows it.
    map: str
    # Whence one takes part in what is everywhere, if it is not the whole region.
    territories: tuple[str, ...]
    # Whether booking has ended.
    closed: bool
    contacts: tuple[Value, ...]


@answer
def facts_of(site: Site, ref: str) -> Facts:
    item = site.items[ref]
    event = item.of(Event)
    coming = item.occurrences[item.past_count :]
    dates = tuple((occurrence.first_day, occurrence.last_day, occurrence) for occurrence in coming)
    on = [(first, last) for first, last, occurrence in dates if occurrence.maintained]
    where = address(item, site)
    lieu = site.lieu_of(event)
    terms = event.inscription
    whole = not item.partout or is_whole(item.zone, site.geography)
    zone = () if whole else (known_by_key(code, site.geography) for code in item.zone)
    return Facts(
        dates,
        tuple(sorted({first for first, _ in on})),
        max((last for _, last in on), default=coming[-1].last_day),
        place=", ".join(filter(None, (unmarked(where.precis), where.rue, where.commune))),
        page=place_below(lieu) if lieu and has_page(lieu, site) else "",
        map=next((way.url for way in directions(item, site)), ""),
        territories=tuple(territory.nom for territory in zone if territory),
        closed=is_closed(item, site),
        contacts=mail_and_phone(terms.courriel, terms.telephone) if terms else (),
    )
