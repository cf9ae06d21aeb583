"""Addresses of the agenda, and links to what it has: its views, its weeks, months and years, the
ways of showing it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from portail.agenda.weeks import Month, Week
from portail.outputs.pages.views.shared import Lien
from portail.site import urls
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import AGENDA


def year_of(year: int) -> str:
    """Site path of a year of the agenda: ``/agenda/2021/``."""
    return f"{AGENDA}{year}/"


class Periods(Struct, frozen=True):
    """Weeks and months with a page, in order: when something has a date, and the present ones."""

    today: date
    weeks: tuple[Week, ...]
    months: tuple[Month, ...]

    def presentations(self, first: date, last: date) -> tuple[Lien, ...]:
        """The list, the week and the month of these days; the present ones if they hold today."""
        if first <= self.today <= last:
            return _ways(urls.THIS_WEEK, Month.of(self.today))
        week = self.weeks[bisect_left(self.weeks, Week.of(first))]
        # A week belongs to the month of its Thursday, as to its year (ISO 8601), if it can.
        middle = first + (last - first) // 2
        month = next(m for m in map(Month.of, (middle, first, last)) if m in self.months)
        return _ways(urls.week_of(week), month)


@answer
def periods_of(site: Site) -> Periods:
    programme = site.indexes.programme
    today = site.day.date
    weeks = sorted({*programme.weeks, Week.of(today)})
    return Periods(today, tuple(weeks), tuple(sorted({*programme.months, Month.of(today)})))


def agenda_links(site: Site) -> Iterator[Lien]:
    yield Lien("Ce week-end", urls.WEEK_END)
    yield Lien("En ce moment", urls.NOW)
    for year in past_years(site):
        yield Lien(f"Agenda {year.texte}", year.url)


def past_years(site: Site) -> tuple[Lien, ...]:
    today = site.day.date
    years = {month.year for month in periods_of(site).months if month.year <= today.year}
    return tuple(Lien(str(year), year_of(year)) for year in sorted(years, reverse=True))


def presentations(site: Site) -> tuple[Lien, ...]:
    """The ways to show the agenda: its list, the present week, the present month."""
    return _ways(urls.THIS_WEEK, Month.of(site.day.date))


def _ways(week: str, month: Month) -> tuple[Lien, ...]:
    listing = Lien("Liste", urls.AGENDA)
    return (listing, Lien("Semaine", week), Lien("Mois", urls.month_of(month)))
