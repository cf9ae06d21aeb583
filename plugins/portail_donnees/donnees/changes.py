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
    before = None
    if (day.month, day.day) == (2, 29):
        before = date(day.year - 1, 3, 1)
    return before or day.replace(year=day.year - 1) + timedelta(days=1)


@per_site
def changes_of(site: Site) -> tuple[Change, ...]:
    """The changes of twelve months, newest first: from what contents and the register say, never
    from a former build.
    """
    last = site.day.date
    first = since(last)
    changes = (change for change in _all(site) if first <= change.le <= last)
    return tuple(sorted(changes, key=lambda one: (-one.le.toordinal(), one.ref, one.changement)))


def _all(site: Site) -> Iterator[Change]:
    for item in site.items.values():
        entry = item.entry
        if not entry.kind.info.has_page or not entry.paru(site.day.date):
            continue
        # One that was modified when it was published was added.
        days: dict[date | None, Changement] = {entry.modifie: "modification"}
        days[entry.publie_le] = "ajout"
        for day, changement in days.items():
            if day:
                yield Change(
                    item.ref, item.url, entry.kind, le=day, changement=changement, titre=entry.titre
                )
    for retrait in site.retraits:
        if retrait.kind.info.has_page:
            target = ""
            if retrait.vers and retrait.vers in site.items:
                target = retrait.vers
            yield Change(
                retrait.ref,
                retrait.url,
                retrait.kind,
                retrait.le,
                "retrait",
                motif=retrait.motif or "",
                vers=target,
            )
