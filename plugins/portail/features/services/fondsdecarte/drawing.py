"""Base maps: one SVG file each, without text, and how they are drawn.

Lines are simplified for the scale of the map, points moved until they do not overlap. A map credits
the owner of the outlines that it is drawn on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain, pairwise
from math import ceil, cos, hypot, pi, sin, sqrt
from operator import itemgetter
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.config import Basemap
from portail.facts.base import licence
from portail.geo.coordinates import BoundingBox, LatLon, Projection
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.views.shared import Lien
from portail.site.site import Site
from portail.site.urls import MAP

from .outlines import Border, Line, Outline, Outlines, outlines_of

# Slug of a page that an instance may have.
_LEGAL = "mentions-legales"


def credit_of(outlines: Outlines, vocabularies: Vocabularies) -> tuple[str, str]:
    """Source of the outlines with the name of their licence, and the address of the latter; empty
    without any."""
    source, code = outlines.credit
    terms = licence(code, vocabularies)
    return f"{source}, {terms.text}" if source else "", terms.url


def owners(site: Site) -> Iterator[Lien]:
    """« IGN »: whose outlines the maps are drawn on, and where their licence is told."""
    source, terms = credit_of(outlines_of(site.geography), site.vocabularies)
    page = site.page(_LEGAL)
    if source:
        yield Lien(source.partition(",")[0], page.url if page else terms)


# Lines with fewer corners, for the scale at which they are drawn.

# Units of a map.
Place: TypeAlias = tuple[float, float]


def simplified(line: Sequence[Place], least: float, joints: Collection[Place]) -> list[Place]:
    """The line without corners whose triangle is smaller than ``least`` square units, the smallest
    first (Visvalingam and Whyatt, 1993).

    Its ends and the places ``joints`` stay: parts that two lines share between such places are the
    same in both, whichever way each goes.

    >>> simplified([(0, 0), (5, 1), (10, 0), (10, 9)], 10, ())
    [(0, 0), (10, 0), (10, 9)]
    """
    ends = [0, *(n for n, place in enumerate(line[1:-1], 1) if place in joints), len(line) - 1]
    corners = [line[0]]
    for first, last in pairwise(ends):
        corners += _part(line[first : last + 1], least)[1:]
    return corners


def _part(line: Sequence[Place], least: float) -> list[Place]:
    before = [*range(-1, len(line) - 1)]
    after = [*range(1, len(line) + 1)]
    areas = [0.0, *(_area(line, n - 1, n, n + 1) for n in range(1, len(line) - 1)), 0.0]
    # Of two equal corners the same one goes, whichever way the line is read.
    heap = [(areas[n], line[n], n) for n in range(1, len(line) - 1)]
    heapify(heap)
    gone = [False] * len(line)
    while heap:
        area, _, n = heappop(heap)
        if gone[n] or area != areas[n]:
            continue
        if area >= least:
            break
        gone[n] = True
        previous = before[n]
        right = after[n]
        after[previous], before[right] = right, previous
        for corner in (previous, right):
            if 0 < corner < len(line) - 1:
                # A corner is never smaller than what went before it.
                areas[corner] = max(area, _area(line, before[corner], corner, after[corner]))
                heappush(heap, (areas[corner], line[corner], corner))
    return [place for place, lost in zip(line, gone, strict=True) if not lost]


def _area(line: Sequence[Place], a: int, b: int, c: int) -> float:
    (x1, y1), (x3, y3) = sorted((line[a], line[c]))
    x2, y2 = line[b]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2


# Coordinates are stored as integers, ``STEPS`` per map unit; scale by ``1 / STEPS`` to draw.
STEPS = 2


class Pen:
    """Draws lines without the corners that a map is too small to show; ``joints`` stay, so that
    what follows a border is drawn as the border.
    """

    def __init__(
        self, projection: Projection, least: float = 0.0, joints: Iterable[LatLon] = ()
    ) -> None:
        self._projection = projection
        self._least = least
        self._joints: Collection[tuple[float, float]] = {projection.xy(*joint) for joint in joints}

    def path(self, lines: Iterable[Sequence[LatLon]]) -> str:
        """``d`` of an SVG path: relative integers, in steps; a line that ends where it begins is
        closed.

        >>> from portail.geo.coordinates import BoundingBox
        >>> pen = Pen(Projection(BoundingBox(-1, 0, 1, 10), width=100))
        >>> pen.path([((1, 0), (0, 1), (0, 2), (0, 2.01))])
        'M0 0l20 20 20 0'
        >>> pen.path([((1, 0), (0, 1), (1, 2), (1, 0))])
        'M0 0l20 20 20-20z'
        """
        return "".join(filter(None, map(self._line, lines)))

    def _line(self, line: Sequence[LatLon]) -> str:
        places = [self._projection.xy(*point) for point in line]
        if self._least:
            places = simplified(places, self._least, self._joints)
        steps = [(round(x * STEPS), round(y * STEPS)) for x, y in places]
        moves = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(steps)]
        moves = [move for move in moves if move != (0, 0)]
        if not moves:
            return ""
        closed = line[0] == line[-1]
        numbers: list[int] = []
        for move in moves[:-1] if closed else moves:
            numbers += move
        # A minus sign parts two numbers as well as a space does.
        text = "".join(f" {number}" if number >= 0 else f"{number}" for number in numbers).lstrip()
        x, y = steps[0]
        return f"M{x} {y}l{text}{'z' if closed else ''}"


def dots(points: Iterable[LatLon], projection: Projection) -> str:
    """``d`` of a path of dots: lines without length, which round caps turn into discs.

    >>> from portail.geo.coordinates import BoundingBox
    >>> dots([(1, 0), (0, 1)], Projection(BoundingBox(-1, 0, 1, 10), width=100))
    'M0 0h0M20 20h0'
    """
    places = (projection.xy(*point) for point in points)
    return "".join(f"M{round(x * STEPS)} {round(y * STEPS)}h0" for x, y in places)


# Points of a map pushed apart until each can be read and hit.

# Units of a map from its top left corner.
LabelPlace: TypeAlias = tuple[float, float]

_ROUNDS = 400
_TURN = pi * (3 - sqrt(5))  # the golden angle: no two of a few directions are near
_ASIDE = 0.15  # each push turns a little, so that points in a line do not only press on its ends


def pushed_apart(
    places: Sequence[LabelPlace], gap: float, frame: tuple[float, float, float, float]
) -> tuple[LabelPlace, ...]:
    """Where to draw points so that two of them are ``gap`` units apart, as far as there is room.

    They stay in ``frame`` (left, top, right, bottom); the same places give the same result.

    >>> pushed_apart([(5, 5), (50, 5), (50, 5)], 10, (0, 0, 100, 100))[0]
    (5, 5)
    """
    positions = [_inside(place, frame) for place in places]
    wanted = gap + 0.2  # rounding takes a little back
    for _ in range(_ROUNDS):
        if not _round(positions, wanted, frame):
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in positions)


def _round(places: list[LabelPlace], gap: float, frame: tuple[float, float, float, float]) -> bool:
    moved = False
    for i, j in _near(places, gap):
        (x1, y1), (x2, y2) = places[i], places[j]
        dx = x2 - x1
        dy = y2 - y1
        if abs(dx) >= gap or abs(dy) >= gap:
            continue
        away = hypot(dx, dy)
        if away >= gap - 1e-6:
            continue
        moved = True
        if away < 1e-6:  # at the same place: each in a direction of its own
            dx = cos(j * _TURN)
            dy = sin(j * _TURN)
            away = 1.0
            push = gap / 2
        else:
            push = (gap - away) / 2
        dx, dy = (dx - _ASIDE * dy) / away * push, (dy + _ASIDE * dx) / away * push
        places[i] = _inside((x1 - dx, y1 - dy), frame)
        places[j] = _inside((x2 + dx, y2 + dy), frame)
    return moved


def _near(places: Sequence[LabelPlace], gap: float) -> list[tuple[int, int]]:
    # Pairs that this round may have to push apart, in the order of the later of both: those that
    # are less than two gaps apart, since others move meanwhile.
    reach = 2 * gap
    ranks = sorted(range(len(places)), key=lambda rank: places[rank][0])
    pairs = []
    for start, first in enumerate(ranks, 1):
        x, y = places[first]
        for second in ranks[start:]:
            if places[second][0] - x >= reach:
                break
            if abs(places[second][1] - y) < reach:
                pairs.append((min(first, second), max(first, second)))
    return sorted(pairs, key=itemgetter(1, 0))


def _inside(place: LabelPlace, frame: tuple[float, float, float, float]) -> LabelPlace:
    x, y = place
    left, top, right, bottom = frame
    return min(max(x, left), right), min(max(y, top), bottom)


# Address of the region with its EPCI and départements.
REGION = "/fonds/region.svg"

# Address of the region with its départements only: lighter, for small maps of all of it.
DEPARTEMENTS = "/fonds/departements.svg"

# Address of what ``carte-vive.js`` draws: apart from ``/fonds/``, which is kept for a day, as it
# names scripts.
LIVE = f"{MAP}fond.json"

# Square units below which a corner of the whole region is not drawn.
CORNER = 10.0
# How many times wider than the region's is the frame of what one moves, every corner drawn.
_ENLARGED = 2


class BaseMapView(Struct, frozen=True):
    """A frame of ``largeur`` × ``hauteur`` units and its paths, in ``pas`` steps of a unit."""

    largeur: int
    hauteur: int
    contour: str
    epci: str = ""
    departements: str = ""
    region: str = ""
    communes: str = ""
    pas: int = STEPS
    zones: tuple[tuple[str, str], ...] = ()


class LiveView(Struct, frozen=True):
    """The region's outlines in ``pas`` steps of a unit; ``grille`` is ``Projection.grid``."""

    grille: tuple[float, ...]
    region: str
    departements: str
    epci: str
    credit: tuple[str, str]
    fond: Basemap | None
    pas: int = STEPS * _ENLARGED


def plan_base_maps(site: Site) -> Iterator[TemplatePage]:
    """The region, with and without its EPCI; again for maps that one moves. Nothing without
    outlines, which the salt covers as all of ``data/``."""
    if not outlines_of(site.geography):
        return
    yield drawn(site, REGION, "fond.svg", _region, True)
    yield drawn(site, DEPARTEMENTS, "fond.svg", _region, False)
    yield drawn(site, LIVE, "carte.json", _live)


def _region(site: Site, full: bool) -> BaseMapView:
    ground = region_base_map(site.geography)
    if full:
        return ground
    return replace(ground, epci="")


@lru_cache(2)
def region_base_map(geography: Geography) -> BaseMapView:
    """The region with its départements and its EPCI. It must have outlines."""
    outlines = outlines_of(geography)
    projection = outlines.projection
    region = outlines.region
    assert projection is not None and region is not None
    pen = pen_of(outlines, projection, CORNER)
    borders = borders_of(outlines.borders, projection, pen)
    contour = pen.path(rings_of(region))
    epci = borders("epci")
    return BaseMapView(*size_of(projection), contour, epci, borders("departement"))


def zone_path(geography: Geography, codes: Iterable[str], projection: Projection) -> str:
    """``d`` of the EPCI of these SIREN, part by part."""
    outlines = outlines_of(geography)
    pen = pen_of(outlines, projection, CORNER)
    shown = (outlines.epci[code] for code in codes if code in outlines.epci)
    return pen.path(chain.from_iterable(map(rings_of, shown)))


def _live(site: Site) -> LiveView:
    outlines = outlines_of(site.geography)
    frame = outlines.projection
    region = outlines.region
    assert frame is not None and region is not None
    wide = Projection(frame.box, frame.width * _ENLARGED, frame.margin * _ENLARGED)
    pen = pen_of(outlines, wide, 0)
    borders = borders_of(outlines.borders, wide, pen)
    return LiveView(
        frame.grid,
        region=pen.path(rings_of(region)),
        departements=borders("departement"),
        epci=borders("epci", "dehors"),
        credit=credit_of(outlines, site.vocabularies),
        fond=site.config.fond_de_carte,
    )


def size_of(projection: Projection) -> tuple[int, int]:
    """Width and height of a ground, whole units."""
    return round(projection.width), ceil(round(projection.height, 3))


def pen_of(outlines: Outlines, projection: Projection, corner: float) -> Pen:
    """A pen that keeps the places where borders meet."""
    joints = chain.from_iterable((border.line[0], border.line[-1]) for border in outlines.borders)
    return Pen(projection, corner, joints)


def rings_of(outline: Outline) -> Iterator[Line]:
    return chain.from_iterable(outline.polygons)


def borders_of(borders: Iterable[Border], projection: Projection, pen: Pen) -> Callable[..., str]:
    """A function that draws the borders of some levels that the frame of ``projection`` shows."""
    shown = [border for border in borders if _box(border).meets(projection.box)]
    return lambda *levels: pen.path(border.line for border in shown if border.level in levels)


def _box(border: Border) -> BoundingBox:
    box = BoundingBox.of(border.line)
    assert box is not None, "a border has points"
    return box
