"""Weeks of the agenda: the present one, and every week when something has a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from portail.agenda.programme import DayProgramme, Lasting, RendezVous
from portail.agenda.weeks import Week
from portail.files import digest_bytes
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.pages.cards import place_of
from portail.outputs.pages.feed_links import linked_feeds
from portail.outputs.pages.frame import ANCHORS
from portail.outputs.pages.kit import contribution, day_hours, day_labels, state_labels
from portail.outputs.pages.periods import Periods, neighbours
from portail.outputs.pages.views import (
    Bandeau,
    Frame,
    JourSemaine,
    Lien,
    RendezVousView,
    Vide,
    WeekView,
)
from portail.site.site import Site
from portail.site.urls import HOME, file_of, week_of
from portail.text.dates import jour, periode
from portail.text.numbers import nombre

__all__ = ["plan_weeks"]

_DAY = timedelta(days=1)


def plan_weeks(site: Site, frame: Frame) -> Iterator[TemplatePage]:
    """The pages of weeks, when there is an agenda."""
    if not site.of_kind(Kind.EVENT):
        return
    maker = _Maker(site, frame, Periods.of(site))
    weeks = maker.periods.weeks
    for before, week, after in neighbours(weeks):
        yield maker.page(week, before, after)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the pages of weeks; remembers what it says of a content, which comes back."""

    site: Site
    frame: Frame
    periods: Periods
    _known: dict[str, tuple[str, str, str, tuple[str, ...]]] = field(default_factory=dict)

    def page(self, week: Week, before: Week | None, after: Week | None) -> TemplatePage:
        """The page of a week, between the nearest that have one."""

        def view() -> WeekView:
            return self._view(week, before, after)

        shown = view()
        seen = (
            shown.precedente, shown.suivante, shown.presentations, shown.nombre,
            shown.bandeaux, shown.jours, shown.affiche, shown.calendrier, shown.flux,
        )  # fmt: skip
        key = (self.frame.digest, digest_bytes(repr(seen).encode()))
        url = week_of(week)
        return TemplatePage(file_of(url), url, "semaine.html", key, view, sitemap=SitemapHint())

    def _view(self, week: Week, before: Week | None, after: Week | None) -> WeekView:
        found, agenda = self.site.indexes.programme.week(week), Kind.EVENT.info
        previous, following = _link(before, week), _link(after, week)
        days = tuple(map(self._day, found.jours, ANCHORS))
        shown = any(day.rendez_vous for day in days)
        return WeekView(
            cadre=self.frame,
            titre=week.libelle,
            description=f"Les rendez-vous de la semaine, {week.dates}.",
            url=week_of(week),
            fil=(Lien("Accueil", HOME), Lien(agenda.rubrique, agenda.listing)),
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
            calendrier=self.site.calendars.url_of(agenda.listing),
            flux=linked_feeds(self.site, agenda.listing),
        )

    def _empty(self, week: Week, *weeks: Lien | None) -> Vide:
        near = (Lien(f"{one.texte}, {one.note}", one.url) for one in weeks if one)
        return Vide(
            f"Aucun rendez-vous {week.dates}",
            issues=(*near, *contribution("Proposer un événement", Kind.EVENT)),
        )

    def _day(self, day: DayProgramme, anchor: str) -> JourSemaine:
        rows = tuple(self._row(one, day.jour) for one in day.rendez_vous)
        return JourSemaine(day.jour, anchor, day.nombre, rows)

    def _row(self, one: RendezVous, day: date) -> RendezVousView:
        labels = day_labels(one, day)
        first = one.occurrences[0]
        iso = day.isoformat() if first.journee else first.debut.isoformat()
        title, url, theme, details = self._content(one.ref)
        hours = day_hours(one.occurrences, day)
        return RendezVousView(title, url, theme, hours, iso, details, labels, one.etat == "annule")

    def _band(self, one: Lasting, week: Week) -> Bandeau:
        first, last = max(one.du, week.first), min(one.au, week.last)
        title, url, theme, details = self._content(one.ref)
        begins = one.du >= week.first
        year = one.au.year != week.year
        until = jour(one.au, semaine=False, annee=year)
        when = periode(one.du, one.au, annee=year) if begins else f"jusqu’au {until}"
        return Bandeau(
            title,
            url,
            theme,
            first.isoweekday(),
            (last - first).days + 1,
            not begins,
            one.au > week.last,
            (*details[:1], when),
            state_labels(one.etat),
        )

    def _content(self, ref: str) -> tuple[str, str, str, tuple[str, ...]]:
        """Title, address, theme and details of a content."""
        known = self._known.get(ref)
        if known is None:
            item = self.site.on(ref)
            entry = item.entry
            theme = entry.themes[0] if entry.themes else ""
            known = self._known[ref] = entry.titre, item.url, theme, tuple(self._details(ref))
        return known

    def _details(self, ref: str) -> Iterable[str]:
        item = self.site.on(ref)
        entry = item.entry
        if ref in self.site.showings:
            yield place_of(item, self.site)
        if not isinstance(entry, Event):
            return
        place = place_of(item, self.site)
        if place:
            yield place
        if entry.en_ligne:
            yield "en ligne" if place else "En ligne"
        if entry.tarif and entry.tarif.nul:
            yield "gratuit"


def _link(week: Week | None, present: Week) -> Lien | None:
    if week is None:
        return None
    year = f" de {week.year}" * (week.year != present.year)
    return Lien(f"{week.libelle}{year}", week_of(week), periode(week.first, week.last, annee=False))
