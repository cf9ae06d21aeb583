"""Drawings computed without a browser: covers of contents, QR codes, the PNG of a mail.

Whole numbers only, after one table of sines: the same bytes on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from math import pi, sin
from typing import NamedTuple

import segno
from lxml import etree

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


# QR codes as SVG paths: what a telephone reads on a sheet of paper.

QUIET = 4
"""Light modules around a symbol, which readers need (ISO/IEC 18004)."""

_MASK = 3
"""The pattern that is laid over every symbol, which says which: readers know all eight. Looking for
the one of least penalty takes four fifths of the time, and sheets are many."""


class Qr(NamedTuple):
    """A symbol: the side of its box in modules, ``QUIET`` included; the path of its dark ones."""

    cote: int
    trace: str


@lru_cache(64)
def qr(text: str) -> Qr:
    """The QR code of an address, error level M: it is still read with 15 % of it lost.

    Raises ``ValueError`` when ``text`` is too long (more than 2,331 bytes).
    """
    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    lines = "".join(_line(y, row) for y, row in enumerate(symbol.matrix, start=QUIET))
    return Qr(len(symbol.matrix) + 2 * QUIET, lines)


def _line(y: int, row: Iterable[int]) -> str:
    """The dark runs of a row, as rectangles one module high."""
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, length in _runs(row))


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    x = QUIET
    for dark, some in groupby(row):
        length = len(list(some))
        if dark:
            yield x, length
        x += length


# The drawing of a content as a PNG, for readers of mail, which show no SVG.
#
# It reads our own template (``courriel/une.svg``): a ground, closed rings of cubic curves, a
# point.

_FINE = 3
"""Pixels of the drawing, across, for one of the picture: what smooths its edges."""
_STEPS = 8
"""Straight lines that make a curve of an empreinte, which are short."""
_PALETTE = 48
_Point = tuple[float, float]
_Colour = tuple[int, int, int]


def png_of(svg: bytes, wide: int) -> bytes:
    """``svg`` as a PNG of ``wide`` pixels. Raises ``ValueError`` for another kind of drawing."""
    from PIL import Image, ImageDraw

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    left, top, width, height = (int(one) for one in root.get("viewBox", "").split())
    tall = round(wide * height / width)
    scale = wide * _FINE / width
    ground, rings, point = (root.find(f"{{*}}{name}") for name in ("rect", "g", "circle"))
    if ground is None or rings is None or point is None:
        raise ValueError("not the drawing of a content")
    behind, ink = _colour(ground.get("fill")), _colour(rings.get("stroke"))
    image = Image.new("RGB", (wide * _FINE, tall * _FINE), behind)
    draw = ImageDraw.Draw(image)

    def placed(at: _Point) -> _Point:
        return (at[0] - left) * scale, (at[1] - top) * scale

    for ring in reversed(rings):  # from the outside in
        line = [placed(at) for at in _points(ring.get("d") or "")]
        thick = round(float(ring.get("stroke-width") or 1) * scale)
        part = round(float(ring.get("opacity") or 1) * 100)
        colour = tuple(
            (a * part + b * (100 - part)) // 100 for a, b in zip(ink, behind, strict=True)
        )
        draw.line([*line, *line[:2]], fill=colour, width=thick, joint="curve")
    x, y = placed((int(point.get("cx") or 0), int(point.get("cy") or 0)))
    draw.circle((x, y), int(point.get("r") or 0) * scale, fill=_colour(point.get("fill")))
    small = image.reduce(_FINE).quantize(
        _PALETTE, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _colour(text: str | None) -> _Colour:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text or ""):
        raise ValueError(f"not a colour: {text}")
    value = int((text or "")[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def _points(path: str) -> Iterator[_Point]:
    """Points along a closed path « M x y c … s … z », whose numbers are whole (SVG 2, 9.3)."""
    found = re.fullmatch(r"M([-\d ]+)c([-\d ]+)s([-\d ]+)z", path)
    if not found:
        raise ValueError(f"not a ring: {path[:40]}")
    start, first, rest = (
        [int(one) for one in re.findall(r"-?\d+", part)] for part in found.groups()
    )
    x, y = start
    curves = [first, *(rest[rank : rank + 4] for rank in range(0, len(rest), 4))]
    mirrored = (0, 0)
    for curve in curves:
        *early, x2, y2, dx, dy = curve
        x1, y1 = early or mirrored
        for step in range(_STEPS):
            t = step / _STEPS
            a, b, c = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            yield x + a * x1 + b * x2 + c * dx, y + a * y1 + b * y2 + c * dy
        mirrored = dx - x2, dy - y2
        x, y = x + dx, y + dy
