"""What joined files say beside what they show: where a picture was taken, who made a document."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct
from PIL import Image
from PIL.ExifTags import IFD

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.source.signatures import FORMATS

EXIF = re.compile(
    rb"Exif\0\0(?=II\*\0|MM\0\*)|EXIF.{4}(?=II\*\0|MM\0\*)|eXIf(?=II\*\0|MM\0\*)", re.S
)
"""What stands before the EXIF of a JPEG, of a WebP, of a PNG; a picture may hold another."""
EXIF_BYTES = 65_536
"""Length of an EXIF, at most: that of a segment of a JPEG."""
PLACE_XMP = re.compile(rb"exif:GPSL(?:at|ong)itude|GPSL(?:at|ong)itude(?:=|>)")
_AUTHOR = re.compile(rb"/Author(?![A-Za-z])|<(?:dc:creator|pdf:Author)\b[^<>]{0,200}>")
_VALUE = re.compile(rb"\s{0,9}(?:\(((?:[^()\\]|\\.){0,2000})\)|<([0-9A-Fa-f\s]{0,8000})>)", re.S)
_XML = re.compile(rb"[^<>]+(?=<)")
_LONGEST = 8_000
MOST = 20
"""EXIF, and authors, looked at in one file: a hostile one would hold a million."""
_FRAMES = 1_000
_UNPACKED = 20_000_000
"""Bytes unpacked of one document, at most."""
_GPS_LATITUDE = 2
_SHOWN = 3

ID3_NAMES = {
    b"TPE1": "artiste",
    b"TPE2": "artiste",
    b"TCOM": "compositeur",
    b"TEXT": "auteur",
    b"TENC": "encodé par",
    b"TOWN": "propriétaire",
    b"COMM": "commentaire",
    b"TXXX": "note",
}
"""Frames that hold names or words of a person (id3.org, ID3v2.4 § 4)."""


class Frame(Struct, frozen=True):
    """A frame of an ID3v2 tag: its name, its bytes, itself whole."""

    name: bytes
    data: bytes
    whole: bytes


def check_metadata(path: PurePosixPath, data: bytes) -> list[Diagnostic]:
    """What an accepted file says of a person: the place of a picture (A154),
    which is not published but stands in the repository; what a document published as it is says
    beside its text (A162)."""
    name = FORMATS[path.suffix.lower()]
    if name in ("JPEG", "PNG", "WebP", "GIF"):
        return [diagnostic("A154", Position(path), nom=path.name)] if has_place(data) else []
    told = {"PDF": pdf_told, "MP3": mp3_told}.get(name)
    found = list(dict.fromkeys(told(data))) if told else []
    if not found:
        return []
    return [diagnostic("A162", Position(path), nom=path.name, quoi=", ".join(found[:_SHOWN]))]


def has_place(data: bytes) -> bool:
    """Whether a picture, or one inside the file, holds coordinates."""
    places = [match.end() for match in islice(EXIF.finditer(data), MOST)]
    return PLACE_XMP.search(data) is not None or any(
        _has_gps(data[at : at + EXIF_BYTES]) for at in places
    )


def _has_gps(tiff: bytes) -> bool:
    exif = Image.Exif()
    with warnings.catch_warnings(), suppress(Exception):  # a dozen types, on hostile bytes
        warnings.simplefilter("ignore")
        exif.load(b"Exif\0\0" + tiff)
        return _GPS_LATITUDE in exif.get_ifd(IFD.GPSInfo)
    return False


def pdf_told(data: bytes) -> Iterator[str]:
    """Author and places that a PDF gives beside its pages, those of packed objects too."""
    if has_place(data):
        yield "le lieu d’une photo"
    ciphered = b"/Encrypt" in data
    for piece in (data, *_unpacked(data)):
        for author in authors(piece):
            if author.form == "xml" or not ciphered:
                yield from _author(author.text)


class Author(NamedTuple):
    """Offsets of a value, how it is written (``(``, ``<``, ``xml``), what it says."""

    start: int
    end: int
    form: str
    text: str


def authors(data: bytes) -> Iterator[Author]:
    """Values of the properties and of the XMP of a PDF that name who made it."""
    for match in islice(_AUTHOR.finditer(data), MOST):
        if data[match.start() : match.start() + 1] == b"/":
            value = _VALUE.match(data, match.end())
            if value:
                form = "(" if value[1] is not None else "<"
                yield Author(*value.span(1 + (form == "<")), form, _pdf_text(value))
            continue
        name = match[0][1:].split()[0].rstrip(b">")
        end = data.find(b"</" + name + b">", match.end(), match.end() + _LONGEST)
        for words in _XML.finditer(data, match.end(), max(end + 1, match.end())):
            yield Author(*words.span(), "xml", words[0].decode("utf-8", "replace"))


def _author(text: str) -> Iterator[str]:
    text = " ".join(text.replace("\0", " ").split())
    if text and text.lower() not in ("anonymous", "(anonymous)", "unknown", "author"):
        yield f"auteur « {text} »"


def _pdf_text(match: re.Match[bytes]) -> str:
    raw = match[1]
    if raw is None:
        digits = re.sub(rb"\s", b"", match[2])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        raw = re.sub(rb"\\([0-7]{3})", lambda one: bytes([int(one[1], 8) & 255]), raw)
        raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.S)
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8" if raw.startswith(b"\xef\xbb\xbf") else "latin-1", "replace")


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Streams that deflate, as far as a bound for all of them."""
    room, end = _UNPACKED, 0
    while room > 0 and (start := data.find(b"stream", end)) >= 0:
        start += len(b"stream") + (data[start + 6 : start + 8] == b"\r\n") + 1
        end = data.find(b"endstream", start)
        if end < 0:
            return
        with suppress(zlib.error):
            unpacked = zlib.decompressobj().decompress(data[start:end], room)
            room -= len(unpacked)
            yield unpacked
        end += len(b"endstream")


# ID3v2: id3.org/id3v2.3.0, id3v2.4.0-structure.


def id3_frames(data: bytes) -> tuple[int, list[Frame]]:
    """Where the sound begins, and the frames of the tag before it; none of an older version."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0, []
    version, flags = data[3], data[5]
    end = 10 + _synchsafe(data[6:10])
    at = 10
    frames: list[Frame] = []
    if version < 3 or flags & 0x80:
        return end, [Frame(b"TXXX", b"", data[:end])]
    if flags & 0x40:  # an extended header
        at += _synchsafe(data[10:14]) if version == 4 else 4 + int.from_bytes(data[10:14], "big")
    while at + 10 <= min(end, len(data)) and data[at] and len(frames) < _FRAMES:
        size = data[at + 4 : at + 8]
        length = _synchsafe(size) if version == 4 else int.from_bytes(size, "big")
        stop = at + 10 + length
        if stop > end:
            break
        frames.append(Frame(data[at : at + 4], data[at + 10 : stop], data[at:stop]))
        at = stop
    return end, frames


def _synchsafe(size: bytes) -> int:
    return sum((byte & 0x7F) << 7 * rank for rank, byte in enumerate(reversed(size)))


def mp3_told(data: bytes) -> Iterator[str]:
    """Names, comments and addresses that the tags of a sound give, the place of its picture."""
    if has_place(data):
        yield "le lieu d’une photo"
    for frame in id3_frames(data)[1]:
        if frame.name in ID3_NAMES:
            text = _id3_text(frame.data) or "d’une ancienne version" * (not frame.data)
            if text:
                yield f"{ID3_NAMES[frame.name]} « {text} »"
        elif frame.name.startswith(b"W") or frame.name == b"PRIV":
            yield f"adresse « {_id3_text(frame.data)} »"
        elif frame.name == b"APIC":
            yield "une image"
    if data[-128:-125] == b"TAG":
        artist = data[-95:-65].split(b"\0")[0].decode("latin-1").strip()
        note = data[-31:-1].split(b"\0")[0].decode("latin-1").strip()
        yield from (f"artiste « {artist} »" for _ in range(bool(artist)))
        yield from (f"commentaire « {note} »" for _ in range(bool(note)))
    if b"APETAGEX" in data[-100_000:]:
        yield "une étiquette APE"


def _id3_text(data: bytes) -> str:
    forms = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
    form = forms.get(data[0]) if data else None
    text = data[1:].decode(form, "replace") if form else data.decode("latin-1")
    return " ".join(text.replace("\0", " ").split())
