"""What the map of what not to miss shows: of this week, of now, of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence
from portail.agenda.upcoming import lasting, maintained
from portail.agenda.weeks import Week
from portail.facts.when import day_of, times
from portail.model.event import Event
from portail.outputs.pages.home import put_forward
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.inline import plain
from portail.text.typography import capital

__all__ = ["Shown", "now", "places", "this_week"]


class Shown(NamedTuple):
    """A content, when it is on in words, its last day there, whether editors put it forward."""

    item: Item
    quand: str
    fin: date
    vedette: bool = False


@per_site
def this_week(site: Site) -> tuple[Shown, ...]:
    """What editors put forward, then what takes place in the week, in the order of time: from
    today on, or all of it when nothing is left."""
    until = {item.ref: day for day, item in put_forward(site)}
    dated = _week(site)
    forward = (
        Shown(site.items[ref], "", day, True) for ref, day in until.items() if ref not in dated
    )
    rows = [_dated(site.items[ref], some, ref in until) for ref, some in dated.items()]
    return (*(one for one in rows if one.vedette), *forward, *(r for r in rows if not r.vedette))


def _week(site: Site) -> dict[str, list[Occurrence]]:
    """Occurrences of the week that are maintained, by event; exhibitions that stay a few days are
    not among them."""
    days = site.indexes.programme.week(Week.of(site.day.date)).jours
    found: dict[bool, dict[str, list[Occurrence]]] = {True: {}, False: {}}
    for day in days:
        for one in day.rendez_vous:
            if one.maintenu and one.ref not in site.showings:
                some = found[day.jour >= site.day.date].setdefault(one.ref, [])
                some += [each for each in one.occurrences if each not in some]
    return found[True] or found[False]


def _dated(item: Item, some: list[Occurrence], forward: bool) -> Shown:
    entry = item.entry
    assert isinstance(entry, Event)
    said = " ; ".join(one.phrase for one in times(entry, some))
    return Shown(item, said, max(one.dernier_jour for one in some), forward)


@per_site
def now(site: Site) -> tuple[Shown, ...]:
    """What lasts and is on, the soonest end first."""
    today = site.day.date
    return tuple(
        Shown(site.on(one.ref), f"Jusqu’au {day_of(one.au)}", one.au)
        for one in lasting(site.indexes.programme, today, today)
        if maintained(one)
    )


@per_site
def places(site: Site) -> tuple[Shown, ...]:
    """Lieux where something is on or to come, the soonest first, with what comes first."""
    coming: dict[str, list[tuple[date, date, Item]]] = defaultdict(list)
    for first, last, ref in sorted(_coming(site)):
        item, showing = site.on(ref), site.showings.get(ref)
        lieu = site.lieu_of(item.entry) if isinstance(item.entry, Event) else None
        if where := showing.lieu if showing else lieu.ref if lieu else "":
            coming[where].append((first, last, item))
    return tuple(
        Shown(site.items[ref], _next(some, site.day.date), max(last for _, last, _ in some))
        for ref, some in coming.items()
    )


def _coming(site: Site) -> Iterator[tuple[date, date, str]]:
    """First day from today on, last day, reference of what is on."""
    outlook = site.ahead.all
    for one in outlook.lasting:
        if maintained(one):
            yield max(one.du, site.day.date), one.au, one.ref
    for day, row in outlook.rows:
        if maintained(row):
            yield day, day, row.ref


def _next(some: list[tuple[date, date, Item]], today: date) -> str:
    """« 2 octobre : La nuit, et 3 autres » : how many other events there are."""
    first, last, item = some[0]
    on = first == today and last > today
    when = f"Jusqu’au {day_of(last)}" if on else jour(first, annee=first.year != today.year)
    others = len({one.url for _, _, one in some}) - 1
    more = f", et {others} autre{'s' * (others > 1)}" if others else ""
    return f"{capital(when)} : {plain(item.entry.titre)}{more}"
