"""Forms of matter and of machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import isqrt

from portail.drawings.nature import echo
from portail.drawings.strokes import (
    HEIGHT,
    TURN,
    WIDTH,
    Dessin,
    Draw,
    Point,
    Trait,
    around,
    circle,
    curve,
    inside,
    line,
    trait,
    wave,
)


def _safe(points: Iterable[Point]) -> Point:
    """The first of some points that every crop shows, well inside."""
    return next(one for one in points if 140 < one[0] < 500 and 90 < one[1] < 310)


def interference(draw: Draw) -> Dessin:
    """Two sources of waves."""
    one, step = (draw(170, 290), draw(100, 300)), draw(24, 30)
    other = (draw(360, 480), draw(100, 300))
    thin, thick = (
        [circle(at, step * rank) for at in (one, other) for rank in ranks]
        for ranks in ([rank for rank in range(1, 17) if rank % 3], range(3, 17, 3))
    )
    return Dessin((trait(thin, 12, 75), trait(thick, 26)), echo(one, other))


def lissajous(draw: Draw) -> Dessin:
    """The path of two swings at once, as a tuning fork draws it."""
    across, down = ((3, 2), (4, 3), (5, 4), (5, 3))[draw(0, 3)]
    phase, wide, tall = draw(60, 940), draw(230, 300), draw(140, 180)
    strokes: list[Trait] = []
    places: list[Point] = []
    for rank, (tenths, percent) in enumerate(((40, 100), (22, 75), (12, 55))):
        turn = phase + 130 * rank
        points = [
            (320 + wave(wide, across * t + turn), 200 + wave(tall, down * t))
            for t in range(0, TURN, TURN // 80)
        ]
        places += points
        strokes.append(trait([curve(points, True)], tenths, percent))
    return Dessin(tuple(strokes), echo(_safe(places)))


def field_lines(draw: Draw) -> Dessin:
    """Lines of the field of two charges: circles that pass by both."""
    middle, half, way = (draw(270, 370), draw(170, 230)), draw(90, 130), draw(-260, 260)
    charges = around(middle, half, way), around(middle, -half, way)
    lines, shells = [], []
    for far in (0, 45, 95, 155, 230, 330, 470):
        radius = isqrt(half * half + far * far)
        lines += [
            circle(around(middle, sign * far, way + TURN // 4), radius)
            for sign in ((1, -1) if far else (1,))
        ]
    for tenths in (11, 14, 19, 28, 48):
        # A circle of Apollonius: its points are as many times nearer one charge than the other.
        far = half * (tenths * tenths + 100) // (tenths * tenths - 100)
        radius = 20 * half * tenths // (tenths * tenths - 100)
        shells += [circle(around(middle, sign * far, way), radius) for sign in (1, -1)]
    return Dessin((trait(lines, 26), trait(shells, 11, 60)), echo(*charges))


def truchet(draw: Draw) -> Dessin:
    """Tiles of two quarter circles, each turned by lot (Truchet, 1704)."""
    side, tiles = 50, []
    for y in range(0, HEIGHT, side):
        for x in range(-5, WIDTH, side):
            if draw(0, 1):
                tiles.append(f"M{x + 25} {y}c0 14-11 25-25 25M{x + 50} {y + 25}c-14 0-25 11-25 25")
            else:
                tiles.append(f"M{x + 25} {y}c0 14 11 25 25 25M{x} {y + 25}c14 0 25 11 25 25")
    point = (draw(4, 9) * side - 5, draw(2, 5) * side)
    return Dessin((trait(tiles, 52),), ((*point, 10),))


def automaton(draw: Draw) -> Dessin:
    """A cellular automaton, row after row, as a tape is punched."""
    rule = (30, 90, 110, 45, 73, 105)[draw(0, 5)]
    alone = rule < 100 and draw(0, 2) == 0
    row = [int(one == 16) if alone else draw(0, 1) for one in range(33)]
    holes = []
    for y in range(10, HEIGHT, 20):
        start = None
        for x, on in enumerate([*row, 0]):
            if on and start is None:
                start = x
            elif not on and start is not None:
                holes.append(f"M{start * 20} {y}h{(x - 1 - start) * 20}")
                start = None
        left, right = [row[-1], *row[:-1]], [*row[1:], row[0]]
        row = [rule >> (4 * a + 2 * b + c) & 1 for a, b, c in zip(left, row, right, strict=True)]
    return Dessin((trait(holes, 110),), ((draw(8, 24) * 20, draw(5, 14) * 20 + 10, 9),))


def circuit(draw: Draw) -> Dessin:
    """Tracks of a circuit, that turn by 45°, and their pads."""
    tracks: list[str] = []
    pads: list[Point] = []
    for rank in range(17):
        x, y = (-10, 24 * rank + 8) if rank % 2 else (650, 24 * rank + 8)
        way, points = (1 if rank % 2 else -1), []
        points.append((x, y))
        for _ in range(draw(1, 3)):
            x += way * draw(40, 130)
            points.append((x, y))
            climb = draw(1, 2) * 24
            up = -1 if y > 200 else 1
            x, y = x + way * climb, y + up * climb
            points.append((x, y))
        x += way * draw(30, 80)
        points.append((x, y))
        tracks.append(line(*points))
        pads.append((x, y))
    rings = (circle(one, 9) for one in pads if inside(one))
    best = min(pads, key=lambda one: abs(one[0] - 320) + abs(one[1] - 200))
    return Dessin((trait(tracks, 34), trait(rings, 34)), echo(best))


def envelopes(draw: Draw) -> Dessin:
    """Straight lines whose envelope is a curve, in two facing corners."""
    corners = [(-4, 404), (-4, -4), (644, -4), (644, 404)]
    first, count, strokes = draw(0, 3), draw(22, 30), []
    for turn, tenths in ((0, 14), (2, 26)):
        a, b, c = (corners[(first + turn + one) % 4] for one in range(3))
        lines = []
        for rank in range(count + 1):
            p = tuple(i + (j - i) * rank // count for i, j in zip(a, b, strict=True))
            q = tuple(i + (j - i) * rank // count for i, j in zip(b, c, strict=True))
            lines.append(line((p[0], p[1]), (q[0], q[1])))
        strokes.append(trait(lines, tenths))
    return Dessin(tuple(strokes), echo((draw(250, 390), draw(160, 240))))


def gears(draw: Draw) -> Dessin:
    """Three wheels that mesh."""
    big, mid, small = draw(18, 22), draw(12, 14), draw(9, 10)
    centre, way = (draw(130, 200), draw(200, 270)), draw(-420, -160)
    first = draw(0, TURN // big)
    second = around(centre, (big + mid) * 9, way)
    # The tooth of one faces the hollow of the other where they touch.
    turn = way + TURN // 2 + TURN // mid // 2 - (first - way) * big // mid
    onward = draw(300, 700)
    third = around(second, (mid + small) * 9, onward)
    last = onward + TURN // 2 + TURN // small // 2 - (turn - onward) * mid // small
    wheels = ((centre, big, first), (second, mid, turn), (third, small, last))
    rims = [_wheel(*one) for one in wheels]
    hubs = [circle(at, teeth * part // 10) for at, teeth, _ in wheels for part in (28, 52)]
    spokes = [
        line(around(at, teeth * 3, turn + one), around(at, teeth * 5, turn + one))
        for at, teeth, turn in wheels
        for one in range(0, TURN, TURN // 6)
    ]
    point = _safe(at for at, *_ in wheels)
    return Dessin((trait(rims, 40), trait(hubs, 24), trait(spokes, 24)), echo(point))


def _wheel(centre: Point, teeth: int, turn: int) -> str:
    radius, step = teeth * 9, TURN // teeth
    shape = ((-30, -15), (-16, 13), (16, 13), (30, -15))
    points = [
        around(centre, radius + out, turn + TURN * tooth // teeth + step * part // 100)
        for tooth in range(teeth)
        for part, out in shape
    ]
    return line(*points, closed=True)


def girders(draw: Draw) -> Dessin:
    """Bridges of steel lattice, one behind the other."""
    strokes, step, high = [], draw(56, 84), draw(60, 100)
    points: list[Point] = []
    for rank, tenths in enumerate((46, 34, 24)):
        tall, shift = draw(60, 86), draw(0, step)
        ends = range(-shift - step, WIDTH + step, step)
        bars = [line((-10, y), (650, y)) for y in (high, high + tall)]
        bars += _lattice(ends, high, tall, rank % 2 == draw(0, 1))
        strokes.append(trait(bars, tenths))
        points += [(x, high) for x in ends]
        high += tall + draw(26, 44)
    return Dessin(tuple(strokes), echo(_safe(points)))


def _lattice(ends: range, high: int, tall: int, crossed: bool) -> Iterator[str]:
    for x, after in pairwise(ends):
        yield line((x, high), (x, high + tall))
        yield line((x, high), (after, high + tall))
        if crossed:
            yield line((x, high + tall), (after, high))
