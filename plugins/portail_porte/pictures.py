"""Pictures without the place where they were taken."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from warnings import catch_warnings

from PIL import Image
from PIL.ExifTags import Base

from portail.diagnostics import Refused
from portail.source.medias import open_picture
from portail.source.signatures import format_of

_READ = frozenset({"JPEG", "PNG", "WebP"})
_MARKS = (b"Exif", b"http://ns.adobe.com/xap", b"eXIf", b"XML:com.adobe.xmp", b"EXIF", b"XMP ")


def without_place(data: bytes, name: str) -> bytes:
    """The picture ``data`` without its metadata, but for what turns it upright; the very bytes when
    it has none. Raises ``Refused`` for one that cannot be read."""
    make = format_of(data) or ""
    if make not in _READ or not any(mark in data for mark in _MARKS):
        return data
    kept = BytesIO()
    try:
        with catch_warnings(action="ignore"), open_picture(data, make) as picture:
            turned = picture.getexif().get(Base.Orientation)
            exif = Image.Exif()
            if turned:
                exif[Base.Orientation] = turned
            more: dict[str, Any] = {"JPEG": {"quality": "keep"}, "WebP": {"quality": 90}}
            profile = picture.info.get("icc_profile")
            picture.info.clear()
            picture.save(kept, make, exif=exif, icc_profile=profile, **more.get(make, {}))
    except Exception:
        raise Refused(f"L’image « {name} » ne se lit pas : envoyez-en une autre.") from None
    return kept.getvalue()
