"""The empreinte: rings of an echo, or contour lines; the slug of a content chooses one of a few.

Whole numbers only, after one table of sines: the same bytes on every machine.
"""

from __future__ import annotations

from hashlib import sha256
from math import pi, sin
from typing import NamedTuple

__all__ = ["COUNT", "HEIGHT", "WIDTH", "Anneau", "Empreinte", "choice_of", "drawing", "empreinte"]

WIDTH, HEIGHT = 640, 400
"""The box of a drawing, in its units; a page crops it."""

COUNT = 24
"""How many drawings there are, in the colours of each theme."""

_BITS = 14
_ONE = 1 << _BITS  # 1 as a fixed-point number
_TURN = 4000  # steps of a whole turn
_POINTS = 20  # of a ring
_ECHO = 204  # turn of the lobes from one ring to the next: 0.32 rad

# Two turns and more, so that the sum of two angles needs no modulo. No entry is near a half
# before it is rounded (a test makes sure), so it is the same whatever library computes the sine.
_SINE = [round(_ONE * sin(2 * pi * step / _TURN)) for step in range(_TURN)] * 3
_ANGLES = range(0, _TURN, _TURN // _POINTS)
_COSINES = [_SINE[angle + _TURN // 4] for angle in _ANGLES]
_SINES = [_SINE[angle] for angle in _ANGLES]

# A number as a path writes it: a minus sign separates as well as a space. Negative numbers
# index from the end.
_WORDS = [f" {number}" for number in range(1024)] + [str(number) for number in range(-1024, 0)]


class Anneau(NamedTuple):
    """A ring: a closed SVG path, the width of its stroke, its opacity."""

    trace: str
    epaisseur: str
    opacite: str


class Empreinte(NamedTuple):
    """A drawing: its centre, and its rings from the inside out."""

    x: int
    y: int
    anneaux: tuple[Anneau, ...]


def choice_of(slug: str) -> int:
    """The rank, from 1 to ``COUNT``, of the drawing that a slug chooses."""
    return sha256(slug.encode()).digest()[0] % COUNT + 1


def drawing(rank: int) -> Empreinte:
    """The drawing of a rank (see ``choice_of``)."""
    return empreinte(f"empreinte-{rank}")


def empreinte(name: str) -> Empreinte:
    """The drawing of a name, in a box of ``WIDTH`` × ``HEIGHT``; rings go beyond it."""
    seed = sha256(name.encode()).digest()
    # The centre stays in sight in the flattest crop, 21 × 8.
    x, y = 115 + seed[0] * 410 // 255, 125 + seed[1] * 150 // 255
    lobes, count = 3 + seed[2] % 5, 9 + seed[5] % 4
    reach = (4 * _ONE + seed[3] * 10 * _ONE // 255) // 100  # of the lobes, for a radius of 1
    phase = seed[4] * _TURN // 255
    starts = [(lobes * angle + phase) % _TURN for angle in _ANGLES]
    seconds = [_SINE[((lobes + 2) * angle - 2 * phase) % _TURN] for angle in _ANGLES]
    rings = []
    for rank in range(1, count + 1):
        size = 64 * WIDTH * rank * (82 * count + 18 * rank) // (105 * count * count)
        turn = _ECHO * rank % _TURN
        radii = [
            size * (_ONE + (reach * (2 * _SINE[start + turn] + second) >> _BITS + 1)) >> _BITS
            for start, second in zip(starts, seconds, strict=True)
        ]
        opacity = 95 - 60 * rank // count
        width = 10 + seed[6 + rank % 20] % 5 * 9
        rings.append(Anneau(_path(x, y, radii), f"{width // 10}.{width % 10}", f".{opacity}"))
    return Empreinte(x, y, tuple(rings))


def _path(x: int, y: int, radii: list[int]) -> str:
    """A closed Catmull-Rom curve through points at ``radii`` (1/64 of a unit) around a centre.

    As cubic Béziers, of which all but the first reflect the one before (SVG 2, § 9.3.6):
    the tangent at a point is a sixth of the way from its neighbour before to the one after.
    """
    half, shift = 1 << _BITS + 5, _BITS + 6
    xs = [radius * cosine + half >> shift for radius, cosine in zip(radii, _COSINES, strict=True)]
    ys = [radius * sine + half >> shift for radius, sine in zip(radii, _SINES, strict=True)]
    next_xs, next_ys = xs[1:] + xs[:1], ys[1:] + ys[:1]
    tangents = [
        ((after_x - before_x + 3) // 6, (after_y - before_y + 3) // 6)
        for after_x, before_x, after_y, before_y in zip(
            next_xs, xs[-1:] + xs[:-1], next_ys, ys[-1:] + ys[:-1], strict=True
        )
    ]
    words = _WORDS
    curves = [
        f"{words[x2 - x1 - tx]}{words[y2 - y1 - ty]}{words[x2 - x1]}{words[y2 - y1]}"
        for x1, y1, x2, y2, (tx, ty) in zip(
            xs, ys, next_xs, next_ys, tangents[1:] + tangents[:1], strict=True
        )
    ]
    tx, ty = tangents[0]
    start = f"M{x + xs[0]} {y + ys[0]}c{words[tx]}{words[ty]}{curves[0]}"
    return f"{start}s{''.join(curves[1:])}z"
