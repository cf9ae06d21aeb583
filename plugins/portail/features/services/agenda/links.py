"""Addresses of the agenda, and links to what it has: its views, its weeks, months and years, the
ways of showing it.

The ribbon of the week above every page is the same all year: its dates, its counts and its mark of
today, which change by themselves, are in one small style sheet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from portail.agenda.weeks import Month, Week
from portail.model.kinds import DATED
from portail.outputs.base import TextFile, text_file
from portail.outputs.pages.views.shared import Lien, Ruban
from portail.site import urls
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import AGENDA, ANCHORS, THIS_WEEK
from portail.text.dates import JOURS, JOURS_COURTS, jour
from portail.text.typography import nombre


def year_of(year: int) -> str:
    """Site path of a year of the agenda: ``/agenda/2021/``."""
    return f"{AGENDA}{year}/"


class Periods(Struct, frozen=True):
    """Weeks and months with a page, in order: when something has a date, and the present ones."""

    weeks: tuple[Week, ...]
    months: tuple[Month, ...]


@answer
def periods_of(site: Site) -> Periods:
    programme = site.indexes.programme
    weeks = sorted({*programme.weeks, present_week(site)})
    return Periods(tuple(weeks), tuple(sorted({*programme.months, present_month(site)})))


@answer
def present_week(site: Site) -> Week:
    return Week.of(site.day.date)


@answer
def present_month(site: Site) -> Month:
    return Month.of(site.day.date)


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
    return _ways(urls.THIS_WEEK, present_month(site))


def presentations_of(site: Site, first: date, last: date) -> tuple[Lien, ...]:
    """The list, the week and the month of these days; the present ones if they hold today."""
    if site.has_come(first) and not site.is_over(last):
        return presentations(site)
    weeks, months = periods_of(site).weeks, periods_of(site).months
    week = weeks[bisect_left(weeks, Week.of(first))]
    # A week belongs to the month of its Thursday, as to its year (ISO 8601), if it can.
    middle = first + (last - first) // 2
    month = next(m for m in map(Month.of, (middle, first, last)) if m in months)
    return _ways(urls.week_of(week), month)


def _ways(week: str, month: Month) -> tuple[Lien, ...]:
    listing = Lien("Liste", urls.AGENDA)
    return (listing, Lien("Semaine", week), Lien("Mois", urls.month_of(month)))


# As the class ``auj`` of the theme, which a script gives to the reader's day instead.
_TODAY = (
    "--auj-fond:var(--signal);--auj-encre:var(--sur-signal);--auj-barre:var(--barre-signal);"
    "--auj-trait:4px"
)


def ribbon(site: Site) -> Iterator[Ruban]:
    """The present week and each of its days, when there is an agenda."""
    if any(site.indexes.by_kind.get(kind) for kind in DATED):
        urls = (f"{THIS_WEEK}#{anchor}" for anchor in ANCHORS)
        yield Ruban(THIS_WEEK, tuple(zip(JOURS, JOURS_COURTS, urls, strict=True)))


def plan_ruban(site: Site) -> Iterator[TextFile]:
    yield from (text_file(site, "/ruban.css", _rules) for _ in ribbon(site))


def _rules(site: Site) -> Iterator[str]:
    # The dates of the week; for each day its number, how it is said, its count if it has one, its
    # bar in per cent of the busiest day. Then the mark of today, and of which day what says that it
    # is up to date is.
    today = site.day.date
    week = Week.of(today)
    days = site.indexes.programme.week(week).jours
    most = max(day.nombre for day in days)
    yield f'.ruban span::before{{content:"{week.short_dates}"}}\n'
    build = ":root:not([data-auj])"
    marked = [f'{build} [data-jour="{today}"]', f"{build} {_cell(today)}"]
    for day in days:
        said = jour(day.jour, semaine=False)
        busy = ""
        if day.nombre:
            count = nombre(day.nombre)
            said += f", {count} rendez-vous"
            busy = f';--q:"{count}";--part:{round(100 * day.nombre / most)}%'
        yield f'{_cell(day.jour)}{{--n:" {day.jour.day}";--dit:" {said}"{busy}}}\n'
        marked.append(f'[data-auj="{day.jour}"] {_cell(day.jour)}')
    yield f'{",".join(marked)}{{{_TODAY};--auj-dit:", aujourd’hui"}}\n'
    yield f'[data-a-jour]::after{{content:" du {jour(today, semaine=False)}"}}\n'
    yield f'{build} [data-semaine="{week.slug}"]{{--auj:{today.isoweekday()}}}\n'


def _cell(day: date) -> str:
    return f".ruban li:nth-child({day.isoweekday()})"
