"""Which files are made from a picture: known from its record, before any is made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from portail.site.item import MediaRecord
from portail.source.signatures import FORMATS

STEPS = (480, 800, 1280)
"""Widths in pixels; a picture is never enlarged."""
FALLBACK = 800
"""Width of the file for what reads one only: old browsers, readers of feeds and of mail."""

_TYPES: Mapping[str, tuple[str, str]] = {
    "AVIF": ("avif", "image/avif"),
    "WebP": ("webp", "image/webp"),
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
}
"""Extension and media type of each format."""


class Taille(Struct, frozen=True):
    """A file that shows a picture: site path, width in pixels, media type, name of its format.
    ``suffixe`` is what is added to the name of the picture: ``""`` for the picture itself."""

    url: str
    largeur: int
    type: str
    format: str
    suffixe: str


@lru_cache(4_096)
def tailles(record: MediaRecord) -> tuple[Taille, ...]:
    """Files that show a picture: AVIF for a photograph (JPEG), WebP for others, narrowest first;
    then the ``fallback``, if it is none of them. An animation shows its first frame."""
    if record.pixels is None:
        return ()
    own, width = FORMATS[record.path.suffix.lower()], record.pixels[0]
    best, last = "AVIF" if own == "JPEG" else "WebP", "PNG" if own == "GIF" else own
    made = [(best, step) for step in sorted({min(step, width) for step in STEPS})]
    found = []
    for name, step in dict.fromkeys((*made, (last, min(FALLBACK, width)))):
        extension, kind = _TYPES[name]
        itself = name == own != best and step == width and not record.animated
        suffix = "" if itself else f".{step}.{extension}"
        found.append(Taille(record.url + suffix, step, kind, name, suffix))
    return tuple(found)


def fallback(record: MediaRecord) -> Taille:
    """The file that anything shows: in the format of the picture, PNG for a GIF."""
    return next(one for one in reversed(tailles(record)) if one.largeur <= FALLBACK)


def shown_size(record: MediaRecord, width: int) -> tuple[int, int]:
    """Width and height in pixels of a picture that is made ``width`` pixels wide."""
    assert record.pixels is not None
    return width, max(1, round(record.pixels[1] * width / record.pixels[0]))
