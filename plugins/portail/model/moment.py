"""A day, with an hour or without: what a contributor writes in ``debut`` and ``fin``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

__all__ = ["Moment", "Periode"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, unless it is a whole day, an hour of Europe/Paris."""

    jour: date
    heure: time | None = None

    def __str__(self) -> str:
        """As the front matter writes it: ``2021-10-09 14:00`` or ``2021-10-09``."""
        return (
            f"{self.jour.isoformat()} {self.heure:%H:%M}" if self.heure else self.jour.isoformat()
        )

    def precedes(self, other: Moment) -> bool:
        """Whether it is surely before ``other``: a whole day is only before another day."""
        if self.jour != other.jour or self.heure is None or other.heure is None:
            return self.jour < other.jour
        return self.heure < other.heure


@dataclass(frozen=True, slots=True)
class Periode:
    """Days from ``du`` to ``au``, both included."""

    du: date
    au: date

    def __str__(self) -> str:
        """As the front matter writes it: ``2021-11-01..2021-11-07``, or one day."""
        first, last = self.du.isoformat(), self.au.isoformat()
        return first if first == last else f"{first}..{last}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.du <= day <= self.au
