"""``/ciel/``: the sky of this week and of the three next; its line on the home page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.slots import TONIGHT, Findable
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.site.site import Site
from portail.text.dates import jour, jour_court
from portail.text.typography import capital

from . import words
from .chart import Chart
from .dusk import described
from .outings import NAME, PAGE, Outing
from .place import (
    ahead,
    chart_of,
    dusk_of,
    is_painted,
    is_seen,
    outlines_of,
    town_of,
    week_of,
)
from .sky import Happening, Night, SkyWeek

_WEEKS = 4
# When the letter goes out.
_SENDING = time(8)
# What one goes out for: beginnings of its sorts.
_GOING_OUT = ("eclipse", "meteores", "opposition")
_WEEK = timedelta(weeks=1)


class Semaine(Struct, frozen=True):
    """A week: what happens on which day, its planets, the Sun of its Thursday."""

    titre: str
    faits: tuple[tuple[str, str], ...]
    planetes: tuple[tuple[str, str], ...]
    soleil: str


def plan_sky(site: Site) -> Iterator[TemplatePage]:
    if is_seen(site):
        yield drawn(site, PAGE.url, "ciel.html", _show, sitemap=SitemapHint())


def weekly(site: Site, thursday: date) -> Iterator[tuple[tuple[str, ...], Lien, str]]:
    """Three lines on the seven days from a Thursday; what the picture of its evening shows."""
    if is_seen(site):
        monday = Week.of(thursday).first
        sending = datetime.combine(thursday, _SENDING)
        weeks = (
            week_of(site, monday.isoformat()),
            ahead(site, (monday + _WEEK).isoformat()),
        )
        coming = [
            happening
            for sky in weeks
            for happening in sky.faits
            if sending <= happening.quand < sending + _WEEK
        ]
        first = sorted(coming, key=lambda happening: not happening.sorte.startswith(_GOING_OUT))[:2]
        sentences = [
            " · ".join(_fact(happening))
            for happening in sorted(first, key=lambda happening: happening.quand)
        ]
        lines = words.evening_lines(weeks[0].nuits[3], ". ".join(sentences))
        dusk = None
        if is_painted(site):
            dusk = dusk_of(site, thursday.isoformat())
        yield tuple(lines), PAGE, described(dusk, outlines_of(site)) if dusk else ""


def links(site: Site) -> Iterator[Lien]:
    if is_seen(site):
        yield PAGE


def findable(site: Site) -> Iterator[Findable]:
    if is_seen(site):
        yield Findable("Page", PAGE.texte, PAGE.url)
    for outing in _outings(site):
        if not site.is_over(outing.jour):
            address = f"{PAGE.url}#{outing.ancre}"
            yield Findable(words.WORDS["sorte"], outing.titre, address, jour(outing.jour))


def drawn_moon(site: Site, night: Night) -> str:
    """What is lit of the Moon, as it stands here."""
    town = town_of(site.config, site.geography)
    return words.moon_path(night.phase, south=bool(town and (town.lat or 0) < 0))


def _show(site: Site) -> PageView:
    town = town_of(site.config, site.geography)
    today = site.day.date
    monday = Week.of(today).first
    first = week_of(site, monday.isoformat())
    mondays = [monday + count * _WEEK for count in range(1, _WEEKS)]
    weeks = [first, *(ahead(site, monday.isoformat()) for monday in mondays)]
    chart = chart_of(site, monday.isoformat())
    return page_view(
        **page_of(site, words.WORDS["page"], PAGE.url, lieu=town.nom if town else ""),
        soirees=tuple(_evening(site, night) for night in first.nuits[today.weekday() :]),
        semaines=tuple(_told(sky, today) for sky in weeks),
        legende=_legend(chart) if chart else "",
        directions=tuple(_directions(chart)) if chart else (),
        annee=tuple(_year(site)),
        soir=next(TONIGHT.ask(site), None),
    )


def _year(site: Site) -> Iterator[tuple[str, str, str]]:
    # What is over is not told: its anchor, to which the agenda of that day leads still, comes last.
    for outing in sorted(_outings(site), key=lambda outing: site.is_over(outing.jour)):
        text = "" if site.is_over(outing.jour) else outing.texte
        yield outing.ancre, capital(jour(outing.jour)), text


def _outings(site: Site) -> list[Outing]:
    # Without those that somebody wrote about.
    urls = {item.url for item in site.told.values()}
    outings = site.part(NAME)
    return [outing for outing in outings if f"{PAGE.url}#{outing.ancre}" in urls or not site.dated]


def _evening(site: Site, night: Night) -> SimpleNamespace:
    return SimpleNamespace(
        jour=jour_court(night.jour, annee=False),
        soleil=words.sun_hours(night),
        noir=words.hour(night.noir) if night.noir else "",
        lune=capital(words.moon(night.phase)),
        trace=drawn_moon(site, night),
        heures=words.moon_hours(night),
    )


def _told(sky: SkyWeek, today: date) -> Semaine:
    middle = sky.nuits[len(sky.nuits) // 2]
    return Semaine(
        capital(Week.of(middle.jour).dates),
        tuple(_fact(one) for one in sky.faits if one.quand.date() >= today),
        tuple((planet.nom, words.planet(planet)) for planet in middle.planetes),
        f"{_day(middle.jour)}, {words.sun(middle)}",
    )


def _fact(happening: Happening) -> tuple[str, str]:
    return _day(happening.quand.date()), words.happening(happening)


def _day(day: date) -> str:
    return capital(jour(day, annee=False))


def _legend(chart: Chart) -> str:
    text: str = words.WORDS["carte"]
    return text.format(jour=jour(chart.quand.date(), annee=False), heure=words.hour(chart.quand))


def _directions(chart: Chart) -> Iterator[tuple[str, str]]:
    """What is overhead, then in each direction, moving lights first."""
    seen = [*chart.mobiles, *chart.haut]
    overhead = [name for name, spot in seen if spot.hauteur >= 60]
    if overhead:
        yield "Haut dans le ciel", ", ".join(overhead)
    for direction in words.WORDS["vents"]:
        names = [
            name
            for name, spot in seen
            if spot.hauteur < 60 and words.direction(spot.azimut) == direction
        ]
        if names:
            yield capital(direction), ", ".join(names)
