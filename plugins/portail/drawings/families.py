"""Which drawings a theme has, and those of what people do together, build and think."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

from portail.drawings import COUNT, nature, things
from portail.drawings.nature import echo
from portail.drawings.strokes import (
    HEIGHT,
    TURN,
    WIDTH,
    Dessin,
    Draw,
    Point,
    arc,
    around,
    circle,
    dots,
    ellipse,
    line,
    polar,
    rays,
    trait,
)


def _apart(draw: Draw, first: Point, count: int, far: int) -> list[Point]:
    """``first``, then points of the box that keep their distance."""
    found = [first]
    for _ in range(200):
        one = draw(30, WIDTH - 30), draw(30, HEIGHT - 30)
        if all((one[0] - x) ** 2 + (one[1] - y) ** 2 > far * far for x, y in found):
            found.append(one)
        if len(found) == count:
            break
    return found


def voices(draw: Draw) -> Dessin:
    """Several echoes that meet."""
    centres = _apart(draw, draw.centre(), draw(3, 5), 150)
    strokes = []
    for rank, centre in enumerate(centres):
        most = draw(8, 10) if rank == 0 else draw(4, 7)
        strokes += [
            trait([circle(centre, 21 * one)], draw(10, 46), 95 - 70 * one // most)
            for one in range(1, most)
        ]
    return Dessin(tuple(strokes), echo(*centres))


def network(draw: Draw) -> Dessin:
    """Who knows whom."""
    nodes = _apart(draw, draw.centre(), 26, 74)
    links: set[tuple[Point, Point]] = set()
    for x, y in nodes:
        near = sorted(nodes, key=lambda one: ((one[0] - x) ** 2 + (one[1] - y) ** 2, one))
        links.update((min((x, y), one), max((x, y), one)) for one in near[1 : draw(3, 4)])
    few = [one for rank, one in enumerate(nodes) if rank % 5 == 0]
    many = [one for rank, one in enumerate(nodes) if rank % 5]
    strokes = (
        trait((line(*one) for one in sorted(links)), 20, 70),
        trait([dots(many)], 160),
        trait((circle(one, size) for one in few for size in (16, 25)), 26),
    )
    return Dessin(strokes, ((*nodes[0], 9),))


def bridges(draw: Draw) -> Dessin:
    """Arcs from one to another along a line, as a conversation goes."""
    base, count = draw(230, 290), 13
    places = [-40 + 60 * rank for rank in range(count)]
    over: list[str] = []
    under: list[str] = []
    for rank, x in enumerate(places):
        for _ in range(2):
            other = places[(rank + draw(1, 7)) % count]
            if other <= x:
                continue
            middle, radius = ((x + other) // 2, base), (other - x) // 2
            if draw(0, 2):
                over.append(arc(middle, radius, TURN // 2, 8))
            else:
                under.append(arc(middle, radius, 0, 8))
    strokes = (
        trait([line((-10, base), (650, base))], 14, 70),
        trait(over[::2], 38),
        trait(over[1::2], 20),
        trait(under, 24, 75),
        trait([dots((x, base) for x in places)], 130),
    )
    return Dessin(strokes, ((places[draw(4, 8)], base, 9),))


def arcades(draw: Draw) -> Dessin:
    """Nested arcades."""
    x, tops = -draw(0, 80), []
    lines: tuple[list[str], ...] = ([], [], [])
    while x < WIDTH:
        wide, tall = draw(74, 170), draw(120, 290)
        tops.append((x + wide // 2, HEIGHT - tall - wide // 2))
        for rank in range(1, 7):
            r = wide * rank * 10 // 128
            k, foot = r - r * 5523 // 10_000, tall + 5
            start = f"M{x + wide // 2 - r} {HEIGHT + 5}v-{foot}"
            lines[rank % 3].append(f"{start}c0-{r - k} {k}-{r} {r}-{r}s{r} {r - k} {r} {r}v{foot}")
        x += wide
    widths = ((12, 80), (26, 100), (42, 90))
    strokes = tuple(trait(some, *how) for some, how in zip(lines, widths, strict=True))
    low = max((one for one in tops if 130 < one[0] < 510), key=lambda one: one[1])
    return Dessin(strokes, ((low[0], max(82, low[1] - 60), 8),))


def rose_window(draw: Draw) -> Dessin:
    """The rose window of a cathedral."""
    centre, count, turn = draw.centre(), draw(8, 12), draw(0, 300)
    rings = [circle(centre, size) for size in (26, 60, 150, 164, 250, 266, 380)]
    angles = [turn + TURN * one // count for one in range(count)]
    petals = [circle(around(centre, 105, one), 40 - count) for one in angles]
    outer = [
        circle(around(centre, 207, turn + TURN * one // (2 * count)), 40 - count)
        for one in range(2 * count)
    ]
    bars = rays(centre, 60, 150, (angle + TURN // count // 2 for angle in angles))
    far = rays(centre, 266, 600, angles)
    return Dessin(
        (trait(rings, 34), trait(petals, 24), trait(outer, 20), trait(bars, 20), trait(far, 14)),
        echo(centre),
    )


def bricks(draw: Draw) -> Dessin:
    """A wall of bricks of the North, one course long, one course short, around a vault."""
    side, radius = draw(230, 410), draw(70, 120)
    centre = (side, draw(230, 300))
    joints, courses = [], []
    for rank, y in enumerate(range(-6, HEIGHT, 28)):
        courses.append(line((-10, y), (650, y)))
        step = 76 if rank % 2 else 46
        start = draw(-60, -10)
        joints += [line((x, y), (x, y + 28)) for x in range(start, 660, step)]
    stones = rays(centre, radius + 14, radius + 52, range(TURN // 2, TURN + 1, TURN // 30))
    vault = [arc(centre, radius + far, TURN // 2, 8) for far in (0, 14, 52)]
    return Dessin(
        (trait(courses, 12, 70), trait(joints, 12, 70), trait(vault, 48), trait(stones, 34)),
        ((centre[0], centre[1] - radius // 3, 9),),
    )


def _ticks(centre: Point, radius: int, long: int, count: int, turn: int) -> list[str]:
    angles = (turn + TURN * one // count for one in range(count))
    return rays(centre, radius, radius + long, angles)


def dials(draw: Draw) -> Dessin:
    """Graduated dials."""
    centre, rings, ticks = draw.centre(), [], []
    for rank in range(1, 9):
        radius = 42 * rank + draw(-4, 4)
        rings.append(circle(centre, radius + 14))
        if rank < 6:
            ticks += _ticks(centre, radius, draw(4, 10), (12, 24, 36, 60, 72)[rank - 1], 0)
    far = trait([circle(centre, 40 * one) for one in (10, 12, 14)], 34, 60)
    return Dessin((trait(rings, 13), trait(ticks, 18), far), echo(centre))


def astrolabe(draw: Draw) -> Dessin:
    """The plate of an astrolabe, its rule, its stars."""
    centre, tilt = (draw(240, 400), draw(180, 220)), draw(-400, 400)
    rings = [circle(centre, size) for size in (186, 162, 96)]
    ticks = _ticks(centre, 164, 10, 72, tilt) + _ticks(centre, 164, 20, 12, tilt)
    sky = around(centre, 42, tilt)
    almucantars = [circle(around(centre, 26 * one, tilt), 118 - 20 * one) for one in range(1, 5)]
    stars = [around(sky, 104, draw(0, TURN)) for _ in range(7)]
    rule = draw(0, TURN)
    strokes = (
        trait(rings, 28),
        trait(ticks, 16),
        trait([circle(sky, 104)], 46),
        trait(almucantars, 11, 75),
        trait([line(around(centre, 196, rule), around(centre, -196, rule))], 80),
        trait([dots(stars)], 150),
    )
    return Dessin(strokes, ((*centre, 11),))


def armillary(draw: Draw) -> Dessin:
    """An armillary sphere: great circles and parallels around an axis."""
    centre, tilt, size = (draw(250, 390), draw(185, 215)), draw(-420, -120), draw(150, 170)
    up, across = polar(size, tilt + TURN // 4), polar(size, tilt)
    strokes = [trait([circle(centre, size)], 56), trait([circle(centre, size + 16)], 14)]
    meridians = []
    for part in (28, 60, 86):
        narrow = (across[0] * part // 100, across[1] * part // 100)
        meridians.append(ellipse(centre, narrow, up))
    parallels = []
    for degrees in (-620, -330, 0, 330, 620):
        middle = around(centre, size * polar(100, degrees)[1] // 100, tilt + TURN // 4)
        wide = size * polar(100, degrees)[0] // 100
        flat = polar(wide * 22 // 100, tilt + TURN // 4)
        parallels.append(ellipse(middle, polar(wide, tilt), flat))
    zodiac = tilt + draw(200, 300)
    band = [
        ellipse(centre, polar(size, zodiac), polar(size * part // 100, zodiac + TURN // 4))
        for part in (24, 32)
    ]
    axis = line(
        around(centre, size + 60, tilt + TURN // 4), around(centre, -size - 60, tilt + TURN // 4)
    )
    strokes += [trait(meridians, 16), trait(parallels, 24), trait(band, 40), trait([axis], 30)]
    return Dessin(tuple(strokes), ((*centre, 10),))


def ripples(draw: Draw) -> Dessin:
    """The sign of the portal: an echo that goes away from a corner."""
    point = (draw(150, 240), draw(250, 310))
    strokes = []
    for rank in range(1, 12):
        radius = 44 * rank + draw(-6, 6)
        start, count = TURN * 10 // 16 + draw(0, 3) * TURN // 16, draw(3, 6)
        path = arc(point, radius, start, count)
        strokes.append(trait([path], draw(14, 70), 100 - 5 * rank))
    return Dessin(tuple(strokes), ((*point, 10),))


def rings(draw: Draw) -> Dessin:
    """An echo, round, some of its rings broken."""
    centre, strokes = draw.centre(), []
    for rank in range(1, 12):
        radius = 34 * rank + draw(-4, 4)
        if draw(0, 2):
            path = circle(centre, radius)
        else:
            path = arc(centre, radius, draw(0, TURN), draw(7, 13))
        strokes.append(trait([path], draw(10, 56), 100 - 5 * rank))
    return Dessin(tuple(strokes), echo(centre))


def answers(draw: Draw) -> Dessin:
    """Two echoes that face each other."""
    one, other = (draw(150, 210), draw(140, 260)), (draw(430, 490), draw(140, 260))
    strokes = []
    for rank in range(1, 8):
        pair = [
            arc(one, 40 * rank, -TURN * 3 // 16, 6),
            arc(other, 40 * rank, TURN // 2 - TURN * 3 // 16, 6),
        ]
        strokes.append(trait(pair, draw(12, 60), 100 - 7 * rank))
    return Dessin(tuple(strokes), ((*one, 9), (*other, 6)))


_Forms = tuple[Callable[[Draw], Dessin], ...]

FAMILIES: dict[str, _Forms] = {
    "astronomie-espace": (nature.orbits, nature.star_trails, nature.moons),
    "terre-environnement": (nature.contours, nature.strata, nature.rivers),
    "vivant-sante": (nature.sunflower, nature.cells, nature.helix),
    "agriculture-alimentation": (nature.furrows, nature.plots, nature.ears),
    "mathematiques-physique-chimie": (things.interference, things.lissajous, things.field_lines),
    "numerique": (things.truchet, things.automaton, things.circuit),
    "industrie-technologie": (things.envelopes, things.gears, things.girders),
    "sciences-societe": (voices, network, bridges),
    "histoire-patrimoine": (arcades, rose_window, bricks),
    "histoire-des-sciences": (dials, astrolabe, armillary),
}
"""Forms by the code of the theme; a theme that is not here has those of what has none."""
OTHERS: _Forms = (ripples, rings, answers)

_ALL_AROUND = "sciences-societe"
"""The theme that many contents have besides another, which says more of them."""


def shown_theme(themes: Iterable[str]) -> str:
    """The theme that a picture shows, ``""`` for none: the first that says what it is about."""
    found = [*themes]
    return next((one for one in found if one != _ALL_AROUND), found[0] if found else "")


def choice_of(slug: str) -> int:
    """The rank, from 1 to ``COUNT``, of the drawing that a slug chooses."""
    return sha256(slug.encode()).digest()[0] % COUNT + 1


@lru_cache(256)
def drawing(theme: str, rank: int) -> Dessin:
    """The drawing of a rank (see ``choice_of``) in the family of a theme."""
    forms = FAMILIES.get(theme, OTHERS)
    drawn = forms[rank % len(forms)](Draw(f"{theme}-{rank}"))
    return drawn._replace(traits=tuple(one for one in drawn.traits if one.trace))
