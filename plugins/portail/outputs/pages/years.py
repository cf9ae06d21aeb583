"""Years of the agenda: twelve months and how much each holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portail.agenda.programme import DayProgramme
from portail.agenda.weeks import Month
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.months import held, highlights
from portail.outputs.pages.periods import Periods, neighbours, periods_of
from portail.outputs.pages.views.month import MoisView, YearView
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.site.urls import HOME, month_of, year_of
from portail.text.calendar_names import MOIS
from portail.text.numbers import nombre

__all__ = ["plan_years"]

_MONTHS = range(1, 13)


def plan_years(site: Site) -> Iterator[TemplatePage]:
    """The pages of years that have the page of a month."""
    for year in _years(site) if site.of_kind(Kind.EVENT) else ():
        yield drawn(site, year_of(year), "annee.html", _show, year, sitemap=SitemapHint())


def _years(site: Site) -> list[int]:
    return sorted({month.year for month in periods_of(site).months})


def _show(site: Site, year: int) -> YearView:
    """The page of a year, between the nearest that have one."""
    maker = _Maker(site, periods_of(site))
    return maker.view(year, *neighbours(_years(site), year))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the page of a year."""

    site: Site
    periods: Periods

    def view(self, year: int, before: int | None, after: int | None) -> YearView:
        """The page, with links to the years before and after."""
        days, agenda = self._days(year), Kind.EVENT.info
        counts = {month: held(some) for month, some in days.items()}
        count, most = held(day for some in days.values() for day in some), max(counts.values())
        first = next(month for month in self.periods.months if month.year == year)
        present = Month.of(self.periods.today)
        month = present if present.year == year else first
        return YearView(
            cadre=frame_of(self.site),
            titre=f"Agenda {year}",
            description=f"Les rendez-vous de {year}, mois par mois.",
            url=year_of(year),
            fil=(Lien("Accueil", HOME), Lien(agenda.rubrique, agenda.listing)),
            rubrique=agenda.listing,
            flux=linked_feeds(self.site, agenda.listing),
            annee=year,
            nombre=f"{nombre(count)} rendez-vous" if count else "",
            precedente=Lien(str(before), year_of(before)) if before else None,
            suivante=Lien(str(after), year_of(after)) if after else None,
            presentations=self.periods.presentations(month.first, month.last),
            mois=tuple(
                self._month(month, count, round(100 * count / most) if most else 0)
                for month, count in counts.items()
            ),
        )

    def _days(self, year: int) -> Mapping[Month, Sequence[DayProgramme]]:
        programme = self.site.indexes.programme
        days: dict[Month, list[DayProgramme]] = defaultdict(list)
        for month in (Month(year, number) for number in _MONTHS):
            for week in month.weeks:
                days[month] += (day for day in programme.week(week).jours if day.jour in month)
        return days

    def _month(self, month: Month, count: int, part: int) -> MoisView:
        found = highlights(self.site, month.weeks, month.first, month.last)
        cards = [card_of(self.site, ref) for ref in dict.fromkeys(one.ref for one in found)]
        return MoisView(
            MOIS[month.month - 1],
            month_of(month) if month in self.periods.months else "",
            count,
            part,
            tuple(Lien(one.titre, one.url) for one in cards),
        )
