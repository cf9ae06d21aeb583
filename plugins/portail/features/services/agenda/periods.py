"""Weeks, months and years of the agenda: grids of days, what lasts apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from types import SimpleNamespace
from typing import Any, TypeVar

from msgspec.structs import replace

from portail.agenda.programme import DayProgramme, Lasting, RendezVous, WeekProgramme
from portail.agenda.weeks import Holiday, Month, Week
from portail.facts.audience import reserved
from portail.facts.base import below_title
from portail.facts.place import online, place_of
from portail.facts.price import is_free
from portail.facts.when import HOUR_TO_CONFIRM, TO_CONFIRM, day_hours, iso_start, period_from
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, DATED, info_of
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.frame import contributions, linked_feeds, page_of
from portail.outputs.pages.slots import POSTER
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Vide
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import ANCHORS, THIS_WEEK, day_of, file_of, month_of, week_of
from portail.text.dates import MOIS, periode
from portail.text.typography import capital, nombre, small

from . import views
from .links import periods_of, present_month, present_week, presentations_of, year_of
from .views import RendezVousView, day_labels, state_labels

_AGENDA = info_of(DATED)
_ABOVE = Lien(_AGENDA.rubrique, _AGENDA.listing)
_TITLES = 2
# Rules that a day has room for.
_RULES = 4

_WORDS: Mapping[str, Mapping[str, str]] = rows_of("services.agenda", "mots")

T = TypeVar("T")


def plan_periods(site: Site) -> Iterator[TemplatePage]:
    """The pages of weeks, of months, of the years of these, when there is an agenda."""
    if not site.has_dates:
        return
    periods = periods_of(site)
    hint = SitemapHint()
    for week in periods.weeks:
        said = week.year, week.number
        page = drawn(site, week_of(week), "semaine.html", _show_week, *said, sitemap=hint)
        yield page
        if week == present_week(site):  # the same page, which engines know by the address above
            yield replace(page, path=file_of(THIS_WEEK), url=THIS_WEEK, sitemap=None)
    for month in periods.months:
        said = month.year, month.month
        yield drawn(site, month_of(month), "mois.html", _show_month, *said, sitemap=hint)
    for year in _years(site):
        yield drawn(site, year_of(year), "annee.html", _show_year, year, sitemap=hint)


def _years(site: Site) -> list[int]:
    return sorted({month.year for month in periods_of(site).months})


def _neighbours(
    periods: Sequence[T], period: T, link: Callable[[T, T], Lien]
) -> tuple[Lien | None, Lien | None]:
    rank = periods.index(period)
    before = (link(one, period) for one in periods[:rank][-1:])
    after = (link(one, period) for one in periods[rank + 1 : rank + 2])
    return (next(before, None), next(after, None))


def _period(site: Site, count: int, days: Week | Month, *near: Lien | None) -> dict[str, Any]:
    return {
        "rubrique": _AGENDA.listing,
        "nombre": f"{nombre(count)} rendez-vous" if count else "",
        "precedente": near[0],
        "suivante": near[1],
        "presentations": presentations_of(site, days.first, days.last),
        "flux": linked_feeds(site, _AGENDA.listing),
    }


def _common_fields(
    site: Site, shown: bool, days: Week | Month, said: str, *near: Lien
) -> dict[str, Any]:
    ways = (*near, *contributions(site, DATED))
    return {
        "vide": None if shown else Vide(f"Aucun rendez-vous {said}", issues=ways),
        "affiche": POSTER.ask(site, _AGENDA.listing, days.slug),
        "calendrier": site.ways(_AGENDA.listing).calendar,
    }


@answer
def _week(site: Site, year: int, number: int) -> WeekProgramme:
    return site.indexes.programme.week(Week(year, number))


def _days(site: Site, month: Month) -> list[DayProgramme]:
    return list(
        chain.from_iterable(_week(site, week.year, week.number).jours for week in month.weeks)
    )


# A week.


def _show_week(site: Site, year: int, number: int) -> views.WeekView:
    week = Week(year, number)
    shown_week = _week(site, year, number)
    near = _neighbours(periods_of(site).weeks, week, _week_link)
    ways = (Lien(f"{link.texte}, {link.note}", link.url) for link in near if link)
    days = tuple(
        SimpleNamespace(
            jour=day.jour, ancre=anchor, nombre=day.nombre, rendez_vous=tuple(_rows(site, day))
        )
        for day, anchor in zip(shown_week.jours, ANCHORS, strict=True)
    )
    return views.WeekView(
        **page_of(site, _WORDS["semaine"], week_of(week), _ABOVE, dates=week.dates),
        **_period(site, shown_week.nombre, week, *near),
        **_common_fields(site, any(day.rendez_vous for day in days), week, week.dates, *ways),
        titre=week.libelle,
        dates=week.dates,
        slug=week.slug,
        bandeaux=tuple(_band(site, lasting, week) for lasting in shown_week.durables),
        jours=days,
    )


def _week_link(week: Week, present: Week) -> Lien:
    year = f" de {week.year}" * (week.year != present.year)
    return Lien(f"{week.libelle}{year}", week_of(week), periode(week.first, week.last, annee=False))


def _rows(site: Site, day: DayProgramme) -> Iterator[RendezVousView]:
    for meeting in day.rendez_vous:
        title, url, theme, details = _content(site, meeting.ref)
        hours = day_hours(meeting.occurrences, day.jour)
        iso = iso_start(meeting.occurrences[0], day.jour)
        if hours == TO_CONFIRM:
            hours = ""
            details = (*details, HOUR_TO_CONFIRM)
        labels = day_labels(meeting, day.jour)
        off = meeting.etat == "annule"
        yield RendezVousView(
            title, url, theme, heures=hours, iso=iso, details=details, etiquettes=labels, annule=off
        )


def _band(site: Site, lasting: Lasting, week: Week) -> RendezVousView:
    title, url, theme, details = _content(site, lasting.ref)
    when = period_from(lasting.du, lasting.au, week.first, year=lasting.au.year != week.year)
    labels = state_labels(lasting.etat)
    return RendezVousView(title, url, theme, details=(*details[:1], when), etiquettes=labels)


@answer
def _content(site: Site, ref: str) -> tuple[str, str, str, tuple[str, ...]]:
    item = site.on(ref)
    details = tuple(filter(None, below_title(item.entry, _details(item, site))))
    return item.entry.titre, item.url, item.theme, details


def _details(item: Item, site: Site) -> Iterable[str]:
    place = place_of(item, site)
    entry = item.entry
    yield place
    if isinstance(entry, Event):
        yield reserved(item, site).line
        if online(item, site).values:
            yield "en ligne" if place else "En ligne"
        if is_free(entry):
            yield "gratuit"


# A month.


def _show_month(site: Site, year: int, number: int) -> views.MonthView:
    month = Month(year, number)
    weeks = month.weeks
    days = _days(site, month)
    in_month = [day for day in days if day.jour in month]
    rules = _ruled(_highlights(site, weeks, weeks[0].first, weeks[-1].last))
    near = _neighbours(periods_of(site).months, month, _month_link)
    shown = any(day.rendez_vous for day in in_month)
    said = f"en {month.libelle}"
    above = _ABOVE, Lien(str(year), year_of(year))
    marks = []
    for highlight, rank in rules.items():
        card = card_of(site, highlight.ref)
        marks.append(views.Repere(card.titre, _dates(highlight, month), card.url, card.theme, rank))
    return views.MonthView(
        **page_of(site, _WORDS["mois"], month_of(month), *above, libelle=month.libelle),
        **_period(site, _count_events(in_month), month, *near),
        **_common_fields(site, shown, month, said, *filter(None, near)),
        titre=capital(month.libelle),
        langues=site.ways(month_of(month)).langues,
        jours=tuple(_day(site, day, month, rules) for day in days),
        temps_forts=tuple(marks),
        vacances=tuple(_holidays(site, weeks, month)),
        durables=_durables(site, month),
        semaines=tuple(_weeks(site, weeks)),
    )


def _month_link(month: Month, present: Month) -> Lien:
    name = MOIS[month.month - 1] if month.year == present.year else month.libelle
    return Lien(capital(name), month_of(month))


def _count_events(days: Iterable[DayProgramme]) -> int:
    return len(frozenset[str]().union(*(day.refs for day in days)))


def _lasting(site: Site, weeks: Iterable[Week], first: date, last: date) -> list[Lasting]:
    durables = set(
        chain.from_iterable(_week(site, week.year, week.number).durables for week in weeks)
    )
    return sorted(lasting for lasting in durables if lasting.du <= last and lasting.au >= first)


def _highlights(site: Site, weeks: Iterable[Week], first: date, last: date) -> list[Lasting]:
    return [lasting for lasting in _lasting(site, weeks, first, last) if _is_highlight(lasting)]


def _is_highlight(lasting: Lasting) -> bool:
    return BY_FOLDER[lasting.ref.partition("/")[0]].info.yearly


def _ruled(durables: Sequence[Lasting]) -> dict[Lasting, int]:
    # The rank of each rule, from 1: the first one free since its eve; 0 for want of room.
    ends: list[date] = []
    ranks = {}
    for lasting in durables:
        free = next((rank for rank, end in enumerate(ends) if end < lasting.du), len(ends))
        if free < _RULES:
            ends[free : free + 1] = [lasting.au]
        ranks[lasting] = free + 1 if free < _RULES else 0
    return ranks


def _day(
    site: Site, day: DayProgramme, month: Month, rules: Mapping[Lasting, int]
) -> SimpleNamespace:
    # What takes place first: a cell tells few.
    meetings = sorted(day.rendez_vous, key=lambda meeting: not meeting.maintained)
    week = Week.of(day.jour)
    return SimpleNamespace(
        jour=day.jour,
        url=day_of(day.jour) if meetings else "",
        hors=day.jour not in month,
        vacances=any(day.jour in holiday for holiday in site.holidays.own),
        nombre=day.nombre,
        lignes=tuple(_line(site, meeting, day.jour) for meeting in meetings[:_TITLES]),
        autres=len(meetings[_TITLES:]),
        filets=tuple(
            views.Filet(
                rank,
                card_of(site, lasting.ref).titre,
                (min(lasting.au, week.last) - day.jour).days + 1,
            )
            for lasting, rank in rules.items()
            if rank and lasting.au >= day.jour and day.jour == max(lasting.du, week.first)
        ),
    )


def _line(site: Site, meeting: RendezVous, day: date) -> SimpleNamespace:
    card = card_of(site, meeting.ref)
    state = small(", ".join(label.texte for label in day_labels(meeting, day)))
    return SimpleNamespace(
        titre=card.titre,
        url=card.url,
        theme=card.theme,
        etat=state,
        annule=meeting.etat == "annule",
    )


def _holidays(site: Site, weeks: Sequence[Week], month: Month) -> Iterator[views.Repere]:
    zone = site.holidays.zone
    zone_words = f" (zone {zone})" if len(zone) == 1 else ""  # elsewhere, that of the region alone
    for holiday in site.holidays.own:
        if holiday.du <= weeks[-1].last and holiday.au >= weeks[0].first:
            yield views.Repere(f"{capital(holiday.nom)}{zone_words}", _dates(holiday, month))


def _dates(one: Lasting | Holiday, month: Month) -> str:
    return periode(one.du, one.au, annee=(one.du.year, one.au.year) != (month.year, month.year))


def _durables(site: Site, month: Month) -> Bloc:
    durables = _lasting(site, month.weeks, month.first, month.last)
    shown = [lasting for lasting in durables if not _is_highlight(lasting)]
    return Bloc(
        "Ce qui dure",
        tuple(card_of(site, item.ref) for item in shown),
        forme="simples",
        notes=tuple(capital(_dates(item, month)) for item in shown),
    )


def _weeks(site: Site, weeks: Iterable[Week]) -> Iterator[Lien]:
    known = frozenset(periods_of(site).weeks)
    for week in weeks:
        if week in known:
            count = _week(site, week.year, week.number).nombre
            count_words = f", {nombre(count)} rendez-vous" if count else ""
            days = periode(week.first, week.last, annee=False)
            yield Lien(week.libelle, week_of(week), f"{days}{count_words}")


# A year: twelve months and how much each holds.


def _show_year(site: Site, year: int) -> views.YearView:
    periods = periods_of(site)
    months = [Month(year, number) for number in range(1, 13)]
    days = {
        one_month: [day for day in _days(site, one_month) if day.jour in one_month]
        for one_month in months
    }
    counts = {month: _count_events(days_of) for month, days_of in days.items()}
    count = _count_events(chain.from_iterable(days.values()))
    most = max(counts.values())
    first = next(month for month in periods.months if month.year == year)
    present = present_month(site)
    near = _neighbours(_years(site), year, lambda other, _: Lien(str(other), year_of(other)))
    return views.YearView(
        **page_of(site, _WORDS["annee"], year_of(year), _ABOVE, year=year),
        **_period(site, count, present if present.year == year else first, *near),
        annee=year,
        mois=tuple(
            _month(site, month, count, round(100 * count / most) if most else 0)
            for month, count in counts.items()
        ),
    )


def _month(site: Site, month: Month, count: int, part: int) -> SimpleNamespace:
    highlights = _highlights(site, month.weeks, month.first, month.last)
    cards = [card_of(site, ref) for ref in dict.fromkeys(lasting.ref for lasting in highlights)]
    return SimpleNamespace(
        nom=MOIS[month.month - 1],
        url=month_of(month) if month in periods_of(site).months else "",
        nombre=count,
        part=part,
        temps_forts=tuple(Lien(card.titre, card.url) for card in cards),
    )
