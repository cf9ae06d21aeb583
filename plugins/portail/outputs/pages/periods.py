"""Periods of the agenda that have a page, and how one view leads to the same days in another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portail.agenda.weeks import Month, Week
from portail.model.kinds import Kind
from portail.outputs.pages.views.shared import Lien
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import listing_of, month_of, week_of, year_of

__all__ = ["Periods", "neighbours", "past_years", "periods_of", "presentations"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Periods:
    """Weeks and months with a page, in order: those when something has a date, and the present
    ones."""

    today: date
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]

    def presentations(self, first: date, last: date) -> tuple[Lien, ...]:
        """The ways to show the agenda: its list, the week and the month of these days; the present
        ones when today is among them."""
        return _ways(self._week(first, last), self._month(first, last))

    def _week(self, first: date, last: date) -> Week:
        if first <= self.today <= last:
            return Week.of(self.today)
        return self.weeks[bisect_left(self.weeks, Week.of(first))]

    def _month(self, first: date, last: date) -> Month:
        """A week belongs to the month of its Thursday, as to its year (ISO 8601), if it can."""
        if first <= self.today <= last:
            return Month.of(self.today)
        middle = first + (last - first) // 2
        return next(m for m in map(Month.of, (middle, first, last)) if m in self.months)


@per_site
def periods_of(site: Site) -> Periods:
    """The periods of a site."""
    programme, today = site.indexes.programme, site.day.date
    weeks = sorted({*programme.weeks, Week.of(today)})
    return Periods(today, tuple(weeks), tuple(sorted({*programme.months, Month.of(today)})))


def neighbours(periods: Sequence[T], one: T) -> tuple[T | None, T | None]:
    """The period before one of them, and the one after it."""
    rank = periods.index(one)
    before, after = periods[:rank][-1:], periods[rank + 1 : rank + 2]
    return (before[0] if before else None, after[0] if after else None)


def past_years(site: Site) -> tuple[Lien, ...]:
    """Years with a page, the present one first, then those before it."""
    today = site.day.date
    years = {month.year for month in periods_of(site).months if month.year <= today.year}
    return tuple(Lien(str(year), year_of(year)) for year in sorted(years, reverse=True))


def presentations(site: Site) -> tuple[Lien, ...]:
    """The ways to show the agenda: its list, the present week, the present month."""
    today = site.day.date
    return _ways(Week.of(today), Month.of(today))


def _ways(week: Week, month: Month) -> tuple[Lien, ...]:
    listing = Lien("Liste", listing_of(Kind.EVENT))
    return (listing, Lien("Semaine", week_of(week)), Lien("Mois", month_of(month)))
