"""Periods of the agenda that have a page, and how one view leads to the same days in another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portail.agenda.weeks import Month, Week
from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.views import Lien, MonthView, YearView
from portail.site.site import Site
from portail.site.urls import file_of, listing_of, month_of, week_of, year_of

__all__ = ["Periods", "neighbours", "past_years", "presentations", "viewed_page"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Periods:
    """Weeks and months with a page, in order: those when something has a date, and the present
    ones."""

    today: date
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]

    @classmethod
    def of(cls, site: Site) -> Periods:
        """Those of a site."""
        programme, today = site.indexes.programme, site.day.date
        weeks = sorted({*programme.weeks, Week.of(today)})
        return cls(today, tuple(weeks), tuple(sorted({*programme.months, Month.of(today)})))

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


def neighbours(periods: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Each of some periods between the one before it and the one after it."""
    before, after = [None, *periods[:-1]], [*periods[1:], None]
    return zip(before, periods, after, strict=True)


def viewed_page(view: MonthView | YearView, template: str) -> TemplatePage:
    """The page of a period, which shows what its view says and nothing else."""
    key = (view.cadre.digest, digest_bytes(repr(view.shown).encode()))
    return TemplatePage(
        file_of(view.url), view.url, template, key, lambda: view, sitemap=SitemapHint()
    )


def past_years(site: Site) -> tuple[Lien, ...]:
    """Years with a page, the present one first, then those before it."""
    today = site.day.date
    years = {month.year for month in Periods.of(site).months if month.year <= today.year}
    return tuple(Lien(str(year), year_of(year)) for year in sorted(years, reverse=True))


def presentations(site: Site) -> tuple[Lien, ...]:
    """The ways to show the agenda: its list, the present week, the present month."""
    today = site.day.date
    return _ways(Week.of(today), Month.of(today))


def _ways(week: Week, month: Month) -> tuple[Lien, ...]:
    listing = Lien("Liste", listing_of(Kind.EVENT))
    return (listing, Lien("Semaine", week_of(week)), Lien("Mois", month_of(month)))
