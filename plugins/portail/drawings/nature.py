"""Forms of the sky, of the Earth, of life and of fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isqrt

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
    curve,
    dots,
    ellipse,
    inside,
    line,
    polar,
    trait,
    wave,
)

GOLDEN = 15_279
"""The golden angle, 137.5°, in tenths of a step: from one seed of a sunflower to the next."""


def echo(centre: Point, *others: Point) -> tuple[tuple[int, int, int], ...]:
    """The point of echo, then smaller ones."""
    return (*centre, 7), *((*one, 5) for one in others)


def orbits(draw: Draw) -> Dessin:
    """Tilted orbits, some dotted, and planets on them."""
    centre, tilt, flat = draw.centre(), draw(-380, 380), draw(42, 58)
    strokes = []
    for rank in range(1, 11):
        wide = 44 * rank + rank * rank
        u, v = polar(wide, tilt), polar(wide * flat // 100, tilt + TURN // 4)

        def on(angle: int, u: Point = u, v: Point = v) -> Point:
            c, s = polar(1000, angle)
            return (
                centre[0] + (u[0] * c + v[0] * s) // 1000,
                centre[1] + (u[1] * c + v[1] * s) // 1000,
            )

        if rank % 3 == 0:
            count = wide // 3
            strokes.append(trait([dots(on(TURN * one // count) for one in range(count))], 22))
        else:
            strokes.append(trait([ellipse(centre, u, v)], draw(10, 38)))
        if rank % 2:
            strokes.append(trait([dots([on(draw(0, TURN))])], draw(90, 260)))
    return Dessin(tuple(strokes), echo(centre))


def star_trails(draw: Draw) -> Dessin:
    """An hour of exposure around the pole of the sky."""
    centre, radius = draw.centre(), 18
    lines: tuple[list[str], ...] = ([], [], [])
    while radius < 520:
        for _ in range(1 + radius // 130):
            start, count = draw(0, TURN - 1), draw(2, 4)
            ends = (around(centre, radius, start + one * TURN // 16) for one in range(count + 1))
            if sum(inside(end, 0) for end in ends) > 1:
                lines[draw(0, 2)].append(arc(centre, radius, start, count))
        radius += draw(10, 19)
    widths = ((12, 70), (20, 100), (32, 85))
    strokes = (trait(some, *how) for some, how in zip(lines, widths, strict=True))
    return Dessin(tuple(strokes), echo(centre))


# Seven phases: sizes, places, how far the lit part goes beyond the middle, in thirds of a radius.
_SIZES = (20, 32, 46, 66, 46, 32, 20)
_PLACES = (-278, -208, -114, 0, 114, 208, 278)
_EDGES = (-3, -1, 1, 3, 1, -1, -3)


def moons(draw: Draw) -> Dessin:
    """Phases of the Moon, hatched where it is lit."""
    middle, bend, grow, first = draw(160, 240), draw(-60, 60), draw(80, 125), draw(0, 1) * 2 - 1
    outlines, hatches = [], []
    for rank, (size, far, edge) in enumerate(zip(_SIZES, _PLACES, _EDGES, strict=True)):
        x, y, size = 320 + far, middle + bend * (rank - 3) ** 2 // 9, size * grow // 100
        outlines.append(circle((x, y), size))
        side = first if rank < 4 else -first
        for high in range(-size + 4, size - 2, 5):
            half = side * isqrt(size * size - high * high)
            if edge > -3:
                hatches.append(line((x - half * edge // 3, y + high), (x + half, y + high)))
    stars = dots((draw(0, WIDTH), draw(0, HEIGHT)) for _ in range(40))
    strokes = (trait(outlines, 20), trait(hatches, 14, 80), trait([stars], 24, 60))
    return Dessin(strokes, echo((320, middle)))


def contours(draw: Draw) -> Dessin:
    """Contour lines: rings with lobes around a summit."""
    (x, y), lobes, count = draw.centre(), draw(3, 6), draw(8, 9)
    reach, phase, strokes = draw(40, 130), draw(0, TURN), []
    for rank in range(1, count + 1):
        size = WIDTH * rank * (82 * count + 18 * rank) // (105 * count * count)
        ring = []
        for angle in (TURN * one // 18 for one in range(18)):
            lobe = wave(reach, lobes * angle + phase + 204 * rank)
            lobe += wave(reach, (lobes + 2) * angle - 2 * phase) // 2
            dx, dy = polar(size * (1000 + lobe) // 1000, angle)
            ring.append((x + dx, y + dy))
        strokes.append(trait([curve(ring, True)], draw(10, 46), 95 - 55 * rank // count))
    return Dessin(tuple(strokes), echo((x, y)))


def strata(draw: Draw) -> Dessin:
    """Layers of rock, tilted and cut by a fault."""
    fault, throw, slope = draw(230, 410), draw(24, 60) * (draw(0, 1) * 2 - 1), draw(-14, 14)
    high, rank, strokes = draw(120, 150), 0, []
    while high < 460:
        phase, tall = draw(0, TURN), draw(4, 11)

        def at(x: int, shift: int, high: int = high, phase: int = phase, tall: int = tall) -> Point:
            return x, high + shift + slope * (x - 320) // 100 + wave(tall, 9 * x + phase)

        sides = ((-20, fault - 6, 0), (fault + 6, 660, throw))
        lines = [[at(a + (b - a) * one // 4, shift) for one in range(5)] for a, b, shift in sides]
        strokes.append(trait(map(curve, lines), draw(12, 48)))
        if rank % 2:
            grains = (
                (x + draw(-9, 9), at(x, throw if x > fault else 0)[1] + draw(9, 22))
                for x in range(8, WIDTH, 26)
            )
            strokes.append(trait([dots(grains)], draw(25, 50), 75))
        high, rank = high + draw(26, 50), rank + 1
    cut = (line((fault - 8, 104), (fault + 8, 410)),)
    sun = (draw(170, 470), 84)
    return Dessin((*strokes, trait(cut, 30)), ((*sun, 12),))


def rivers(draw: Draw) -> Dessin:
    """A river and its tributaries."""
    branches: list[list[str]] = [[] for _ in range(5)]
    mouth = (-8, draw(120, 280))
    tips: list[Point] = []
    waiting = [(mouth, draw(-160, 160), 0)]
    while waiting:
        (x, y), way, level = waiting.pop()
        if not inside((x, y)):
            continue
        size = (190, 150, 120, 92, 70)[level]
        points = [(x, y)]
        for _ in range(3):
            x, y = around((x, y), size // 3, way + draw(-190, 190))
            points.append((x, y))
        branches[level].append(curve(points))
        if level == 2:
            tips.append((x, y))
        if level < 4:
            spread = draw(260, 420)
            waiting += [((x, y), way - spread, level + 1), ((x, y), way + spread, level + 1)]
            waiting += [(points[2], way + spread * (draw(0, 1) * 4 - 2), level + 1)] * (level < 3)
    widths = (90, 60, 38, 24, 14)
    strokes = (trait(some, width) for some, width in zip(branches, widths, strict=True))
    shown = [one for one in tips if 160 < one[0] < 480 and 90 < one[1] < 310]
    return Dessin(tuple(strokes), echo(shown[0] if shown else (320, 200)))


def sunflower(draw: Draw) -> Dessin:
    """Phyllotaxis: the seeds of a sunflower, each at the golden angle from the last."""
    centre, wide, step = draw.centre(), draw(15, 19), draw(5, 9)
    sizes: list[list[Point]] = [[] for _ in range(5)]
    for rank in range(1, 121):
        seed = around(centre, isqrt(wide * wide * rank), GOLDEN * rank // 10)
        sizes[min(rank // 30 + (rank % step == 0), 4)].append(seed)
    widths = (50, 70, 95, 125, 165)
    strokes = (trait([dots(some)], width) for some, width in zip(sizes, widths, strict=True))
    return Dessin(tuple(strokes), echo(centre))


def cells(draw: Draw) -> Dessin:
    """Cells that fill the field, each with its nucleus."""
    chosen = draw.centre()
    placed: list[tuple[int, int, int]] = [(*chosen, 50)]
    for size in (60, 46, 46, 34, 24, 16):
        for _ in range(24):
            x, y = draw(-20, WIDTH + 20), draw(-20, HEIGHT + 20)
            if all((x - a) ** 2 + (y - b) ** 2 > (size + c + 5) ** 2 for a, b, c in placed):
                placed.append((x, y, size))
    walls = (circle((x, y), size) for x, y, size in placed)
    nuclei: tuple[list[Point], list[Point]] = ([], [])
    for x, y, size in placed[1:]:
        nuclei[size > 30].append(around((x, y), size // 4, draw(0, TURN)))
    small, large = nuclei
    strokes = (trait(walls, 26), trait([dots(small)], 90), trait([dots(large)], 200))
    return Dessin(strokes, ((*chosen, 12),))


def helix(draw: Draw) -> Dessin:
    """A double helix and its rungs."""
    centre, way, tall, phase = draw.centre(), draw(-350, 350), draw(60, 92), draw(0, TURN)

    def at(far: int, sign: int) -> Point:
        base = around(centre, far, way)
        return around(base, sign * wave(tall, far * 13 + phase), way + TURN // 4)

    strands = [curve([at(far, sign) for far in range(-600, 601, 40)]) for sign in (1, -1)]
    rungs = [(at(far, 1), at(far, -1)) for far in range(-595, 600, 20)]
    ends = [end for rung in rungs for end in rung]
    bars = (line(*rung) for rung in rungs if inside(rung[0]) and inside(rung[1]))
    return Dessin((trait(strands, 50), trait(bars, 20, 70), trait([dots(ends)], 90)), echo(centre))


def furrows(draw: Draw) -> Dessin:
    """The furrows of a ploughed field, that follow the ground."""
    centre, phase, tall, slope = draw.centre(), draw(0, TURN), draw(18, 40), draw(-15, 15)
    strokes = []
    for rank in range(18):
        bend = wave(100, 230 * rank + phase)
        points = [
            (
                x,
                27 * rank
                - 40
                + slope * (x - 320) // 100
                + wave(tall, 5 * x + phase + 40 * rank)
                + (x - centre[0]) * bend // 1200,
            )
            for x in range(-20, 701, 90)
        ]
        strokes.append(trait([curve(points)], draw(12, 46), 60 + rank % 4 * 12))
    return Dessin(tuple(strokes), echo(centre))


def plots(draw: Draw) -> Dessin:
    """Parcels seen from the sky, each ploughed its own way."""
    fields = [(-8, -8, 656, 416)]
    while len(fields) < 11:
        fields.sort(key=lambda one: one[2] * one[3])
        x, y, wide, tall = fields.pop()
        part = draw(36, 64)
        if wide > tall:
            cut = wide * part // 100
            fields += [(x, y, cut, tall), (x + cut, y, wide - cut, tall)]
        else:
            cut = tall * part // 100
            fields += [(x, y, wide, cut), (x, y + cut, wide, tall - cut)]
    strokes = []
    for rank, (x, y, wide, tall) in enumerate(fields):
        box = (x + 6, y + 6, x + wide - 6, y + tall - 6)
        strokes.append(trait(_ploughed(box, rank % 4, draw(11, 17)), draw(14, 36)))
    seen = [(x + w // 2, y + t // 2) for x, y, w, t in fields]
    return Dessin(tuple(strokes), echo(min(seen, key=lambda p: abs(p[0] - 320) + abs(p[1] - 200))))


def _ploughed(box: tuple[int, int, int, int], way: int, step: int) -> Iterator[str]:
    """Hatches of a box: across, upright, or slanted either way."""
    left, top, right, bottom = box
    if way == 0:
        yield from (line((left, y), (right, y)) for y in range(top, bottom + 1, step))
    elif way == 1:
        yield from (line((x, top), (x, bottom)) for x in range(left, right + 1, step))
    else:
        wide, tall = right - left, bottom - top
        for far in range(step, wide + tall, step * 7 // 5):
            start, end = (min(far, wide), max(0, far - wide)), (max(0, far - tall), min(far, tall))
            ends = (start, end)
            if way == 2:
                yield line(*((left + x, top + y) for x, y in ends))
            else:
                yield line(*((right - x, top + y) for x, y in ends))


def ears(draw: Draw) -> Dessin:
    """Ears of wheat."""
    stems: list[str] = []
    grains: list[str] = []
    beards: list[str] = []
    tops = []
    for rank in range(9):
        foot, lean = 20 + 75 * rank + draw(-18, 18), draw(-40, 40)
        top = (foot + lean, draw(70, 190))
        tops.append(top)
        stems.append(curve([(foot, 410), (foot + lean // 4, (410 + top[1]) // 2), top]))
        for step in range(6):
            x, y = top[0] - lean * step // 14, top[1] + 13 * step
            grains += (line((x - 3, y), (x - 12, y - 12)), line((x + 3, y), (x + 12, y - 12)))
        beards += (line((x, top[1] - 12), (x + side, top[1] - 52)) for side in (-16, 0, 16))
    shown: Iterable[Point] = (one for one in tops if 170 < one[0] < 470)
    best = min(shown, key=lambda one: one[1])
    point = (best[0], max(88, best[1] - 24))
    return Dessin((trait(stems, 24), trait(grains, 90), trait(beards, 12, 75)), echo(point))
