"""What is made for those who see no page: QR codes as SVG paths, for paper; the drawing of a
content as a PNG, for readers of mail, which show no SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

from lxml import etree

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
    """The QR code of an address, error level M: it is still read with 15 % of it lost. Raises
    ``ValueError`` when ``text`` is too long (more than 2,331 bytes)."""
    import segno  # here: a build that makes no sheet draws none

    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    bars = (  # the dark runs of each row, as rectangles one module high
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(symbol.matrix, start=QUIET)
        for x, length in _runs(row)
    )
    return Qr(len(symbol.matrix) + 2 * QUIET, "".join(bars))


@lru_cache(64)
def qr_picture(text: str) -> str:
    """The same as a PNG, eight pixels a module, in a ``data:`` address: for paper, where hundreds
    of drawings would take long. Raises ``ValueError`` as ``qr``."""
    import segno  # here: a build that makes no sheet draws none

    symbol = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    return str(symbol.png_data_uri(scale=8, border=QUIET))


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    x = QUIET
    for dark, some in groupby(row):
        length = len(list(some))
        if dark:
            yield x, length
        x += length


# A PNG. It reads our own template (``courriel/une.svg``): a ground, strokes of paths as
# ``strokes.py`` writes them, points.

_FINE = 3
"""Pixels of the drawing, across, for one of the picture: what smooths its edges."""
_STEP = 6
"""Units of a drawing in each of the straight lines that make a curve."""
_PALETTE = 48
_TAKES = {"M": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "z": 0}
"""How many numbers each command of a path takes."""
_Point = tuple[float, float]
_Colour = tuple[int, int, int]


@lru_cache(8)  # editions of one week often show the same drawing
def png_of(svg: bytes, wide: int) -> bytes:
    """``svg`` as a PNG of ``wide`` pixels. Raises ``ValueError`` for another kind of drawing."""
    from PIL import Image, ImageDraw

    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    left, top, width, height = (int(one) for one in root.get("viewBox", "").split())
    tall = round(wide * height / width)
    scale = wide * _FINE / width
    ground, strokes = root.find("{*}rect"), root.find("{*}g")
    points = root.findall("{*}circle")
    if ground is None or strokes is None or not points:
        raise ValueError("not the drawing of a content")
    behind, ink = _colour(ground.get("fill")), _colour(strokes.get("stroke"))
    image = Image.new("RGB", (wide * _FINE, tall * _FINE), behind)
    draw = ImageDraw.Draw(image)

    def placed(at: _Point) -> _Point:
        return (at[0] - left) * scale, (at[1] - top) * scale

    for path in reversed(strokes):  # rings from the outside in
        thick = float(path.get("stroke-width") or 1) * scale
        colour = _mixed(ink, behind, round(float(path.get("opacity") or 1) * 100))
        for line in _lines(path.get("d") or ""):
            drawn = [placed(at) for at in line]
            if len({*drawn}) > 1:
                draw.line(drawn, fill=colour, width=round(thick), joint="curve")
            for end in (drawn[0], drawn[-1]):
                draw.circle(end, thick / 2, fill=colour)
    for point in points:
        x, y = placed((int(point.get("cx") or 0), int(point.get("cy") or 0)))
        draw.circle((x, y), int(point.get("r") or 0) * scale, fill=_colour(point.get("fill")))
    small = image.reduce(_FINE).quantize(_PALETTE, dither=Image.Dither.NONE)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _colour(text: str | None) -> _Colour:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text or ""):
        raise ValueError(f"not a colour: {text}")
    value = int((text or "")[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def _mixed(ink: _Colour, behind: _Colour, part: int) -> _Colour:
    """``part`` per cent of ``ink``."""
    red, green, blue = (
        (a * part + b * (100 - part)) // 100 for a, b in zip(ink, behind, strict=True)
    )
    return red, green, blue


def _lines(path: str) -> Iterator[list[_Point]]:
    """The lines of a path, each as points along it, curves as short straight lines."""
    if not re.fullmatch(r"(?:M[^Mz]+z?)+", path) or re.search(r"[^Mclshvz\d\- ]", path):
        raise ValueError(f"not a drawing's path: {path[:40]}")
    for part in re.findall(r"M[^M]+", path):
        line: list[_Point] = []
        mirrored = (0, 0)
        for command, words in re.findall(r"([A-Za-z])([-\d ]*)", part):
            numbers = [int(one) for one in re.findall(r"-?\d+", words)]
            takes = _TAKES[command]
            if len(numbers) % takes if takes else numbers:
                raise ValueError(f"not a drawing's path: {path[:40]}")
            for at in range(0, max(len(numbers), 1), takes or 1):
                mirrored = _draw(line, command, numbers[at : at + takes], mirrored)
        yield line


def _draw(
    line: list[_Point], command: str, some: Sequence[int], mirrored: tuple[int, int]
) -> tuple[int, int]:
    """Go on with ``line``; what the next curve reflects (SVG 2, 9.3.6)."""
    if command == "M":
        line.append((some[0], some[1]))
        return 0, 0
    x, y = line[-1]
    if command in "cs":
        *early, x2, y2, dx, dy = some
        x1, y1 = early or mirrored
        steps = 4 + (abs(dx) + abs(dy)) // _STEP
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            line.append((x + a * x1 + b * x2 + c * dx, y + a * y1 + b * y2 + c * dy))
        return dx - x2, dy - y2
    if command == "z":
        line += line[:2]
    else:
        dx, dy = {"l": some, "h": (*some, 0), "v": (0, *some)}[command]
        line.append((x + dx, y + dy))
    return 0, 0
