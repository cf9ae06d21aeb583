"""Pictures and documents beside the texts: what may be joined, and where it is published."""

from __future__ import annotations

import math
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import is_safe_relative
from portail.source.signatures import FORMATS, described, format_of

if TYPE_CHECKING:
    from portail.source.pictures import Header

__all__ = [
    "DOCUMENT_BYTES",
    "FRAMES",
    "MEGAPIXELS",
    "PICTURES",
    "PICTURE_BYTES",
    "check_media",
    "check_weight",
    "is_animated",
    "published_path",
]

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
"""Extensions of pictures; the other ones of ``FORMATS`` are documents."""
PICTURE_BYTES = 5_000_000
DOCUMENT_BYTES = 20_000_000
MEGAPIXELS = 40
"""Most pixels, in millions: of a picture, or of all frames of an animation together."""
FRAMES = 500
"""Most frames of an animation."""

_MEDIAS = "medias"


def check_media(
    path: PurePosixPath, data: bytes
) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
    """Pixels (width, height) of a picture once upright, and what is wrong (E120–E123, E126).

    They are ``None`` for a document and for a picture that is refused. Bytes never raise: a
    picture is decoded entirely, within the bounds of what its header announces.
    """
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        return None, [diagnostic("E112", Position(path), extension=path.suffix or path.name)]
    heavy = check_weight(path, len(data))
    found = [heavy] if heavy else []
    if format_of(data) != name:
        found.append(
            diagnostic("E120", Position(path), nom=path.name, attendu=name, trouve=described(data))
        )
    if found or path.suffix.lower() not in PICTURES:
        return None, found
    return _check_picture(path, data, name)


def check_weight(path: PurePosixPath, size: int) -> Diagnostic | None:
    """What is wrong with a file of ``size`` bytes (E121): known before it is read."""
    limit = PICTURE_BYTES if path.suffix.lower() in PICTURES else DOCUMENT_BYTES
    if size <= limit:
        return None
    shown = {"poids": _millions(size), "limite": _millions(limit)}
    return diagnostic("E121", Position(path), nom=path.name, **shown)


def is_animated(path: PurePosixPath, data: bytes) -> bool:
    """Whether an accepted picture (see ``check_media``) has several frames."""
    from portail.source.pictures import read_header

    return read_header(data, FORMATS[path.suffix.lower()]).frames > 1


def published_path(path: PurePosixPath) -> PurePosixPath:
    """Where a media is published, below the output folder; ``path`` starts with the content
    folder's name.

    ``content/articles/a/photo.jpg`` goes to ``medias/articles/a/photo.jpg``; what is in
    ``content/medias/`` keeps its place there. Names are composed (NFC): a file made on macOS has
    the same address as elsewhere. Raises ``ValueError`` for a path that the walk of the content
    must have refused.

    >>> published_path(PurePosixPath("content/articles/a/photo.jpg"))
    PurePosixPath('medias/articles/a/photo.jpg')
    """
    inner = PurePosixPath(unicodedata.normalize("NFC", str(path))).parts[1:]
    below = inner[1:] if inner[:1] == (_MEDIAS,) else inner
    result = PurePosixPath(_MEDIAS, *below)
    if not below or not is_safe_relative(str(path)) or not is_safe_relative(str(result)):
        raise ValueError(f"no place to publish {path}")
    return result


def _check_picture(
    path: PurePosixPath, data: bytes, name: str
) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
    # Pillow takes 50 ms to import: only once there is a picture that is not known yet.
    from portail.source.pictures import decoded_size, read_header

    try:
        header = read_header(data, name)
        refused = _too_large(header, path)
        return (None, [refused]) if refused else (decoded_size(data, name, header), [])
    except Exception:
        # Pillow raises a dozen types on hostile bytes, MemoryError among them.
        return None, [diagnostic("E123", Position(path), nom=path.name)]


def _too_large(header: Header, path: PurePosixPath) -> Diagnostic | None:
    limit = MEGAPIXELS * 1_000_000
    if header.pixels > limit:
        pixels = _millions(header.pixels)
        return diagnostic("E122", Position(path), nom=path.name, pixels=pixels)
    if header.frames > 1 and (header.frames > FRAMES or header.frames * header.pixels > limit):
        pixels = _millions(header.frames * header.pixels)
        return diagnostic(
            "E126", Position(path), nom=path.name, images=header.frames, pixels=pixels
        )
    return None


def _millions(number: int) -> str:
    """Millions as French writes them, to the next tenth: just above a limit shows as above."""
    tenths = math.ceil(number / 100_000)
    whole = f"{tenths // 10:,}".replace(",", "\u00a0")
    return f"{whole},{tenths % 10}" if tenths % 10 else whole
