"""Pictures that a source gives: each goes in the folder of its text, if it is credited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeAlias

from portail.diagnostics import Refused
from portail.source.medias import PICTURES, check_media
from portail.source.signatures import FORMATS, format_of

from .base import Base
from .sources.items import Picture

# From a picture to its bytes; raises ``Refused``.
Fetch: TypeAlias = Callable[[Picture], bytes]


def picture_in(picture: Picture, fetch: Fetch | None) -> tuple[bytes, str]:
    """The bytes of a picture, or why it is not taken."""
    if not (picture.credit and picture.alt):
        return b"", "sa description manque" if picture.credit else "son crédit manque"
    if fetch is None:
        return b"", "les images ne viennent qu’avec --images"
    try:
        data = fetch(picture)
    except Refused as refused:
        return b"", str(refused)
    suffix = _suffix(data)
    if suffix not in PICTURES:
        return b"", "ce n’est pas une image que le portail publie (.jpg, .png, .webp, .avif, .gif)"
    pixels, faults = check_media(PurePosixPath(f"x{suffix}"), data)
    return data, "" if pixels else faults[0].message


def _suffix(data: bytes) -> str:
    name = format_of(data)
    return next((suffix for suffix, image_format in FORMATS.items() if image_format == name), "")


def image_of(picture: Picture, slug: str, data: bytes, base: Base) -> dict[str, str]:
    """The field of a content that has a picture beside it."""
    name = f"{slug[:60].rstrip('-')}{_suffix(data)}"
    image = {"fichier": name, "alt": picture.alt[:300], "credit": picture.credit[:140]}
    if base.vocabularies["licences"].find(picture.licence):
        image["licence"] = picture.licence
    return image
