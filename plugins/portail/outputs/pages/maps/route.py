"""Maps of a parcours, of a tour, of a week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from portail.agenda.weeks import Week
from portail.facts.price import PARTOUT, online_link
from portail.geo.coordinates import BoundingBox, Projection, distance_km
from portail.geo.drawing import LabelPlace
from portail.geo.places import Commune
from portail.model.event import Event
from portail.outputs.base_maps import DEPARTEMENTS
from portail.outputs.pages.maps import board as boards
from portail.outputs.pages.maps.atlas import WORDS, Atlas, height_of, whole
from portail.outputs.pages.slots import WEEK
from portail.outputs.pages.views.shared import Echelle, Lien, MapLabel, MapPoint, MapView
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import nombre

_WIDTH = 600.0
_RATIO = 2.0
_ROOM = 0.3
_LEAST_KM = 0.15
"""Steps of one street are not drawn as if they were far apart."""
_RADIUS = 15
_LETTER = 19.0
_SCALES = (20, 10, 5, 2, 1, 0.5, 0.2, 0.1)
_SCALE_MOST = 130
"""Kilometres that the scale may show, and how long it may be, in units."""

Step = tuple[Lien, boards.Position | None, str]
"""A step: its link, where it is, its theme."""


def route_map(steps: Sequence[Step], atlas: Atlas, name: str) -> MapView | None:
    """The plan, without a ground; ``None`` when fewer than two places are known, or too many."""
    placed = [(rank, *step) for rank, step in enumerate(steps, start=1) if step[1]]
    spots = [position.point for _, _, position, _ in placed if position]
    box = BoundingBox.of(dict.fromkeys(spots))
    if box is None or len(set(spots)) < 2 or len(spots) > boards.MOST:
        return None
    projection = Projection(box.grown(_LEAST_KM).framed(_RATIO, _ROOM), _WIDTH)
    places, aim = boards.spread(spots, projection, _RADIUS + 3)
    points = tuple(
        MapPoint(link, theme=theme, numero=rank, **there)
        for (rank, link, _, theme), there in zip(placed, places, strict=True)
    )
    trace = "L".join(f"{point.x:g} {point.y:g}" for point in points)
    unit = projection.units_per_km
    km = next(scale for scale in _SCALES if scale * unit <= _SCALE_MOST)
    return MapView(
        "parcours",
        WORDS["parcours"].format(nom=name),
        "",
        *whole(projection),
        points,
        tuple(_towns(points, atlas, projection)),
        _legend(placed, len(steps), [position for _, _, position, _ in placed if position]),
        cible=aim,
        trace=f"M{trace}",
        echelle=Echelle(round(km * unit, 1), distance(km), height_of(projection) - 14),
        repere=projection.grid if atlas.outlines else (),
    )


def _towns(points: Sequence[MapPoint], atlas: Atlas, projection: Projection) -> Iterator[MapLabel]:
    height = height_of(projection)
    board = boards.Board((6, 6, _WIDTH - 6, height - 34), _LETTER)
    for point in points:
        board.take(point.x, point.y, _RADIUS)
    for town in atlas.towns:
        x, y = boards.xy_of(town.point, projection)
        if 0 < x < _WIDTH and 0 < y < height and (label := board.town(town.commune.nom, x, y)):
            yield label


def _legend(placed: Sequence[object], count: int, positions: Sequence[boards.Position]) -> str:
    text = WORDS["sans_fond"]
    if not all(position.exacte for position in positions):
        text += WORDS["mairie"]
    if len(placed) < count:
        text += WORDS["absente"]
    return text


def legs(steps: Sequence[Step]) -> tuple[str, ...]:
    """How far each step is from the one before; ``""`` for the first, and where it is not known."""
    texts = [""]
    for (_, before, _), (_, after, _) in pairwise(steps):
        texts.append(_leg(before, after) if before and after else "")
    return tuple(texts)


def _leg(start: boards.Position, end: boards.Position) -> str:
    if start.commune == end.commune and not (start.exacte and end.exacte):
        return ""
    return distance(distance_km(start.point, end.point))


def distance(km: float) -> str:
    """A distance as one says it.

    >>> distance(0.43), distance(1.24), distance(12.3)
    ('450\\xa0m', '1,2\\xa0km', '12\\xa0km')
    """
    if km < 0.975:
        return f"{max(50, 50 * round(20 * km))}\u00a0m"
    text = nombre(round(km) if km >= 10 else round(km, 1))
    return f"{text}\u00a0km"


_RADIUS_TOUR = 17
"""Units: a point with its ring."""
_BEND = 0.12
"""How far a way leaves the straight line, of its length: a way back does not hide the way there."""


class Stop(NamedTuple):
    """A stop; ``etat`` is ``fait``, ``ici`` or ``avenir``, ``exemplaire`` which copy goes there."""

    numero: int
    lien: Lien
    position: boards.Position | None
    etat: str
    exemplaire: int


def tour_map(stops: Sequence[Stop], atlas: Atlas, name: str) -> MapView | None:
    """The map of stops in order of time; ``None`` without any in the region, or with too many."""
    projection = atlas.projection
    placed = [stop for stop in stops if stop.position and atlas.holds(stop.position)]
    if projection is None or not placed or len(placed) > boards.MOST:
        return None
    spots = [stop.position.point for stop in placed if stop.position]
    places, aim = boards.spread(spots, projection, _RADIUS_TOUR + 2)
    points = tuple(
        MapPoint(stop.lien, numero=stop.numero, etat=stop.etat, **there)
        for stop, there in zip(placed, places, strict=True)
    )
    return MapView(
        "tournee",
        WORDS["tournee"].format(nom=name),
        DEPARTEMENTS,
        *whole(projection),
        points,
        tuple(atlas.departements(points, _RADIUS_TOUR)),
        _legend_tour(placed, len(stops)),
        cible=aim,
        fixe=True,
        trajets=tuple(_ways(placed, points)),
    )


def _ways(stops: Sequence[Stop], points: Sequence[MapPoint]) -> Iterator[tuple[str, bool]]:
    """From each stop of a copy to its next one, if it is elsewhere."""
    by_copy: dict[int, list[tuple[Stop, LabelPlace]]] = defaultdict(list)
    for stop, point in zip(stops, points, strict=True):
        by_copy[stop.exemplaire].append((stop, (point.x, point.y)))
    for copy, some in by_copy.items():
        for (_, (x1, y1)), (stop, (x2, y2)) in pairwise(some) if copy else ():
            bend_x = (x1 + x2) / 2 + _BEND * (y2 - y1)
            bend_y = (y1 + y2) / 2 - _BEND * (x2 - x1)
            way = f"M{x1:g} {y1:g}Q{bend_x:.0f} {bend_y:.0f} {x2:g} {y2:g}"
            yield way, stop.etat != "avenir"


def _legend_tour(placed: Sequence[Stop], count: int) -> str:
    text = WORDS["numeros"]
    if any(stop.etat == "avenir" for stop in placed) and len(placed) > 1:
        text += WORDS["traits"]
    left = count - len(placed)
    if left:
        text += f" ; {left} étape{'s' * (left > 1)} hors de la carte ou sans commune connue"
    return f"{text}."


_RADIUS_WEEK = 17
"""Units: a point with its ring."""


def week_map(site: Site) -> MapView | None:
    """The map of what takes place this week, as the agenda counts it; ``None`` for nothing."""
    week = Week.of(site.day.date)
    days = site.indexes.programme.week(week).jours
    refs = (meeting.ref for day in days for meeting in day.rendez_vous if meeting.maintenu)
    events = [site.items[ref] for ref in dict.fromkeys(refs)]
    if not events:
        return None
    atlas = Atlas(site.geography)
    projection = atlas.projection
    frame: tuple[float, int, str] = whole(projection) if projection else (0, 0, "0 0 0 0")
    page = WEEK.ask(site, week) or events[0].entry.kind.info.listing
    points, aim = _points(events, atlas, projection, page) if projection else ((), 0.0)
    return MapView(
        "region",
        WORDS["semaine"],
        DEPARTEMENTS if projection else "",
        *frame,
        points,
        tuple(atlas.departements(points, _RADIUS_WEEK)),
        _legend_week(events, week),
        tuple(_counts(events, site, page)),
        aim,
    )


def _legend_week(events: Sequence[Item], week: Week) -> str:
    """« 12 rendez-vous du 4 au 10 octobre, dans 9 communes »: days, which stay true."""
    towns = len({item.commune.code for item in events if item.commune})
    where = f", dans {towns} commune{'s' * (towns > 1)}" if towns else ""
    days = periode(week.first, week.last, annee=False)
    return f"{nombre(len(events))} rendez-vous {days}{where}."


def _points(
    events: Sequence[Item], atlas: Atlas, projection: Projection, page: str
) -> tuple[tuple[MapPoint, ...], float]:
    """A point for each commune of the region, the radius to aim at; ``page`` tells all."""
    by_commune: dict[Commune, list[Item]] = defaultdict(list)
    for item in events:
        if item.commune and atlas.draws(item.commune):
            by_commune[item.commune].append(item)
    numbered = [
        boards.Numbered(
            town, len(some) if len(some) > 1 else 0, _link(some, page), boards.common_theme(some)
        )
        for town, some in by_commune.items()
    ]
    return boards.commune_points(numbered, projection, _RADIUS_WEEK + 2)


def _link(events: Sequence[Item], page: str) -> Lien:
    first = events[0]
    if len(events) == 1:
        return Lien(first.name, first.url, first.town)
    return Lien(first.town, page, f"{nombre(len(events))} rendez-vous")


def _counts(events: Sequence[Item], site: Site, agenda: str) -> Iterator[Lien]:
    geography = site.geography
    count = Counter(item.commune.departement for item in events if item.commune)
    home = geography.home.code if geography.home else ""
    for departement in geography.departements_of(home):
        number = count.pop(departement.code, 0)
        there = site.territory_url(departement.code) or (agenda if number else "")
        yield Lien(departement.nom, there, _several(number))
    if elsewhere := sum(count.values()):
        yield Lien("Ailleurs", agenda, _several(elsewhere))
    everywhere = sum(item.partout for item in events)
    if everywhere:
        yield Lien(PARTOUT, agenda, _several(everywhere))
    online = sum(isinstance(item.entry, Event) and bool(online_link(item.entry)) for item in events)
    if online:
        yield Lien("En ligne", agenda, _several(online))


def _several(number: int) -> str:
    return f"{nombre(number)} rendez-vous" if number else "aucun"
