"""The drawing of an evening painted, for networks and mails, which show no SVG: its shapes by
resvg, its words by Pillow, in the font of titles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from io import BytesIO

from portail.outputs.pictures import PICTURE_VERSION, SHARED_SIZE

_PACKAGE = "resvg_py"
# Its files, below an address.
DRAWN = "soir.svg"
PAINTED = "soir.jpg"
FONT = "theme/fonts/bricolage-grotesque.woff2"
_SVG = "{http://www.w3.org/2000/svg}"
# Of words, in the units of the drawing: their height, the line around them, their weight.
_HEIGHT = 28
_HALO = 3
_WEIGHT = 600


def painter() -> str:
    """What changes with the bytes of a picture of the same drawing."""
    return f"{version(_PACKAGE)} {PICTURE_VERSION}"


def painted(files: Sequence[bytes]) -> bytes:
    """The JPEG of a drawing, with a font, as large as networks show it."""
    # Imported here: a build that paints nothing needs none of them.
    import resvg_py
    from lxml import etree
    from PIL import Image, ImageDraw, ImageFont

    from portail.outputs.medias import saved

    drawing, letters = files
    width, height = SHARED_SIZE
    shapes = resvg_py.svg_to_bytes(
        svg_string=drawing.decode(), width=width, height=height, skip_system_fonts=True
    )
    picture = Image.open(BytesIO(shapes)).convert("RGB")
    root = etree.fromstring(drawing)
    x, top, wide, _ = map(float, root.get("viewBox", "").split())
    scale = width / wide
    font = ImageFont.truetype(
        BytesIO(letters), round(_HEIGHT * scale), layout_engine=ImageFont.Layout.BASIC
    )
    font.set_variation_by_axes([_WEIGHT])
    pen = ImageDraw.Draw(picture)
    for text in root.iter(f"{_SVG}text"):
        around = next(text.iterancestors())
        spot = (float(text.get("x", 0)) - x) * scale, (float(text.get("y", 0)) - top) * scale
        halo = around.get("stroke")
        pen.text(
            spot,
            text.text or "",
            text.get("fill") or around.get("fill"),
            font,
            "ms",
            stroke_width=round(_HALO * scale) if halo else 0,
            stroke_fill=halo,
        )
    return saved(picture, "JPEG")
