"""What drawings are made of: strokes in whole numbers, the same bytes on every machine. Everything
is a stroke with round ends: a line, a curve, a dot (a line of no length). Paths are written with
« M » and relative commands only, which ``raster.py`` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from math import pi, sin
from typing import NamedTuple

WIDTH, HEIGHT = 640, 400
"""The box of a drawing, in its units; a page crops it, to 21 × 9 or to a square."""
TURN = 4000
"""Steps of a whole turn, the unit of angles."""

_BITS = 14
_ONE = 1 << _BITS  # 1 as a fixed-point number

# No entry is near a half before it is rounded (a test makes sure), so it is the same whatever
# library computes the sine.
_SINE = [round(_ONE * sin(2 * pi * step / TURN)) for step in range(TURN)]

Point = tuple[int, int]


class Trait(NamedTuple):
    """Strokes of one width: an SVG path, the width, the opacity."""

    trace: str
    epaisseur: str
    opacite: str


class Dessin(NamedTuple):
    """A drawing: its strokes; its points of echo (x, y, radius), the main one first."""

    traits: tuple[Trait, ...]
    points: tuple[tuple[int, int, int], ...]


class Draw:
    """Numbers drawn by lot from a name: the same for the same name."""

    def __init__(self, name: str) -> None:
        self._name, self._rank = name, 0

    def __call__(self, least: int, most: int) -> int:
        """A number from ``least`` to ``most``, both possible."""
        self._rank += 1
        data = sha256(f"{self._name} {self._rank}".encode()).digest()
        return least + int.from_bytes(data[:4]) % (most - least + 1)

    def centre(self) -> Point:
        """A point that every crop shows."""
        return self(170, 470), self(110, 290)


def wave(size: int, angle: int) -> int:
    """``size`` times the sine of an angle, rounded."""
    return (size * _SINE[angle % TURN] + _ONE // 2) >> _BITS


def polar(radius: int, angle: int) -> Point:
    """The point of an angle on a circle around the origin."""
    return wave(radius, angle + TURN // 4), wave(radius, angle)


def around(centre: Point, radius: int, angle: int) -> Point:
    """The point of an angle on a circle around ``centre``."""
    x, y = polar(radius, angle)
    return centre[0] + x, centre[1] + y


def inside(point: Point, margin: int = 10) -> bool:
    """Whether the box shows a point."""
    x, y = point
    return -margin < x < WIDTH + margin and -margin < y < HEIGHT + margin


def trait(paths: Iterable[str], tenths: int, percent: int = 100) -> Trait:
    """Strokes of a width in tenths of a unit; ``percent`` is their opacity."""
    width = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return Trait("".join(paths), width, "1" if percent >= 100 else f".{percent:02}".rstrip("0"))


def _numbers(values: Iterable[int]) -> str:
    """Numbers as a path writes them: a minus sign separates as well as a space."""
    text = "".join(str(one) if one < 0 else f" {one}" for one in values)
    return text.removeprefix(" ")


def line(*points: Point, closed: bool = False) -> str:
    """Straight lines from point to point."""
    moves = (move for (x, y), (a, b) in pairwise(points) for move in (a - x, b - y))
    return f"M{_numbers(points[0])}l{_numbers(moves)}{'z' if closed else ''}"


def rays(centre: Point, near: int, far: int, angles: Iterable[int]) -> list[str]:
    """A line at each angle around ``centre``, from one distance to another."""
    return [line(around(centre, near, one), around(centre, far, one)) for one in angles]


def dots(points: Iterable[Point]) -> str:
    """Points of the box, each a disc as wide as its stroke."""
    return "".join(f"M{_numbers(one)}h0" for one in points if inside(one))


def curve(points: Sequence[Point], closed: bool = False) -> str:
    """A Catmull-Rom curve through points. As cubic Béziers, of which all but the first reflect the
    one before (SVG 2, § 9.3.6): the tangent at a point is a sixth of the way from its neighbour
    before to the one after."""
    if closed:
        before, after = [points[-1], *points[:-1]], [*points[1:], points[0]]
    else:
        before, after = [points[0], *points[:-1]], [*points[1:], points[-1]]
    tangents = [
        ((bx - ax + 3) // 6, (by - ay + 3) // 6)
        for (ax, ay), (bx, by) in zip(before, after, strict=True)
    ]
    goals = list(zip(after, [*tangents[1:], tangents[0]], strict=True))
    parts: list[int] = []
    for (x, y), ((next_x, next_y), (tx, ty)) in zip(
        points, goals if closed else goals[:-1], strict=False
    ):
        parts += (next_x - x - tx, next_y - y - ty, next_x - x, next_y - y)
    head = _numbers((*tangents[0], *parts[:4]))
    return f"M{_numbers(points[0])}c{head}s{_numbers(parts[4:])}{'z' if closed else ''}"


def ellipse(centre: Point, first: Point, second: Point) -> str:
    """The ellipse of two half-axes, given as vectors, in four curves."""
    (x, y), (ux, uy), (vx, vy) = centre, first, second
    kux, kuy, kvx, kvy = (one * 5523 // 10_000 for one in (ux, uy, vx, vy))
    head = (kvx, kvy, vx + kux - ux, vy + kuy - uy, vx - ux, vy - uy)
    second_curve = (kvx - ux - vx, kvy - uy - vy, -ux - vx, -uy - vy)
    third_curve = (ux - vx - kux, uy - vy - kuy, ux - vx, uy - vy)
    last_curve = (ux + vx - kvx, uy + vy - kvy, ux + vx, uy + vy)
    rest = _numbers((*second_curve, *third_curve, *last_curve))
    return f"M{_numbers((x + ux, y + uy))}c{_numbers(head)}s{rest}z"


def circle(centre: Point, radius: int) -> str:
    """A whole circle."""
    return ellipse(centre, (radius, 0), (0, radius))


def arc(centre: Point, radius: int, start: int, count: int) -> str:
    """An arc of ``count`` sixteenths of a turn from the angle ``start``, in equal curves of a
    quarter at most, whose tangents are 4/3 of the tangent of their fourth."""
    pieces = -(-count // 4)
    part = TURN * count // 16 // pieces
    reach = radius * 4 * wave(_ONE, part // 4) // (3 * wave(_ONE, part // 4 + TURN // 4))
    angles = [start + part * rank for rank in range(pieces + 1)]
    ends = [around(centre, radius, one) for one in angles]
    ways = [polar(reach, one + TURN // 4) for one in angles]
    parts: list[int] = []
    for (x, y), (next_x, next_y), (wx, wy) in zip(ends, ends[1:], ways[1:], strict=False):
        parts += (next_x - x - wx, next_y - y - wy, next_x - x, next_y - y)
    rest = f"s{_numbers(parts[4:])}" if pieces > 1 else ""
    return f"M{_numbers(ends[0])}c{_numbers((*ways[0], *parts[:4]))}{rest}"
