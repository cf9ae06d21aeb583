"""The evening on the home page: a line, or a drawing with a window lit for what takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import islice

from msgspec import Struct

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.weeks import Week
from portail.facts.place import place_of
from portail.facts.when import spoken_hours
from portail.outputs.pages.slots import FACADE, OPEN_HOURS
from portail.outputs.pages.views.shared import Facade, Picture, Soir
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

# Houses of a picture, each of that width; when what begins is of the evening.
HOUSES = 6
_HOUSE = 140
_DAY = 24 * 60
_EVENING = time(18)
# A place that closes before, in minutes, is not open then.
_LATE = 19 * 60
# Houses of the street, at least; its width, the room between two, how high it stands.
_STREET = 5
_WIDE = 840
_BETWEEN = 14
_TALL = 92
# A house of nobody, where what takes place is in no place that is drawn.
_HOME = Facade(
    '<path class="mur brique" d="M0 0v-42h52v42z"/>'
    '<path class="toit tuile" d="M-4-42l16-20h28l16 20z"/>'
    '<path class="vitre" d="M8-8v-16h12v16zm24 0v-16h12v16z"/>',
    52,
    62,
)


class Fenetre(Struct, frozen=True):
    """A lit window: where its house is in a picture, what is written on it (nothing on that of a
    place, which words name below), what it is called, what its place looks like."""

    x: int
    heure: str
    texte: str
    url: str
    facade: Facade = _HOME


class Maison(Struct, frozen=True):
    """A place of the street: where it stands, how large it is drawn; who is up there, or nobody."""

    x: float
    echelle: float
    facade: Facade
    fenetre: Fenetre | None = None


class Dessin(Struct, frozen=True):
    """The drawing of a day, what it shows and the sky in words, hours of the Sun; its outlines from
    left to right, then its street."""

    jour: date
    decrit: str
    texte: str
    heures: str
    silhouettes: tuple[str, ...]
    ciel: Dusk
    fenetres: tuple[Fenetre, ...]
    maisons: tuple[Maison, ...]


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
    lit = tuple(windows(site))
    shown = {window.url for window in lit}
    # Places that were open today, and have closed, stand between those that are up.
    facades = (
        opened.facade or _HOME
        for item, opened in OPEN_HOURS.ask(site, site.day.date)
        if item.url not in shown
    )
    return Dessin(
        jour=night.jour,
        decrit=described(dusk, names),
        texte=f"{jour(night.jour, annee=False)} : {words.lights(night)}.",
        heures=words.sunset(night),
        silhouettes=names,
        ciel=dusk,
        fenetres=lit,
        maisons=tuple(_street(lit, facades)),
    )


def _shared(site: Site, drawing: Dessin) -> Picture | None:
    """The drawing as networks show it."""
    url = PAGE.url + PAINTED
    if is_painted(site):
        return Picture(url, drawing.decrit, *SHARED_SIZE)
    return None


def windows(site: Site) -> Iterator[Fenetre]:
    """One for each event of the evening, by hour; the last one leads to those that have none, else
    places that are open light those that are left."""
    events = [*_events(site)]
    shown = events if len(events) <= HOUSES else events[: HOUSES - 1]
    lit = [
        (
            heure(occurrence.debut.time()),
            f"{item.name}, {_told(item, occurrence, site)}",
            item.url,
            _facade(site.lieu_of(item.entry), site),
        )
        for item, occurrence in shown
    ]
    if len(events) > len(shown):
        hidden = len(events) - len(shown)
        more = words.WORDS["autres"].format(nombre=hidden)
        lit.append((f"+ {hidden}", more, day_of(site.day.date), _HOME))
    late = sorted(OPEN_HOURS.ask(site, site.day.date), key=lambda row: (-row[1].fin, row[0].ref))
    for item, opened in islice(late, HOUSES - len(lit)):
        if opened.fin >= _LATE:
            until = heure(time(*divmod(opened.fin % _DAY, 60)))
            more = words.WORDS["ouvert"].format(nom=item.short, heure=until)
            where = ", ".join(filter(None, (more, item.town)))
            lit.append(("", where, item.url, opened.facade or _HOME))
    for rank, window in enumerate(lit):
        yield Fenetre(house_of(rank, len(lit)), *window)


def _facade(place: Item | None, site: Site) -> Facade:
    return (place and next(FACADE.ask(site, place), None)) or _HOME


def _street(lit: Sequence[Fenetre], facades: Iterable[Facade]) -> Iterator[Maison]:
    # Each as large as its neighbours, and no higher than the sky begins; those that are up stand
    # among the others.
    dark = [*islice(facades, max(0, _STREET - len(lit)))]
    rows: list[tuple[Facade, Fenetre | None]] = [(window.facade, window) for window in lit]
    for rank, facade in enumerate(dark):
        rows.insert(min(2 * rank, len(rows)), (facade, None))
    wide = sum(facade.largeur for facade, _ in rows) or 1
    scale = min(1.0, (_WIDE - _BETWEEN * (len(rows) + 1)) / wide)
    sized = [(min(scale, _TALL / facade.hauteur), facade, window) for facade, window in rows]
    taken = sum(count * facade.largeur for count, facade, _ in sized)
    between = x = (_WIDE - taken) / (len(rows) + 1)
    for count, facade, window in sized:
        yield Maison(round(x, 1), round(count, 3), facade, fenetre=window)
        x += facade.largeur * count + between


def house_of(rank: int, count: int) -> int:
    """Where the house of one of ``count`` windows is."""
    return int((rank + 0.5) * HOUSES / count) * _HOUSE


def _told(item: Item, occurrence: Occurrence, site: Site) -> str:
    return ", ".join(
        filter(None, (spoken_hours([occurrence], occurrence.first_day), place_of(item, site)))
    )


def _events(site: Site) -> Iterator[tuple[Item, Occurrence]]:
    # Those that begin in the evening of the day, or go on then; none that is invented.
    today = site.day.date
    evening = local(today, _EVENING)
    for meeting in site.indexes.programme.week(Week.of(today)).jours[today.weekday()].rendez_vous:
        item = site.on(meeting.ref)
        info = item.entry.kind.info
        shown_events = [
            occurrence
            for occurrence in meeting.occurrences
            if occurrence.first_day == today and not occurrence.journee
        ]
        late = [row for row in shown_events if row.debut >= evening or row.over_at > evening]
        true = not item.entry.exemple and item.ref not in site.told  # the sky is drawn above
        if late and meeting.maintained and info.dated and true:
            yield item, late[0]
