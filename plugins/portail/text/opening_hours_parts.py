"""What a sentence of opening hours says, as OpenStreetMap writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from portail.text.opening_hours_text import DAYS

__all__ = ["When", "Written", "day_numbers", "other_days"]


class Written(NamedTuple):
    """A rule as OpenStreetMap writes it; ``weekly`` when it is about days of the week alone,
    ``adds`` when its hours are added to those before it."""

    start: int
    text: str
    weekly: bool
    adds: bool = False


@dataclass
class When:
    """When a rule holds: dates and days as OpenStreetMap writes them, holidays, ``among`` which
    the days are."""

    dates: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    holidays: list[str] = field(default_factory=list)
    among: bool = False

    def __bool__(self) -> bool:
        return bool(self.dates or self.days or self.holidays)

    def text(self) -> str:
        """As it stands before the hours."""
        days, holidays = ",".join(self.days), ",".join(self.holidays)
        told = (
            f"{holidays} {days}"
            if self.among and days
            else ",".join(filter(None, (days, holidays)))
        )
        return " ".join(filter(None, (",".join(self.dates), told)))


def other_days(last: When, one: When, how: str, *, closed: bool) -> bool:
    """Whether ``one``, joined by ``how``, is about other days than ``last``, instead of saying
    more of the same ones."""
    named = bool(last.days or last.holidays)
    if one.dates:
        return named and how != ""
    return bool(last.dates) and not named and (how == "et" or (closed and how == "virgule"))


def day_numbers(days: Iterable[str]) -> set[int]:
    """Days of the week, 0 being Monday, of ``Tu-Fr``, ``Su``…"""
    found = set()
    for one in days:
        first, _, last = one.partition("-")
        start = DAYS.index(first)
        end = DAYS.index(last) if last else start
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return found
