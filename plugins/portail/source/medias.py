"""Pictures and documents beside the texts: what may be joined, and where it is published."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from warnings import catch_warnings

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import is_safe_relative, posix_path
from portail.late import expression

from .signatures import (
    FORMATS,
    UNPUBLISHED,
    described,
    format_of,
    instead_of,
    remedy_for,
)

if TYPE_CHECKING:  # Pillow is imported where a picture is opened: most builds open none
    from PIL.Image import Transpose
    from PIL.ImageFile import ImageFile

# Extensions of pictures; the other ones of ``FORMATS`` are documents.
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})
PICTURE_BYTES = 5_000_000
DOCUMENT_BYTES = 20_000_000
TEXT_BYTES = 1_000_000
# Most pixels, in millions: of a picture, or of all frames of an animation together.
MEGAPIXELS = 40
# Most frames of an animation.
FRAMES = 500
# Width in pixels of the widest file that is made to show a picture.
WIDEST = 1_280
# Highest such file: WebP has fourteen bits for a side (RFC 9649, § 2.5), and readers of AVIF stop
# at twice that.
TALLEST = 16_383
CHANGED = "« {fichier} » a changé pendant la construction : relancez-la."
# What is said of a file that was accepted, and from which nothing can be made.
UNMADE = (
    "« {fichier} » ne peut pas être publiée ({raison}) : enregistrez l’image de nouveau, en JPEG "
    "ou en PNG, et signalez-nous ce message."
)

# What precedes objects of a PDF that are compressed together.
_PACKED = expression(rb"/ObjStm[^\0]{0,200}?stream\r?\n")
_STREAMS = 200
_STREAM_BYTES = 1_000_000
_ACTS = rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b"
# What is looked for in documents, by their suffix, and its French name.
_CARRIED = {
    ".pdf": (
        (expression(_ACTS), "un programme ou un autre fichier"),
        (expression(rb"GPSLatitude"), "les coordonnées d’un lieu"),
        (expression(rb"/Author\s*(?:\((?!\))|<[0-9A-Fa-f])"), "le nom de qui l’a écrit"),
    ),
    ".csv": (
        (expression(rb"(?m)(?:^|[;,\t])\"?(?:=(?!=)|@|[+-][A-Za-z(])"), "une formule de tableur"),
    ),
    ".mp3": ((expression(rb"(?i)<(?:html|script|!doctype)\b"), "une page du web"),),
}
_HEAVIEST = {".md": TEXT_BYTES, ".yml": TEXT_BYTES}
_MEDIAS = "medias"


def check_media(
    path: PurePosixPath, data: bytes
) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
    """Pixels (width, height) of a picture once upright, and what is wrong (A167, C168, E120–E123,
    E126, E144).

    They are ``None`` for a document and for a picture that is refused. Bytes never raise: a
    picture is decoded entirely, within the bounds of what its header announces.
    """
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        return None, [unpublished(path)]
    heavy = check_weight(path, len(data))
    diagnostics = [heavy] if heavy else []
    if format_of(data) != name:
        words = {"attendu": name, "trouve": described(data), "remede": remedy_for(data, name)}
        diagnostics.append(diagnostic("E120", Position(path), nom=path.name, **words))
    if diagnostics:
        return None, diagnostics
    if path.suffix.lower() not in PICTURES:
        return None, [*_carried(path, data)]
    return _check_picture(path, data, name)


def _carried(path: PurePosixPath, data: bytes) -> Iterator[Diagnostic]:
    parts = (data, *(_inflated(data, at.end()) for at in islice(_PACKED.finditer(data), _STREAMS)))
    rows = _CARRIED[path.suffix.lower()]
    if words_found := [words for sign, words in rows if any(map(sign.search, parts))]:
        yield diagnostic("C168", Position(path), nom=path.name, contenu=", ".join(words_found))


def _inflated(data: bytes, start: int) -> bytes:
    with suppress(zlib.error):
        end = data.find(b"endstream", start)
        return zlib.decompressobj().decompress(data[start:end], _STREAM_BYTES)
    return b""


def unpublished(path: PurePosixPath) -> Diagnostic:
    """The fault of a file whose type is not published (E112)."""
    suffix = path.suffix.lower()
    form = UNPUBLISHED.get(suffix)
    words = {"format": f" (image {form})" if form else "", "remede": instead_of(path.name)}
    return diagnostic("E112", Position(path), extension=suffix or path.name, **words)


def check_weight(path: PurePosixPath, size: int) -> Diagnostic | None:
    suffix = path.suffix.lower()
    limit = _HEAVIEST.get(suffix, PICTURE_BYTES if suffix in PICTURES else DOCUMENT_BYTES)
    if size <= limit:
        return None
    if suffix == ".md":
        return diagnostic("E301", Position(path), poids=-(-size // 1000))
    shown = {"poids": _millions(size), "limite": _millions(limit)}
    return diagnostic("E121", Position(path), nom=path.name, **shown)


def is_animated(path: PurePosixPath, data: bytes) -> bool:
    return read_header(data, FORMATS[path.suffix.lower()]).frames > 1


def published_path(path: PurePosixPath) -> PurePosixPath:
    """Where a media is published, below the output folder. Names are composed (NFC).

    >>> published_path(PurePosixPath("content/articles/a/photo.jpg"))
    PurePosixPath('medias/articles/a/photo.jpg')
    """
    inner = posix_path(unicodedata.normalize("NFC", str(path))).parts[1:]
    below = inner[1:] if inner[:1] == (_MEDIAS,) else inner
    result = PurePosixPath(_MEDIAS, *below)
    if not below or not is_safe_relative(str(path)) or not is_safe_relative(str(result)):
        raise ValueError(f"no place to publish {path}")
    return result


def _check_picture(
    path: PurePosixPath, data: bytes, name: str
) -> tuple[tuple[int, int] | None, list[Diagnostic]]:
    try:
        header = read_header(data, name)
        if refused := _too_large(header, path):
            return None, [refused]
        pixels = decoded_size(data, name, header)
        if refused := _too_long(pixels, path):
            return None, [refused]
        located = [diagnostic("A167", Position(path), nom=path.name)]
        return pixels, located if _says_where(data, name) else []
    except Exception:
        # Pillow raises a dozen types on hostile bytes, MemoryError among them.
        return None, [diagnostic("E123", Position(path), nom=path.name)]


def _too_large(header: Header, path: PurePosixPath) -> Diagnostic | None:
    limit = MEGAPIXELS * 1_000_000
    pixels = header.frames * header.pixels
    code, shown = ("E122", header.pixels) if header.pixels > limit else ("E126", pixels)
    if pixels <= limit and header.frames <= FRAMES:
        long = max(header.width, header.height) > _LONGEST
        if long:
            return _long((header.width, header.height), path)
        return None
    details = {"nom": path.name, "images": str(header.frames), "pixels": _millions(shown)}
    return diagnostic(code, Position(path), **details)


def reduced(pixels: tuple[int, int], width: int) -> tuple[int, int]:
    """Width and height of a picture of ``pixels`` that is made ``width`` pixels wide."""
    return width, max(1, round(pixels[1] * width / pixels[0]))


def _too_long(pixels: tuple[int, int], path: PurePosixPath) -> Diagnostic | None:
    highest = reduced(pixels, min(pixels[0], WIDEST))[1]
    if highest > TALLEST:
        return _long(pixels, path)
    return None


def _long(pixels: tuple[int, int], path: PurePosixPath) -> Diagnostic:
    sides = {"largeur": _spaced(pixels[0]), "hauteur": _spaced(pixels[1])}
    return diagnostic("E144", Position(path), nom=path.name, **sides)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _millions(number: int) -> str:
    tenths = math.ceil(number / 100_000)
    whole = _spaced(tenths // 10)
    if tenths % 10:
        return f"{whole},{tenths % 10}"
    return whole


# Pictures read without trust: what their header announces, then their pixels, within bounds.
#
# The header is read here, byte by byte, because Pillow tells its limits only by warnings and some
# of its readers allocate the canvas at once. A hostile file is refused for what it announces
# before any decoder sees it: too many pixels, frames, scans or pieces.

# Genuine pictures of five megabytes hold at most a few hundred segments of a JPEG, a thousand
# chunks of a PNG, 20,000 sub-blocks of a GIF, a dozen scans of a progressive JPEG. Each costs a
# decoder time that its weight does not show.
_MAX_SEGMENTS = 2_000
_MAX_CHUNKS = 10_000
_MAX_SUBBLOCKS = 60_000
_MAX_SCANS = 60
_MAX_TILES = 100
_LONGEST = 65_500  # pixels: libjpeg's limit, just below that of GIF
_LONGEST_SIDE = {"WEBP": 16_383}

_JPEG_MARKER = expression(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, 0xD8})
_JPEG_SCAN = 0xDA
_AVIF_SIZE = b"ispe\0\0\0\0"
_JPEG_END = 0xD9
# EXIF orientation → what puts the picture upright (EXIF 2.32, § 4.6.4).
_WAYS = "FLIP_LEFT_RIGHT ROTATE_180 FLIP_TOP_BOTTOM TRANSPOSE ROTATE_270 TRANSVERSE ROTATE_90"
_TURNS = dict(enumerate(_WAYS.split(), 2))
_SIDEWAYS = frozenset(_TURNS[rank] for rank in (5, 6, 7, 8))


class DamagedPicture(Exception):
    """The bytes are no whole picture; caught here and in ``medias``, never seen by others."""


class Header(Struct, frozen=True):
    """What a picture announces: size in pixels as stored, frames, whether WebP pixels are exact."""

    width: int
    height: int
    frames: int = 1
    lossless: bool = False

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes, name: str) -> Header:
    """Announced size and frames of a picture of format ``name``; nothing is decompressed.

    Raises ``DamagedPicture`` for a file that ends too early or is cut in too many pieces.
    """
    try:
        header = _READERS[name](data)
    except IndexError:
        raise DamagedPicture from None
    if header.width < 1 or header.height < 1 or header.frames < 1:
        raise DamagedPicture
    return header


def _number(data: bytes, start: int, length: int, *, big: bool = True) -> int:
    if start + length > len(data):
        raise DamagedPicture
    return int.from_bytes(data[start : start + length], "big" if big else "little")


def _jpeg(data: bytes) -> Header:
    width = height = scans = 0
    place = 2
    for _ in range(_MAX_SEGMENTS):
        match = _JPEG_MARKER.search(data, place)
        if match is None:
            raise DamagedPicture
        marker = match[0][1]
        place = match.end()
        if marker == _JPEG_END:
            return Header(width, height)
        if marker in _JPEG_ALONE:
            continue
        if marker in _JPEG_SIZES:
            height = max(height, _number(data, place + 3, 2))
            width = max(width, _number(data, place + 5, 2))
        scans += marker == _JPEG_SCAN
        if scans > _MAX_SCANS:
            break
        place += _number(data, place, 2)
    raise DamagedPicture


def _png(data: bytes) -> Header:
    width = _number(data, 16, 4)
    height = _number(data, 20, 4)
    frames = 1
    place = 8
    for _ in range(_MAX_CHUNKS):
        length = _number(data, place, 4)
        kind = data[place + 4 : place + 8]
        if kind == b"acTL":
            frames = max(frames, _number(data, place + 8, 4))
        place += length + 12
        if place > len(data):
            break
        if kind == b"IEND":
            return Header(width, height, frames)
    raise DamagedPicture


def _webp(data: bytes) -> Header:
    end = min(len(data), 8 + _number(data, 4, 4, big=False))
    first = data[12:16]
    frames = 0
    lossless = False
    place = 12
    while place + 8 <= end:
        kind = data[place : place + 4]
        length = _number(data, place + 4, 4, big=False)
        frames += kind == b"ANMF"
        inner = data[place + 24 : place + 28] if kind == b"ANMF" else kind
        lossless = lossless or inner == b"VP8L"
        place += 8 + length + length % 2
    if place > end + 1:
        raise DamagedPicture
    if first == b"VP8X":
        width, height = (_number(data, at, 3, big=False) + 1 for at in (24, 27))
    elif first == b"VP8L":
        bits = _number(data, 21, 4, big=False)
        width = (bits & 0x3FFF) + 1
        height = (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (_number(data, at, 2, big=False) & 0x3FFF for at in (26, 28))
    return Header(width, height, max(frames, 1), lossless)


def _gif(data: bytes) -> Header:
    width, height = (_number(data, at, 2, big=False) for at in (6, 8))
    place = 13 + _colours(data[10])
    frames = 0
    blocks = 0
    while blocks <= _MAX_SUBBLOCKS:
        kind = data[place]
        if kind == 0x3B:
            return Header(width, height, frames)
        if kind == 0x2C:
            left, top, wide, high = (_number(data, place + at, 2, big=False) for at in (1, 3, 5, 7))
            width = max(width, left + wide)
            height = max(height, top + high)
            frames += 1
            place += 11 + _colours(data[place + 9])
        elif kind == 0x21:
            place += 2
        elif kind != 0:  # some encoders leave a zero between two blocks
            break
        while data[place] and blocks <= _MAX_SUBBLOCKS:
            place += data[place] + 1
            blocks += 1
        place += 1
        blocks += 1
    raise DamagedPicture


def _colours(flags: int) -> int:
    # Bytes of the colour table that ``flags`` announces.
    if flags & 0x80:
        return 3 << (flags & 7) + 1
    return 0


def _avif(data: bytes) -> Header:
    _, *sizes = data.split(_AVIF_SIZE)
    if not sizes or len(sizes) > _MAX_TILES:
        raise DamagedPicture
    width, height = (max(_number(size, side, 4) for size in sizes) for side in (0, 4))
    return Header(width, height)


_READERS: Mapping[str, Callable[[bytes], Header]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WebP": _webp,
    "GIF": _gif,
    "AVIF": _avif,
}


_DECODERS = {"JPEG": "Jpeg", "PNG": "Png", "WebP": "WebP", "GIF": "Gif", "AVIF": "Avif"}


def open_picture(data: bytes, name: str) -> ImageFile:
    """The picture, not decoded yet, read by the decoder of format ``name`` and no other.

    Raises whatever Pillow raises on bytes that are no such picture.
    """
    # What Pillow finds odd in metadata that will be dropped is not for a contributor's report.
    with catch_warnings(action="ignore"):
        module = import_module(f"PIL.{_DECODERS[name]}ImagePlugin")
        if name == "AVIF":  # a thread costs a copy of the picture, as large as it may lie to be
            vars(module)["DEFAULT_MAX_THREADS"] = 1
        picture: ImageFile = getattr(module, f"{_DECODERS[name]}ImageFile")(BytesIO(data))
        return picture


def decoded_frames(picture: ImageFile, header: Header) -> Iterator[ImageFile]:
    """The picture at each of its frames, decoded to the last pixel: one object that changes.

    Raises ``DamagedPicture``, or what Pillow raises for data that end too early.
    """
    count = getattr(picture, "n_frames", 1)
    size = picture.size
    if count > header.frames + 1:  # an APNG may hold one more, shown where it is not animated
        raise DamagedPicture
    if max(size) > _LONGEST_SIDE.get(picture.format or "", _LONGEST):
        raise DamagedPicture
    for rank in range(count):
        picture.seek(rank)
        if picture.size != size or size[0] > header.width or size[1] > header.height:
            raise DamagedPicture
        picture.load()
        yield picture


def decoded_size(data: bytes, name: str, header: Header) -> tuple[int, int]:
    """Width and height, once upright, of a picture decoded entirely to be sure of it."""
    open_picture(data, name).verify()
    picture = open_picture(data, name)
    for _ in decoded_frames(picture, header):
        pass
    width, height = picture.size
    if getattr(turn(picture), "name", "") in _SIDEWAYS:
        return (height, width)
    return (width, height)


def turn(picture: ImageFile) -> Transpose | None:
    from PIL.ExifTags import Base
    from PIL.Image import Transpose

    try:
        with catch_warnings(action="ignore"):  # it reads now what it left aside
            name = _TURNS.get(picture.getexif().get(Base.Orientation, 1))
        if name:
            return Transpose[name]
        return None
    except Exception:
        return None  # metadata that cannot be read say nothing


def _says_where(data: bytes, name: str) -> bool:
    # Whether the metadata of a picture (EXIF 2.32, § 4.6.6; XMP) give the coordinates at which it
    # was taken.
    if b"GPSLatitude" in data:
        return True
    from PIL.ExifTags import GPS, IFD

    try:
        with catch_warnings(action="ignore"):
            return GPS.GPSLatitude in open_picture(data, name).getexif().get_ifd(IFD.GPSInfo)
    except Exception:
        return False  # metadata that cannot be read say nothing
