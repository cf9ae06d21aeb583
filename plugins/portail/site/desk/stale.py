"""Sheets that nobody has checked for a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["Stale", "stale"]

_A_YEAR = timedelta(days=366)


class Stale(NamedTuple):
    """A sheet, and the day of its last check: of its last change, for what says none (``None``:
    never checked)."""

    item: Item
    depuis: date | None


def stale(site: Site) -> tuple[Stale, ...]:
    """Published places that were never checked or not for a year, resources that nobody changed
    for a year; those never checked first, then the oldest."""
    day = site.day.date
    found = [one for kind in (Kind.LIEU, Kind.RESSOURCE) for one in map(_last, site.of_kind(kind))]
    late = [
        one
        for one in found
        if one.item.entry.paru(day) and (one.depuis is None or one.depuis + _A_YEAR < day)
    ]
    return tuple(sorted(late, key=lambda one: (one.depuis or date.min, one.item.ref)))


def _last(item: Item) -> Stale:
    entry = item.entry
    return Stale(item, entry.verifie_le if isinstance(entry, Lieu) else entry.jour)
