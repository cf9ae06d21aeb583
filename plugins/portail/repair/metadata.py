"""Joined files without what they say beside what they show; not a pixel, not a sound is touched."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import islice

from portail.source.medias import open_picture
from portail.source.metadata import (
    EXIF,
    EXIF_BYTES,
    MOST,
    PLACE_XMP,
    authors,
    has_place,
    id3_frames,
)
from portail.source.signatures import format_of

CLEANED = frozenset({"A154", "A162"})

_ORIENTATION = 0x0112
# What is needed to draw: JFIF, colour profile, Adobe's colours (ITU T.871, ICC.1 annex B).
_JPEG_KEPT = (b"JFIF\0", b"JFXX\0", b"ICC_PROFILE\0", b"Adobe")
_PLACE_VALUE = re.compile(rb"[^\"'<>]{0,40}[\"'>]([^\"'<>]{0,40})")
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_ID3_KEPT = frozenset(b"TIT2 TALB TRCK TLEN TDRC TYER TLAN TCON CHAP CTOC".split())


def cleaned(data: bytes) -> bytes:
    """A file without metadata but for orientation and colours; ``data`` itself if it is damaged."""
    clean = CLEANERS.get(format_of(data) or "")
    if clean is None:
        return data
    with suppress(IndexError, ValueError, struct.error):
        return clean(data)
    return data


def _orientation(data: bytes, name: str) -> bytes:
    """A TIFF that says nothing but how the picture is held; empty for one that is upright."""
    value = 1
    with warnings.catch_warnings(), suppress(Exception):  # a dozen types, on hostile bytes
        warnings.simplefilter("ignore")
        value = open_picture(data, name).getexif().get(_ORIENTATION, 1)
    if not isinstance(value, int) or not 2 <= value <= 8:
        return b""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)


def _jpeg(data: bytes) -> bytes:
    held = _orientation(data, "JPEG")
    exif = b"Exif\0\0" + held
    kept = [data[:2]]
    kept += [b"\xff\xe1", struct.pack(">H", len(exif) + 2), exif] * bool(held)
    at = 2
    while data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        marker = data[at + 1]
        if marker in (0xFF, 0x01):
            at += 1 + (marker == 0x01)
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        own = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not own or data[at + 4 : end].startswith(_JPEG_KEPT):
            kept.append(data[at:end])
        at = end
    if data[at] != 0xFF:
        raise ValueError("no marker where one must be")
    return b"".join([*kept, data[at : _jpeg_end(data, at)]])


def _jpeg_end(data: bytes, at: int) -> int:
    """End of the picture: what hides behind it is another (a thumbnail, a map of depth)."""
    while match := _MARKER.search(data, at):
        at = match.end()
        if match[0] == b"\xff\xd9":
            return at
        at += int.from_bytes(data[at : at + 2], "big")
    return len(data)


def _png(data: bytes) -> bytes:
    held, kept, at = _orientation(data, "PNG"), [data[:8]], 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if held and kind == b"IDAT":
            body = b"eXIf" + held
            kept += [struct.pack(">I", len(held)), body, struct.pack(">I", zlib.crc32(body))]
            held = b""
        if kind not in _PNG_DROPPED:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise ValueError("no end")


def _webp(data: bytes) -> bytes:
    held, kept, at = _orientation(data, "WebP"), [], 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        whole = data[at : at + 8 + length + length % 2]
        if whole[:4] == b"VP8X":
            flags = (whole[8] & ~0x0C) | 0x08 * bool(held)
            whole = whole[:8] + bytes([flags]) + whole[9:]
        if whole[:4] not in _WEBP_FLAGS:
            kept.append(whole)
        at += len(whole)
    kept += [b"EXIF" + struct.pack("<I", len(held)) + held] * bool(held)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> bytes:
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:
        start, kind = at, data[at]
        if kind == 0x2C:
            at += 11 + _colours(data[at + 9])
        elif kind == 0x21:
            at += 2
        else:
            raise ValueError("no block where one must be")
        while data[at]:
            at += data[at] + 1
        at += 1
        comment = data[start : start + 2] in (b"!\xfe", b"!\x01")
        other = (
            data[start : start + 2] == b"!\xff" and data[start + 3 : start + 14] not in _GIF_KEPT
        )
        if not (kind == 0x21 and (comment or other)):
            kept.append(data[start:at])
    return b"".join(kept) + b";"


def _colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _pdf(data: bytes) -> bytes:
    """Blanks over bytes, so that every offset holds; a signed document is left."""
    if b"/ByteRange" in data or b"/Encrypt" in data:
        return data
    blanked = bytearray(data)
    for one in authors(data):
        length = one.end - one.start
        text = b"20" * (length // 2) + b"0" * (length % 2) if one.form == "<" else b" " * length
        blanked[one.start : one.end] = text
    for match in islice(PLACE_XMP.finditer(data), MOST):
        blanked[match.start() : match.end()] = b"exif:".ljust(match.end() - match.start(), b"x")
        value = _PLACE_VALUE.match(data, match.end() - 1)
        if value:
            blanked[value.start(1) : value.end(1)] = b" " * (value.end(1) - value.start(1))
    for match in islice(EXIF.finditer(data), MOST):
        start = match.start()
        if has_place(data[start : start + EXIF_BYTES]):
            length = int.from_bytes(data[start - 2 : start], "big") - 2
            end = min(len(data), start + max(length, 0))
            blanked[start:end] = bytes(end - start)
    return bytes(blanked)


def _mp3(data: bytes) -> bytes:
    """Title, album, rank, length, year, chapters stay; what follows the sound goes."""
    start, frames = id3_frames(data)
    kept = b"".join(one.whole for one in frames if one.name in _ID3_KEPT)
    size = len(kept)
    head = b"ID3" + data[3:5] + b"\0" + bytes(size >> 7 * rank & 0x7F for rank in (3, 2, 1, 0))
    sound = data[start:]
    if sound[-128:-125] == b"TAG":
        sound = sound[:-128]
    ape = sound.rfind(b"APETAGEX", -100_000)
    if ape >= 0:
        first = sound.rfind(b"APETAGEX", -100_000, ape)
        sound = sound[: first if first >= 0 else ape]
    return (head + kept if kept else b"") + sound.lstrip(b"\0")


CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WebP": _webp,
    "GIF": _gif,
    "PDF": _pdf,
    "MP3": _mp3,
}
"""By format; they raise ``IndexError``, ``ValueError``, ``struct.error`` for damaged bytes."""
