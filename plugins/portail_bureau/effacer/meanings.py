"""What people read of a file, whatever writes it: escapes, entities, marks and metadata."""

from __future__ import annotations

import bz2
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import yaml

from portail.source.medias import MEGAPIXELS, open_picture, read_header
from portail.source.signatures import UNKNOWN, described, format_of
from portail.text.normalise import fold
from portail.text.shapes import with_newlines

UNREAD = "ne se lit pas"
_NO_LIBRARY = "ne se lit pas sans pypdf (pip install 'portail[effacer]')"
_SCANNED = "n’a pas de texte : peut-être une image de texte"

# Bytes of what an archive holds, at most.
_MOST = 40_000_000
_FILES = 500
# How far below an archive what it holds is read: a document of a word processor is one too.
_DEEP = 3
# What a page does not show of HTML, of a link in Markdown.
_TAG = re.compile(r"<[^<>]*>|\](?:\([^()]*\)|\[[^\[\]]*\])")
# What TeX puts on a letter, and what it writes another text in.
_ACCENT = re.compile(r"\\(?:[^\w\s\\] ?|[a-zA-Z]+(?=\{\\?\w\})|[cvHukr] (?=[a-zA-Z]))")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}\{(?!\})")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt]))")
# Programs whose writing one text went through, at most.
_TIMES = 4
_MARKS = re.compile(r"[*`~\\{}´¨ˆ^˜ˇ˘¯˙¸˚]+")
# What words may be among bytes that are no text.
_WORDS = re.compile("[ -~\u00a0-\u024f\u0300-\u036f\u2010-\u202f]{6,}")
# Fonts and icons.
_DRAWN = (b"wOF", b"\0\0\1\0")
# What parts two cues of subtitles.
_CUE = re.compile(r"\n\s*\n(?:.*\n)?[\d:.,]+ --> .*\n")


def _decoded(text: str) -> str:
    for _ in range(_TIMES):
        before = text
        if "\\" in text:
            text = _COMMAND.sub(" ", _ACCENT.sub("", text))
            text = _ESCAPE.sub(
                lambda match: " " if match[3] else chr(int(match[1] or match[2], 16)), text
            )
            # JSON writes in two what is beyond U+FFFF, and half of one cannot be said.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unescape(unquote(text))
        if text == before:
            break
    return _MARKS.sub("", text)


def forms(text: str) -> list[str]:
    """Ways to read ``text``, folded: as it is, with what its tags hold, without them, and cut by
    them; of most texts they say the same."""
    decoded = _decoded(text)
    ways = text, decoded, _TAG.sub("", decoded), _TAG.sub(" ", decoded)
    folded = {way: fold(way) for way in ways}
    return [folded[way] for way in ways]


def meaning(text: str) -> str:
    """What a text says, folded.

    >>> meaning("Zo&eacute;&nbsp;<b>Exemple</b>"), meaning(r"Z*o*\\u00e9 Exemple")
    ('zoe exemple', 'zoe exemple')
    """
    return fold(_TAG.sub("", _decoded(text)))


def texts_of(data: bytes) -> tuple[list[str], str]:
    """The texts of a file, told by its bytes, and of what it holds; why it may hold others, in
    French; "" when it cannot."""
    texts: list[str] = []
    reasons: list[str] = []
    parts = [(data, 0)]
    size = 0
    for part, depth in parts:  # those that are found are looked at in their turn
        count = len(parts)
        try:
            for name, inner in _held(part):
                size += len(inner)
                if depth == _DEEP or size >= _MOST or len(parts) > _FILES:
                    raise ValueError(name)
                texts.append(name)
                parts.append((inner, depth + 1))
        except Exception:  # whatever a damaged or protected one raises
            reasons.append(UNREAD)
        more, why = _told(part, packed=len(parts) > count)
        texts += more
        reasons.append(why)
    return texts, next(filter(None, reasons), "")


def _held(data: bytes) -> Iterator[tuple[str, bytes]]:
    # What an archive, or what is compressed, holds, and its name there.
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename, archive.open(info).read(_MOST)
    elif b"\0" in data and tarfile.is_tarfile(BytesIO(data)):
        with tarfile.open(fileobj=BytesIO(data)) as tar:
            for member in tar:
                file = tar.extractfile(member)
                yield member.name, file.read(_MOST) if file else b""
    else:
        for unpack in (
            zlib.decompressobj(47).decompress,  # gzip too
            bz2.BZ2Decompressor().decompress,
            lzma.LZMADecompressor().decompress,
        ):
            with suppress(zlib.error, OSError, lzma.LZMAError):
                if inner := unpack(data, _MOST):
                    yield "", inner


def _told(data: bytes, *, packed: bool) -> tuple[list[str], str]:
    if data.startswith(b"%PDF"):
        return _pdf(data)
    with suppress(UnicodeDecodeError):
        text = data.decode()
        if "\0" not in text:
            return [*_readings(with_newlines(text))], ""
    texts = [*_metadata(data, format_of(data) or ""), *_near_texts(data)]
    closed = not packed and described(data) == UNKNOWN and not data.startswith(_DRAWN)
    # What no longer shrinks was packed, or ciphered.
    return texts, UNREAD if closed and len(zlib.compress(data)) > 0.95 * len(data) else ""


def _readings(text: str) -> Iterator[str]:
    yield text
    if "BEGIN:" in text:  # a calendar cuts its lines, inside a word too
        yield text.replace("\n ", "").replace("\n\t", "")
    if " --> " in text:
        yield _CUE.sub(" ", text)
    if "\\" in text:  # the values of a front matter, as it means them
        with suppress(yaml.YAMLError):
            events = yaml.parse(text, yaml.CSafeLoader)
            yield from (event.value for event in events if isinstance(event, yaml.ScalarEvent))


def _near_texts(data: bytes) -> Iterator[str]:
    # What words there may be in bytes, in the encodings of older programs too.
    for charset, start in (("utf-8", 0), ("cp1252", 0), ("utf-16-le", 0), ("utf-16-le", 1)):
        yield "\n".join(_WORDS.findall((data[start:] + b"\0").decode(charset, "replace")))


def _metadata(data: bytes, name: str) -> Iterator[str]:
    try:
        if read_header(data, name).pixels > MEGAPIXELS * 1_000_000:
            return
        picture = open_picture(data, name)
        picture.load()
        rows = [*picture.info.items(), *picture.getexif().items()]
    except Exception:  # no picture, or a damaged one: its bytes are read all the same
        return
    yield "\n".join(str(value) for _, value in rows if not isinstance(value, bytes))


def _pdf(data: bytes) -> tuple[list[str], str]:
    # The text of its pages, and each string of its objects: title, author, notes, fields, files
    # that it holds.
    try:
        from pypdf import PdfReader
    except ImportError:
        return [*_near_texts(data)], _NO_LIBRARY
    try:
        reader = PdfReader(BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        numbers = set(chain.from_iterable(reader.xref.values()))
        inside = [reader.get_object(number) for number in sorted(numbers | {*reader.xref_objStm})]
        strings = list(chain.from_iterable(map(_strings, (reader.trailer, *inside))))
    except Exception:  # whatever a damaged or protected one raises
        return [*_near_texts(data)], UNREAD
    return ["\n".join([*pages, *strings])], "" if any(map(str.strip, pages)) else _SCANNED


def _strings(value: Any) -> Iterator[str]:
    # The strings that an object of a PDF holds itself, and what it has of other files.
    if isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode("cp1252", "replace")
    elif isinstance(value, dict):
        if value.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield from texts_of(value.get_data())[0]  # type: ignore[attr-defined]
        yield from chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_strings, value))
