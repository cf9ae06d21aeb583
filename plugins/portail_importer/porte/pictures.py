"""Files that strangers join to contents: pictures written anew, under names of ours."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from warnings import catch_warnings

from PIL import ImageOps

from portail.diagnostics import Refused
from portail.files import digest_bytes
from portail.source.medias import PICTURES, open_picture
from portail.source.signatures import described, format_of

# What a picture is kept as, by its format, and how it is written.
_KEPT: dict[str, tuple[str, str, dict[str, Any]]] = {
    "JPEG": (".jpg", "JPEG", {"quality": "keep"}),
    "PNG": (".png", "PNG", {}),
    "GIF": (".png", "PNG", {}),
    "WebP": (".webp", "WebP", {"quality": 92}),
    "AVIF": (".avif", "AVIF", {"quality": 85}),
}
# From which size a JPEG is read smaller; most points of any other.
_SIDE = 2_000
_POINTS = 20_000_000
# What may name people, places and programs, and is not drawn again.
_DOCUMENTS = frozenset({".pdf", ".mp3"})


def anew(data: bytes, name: str) -> tuple[bytes, str]:
    """The picture ``data``, upright, its points and colours and nothing else of it; and the end of
    its name. Raises ``Refused``, which says ``name``, for what cannot be read, or moves."""
    make = format_of(data) or ""
    if make not in _KEPT:
        raise Refused(f"L’image « {name} » ne se lit pas, c’est {described(data)}.")
    suffix, kept_as, options = _KEPT[make]
    kept = BytesIO()
    try:
        with catch_warnings(action="ignore"), open_picture(data, make) as picture:
            picture.draft("RGB", (_SIDE, _SIDE))
            frames = getattr(picture, "n_frames", 1)
            if frames == 1 and picture.width * picture.height <= _POINTS:
                profile = picture.info.get("icc_profile")
                ImageOps.exif_transpose(picture, in_place=True)
                drawn = picture.convert("RGBA") if "transparency" in picture.info else picture
                drawn.info.clear()
                drawn.save(kept, kept_as, icc_profile=profile, exif=b"", **options)
    except Exception:
        raise Refused(f"L’image « {name} » ne se lit pas : envoyez-en une autre.") from None
    if not kept.tell():
        raise Refused(f"L’image « {name} » est animée, ou trop grande : envoyez-en une autre.")
    return kept.getvalue(), suffix


def joined(files: Mapping[PurePosixPath, bytes]) -> tuple[dict[str, bytes], int]:
    """The ``files`` of contents, without documents, which are counted; each picture anew, under a
    name that says its content alone. Raises ``Refused``."""
    kept: dict[str, bytes] = {}
    texts = {path: data for path, data in files.items() if path.suffix == ".md"}
    left = 0
    for path, data in files.items():
        if path.suffix.lower() in _DOCUMENTS:
            left += 1
        elif path.suffix.lower() in PICTURES:
            data, suffix = anew(data, path.name)
            name = f"{path.parent.name}-{digest_bytes(data)[:6]}{suffix}"
            kept[str(path.with_name(name))] = data
            for text in [it for it in texts if it.parent == path.parent]:
                texts[text] = texts[text].replace(path.name.encode(), name.encode())
        elif path not in texts:
            kept[str(path)] = data
    return {**{str(path): data for path, data in texts.items()}, **kept}, left
