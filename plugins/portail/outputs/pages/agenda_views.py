"""The views of the agenda: all that comes, each value of its facets, the week-end, what lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portail.agenda.upcoming import Dated
from portail.agenda.weeks import Week, week_end
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.about import about
from portail.outputs.pages.agenda import AgendaPages, Section
from portail.outputs.pages.agenda_lines import Line, Lines
from portail.outputs.pages.agenda_words import running_text, words_of
from portail.outputs.pages.feed_links import kept_informed, linked_feeds
from portail.outputs.pages.kind_lists import kind_lists
from portail.outputs.pages.paging import Listing
from portail.outputs.pages.redirection import redirect_page
from portail.outputs.pages.views.agenda import AgendaView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.ahead import agenda_of
from portail.site.facets import Facet, Value
from portail.site.memo import per_site
from portail.site.site import Site
from portail.site.urls import (
    HOME,
    NOW,
    WEEK_END,
    archives_of,
    facet_of,
    listing_of,
)
from portail.text.dates import jour, periode
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.numbers import nombre
from portail.text.typography import capital

__all__ = ["plan_agenda"]

_AGENDA = listing_of(Kind.EVENT)
_MANY = 12
"""Lines of a week-end from which they are grouped by département."""
_NOWHERE = "En ligne ou sans lieu précis"


def plan_agenda(site: Site) -> Iterator[TemplatePage]:
    """The pages of every view."""
    for pages in _views(site).values():
        yield from pages.plan(_show)
    for cle in dict.fromkeys(facet.cle for facet, _ in site.facets.pairs() if not facet.bascule):
        yield redirect_page(site, facet_of(_AGENDA, cle), _AGENDA, Kind.EVENT.info.rubrique)


def _show(site: Site, url: str, number: int) -> AgendaView:
    return _views(site)[url].view(number)


@per_site
def _views(site: Site) -> Mapping[str, AgendaPages]:
    """Every view, by address."""
    views = _Views(kind_lists(site, Kind.EVENT)[0], site, Lines(site))
    sections = (views.all(), views.week_end(), views.now(), *views.values())
    return {one.listing.url: AgendaPages(site, one) for one in sections}


@dataclass(frozen=True, slots=True)
class _Views:
    """Makes the views; ``first`` says what they share with other lists."""

    first: Listing
    site: Site
    lines: Lines

    def all(self) -> Section:
        """All that comes."""
        told = self.site.ahead.all
        count = nombre(len(told.lasting))
        link = Lien(running_text(told.lasting, self.site) or f"Tout ce qui dure ({count})", NOW)
        return Section(
            listing=self.first,
            lines=self.lines.lines(told.rows),
            bars=self.lines.bars(told.lasting),
            tous=link,
        )

    def values(self) -> Iterator[Section]:
        """Each value that enough events have or had: between two seasons its address stays."""
        for facet, value in self.site.facets.pairs():
            pair = (facet.cle, value.code)
            if not self.site.facets.listed(pair):
                continue
            told = self.site.ahead.of(pair)
            listing = self._value(facet, value)
            if not told:
                nothing = Vide("Aucun rendez-vous à venir pour l’instant", issues=self._ways())
                listing = replace(listing, vide=nothing)
            yield Section(
                listing=listing,
                lines=self.lines.lines(told.rows),
                bars=self.lines.bars(told.lasting),
                pair=pair,
            )

    def _value(self, facet: Facet, value: Value) -> Listing:
        region = self.site.config.region
        words = words_of(facet, value, self.site.geography, region)
        return self._below(
            agenda_of((facet.cle, value.code)),
            words.titre,
            words.description,
            voisins=(Lien("Tout l’agenda", _AGENDA), *about(self.site, (facet.cle, value.code))),
            theme=value.code if facet.cle == "theme" else "",
        )

    def _below(
        self, url: str, titre: str, chapo: str, voisins: tuple[Lien, ...], theme: str = ""
    ) -> Listing:
        return replace(
            self.first,
            url=url,
            titre=titre,
            chapo=chapo,
            fil=(Lien("Accueil", HOME), Lien(self.first.titre, _AGENDA)),
            voisins=voisins,
            theme=theme,
            vide=None,
            presentations=(),
            flux=linked_feeds(self.site, url, _AGENDA),
        )

    def _others(self) -> tuple[Lien, ...]:
        """Views that answer to a moment."""
        past = any(item.passe for item in self.site.of_kind(Kind.EVENT))
        archives = (Lien("Événements passés", archives_of(Kind.EVENT)),) if past else ()
        return (
            Lien("Tout l’agenda", _AGENDA),
            Lien("Ce week-end", WEEK_END),
            Lien("En ce moment", NOW),
            *archives,
        )

    def _ways(self) -> tuple[Lien, ...]:
        """Where to go when there is nothing."""
        return (*self._others(), *kept_informed(self.first.flux, calendar=True))

    def now(self) -> Section:
        """All that lasts and is on, or begins within two weeks."""
        lasting = self.site.ahead.all.lasting
        listing = self._below(
            NOW,
            "En ce moment",
            "Expositions, parcours et temps forts ouverts en ce moment "
            f"{self.site.config.en_region} : où, et jusqu’à quand.",
            self._others(),
        )
        if not lasting:
            listing = replace(listing, vide=self._empty("Rien qui dure en ce moment"))
        bars, text = self.lines.bars(lasting), running_text(lasting, self.site)
        return Section(listing=listing, bars=bars, chapo=text, grille=True)

    def week_end(self) -> Section:
        """The Saturday and the Sunday to come, by département when much is on."""
        today, (saturday, sunday) = self.site.day.date, week_end(self.site.day.date)
        first = max(saturday, today)
        lines = self._days(first, sunday)
        lasting = [o for o in self.site.ahead.all.lasting if o.du <= sunday and o.au >= first]
        listing = self._below(
            WEEK_END,
            "Ce week-end",
            f"Que faire ce week-end {self.site.config.en_region} ? Les rendez-vous des sciences "
            "de samedi et dimanche, département par département.",
            self._others(),
        )
        if not lines:
            listing = replace(listing, vide=self._empty("Aucun rendez-vous annoncé ce week-end"))
        count = len({line.ligne.carte.ref for line in lines})
        days = capital(periode(first, sunday, semaine=True))
        return Section(
            listing=listing,
            lines=lines,
            bars=self.lines.bars(lasting),
            pair=("quand", "week-end"),
            chapo=f"{days} : {nombre(count)} rendez-vous" if count else days,
            tous=Lien("Tout ce qui dure", NOW),
        )

    def _days(self, first: date, last: date) -> list[Line]:
        """Lines of two days, each with all that is on."""
        week = self.site.indexes.programme.week
        rows: list[Dated] = [
            (day.jour, one)
            for day in week(Week.of(last)).jours
            if first <= day.jour <= last
            for one in day.rendez_vous
        ]
        lines = self.lines.lines(rows)
        return _by_departement(lines, self.site) if len(lines) > _MANY else lines

    def _empty(self, phrase: str) -> Vide:
        """Where there is nothing: what comes next."""
        rows = self.site.ahead.all.rows
        issues = self._ways()
        if not rows:
            return Vide(phrase, issues=issues)
        day, one = rows[0]
        entry = self.site.on(one.ref)
        near = Lien(plain(entry.entry.titre), entry.url, jour(day))
        return Vide(phrase, "Le prochain :", issues, near)


def _by_departement(lines: Sequence[Line], site: Site) -> list[Line]:
    """Lines of each day by département, in the order of the names; what has none comes last."""

    def place(line: Line) -> str:
        held = site.on(line.ligne.carte.ref).territoires
        return held[-2][1] if len(held) > 1 else _NOWHERE

    placed = [line._replace(groupe=place(line)) for line in lines]
    return sorted(
        placed, key=lambda line: (line.day, line.groupe == _NOWHERE, sort_key(line.groupe))
    )
