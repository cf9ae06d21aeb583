"""The drawing of a content as a PNG, for readers of mail, which show no SVG.

It reads our own template (``courriel/une.svg``): a ground, closed rings of cubic curves, a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

__all__ = ["png_of"]

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
