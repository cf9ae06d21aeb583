"""What was added, modified and taken back lately: for those who keep a copy of our contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from portail.model.kinds import Kind
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["Change", "changes_of", "since"]

Changement: TypeAlias = Literal["ajout", "modification", "retrait"]


@dataclass(frozen=True, slots=True)
class Change:
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
    """The changes of the twelve months that end on the day of ``site``, newest first.

    They follow from what contents say of themselves (``publie_le``, ``modifie``) and from the
    register, never from a former build: the same contents on the same day always give the same.
    A content that says neither day is not told; letters are not open data.
    """
    first, last = since(site.day.date), site.day.date
    found = [change for change in _all(site) if first <= change.le <= last]
    found.sort(key=lambda one: (one.ref, one.changement))
    return tuple(sorted(found, key=lambda one: one.le, reverse=True))


def _all(site: Site) -> list[Change]:
    found = []
    for item in site.items.values():
        entry, day = item.entry, item.entry.publie_le
        if entry.kind is Kind.NEWSLETTER or not entry.paru(site.day.date):
            continue
        if day:
            found.append(Change(item.ref, item.url, entry.kind, day, "ajout", entry.titre))
        if entry.modifie and entry.modifie != day:
            found.append(
                Change(item.ref, item.url, entry.kind, entry.modifie, "modification", entry.titre)
            )
    for one in site.retraits:
        there = one.vers if one.vers in site.items else ""
        if one.kind is not Kind.NEWSLETTER:
            found.append(
                Change(
                    one.ref, one.url, one.kind, one.le, "retrait", "", one.motif or "", there or ""
                )
            )
    return found
