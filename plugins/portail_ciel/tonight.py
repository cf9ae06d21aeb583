"""The evening on the home page, a line or a drawing with a window lit for what takes place; and as
a picture, the one that networks show of the home page, and that of each letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import chain, islice

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.weeks import Week
from portail.outputs.base import Artifact, Derived, drawn
from portail.outputs.pages.slots import FACADE, OPEN
from portail.outputs.pages.views.shared import Facade, Ouvert, Picture, Soir
from portail.outputs.pictures import SHARED_SIZE
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import day_of, file_of
from portail.text.dates import heure, jour

from . import words
from .dusk import Dusk, described
from .outings import PAGE
from .page import drawn_moon
from .paint import DRAWN, FONT, PAINTED, painted, painter
from .place import dusk_of, is_painted, is_seen, outlines_of, week_of
from .sky import Night

# Houses of a picture; when what begins is of the evening.
HOUSES = 6
_DAY = 24 * 60
_EVENING = time(18)
# A place that closes before, in minutes, is not open then.
_LATE = 19 * 60
# Houses of the street, at least: a row on a phone.
_STREET = 3
# A house of nobody, where what takes place is in no place that is drawn.
_HOME = Facade(
    '<path class="tronc" d="M70 0v-16h3v16z"/>'
    '<path class="feuille" d="M71.5-14c-16 0-14-26 0-26s16 26 0 26z"/>'
    '<path class="mur brique" d="M0 0v-34l29-24 29 24v34zm40-42v-22h7v28z"/>'
    '<path class="faite" d="M-3-32l32-27 32 27"/>'
    '<path class="porte" d="M24 0v-20h10v20z"/>'
    '<path class="chassis" d="M5-8v-17h15v17zm33 0v-17h15v17zm-15.5-24v-12h13v12z"/>'
    '<path class="vitre" d="M7-10v-13h11v13zm33 0v-13h11v13zm-15.5-24v-8h9v8z"/>',
    84,
    66,
)


class Fenetre(Struct, frozen=True):
    """A house: below it, its name and when; what a picture writes on its window; what its place
    looks like, whether a picture lights its windows; when a page does: ``data-ouvert`` of
    ``facades.js``, the day, then minutes from midnight, two by two."""

    url: str
    nom: str
    quand: str = ""
    heure: str = ""
    facade: Facade = _HOME
    allumee: bool = True
    ouvert: str = ""


class Dessin(Struct, frozen=True):
    """The drawing of a day, what it shows and the sky in words, hours of the Sun; its outlines from
    left to right; then its street, first the houses that a picture lights."""

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
        drawing = image = None
        if dusk:
            drawing = _drawing(site, night, dusk)
            image = _shared(site, drawing)
        yield Soir(text, PAGE.url, drawn_moon(site, night), drawing, image)


def _drawing(site: Site, night: Night, dusk: Dusk) -> Dessin:
    names = outlines_of(site)
    return Dessin(
        jour=night.jour,
        decrit=described(dusk, names),
        texte=f"{jour(night.jour, annee=False)} : {words.planet_and_moon(night)}.",
        heures=words.sunset(night),
        silhouettes=names,
        ciel=dusk,
        fenetres=tuple(_street(site)),
    )


def _shared(site: Site, drawing: Dessin) -> Picture | None:
    """The drawing as networks show it."""
    url = PAGE.url + PAINTED
    return Picture(url, drawing.decrit, *SHARED_SIZE) if is_painted(site) else None


def windows(site: Site) -> Iterator[Fenetre]:
    """One for each event of the evening, by hour; the last one leads to those that have none, else
    places that are open light those that are left."""
    return (house for house in _street(site) if house.allumee)


def _street(site: Site) -> list[Fenetre]:
    found = [*_events(site)]
    shown = found if len(found) <= HOUSES else found[: HOUSES - 1]
    lit = []
    for item, one in shown:
        hour = heure(one.debut.time())
        drawing = _facade(site.lieu_of(item.entry), site)
        hours = _hours(site, [one])
        lit.append(Fenetre(item.url, item.short, hour, heure=hour, facade=drawing, ouvert=hours))
    if left := found[len(shown) :]:
        told = words.WORDS["autres"].format(nombre=len(left))
        hours = _hours(site, [one for _, one in left])
        lit.append(Fenetre(day_of(site.day.date), told, heure=f"+ {len(left)}", ouvert=hours))
    opened = sorted(OPEN.ask(site, site.day.date), key=lambda one: (-one[1].fin, one[0].ref))
    # Those that are open late, then such as have closed.
    lit += [_open(place) for _, place in islice(opened, HOUSES - len(lit))]
    return lit[: max(_STREET, sum(house.allumee for house in lit))]


def _hours(site: Site, on: Iterable[Occurrence]) -> str:
    # What has no end goes on till midnight.
    today = local(site.day.date)
    ends = chain.from_iterable((one.debut, one.fin or today + timedelta(1)) for one in on)
    minutes = (f" {(end - today) // timedelta(minutes=1)}" for end in ends)
    return f"{site.day.date}{''.join(minutes)}"


def _open(place: Ouvert) -> Fenetre:
    until = heure(time(*divmod(place.fin % _DAY, 60)))
    when = words.WORDS["jusqua"].format(heure=until)
    lit = place.fin >= _LATE
    link = place.lien
    drawing = place.facade or _HOME
    return Fenetre(link.url, link.texte, when, facade=drawing, allumee=lit, ouvert=place.heures)


def _facade(place: Item | None, site: Site) -> Facade:
    return (next(FACADE.ask(site, place), None) if place else None) or _HOME


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


class Tableau(Struct, frozen=True):
    """What a picture shows: outlines from left to right, the sky, lit windows."""

    silhouettes: tuple[str, ...]
    ciel: Dusk
    fenetres: tuple[Fenetre, ...]


def plan_today(site: Site) -> Iterator[Artifact]:
    """The picture of the day."""
    if is_painted(site):
        yield from _files(site, PAGE.url, site.day.date, -1)


def evening(site: Site, url: str, day: date, lit: int) -> Iterator[Artifact]:
    """The picture of a day, with so many lit windows that say nothing."""
    if is_painted(site):
        yield from _files(site, url, day, min(lit, HOUSES))


def _files(site: Site, url: str, day: date, lit: int) -> Iterator[Artifact]:
    if dusk_of(site, day.isoformat()):
        drawing = url + DRAWN
        yield drawn(site, drawing, "soir.svg", _show, day.isoformat(), lit)
        picture = url + PAINTED
        sources = (file_of(drawing), FONT)
        yield Derived(file_of(picture), picture, sources, painted, key=(painter(),))


def _show(site: Site, day: str, lit: int) -> Tableau:
    """Without a number of windows, those of the home page."""
    sheet = dusk_of(site, day)
    assert sheet is not None
    shown = tuple(windows(site)) if lit < 0 else (Fenetre("", ""),) * lit
    return Tableau(outlines_of(site), sheet, shown)
