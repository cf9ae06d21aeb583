"""Pictures of the generated corpus: a few drawings, in files that each hold their own name.

Drawings are few since only their number and weight cost; files are distinct, as photographs are.
The same name gives the same bytes.
"""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 320)
DRAWINGS = 12
"""How many different ones; every fourth is a PNG."""
_JPEG_START, _JPEG_COMMENT = b"\xff\xd8", b"\xff\xfe"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def picture(name: str) -> bytes:
    """The picture called ``name``, a JPEG or a PNG by its extension, that holds its own name."""
    number = zlib.crc32(name.encode()) % DRAWINGS
    if name.endswith(".png"):
        drawn = _drawn(number, "PNG")
        return drawn.removesuffix(_PNG_END) + _chunk(b"tEXt", b"Title\0" + name.encode()) + _PNG_END
    drawn = _drawn(number, "JPEG")
    comment = name.encode()
    length = struct.pack(">H", len(comment) + 2)
    return _JPEG_START + _JPEG_COMMENT + length + comment + drawn.removeprefix(_JPEG_START)


def _chunk(kind: bytes, data: bytes) -> bytes:
    sealed = kind + data
    return struct.pack(">I", len(data)) + sealed + struct.pack(">I", zlib.crc32(sealed))


@cache
def _drawn(number: int, form: str) -> bytes:
    """A sky and a few discs; a PNG has flat colours, as figures do."""
    chance = random.Random(number)  # noqa: S311 (nothing secret is drawn)
    image = Image.merge("RGB", [Image.linear_gradient("L").resize(SIZE)] * 3)
    if form == "PNG":
        image = Image.new("RGB", SIZE, "white")
    canvas = ImageDraw.Draw(image)
    for _ in range(9):
        x, y, radius = (chance.randrange(most) for most in (*SIZE, SIZE[1] // 3))
        colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        canvas.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    stream = BytesIO()
    image.save(stream, form)
    return stream.getvalue()
