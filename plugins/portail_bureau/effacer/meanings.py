"""What people read of a file, whatever writes it: escapes, entities, marks and metadata."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from portail.files import DEFLATED
from portail.source.medias import MEGAPIXELS, open_picture, read_header
from portail.source.signatures import format_of
from portail.text.normalise import fold
from portail.text.shapes import with_newlines

UNREAD = "ne se lit pas"
_NO_LIBRARY = "ne se lit pas sans pypdf (pip install 'portail[effacer]')"
_SCANNED = "n’a pas de texte : peut-être une image de texte"

# Bytes of what an archive holds, at most.
_MOST = 40_000_000
_FILES = 500
# What a page does not show of HTML, of a link in Markdown.
_TAG = re.compile(r"<[^<>]*>|\](?:\([^()]*\)|\[[^\[\]]*\])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt]|\n[ \t]*))")
_MARKS = str.maketrans("", "", "*`~\\")
# What words may be among bytes that are no text.
_WORDS = re.compile("[ -~\u00a0-\u024f\u0300-\u036f\u2010-\u202f]{6,}")
"""Where a calendar or a header of mail cuts a line, inside a word too."""


def _decoded(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(lambda it: " " if it[3] else chr(int(it[1] or it[2], 16)), text)
        # JSON writes in two what is beyond U+FFFF, and half of one cannot be said.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = unescape(unescape(text))  # a feed escapes what is HTML
    return text.translate(_MARKS)


def _read(text: str) -> str:
    return _TAG.sub("", _decoded(text))


# Ways to read a text: as it is, with what its tags hold, without them, and cut by them.
FORMS: Sequence[Callable[[str], str]] = (
    fold,
    lambda text: fold(_decoded(text)),
    lambda text: fold(_read(text)),
    lambda text: fold(_TAG.sub(" ", _decoded(text))),
)


def meaning(text: str) -> str:
    """What a text says, folded.

    >>> meaning("Zo&eacute;&nbsp;<b>Exemple</b>"), meaning(r"Z*o*\\u00e9 Exemple")
    ('zoe exemple', 'zoe exemple')
    """
    return fold(_read(text))


def texts_of(data: bytes, suffix: str) -> tuple[list[str], str]:
    """The texts of a file, and why it may hold others, in French; "" when it cannot."""
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if suffix == DEFLATED:
        with suppress(zlib.error):
            data = zlib.decompressobj().decompress(data, _MOST)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        name = format_of(data) or ""
        return [*_metadata(data, name), *_near_texts(data)], ""
    return [
        with_newlines(text).replace("\n ", "").replace("\n\t", "") if suffix == ".ics" else text
    ], ""


def _near_texts(data: bytes) -> Iterator[str]:
    # What words there may be in bytes, in the encodings of older programs too.
    for charset, start in (("utf-8", 0), ("cp1252", 0), ("utf-16-le", 0), ("utf-16-le", 1)):
        yield "\n".join(_WORDS.findall(data[start:].decode(charset, "replace")))


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


def _archive(data: bytes) -> tuple[list[str], str]:
    # The texts of a spreadsheet, of a document of a word processor, of any archive.
    parts: list[bytes] = []
    try:
        with ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                parts.append(archive.open(info).read(_MOST))
                if sum(map(len, parts)) >= _MOST or len(parts) > _FILES:
                    return [*_near_texts(data)], UNREAD
    except Exception:  # whatever a damaged or protected one raises
        return [*_near_texts(data)], UNREAD
    return [part.decode("utf-8", "replace") for part in parts], ""


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
        numbers = {number for rows in reader.xref.values() for number in rows}
        inside = [reader.get_object(number) for number in sorted(numbers | {*reader.xref_objStm})]
        told = [text for one in (reader.trailer, *inside) for text in _strings(one)]
    except Exception:  # whatever a damaged or protected one raises
        return [*_near_texts(data)], UNREAD
    return ["\n".join([*pages, *told])], "" if any(map(str.strip, pages)) else _SCANNED


def _strings(value: Any) -> Iterator[str]:
    # The strings that an object of a PDF holds itself, and what it has of other files.
    if isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode("cp1252", "replace")
    elif isinstance(value, dict):
        if value.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield from _near_texts(value.get_data())  # type: ignore[attr-defined]
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))
