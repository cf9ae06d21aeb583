"""Forms of matter and of machines; drawings that say something: where a place is, what a tool is
made of, the shape of a territory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    arc,
    around,
    circle,
    curve,
    dots,
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


Outline = Sequence[Sequence[Point]]
"""Closed lines, one for each part of a territory."""


def _moved(outline: Outline, dx: int, dy: int) -> list[str]:
    return [line(*((x + dx, y + dy) for x, y in part), closed=True) for part in outline]


def place(outline: Outline, at: Point) -> Dessin:
    """Rings around a point of a region. The map moves, no more than it must, so that every crop
    shows the point."""
    x, y = min(max(at[0], 170), 470), min(max(at[1], 110), 290)
    rings = (trait([circle((x, y), 22 * one)], 34 - 4 * one, 100 - 11 * one) for one in range(1, 8))
    border = trait(_moved(outline, x - at[0], y - at[1]), 26)
    return Dessin((border, *rings), ((x, y, 8),))


def silhouette(outline: Outline) -> Dessin:
    """The shape of a territory, and its echo inside."""
    widest = max(outline, key=len)
    xs, ys = [x for x, _ in widest], [y for _, y in widest]
    at = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
    echoes = []
    for step, part in enumerate((76, 54, 34, 17), start=1):
        shape = [
            (at[0] + (x - at[0]) * part // 100, at[1] + (y - at[1]) * part // 100)
            for x, y in widest[:: step + 1]
        ]
        echoes.append(trait([line(*shape, closed=True)], 26 - 3 * step, 90 - 12 * step))
    return Dessin((trait(_moved(outline, 0, 0), 40), *echoes), ((*at, 8),))


def _box(left: int, top: int, wide: int, tall: int) -> str:
    right, bottom = left + wide, top + tall
    return line((left, top), (right, top), (right, bottom), (left, bottom), closed=True)


def panels(count: int) -> Dessin:
    """So many panels, upright, in rows."""
    rows = 1 + sum(count > most for most in (6, 14, 27, 44))
    columns = -(-count // rows)
    tall = min(190, 280 // rows - 26)
    wide = min(tall * 62 // 100, 440 // columns - 14)
    frames, words, feet, seen = [], [], [], []
    for rank in range(count):
        row, column = divmod(rank, columns)
        there = min(columns, count - row * columns)
        x = 320 - there * (wide + 14) // 2 + 7 + column * (wide + 14)
        y = 200 - rows * (tall + 26) // 2 + 8 + row * (tall + 26)
        frames.append(_box(x, y, wide, tall))
        seen.append((x + wide // 2, y + tall * 3 // 10))
        words += [
            line((x + wide // 5, y + tall * part // 10), (x + wide * 4 // 5, y + tall * part // 10))
            for part in (6, 7, 8)
        ]
        feet.append(line((x, y + tall + 10), (x + wide, y + tall + 10)))
    point = (*seen[count * 5 // 8], max(5, wide // 7))
    return Dessin((trait(frames, 34), trait(words, 18, 80), trait(feet, 18, 60)), (point,))


CASES = 8
"""More cases are not drawn."""


def cases(count: int) -> Dessin:
    """So many cases that one carries, from 1 to ``CASES``."""
    columns = min(count, 4)
    rows = -(-count // columns)
    wide = (0, 240, 180, 138, 108)[columns]
    tall = min(wide * 62 // 100, 104 if rows > 1 else 150)
    shells: list[str] = []
    details, locks = [], []
    for rank in range(count):
        row, column = divmod(rank, columns)
        there = min(columns, count - row * columns)
        x = 320 - there * (wide + 18) // 2 + 9 + column * (wide + 18)
        y = 212 - rows * (tall + 38) // 2 + 19 + row * (tall + 38)
        shells += (_box(x, y, wide, tall), arc((x + wide // 2, y), wide // 8, TURN // 2, 8))
        lid = y + tall * 36 // 100
        details.append(line((x, lid), (x + wide, lid)))
        locks += [(x + wide * part // 10, lid) for part in (2, 8)]
        details += [line((x + side, y), (x + side, y + tall)) for side in (14, wide - 14)]
    middle = (320 if columns % 2 else 320 - wide // 2 - 9, 212 - rows * (tall + 38) // 2 + 19)
    echo = (middle[0], middle[1] + tall * 36 // 100, 9)
    return Dessin((trait(shells, 44), trait(details, 22), trait([dots(locks)], 140)), (echo,))


def dome(_count: int) -> Dessin:
    """A dome where the sky is shown: its seams, its stars, its door."""
    foot, radius = (320, 318), 236
    seams = []
    for wide in (84, 172):
        k, high = wide - wide * 5523 // 10_000, radius * 5523 // 10_000
        halves = f"c0-{high} {k}-{radius} {wide}-{radius}s{wide} {radius - high} {wide} {radius}"
        seams.append(f"M{320 - wide} 318{halves}")
    rows = [arc(foot, far, TURN // 2, 8) for far in (70, 124, 180)]
    stars = [
        around(foot, 84 + 29 * (one % 5), TURN // 2 + 90 + one * 437 % (TURN // 2 - 180))
        for one in range(26)
    ]
    shell = [arc(foot, radius, TURN // 2, 8), line((60, 318), (580, 318))]
    door = [arc((320, 292), 26, TURN // 2, 8), *(line((x, 292), (x, 318)) for x in (294, 346))]
    walls = (trait(shell, 46), trait(rows, 12, 60), trait(seams, 16, 80))
    return Dessin((*walls, trait([dots(stars)], 60), trait(door, 34)), ((320, 130, 9),))


def pages(_count: int) -> Dessin:
    """An open book."""
    sheets, words = [], []
    for side in (-1, 1):
        for far in range(3):
            edge = 320 + side * (196 + 10 * far)
            outer = ((edge, 82 + 6 * far), (edge, 292 + 8 * far))
            sheets.append(line((320, 96 + 4 * far), *outer, (320, 312 + 6 * far)))
        words += [
            line((320 + side * 30, y), (320 + side * (168 if y % 52 else 120), y - 8))
            for y in range(130, 290, 26)
        ]
    spine = line((320, 96), (320, 324))
    return Dessin((trait([*sheets, spine], 34), trait(words, 20, 75)), ((408, 118, 9),))


def cards(_count: int) -> Dessin:
    """Cards of a game, fanned out."""
    shapes, marks = [], []
    for rank in range(5):
        way = TURN * 3 // 4 + 210 * (rank - 2)
        middle = around((320, 520), 300, way)
        corners = []
        for across, up in ((-62, -90), (62, -90), (62, 90), (-62, 90)):
            x, y = around(middle, up, way + TURN // 2)
            corners.append(around((x, y), across, way + TURN // 4))
        shapes.append(line(*corners, closed=True))
        marks += [circle(middle, size) for size in (14, 24)]
    point = around((320, 520), 300, TURN * 3 // 4)
    return Dessin((trait(shapes, 38), trait(marks, 18, 80)), ((*point, 9),))


FORMATS: dict[str, Callable[[int], Dessin]] = {
    "panneaux": panels,
    "caisses": cases,
    "dome": dome,
    "pages": pages,
    "cartes": cards,
}
"""What a tool can be, by the word that names it in the address of its drawing."""
