"""The drawing of a content as a PNG."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from portail.drawings.families import FAMILIES, drawing
from portail.drawings.raster import png_of

NUIT, TRAIT, POINT = "#12335A", "#F0987F", "#F2B33D"


def svg(theme: str, rank: int) -> bytes:
    drawn = drawing(theme, rank)
    strokes = "".join(
        f'<path d="{one.trace}" stroke-width="{one.epaisseur}" opacity="{one.opacite}"/>'
        for one in drawn.traits
    )
    points = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{POINT}"/>' for x, y, r in drawn.points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 80 640 240">'
        f'<rect fill="{NUIT}"/><g fill="none" stroke="{TRAIT}">{strokes}</g>{points}</svg>'
    ).encode()


@pytest.mark.parametrize("theme", ["", *FAMILIES])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_picture_is_the_drawing(theme: str, rank: int) -> None:
    data = png_of(svg(theme, rank), 640)
    assert data == png_of(svg(theme, rank), 640)
    assert len(data) < 40_000
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.size == (640, 240)
    drawn = drawing(theme, rank)
    x, y, _ = drawn.points[0]
    if 80 < y < 320:
        assert _near(image.getpixel((x, y - 80)), POINT, 30)
    for one in drawn.traits:  # each begins on its own line
        x, y = (int(word) for word in re.findall(r"-?\d+", one.trace)[:2])
        if 2 < x < 637 and 82 < y < 317 and float(one.epaisseur) > 2:
            assert not _near(image.getpixel((x, y - 80)), NUIT), one.trace[:20]
    colours = image.getcolors(100) or []
    assert max(colours)[0] > 640 * 240 * 0.4
    assert _near(max(colours)[1], NUIT)


def _near(pixel: object, colour: str, far: int = 12) -> bool:
    red, green, blue = pixel  # type: ignore[misc]
    wanted = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return all(abs(a - b) < far for a, b in zip((red, green, blue), wanted, strict=True))


RINGS = svg("terre-environnement", 3)


@pytest.mark.parametrize(
    "wrong",
    [
        RINGS.replace(b"M", b"L", 1), RINGS.replace(b"#12335A", b"red"),
        RINGS.replace(b"circle", b"ellipse"), RINGS.replace(b"z", b" 1.5z", 1),
        RINGS.replace(b"z", b"a1 1z", 1), re.sub(rb"(M[-0-9 ]+c)", rb"\g<1>1 ", RINGS, count=1),
    ],
)  # fmt: skip
def test_another_drawing_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="not "):
        png_of(wrong, 64)
