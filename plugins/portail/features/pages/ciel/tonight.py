"""The evening on the home page: a line, or a drawing with a window lit for what takes place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from itertools import islice

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.weeks import Week
from portail.facts.place import place_of
from portail.facts.when import spoken_hours
from portail.outputs.pages.slots import OPEN_LATE
from portail.outputs.pages.views.shared import Picture, Soir
from portail.outputs.pictures import SHARED_SIZE
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import day_of
from portail.text.dates import heure, jour

from . import words
from .dusk import Dusk, described
from .outings import PAGE
from .page import drawn_moon
from .paint import PAINTED
from .place import dusk_of, is_painted, is_seen, outlines_of, week_of
from .sky import Night

# Houses of the street, each of that width; when what begins is of the evening.
HOUSES = 6
_HOUSE = 140
_EVENING = time(18)


class Fenetre(Struct, frozen=True):
    """A lit window: where its house is, what is written on it (nothing on that of a place, which
    words name below), what it is called."""

    x: int
    heure: str
    texte: str
    url: str


class Dessin(Struct, frozen=True):
    """The drawing of a day, what it shows and the sky in words, hours of the Sun; its outlines from
    left to right."""

    jour: date
    decrit: str
    texte: str
    heures: str
    silhouettes: tuple[str, ...]
    ciel: Dusk
    fenetres: tuple[Fenetre, ...]


def tonight(site: Site) -> Iterator[Soir]:
    if is_seen(site):
        today = site.day.date
        night = week_of(site, Week.of(today).first.isoformat()).nuits[today.weekday()]
        dusk = dusk_of(site, today.isoformat())
        text = words.WORDS["soir"].format(fait=words.tonight(night))
        drawing = _drawing(site, night, dusk) if dusk else None
        image = _shared(site, drawing) if drawing else None
        yield Soir(text, PAGE.url, drawn_moon(site, night), drawing, image)


def _drawing(site: Site, night: Night, dusk: Dusk) -> Dessin:
    names = outlines_of(site)
    return Dessin(
        night.jour,
        described(dusk, names),
        f"{jour(night.jour, annee=False)} : {words.lights(night)}.",
        words.sunset(night),
        names,
        dusk,
        tuple(windows(site)),
    )


def _shared(site: Site, drawing: Dessin) -> Picture | None:
    """The drawing as networks show it."""
    url = PAGE.url + PAINTED
    return Picture(url, drawing.decrit, *SHARED_SIZE) if is_painted(site) else None


def windows(site: Site) -> Iterator[Fenetre]:
    """One for each event of the evening, by hour; the last one leads to those that have none, else
    places that are open light those that are left."""
    found = [*_events(site)]
    shown = found if len(found) <= HOUSES else found[: HOUSES - 1]
    lit = [
        (heure(one.debut.time()), f"{item.name}, {_told(item, one, site)}", item.url)
        for item, one in shown
    ]
    if len(found) > len(shown):
        left = len(found) - len(shown)
        others = words.WORDS["autres"].format(nombre=left)
        lit.append((f"+ {left}", others, day_of(site.day.date)))
    for item, until in islice(OPEN_LATE.ask(site, site.day.date), HOUSES - len(lit)):
        told = words.WORDS["ouvert"].format(nom=item.short, heure=heure(until))
        lit.append(("", ", ".join(filter(None, (told, item.town))), item.url))
    for rank, window in enumerate(lit):
        yield Fenetre(house_of(rank, len(lit)), *window)


def house_of(rank: int, count: int) -> int:
    """Where the house of one of ``count`` windows is."""
    return int((rank + 0.5) * HOUSES / count) * _HOUSE


def _told(item: Item, one: Occurrence, site: Site) -> str:
    return ", ".join(filter(None, (spoken_hours([one], one.first_day), place_of(item, site))))


def _events(site: Site) -> Iterator[tuple[Item, Occurrence]]:
    # Those that begin in the evening of the day, or go on then; none that is invented.
    today = site.day.date
    evening = local(today, _EVENING)
    for meeting in site.indexes.programme.week(Week.of(today)).jours[today.weekday()].rendez_vous:
        item = site.on(meeting.ref)
        info = item.entry.kind.info
        found = [
            occurrence
            for occurrence in meeting.occurrences
            if occurrence.first_day == today and not occurrence.journee
        ]
        late = [one for one in found if one.debut >= evening or one.over_at > evening]
        true = not item.entry.exemple and item.ref not in site.told  # the sky is drawn above
        if late and meeting.maintained and info.dated and true:
            yield item, late[0]
