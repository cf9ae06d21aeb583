"""Months and years of the agenda: grids of days, what lasts apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from portail.agenda.programme import DayProgramme, Lasting, RendezVous
from portail.agenda.weeks import Month, Week
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.frame import ANCHORS, page_of
from portail.outputs.pages.kit import (
    Periods,
    contribution,
    day_labels,
    linked_calendar,
    linked_feeds,
    neighbours,
    periods_of,
)
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.programme import (
    Filet,
    JourMois,
    LigneMois,
    MoisView,
    MonthView,
    Repere,
    YearView,
)
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.site import Site
from portail.site.urls import month_of, week_of, year_of
from portail.text.dates import MOIS, periode
from portail.text.typography import capital, nombre, small

_TITLES = 2
_RULES = 4
"""Rules that a day has room for."""


def plan_months(site: Site) -> Iterator[TemplatePage]:
    """The pages of months, when there is an agenda."""
    for one in periods_of(site).months if site.of_kind(Kind.EVENT) else ():
        url, numbers = month_of(one), (one.year, one.month)
        yield drawn(site, url, "mois.html", _show, *numbers, sitemap=SitemapHint())


def _show(site: Site, year: int, number: int) -> MonthView:
    """The page of a month, between the nearest that have one."""
    month, periods = Month(year, number), periods_of(site)
    maker = _Maker(site, periods)
    return maker.view(month, *neighbours(periods.months, month))


def held(days: Iterable[DayProgramme]) -> int:
    """How many events take place on some of these days, each counted once."""
    return len(frozenset[str]().union(*(day.refs for day in days)))


def highlights(site: Site, weeks: Iterable[Week], first: date, last: date) -> tuple[Lasting, ...]:
    """Editions of highlights with a day between ``first`` and ``last``, which ``weeks`` hold."""
    return tuple(one for one in _lasting(site, weeks, first, last) if _is_highlight(one))


def _lasting(site: Site, weeks: Iterable[Week], first: date, last: date) -> list[Lasting]:
    programme = site.indexes.programme
    found = {one for week in weeks for one in programme.week(week).durables}
    return sorted(one for one in found if one.du <= last and one.au >= first)


def _is_highlight(one: Lasting) -> bool:
    return one.ref.startswith(f"{Kind.TEMPS_FORT.value}/")


class _Maker(Struct, frozen=True):
    """Makes the page of a month."""

    site: Site
    periods: Periods

    def view(self, month: Month, before: Month | None, after: Month | None) -> MonthView:
        """The page, with links to the months before and after."""
        programme, weeks, agenda = self.site.indexes.programme, month.weeks, Kind.EVENT.info
        days = [day for week in weeks for day in programme.week(week).jours]
        count = held(day for day in days if day.jour in month)
        rules = _ruled(highlights(self.site, weeks, weeks[0].first, weeks[-1].last))
        previous, following = _link(before, month), _link(after, month)
        shown = any(day.rendez_vous for day in days if day.jour in month)
        return MonthView(
            **page_of(
                self.site,
                "mois",
                month_of(month),
                Lien(agenda.rubrique, agenda.listing),
                Lien(str(month.year), year_of(month.year)),
                libelle=month.libelle,
            ),
            titre=capital(month.libelle),
            rubrique=agenda.listing,
            nombre=f"{nombre(count)} rendez-vous" if count else "",
            precedente=previous,
            suivante=following,
            presentations=self.periods.presentations(month.first, month.last),
            jours=tuple(self._day(day, month, rules) for day in days),
            temps_forts=tuple(self._legend(one, rank, month) for one, rank in rules.items()),
            vacances=tuple(self._holidays(weeks, month)),
            durables=self._lasting(month),
            semaines=tuple(self._weeks(weeks)),
            vide=None if shown else self._empty(month, previous, following),
            affiche=self.site.posters.address(agenda.listing, month),
            calendrier=linked_calendar(self.site, agenda.listing),
            flux=linked_feeds(self.site, agenda.listing),
        )

    def _day(self, day: DayProgramme, month: Month, rules: Mapping[Lasting, int]) -> JourMois:
        # What takes place first: a cell tells few.
        told = sorted(day.rendez_vous, key=lambda one: not one.maintenu)
        week = f"{week_of(Week.of(day.jour))}#{ANCHORS[day.jour.weekday()]}" if told else ""
        return JourMois(
            day.jour,
            week,
            day.jour not in month,
            any(day.jour in one for one in self.site.holidays.own),
            day.nombre,
            tuple(self._line(one, day.jour) for one in told[:_TITLES]),
            len(told[_TITLES:]),
            tuple(
                Filet(rank, card_of(self.site, one.ref).theme)
                for one, rank in rules.items()
                if rank and one.du <= day.jour <= one.au
            ),
        )

    def _line(self, one: RendezVous, day: date) -> LigneMois:
        card = card_of(self.site, one.ref)
        labels = ", ".join(label.texte for label in day_labels(one, day))
        state = small(labels)
        return LigneMois(card.titre, card.url, card.theme, state, one.etat == "annule")

    def _legend(self, one: Lasting, rank: int, month: Month) -> Repere:
        card = card_of(self.site, one.ref)
        return Repere(card.titre, _dates(one.du, one.au, month), card.url, card.theme, rank)

    def _holidays(self, weeks: Sequence[Week], month: Month) -> Iterator[Repere]:
        zone = self.site.holidays.zone
        told = f" (zone {zone})" if len(zone) == 1 else ""  # elsewhere, that of the region alone
        for one in self.site.holidays.own:
            if one.du <= weeks[-1].last and one.au >= weeks[0].first:
                yield Repere(f"{capital(one.nom)}{told}", _dates(one.du, one.au, month))

    def _lasting(self, month: Month) -> Bloc:
        found = _lasting(self.site, month.weeks, month.first, month.last)
        shown = [one for one in found if not _is_highlight(one)]
        return Bloc(
            "Ce qui dure",
            tuple(card_of(self.site, one.ref) for one in shown),
            forme="simples",
            notes=tuple(capital(_dates(one.du, one.au, month)) for one in shown),
        )

    def _weeks(self, weeks: Iterable[Week]) -> Iterator[Lien]:
        known = frozenset(self.periods.weeks)
        for week in weeks:
            if week in known:
                count = self.site.indexes.programme.week(week).nombre
                told = f", {nombre(count)} rendez-vous" if count else ""
                days = periode(week.first, week.last, annee=False)
                yield Lien(week.libelle, week_of(week), f"{days}{told}")

    def _empty(self, month: Month, *near: Lien | None) -> Vide:
        ways = contribution(self.site, Kind.EVENT)
        return Vide(
            f"Aucun rendez-vous en {month.libelle}",
            issues=(*(one for one in near if one), *ways),
        )


def _ruled(found: Sequence[Lasting]) -> dict[Lasting, int]:
    """The rank of each rule, from 1: the first one free since its eve; 0 for want of room."""
    ends: list[date] = []
    ranks = {}
    for one in found:
        free = next((rank for rank, end in enumerate(ends) if end < one.du), len(ends))
        if free < _RULES:
            ends[free : free + 1] = [one.au]
        ranks[one] = free + 1 if free < _RULES else 0
    return ranks


def _dates(first: date, last: date, month: Month) -> str:
    return periode(first, last, annee=(first.year, last.year) != (month.year, month.year))


def _link(month: Month | None, present: Month) -> Lien | None:
    if month is None:
        return None
    name = MOIS[month.month - 1] if month.year == present.year else month.libelle
    return Lien(capital(name), month_of(month))


# Years of the agenda: twelve months and how much each holds.

_MONTHS = range(1, 13)


def plan_years(site: Site) -> Iterator[TemplatePage]:
    """The pages of years that have the page of a month."""
    for year in _years(site) if site.of_kind(Kind.EVENT) else ():
        yield drawn(site, year_of(year), "annee.html", _show_years, year, sitemap=SitemapHint())


def _years(site: Site) -> list[int]:
    return sorted({month.year for month in periods_of(site).months})


def _show_years(site: Site, year: int) -> YearView:
    """The page of a year, between the nearest that have one."""
    maker = _YearMaker(site, periods_of(site))
    return maker.view(year, *neighbours(_years(site), year))


class _YearMaker(Struct, frozen=True):
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
            **page_of(
                self.site, "annee", year_of(year), Lien(agenda.rubrique, agenda.listing), year=year
            ),
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
