"""What a sentence of opening hours says, as OpenStreetMap writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portail.text.opening_hours_text import DAYS, MONTHS

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
        days, holidays = ",".join(_runs(self.days, DAYS)), ",".join(self.holidays)
        among = f"{holidays} {days}" if self.among and days else ""
        told = among or ",".join(filter(None, (days, holidays)))
        return " ".join(filter(None, (",".join(_runs(self.dates, MONTHS)), told)))


def _runs(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """``Sa``, ``Su`` as ``Sa-Su``: names that follow one another are one span."""
    found: list[list[str]] = []
    for one in names:
        last = found[-1][-1] if found else ""
        follows = one in known[1:] and last == known[known.index(one) - 1]
        if follows:
            found[-1].append(one)
        else:
            found.append([one])
    return [one[0] if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found]


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
