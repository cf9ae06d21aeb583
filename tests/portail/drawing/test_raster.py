"""The drawing of a content as a PNG."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from portail.drawing import empreinte, png_of

NUIT, TRAIT, POINT = "#12335A", "#F0987F", "#F2B33D"


def svg(slug: str) -> bytes:
    drawing = empreinte(slug)
    rings = "".join(
        f'<path d="{one.trace}" stroke-width="{one.epaisseur}" opacity="{one.opacite}"/>'
        for one in drawing.anneaux
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 80 640 240">'
        f'<rect fill="{NUIT}"/><g fill="none" stroke="{TRAIT}">{rings}</g>'
        f'<circle cx="{drawing.x}" cy="{drawing.y}" r="7" fill="{POINT}"/></svg>'
    ).encode()


@pytest.mark.parametrize("slug", ["nuit", "la-coupole"])
def test_the_picture_is_the_drawing(slug: str) -> None:
    data = png_of(svg(slug), 640)
    assert data == png_of(svg(slug), 640)
    assert len(data) < 15_000
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.size == (640, 240)
    drawing = empreinte(slug)
    assert _near(image.getpixel((drawing.x, drawing.y - 80)), POINT)
    for ring in drawing.anneaux:  # each begins on its own line
        x, y = (int(one) for one in ring.trace[1:].partition("c")[0].split())
        if 2 < x < 637 and 82 < y < 317:
            assert not _near(image.getpixel((x, y - 80)), NUIT), ring.trace[:20]
    colours = image.getcolors(100) or []
    assert max(colours)[0] > 640 * 240 * 0.8
    assert _near(max(colours)[1], NUIT)


def _near(pixel: object, colour: str) -> bool:
    red, green, blue = pixel  # type: ignore[misc]
    wanted = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return all(abs(a - b) < 12 for a, b in zip((red, green, blue), wanted, strict=True))


@pytest.mark.parametrize(
    "wrong",
    [
        svg("a").replace(b"M", b"L", 1), svg("a").replace(b"#12335A", b"red"),
        svg("a").replace(b"circle", b"ellipse"), svg("a").replace(b"z", b" 1.5z", 1),
    ],
)  # fmt: skip
def test_another_drawing_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="not "):
        png_of(wrong, 64)
