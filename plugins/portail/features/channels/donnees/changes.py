"""What was added, modified and taken back lately: for those who keep a copy of our contents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from portail.model.kinds import Kind
from portail.site.memo import per_site
from portail.site.site import Site

Changement: TypeAlias = Literal["ajout", "modification", "retrait"]


class Change(Struct, frozen=True):
    """What happened to a content on a day; ``titre`` and ``vers`` (reference of what takes its
    place) are empty where there is none, ``motif`` too but for what was taken back."""

    ref: str
    url: str
    kind: Kind
    le: date
    changement: Changement
    titre: str = ""
    motif: str = ""
    vers: str = ""


def since(day: date) -> date:
    """The first day of the twelve months that end on ``day``.

    >>> since(date(2021, 9, 27)), since(date(2024, 2, 29))
    (datetime.date(2020, 9, 28), datetime.date(2023, 3, 1))
    """
    before = date(day.year - 1, 3, 1) if (day.month, day.day) == (2, 29) else None
    return before or day.replace(year=day.year - 1) + timedelta(days=1)


@per_site
def changes_of(site: Site) -> tuple[Change, ...]:
    """The changes of twelve months, newest first: from what contents and the register say, never
    from a former build.
    """
    first = since(site.day.date)
    last = site.day.date
    changes = [change for change in _all(site) if first <= change.le <= last]
    changes.sort(key=lambda change: (change.ref, change.changement))
    return tuple(sorted(changes, key=lambda change: change.le, reverse=True))


def _all(site: Site) -> Iterator[Change]:
    for item in site.items.values():
        entry = item.entry
        day = item.entry.publie_le
        if not entry.kind.info.has_page or not entry.paru(site.day.date):
            continue
        if day:
            yield Change(item.ref, item.url, entry.kind, day, "ajout", entry.titre)
        if (last := entry.modifie) and last != day:
            yield Change(item.ref, item.url, entry.kind, last, "modification", entry.titre)
    for retrait in site.retraits:
        if retrait.kind.info.has_page:
            there = retrait.vers if retrait.vers and retrait.vers in site.items else ""
            details = {"motif": retrait.motif or "", "vers": there}
            yield Change(retrait.ref, retrait.url, retrait.kind, retrait.le, "retrait", **details)
