"""Weeks of the agenda: the present one, and every week when something has a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from portail.agenda.programme import DayProgramme, Lasting, RendezVous
from portail.agenda.weeks import Week
from portail.facts.audience import reserved
from portail.facts.price import is_free, online, place_of
from portail.facts.when import HOUR_TO_CONFIRM, TO_CONFIRM, day_hours, iso_start, period_from
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.cards import said_once
from portail.outputs.pages.frame import ANCHORS, page_of
from portail.outputs.pages.kit import (
    Periods,
    contribution,
    day_labels,
    linked_calendar,
    linked_feeds,
    neighbours,
    periods_of,
    state_labels,
)
from portail.outputs.pages.views.programme import Bandeau, JourSemaine, RendezVousView, WeekView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import week_of
from portail.text.dates import periode
from portail.text.typography import nombre

_DAY = timedelta(days=1)


def plan_weeks(site: Site) -> Iterator[TemplatePage]:
    """The pages of weeks, when there is an agenda."""
    for one in periods_of(site).weeks if site.of_kind(Kind.EVENT) else ():
        url, numbers = week_of(one), (one.year, one.number)
        yield drawn(site, url, "semaine.html", _show, *numbers, sitemap=SitemapHint())


def _show(site: Site, year: int, number: int) -> WeekView:
    """The page of a week, between the nearest that have one."""
    week, periods = Week(year, number), periods_of(site)
    return _Maker(site, periods).view(week, *neighbours(periods.weeks, week))


class _Maker(Struct, frozen=True):
    """Makes the page of a week."""

    site: Site
    periods: Periods

    def view(self, week: Week, before: Week | None, after: Week | None) -> WeekView:
        """The page, with links to the weeks before and after."""
        found, agenda = self.site.indexes.programme.week(week), Kind.EVENT.info
        previous, following = _link(before, week), _link(after, week)
        days = tuple(map(self._day, found.jours, ANCHORS))
        shown = any(day.rendez_vous for day in days)
        return WeekView(
            **page_of(
                self.site,
                "semaine",
                week_of(week),
                Lien(agenda.rubrique, agenda.listing),
                dates=week.dates,
            ),
            titre=week.libelle,
            rubrique=agenda.listing,
            dates=week.dates,
            slug=week.slug,
            nombre=f"{nombre(found.nombre)} rendez-vous" if found.nombre else "",
            precedente=previous,
            suivante=following,
            presentations=self.periods.presentations(week.first, week.last),
            bandeaux=tuple(self._band(one, week) for one in found.durables),
            jours=days,
            vide=None if shown else self._empty(week, previous, following),
            affiche=self.site.posters.address(agenda.listing, week),
            calendrier=linked_calendar(self.site, agenda.listing),
            flux=linked_feeds(self.site, agenda.listing),
        )

    def _empty(self, week: Week, *weeks: Lien | None) -> Vide:
        near = (Lien(f"{one.texte}, {one.note}", one.url) for one in weeks if one)
        return Vide(
            f"Aucun rendez-vous {week.dates}",
            issues=(*near, *contribution(self.site, Kind.EVENT)),
        )

    def _day(self, day: DayProgramme, anchor: str) -> JourSemaine:
        rows = tuple(self._row(one, day.jour) for one in day.rendez_vous)
        return JourSemaine(day.jour, anchor, day.nombre, rows)

    def _row(self, one: RendezVous, day: date) -> RendezVousView:
        labels = day_labels(one, day)
        first = one.occurrences[0]
        iso = iso_start(first, day)
        title, url, theme, details = _content(self.site, one.ref)
        hours = day_hours(one.occurrences, day)
        if hours == TO_CONFIRM:
            hours, details = "", (*details, HOUR_TO_CONFIRM)
        return RendezVousView(title, url, theme, hours, iso, details, labels, one.etat == "annule")

    def _band(self, one: Lasting, week: Week) -> Bandeau:
        first, last = max(one.du, week.first), min(one.au, week.last)
        title, url, theme, details = _content(self.site, one.ref)
        when = period_from(one.du, one.au, week.first, year=one.au.year != week.year)
        return Bandeau(
            title,
            url,
            theme,
            first.isoweekday(),
            (last - first).days + 1,
            one.du < week.first,
            one.au > week.last,
            (*details[:1], when),
            state_labels(one.etat),
        )


@answer
def _content(site: Site, ref: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Title, address, theme and details of a content."""
    item = site.on(ref)
    details = tuple(filter(None, said_once(item.entry, _details(item, site))))
    return item.entry.titre, item.url, item.theme, details


def _details(item: Item, site: Site) -> Iterable[str]:
    place, entry = place_of(item, site), item.entry
    yield place
    if isinstance(entry, Event):
        yield reserved(item, site).line
        if online(item, site).values:
            yield "en ligne" if place else "En ligne"
        if is_free(entry):
            yield "gratuit"


def _link(week: Week | None, present: Week) -> Lien | None:
    if week is None:
        return None
    year = f" de {week.year}" * (week.year != present.year)
    return Lien(f"{week.libelle}{year}", week_of(week), periode(week.first, week.last, annee=False))
