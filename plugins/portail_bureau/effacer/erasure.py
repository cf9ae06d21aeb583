"""A person looked for by name, in any order, case or accents, and taken out of the fields that say
the name and nothing else.

What people read of a file, whatever writes it: escapes, entities, marks and metadata.
"""

from __future__ import annotations

import bz2
import lzma
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from html import unescape
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import yaml
from msgspec import Struct

from portail.diagnostics import Severity
from portail.features.intake.corriger.sheet import Edit, Found, Sheet
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.document import Node
from portail.source.loader import SourceFile
from portail.source.medias import MEGAPIXELS, open_picture, read_header
from portail.source.signatures import UNKNOWN, described, format_of
from portail.text.normalise import fold, with_newlines, words_in

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


# What a field says where it must say something.
SOMEONE = "Une personne"

_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\s*\)")
_GAP = r"[\W_]{0,6}"
# Other names between two of a person.
_OTHERS = r"[\W_]{1,6}(?:[^\W_]+[\W_]{1,6}){0,5}"
# Signs that are quoted on each side of a name.
_AROUND = 30
# Edits of one file at most: each is followed by a reading.
_MANY = 200


class Person(Struct, frozen=True, dict=True):
    """Who is looked for, and the pages that go with them."""

    # « Prénom Nom ».
    name: str
    # Slugs of their pages among the authors.
    gone: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words_in(meaning(self.name)))

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        words = self.words
        turned = {(*words[rank:], *words[:rank]) for rank in range(len(words))}
        return _pattern({*turned, tuple(reversed(words))}, _GAP)

    @cached_property
    def _likely(self) -> re.Pattern[str]:
        words = self.words
        cut = [
            ((*(word[0] for word in words[:rank]), *words[rank:]), rank)
            for rank in range(1, len(words))
        ]
        short = set(chain.from_iterable((row, (*row[rank:], *row[:rank])) for row, rank in cut))
        long = _pattern({words, tuple(reversed(words))}, _OTHERS)
        return re.compile(f"{_pattern(short, _GAP).pattern}|{long.pattern}")

    def is_named(self, text: str) -> bool:
        return sorted(words_in(meaning(text))) == sorted(self.words)

    def is_of(self, value: str) -> bool:
        last = value.partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        return self.is_named(value) or self.is_named(last) or last in self.gone

    def quotes(self, text: str) -> list[str]:
        return [
            form[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
            for form in forms(text)
            if self.words[-1] in form and (match := self._sure.search(form))
        ]

    def lines(self, text: str, *, likely: bool = False) -> list[int]:
        """Lines of ``text`` where the name begins, from 1; or, ``likely``, where something does
        that may be theirs: initials, another name between, a login.

        >>> Person("Zoé d’Exemple").lines("Rien.\\nD'EXEMPLE (Zoe), zoe-d-exemple.jpg et Zoé")
        [2]
        >>> Person("Zoé Exemple").lines("Zoé A. Exemple\\nzexemple@a.org", likely=True)
        [1, 2]
        """
        rows = text.split("\n")
        pattern = self._likely if likely else self._sure
        lines = set()
        for form in map("\n".join, zip(*map(forms, rows), strict=True)):
            if self.words[-1] in form:
                at = (match.start() for match in pattern.finditer(form))
                lines |= {form.count("\n", 0, start) + 1 for start in at}
        return sorted(lines)


def _pattern(orders: Iterable[tuple[str, ...]], gap: str) -> re.Pattern[str]:
    forms = "|".join(gap.join(map(re.escape, order)) for order in sorted(orders))
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")


def erase(text: str, file: SourceFile, reading: Reading, person: Person) -> str:
    """The text of a content whose fields name the person no more, nor link to the pages that go;
    it has no error that it had not. Sentences stay."""
    gone = person.gone

    def unlinked(link: re.Match[str]) -> str:
        last = link[2].partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]
        if last in gone:
            return link[1]
        return link[0]

    sheet = Sheet(file, _LINK.sub(unlinked, text) if gone else text)
    places: set[tuple[str, int]] = set()
    for _ in range(_MANY):
        scalar = next(
            (candidate for candidate in _alone(sheet, person) if _key(candidate) not in places),
            None,
        )
        if scalar is None:
            break
        before = _errors(sheet, reading)
        better = (
            attempt for attempt in _tries(sheet, scalar) if not _errors(attempt, reading) - before
        )
        mended = next(better, None)
        if mended is None:
            places.add(_key(scalar))
        else:
            sheet = mended
    return sheet.raw


def _key(scalar: Found) -> tuple[str, int]:
    return scalar.text, scalar.node.line


def _alone(sheet: Sheet, person: Person) -> Iterator[Found]:
    # Scalars written on one line that are the person; the title of a content is a sentence.
    root = sheet.root.value if sheet.root else None
    title = None
    if isinstance(root, dict):
        title = root.get("titre")
    for scalar in sheet.nodes():
        if scalar.node is not title and scalar.node.length and person.is_of(scalar.text):
            yield scalar


def _tries(sheet: Sheet, scalar: Found) -> Iterator[Sheet]:
    holders = {id(inner.node): inner.holder for inner in sheet.nodes()}
    edit = _removal(sheet, scalar.node, scalar.holder, holders)
    if edit:
        yield sheet.mended([edit])
    yield sheet.mended([Edit(*sheet.bounds(scalar.node), SOMEONE)])


def _removal(sheet: Sheet, node: Node, holder: Node, holders: Mapping[int, Node]) -> Edit | None:
    # What takes ``node`` away, with its holder when nothing else is in it; ``None`` when the way it
    # is written is none of the usual ones.
    if len(holder.value) == 1 and id(holder) in holders:
        return _removal(sheet, holder, holders[id(holder)], holders)
    line, column = (node.key or (node.line, node.column))[:2]
    start = sheet.offset(line, column)
    first, _ = sheet.line(start)
    before = sheet.text[first:start]
    if before.strip() in ("", "-") and (not before.strip() or isinstance(holder.value, list)):
        return Edit(first, _block_end(sheet, first, len(before.rstrip("- "))), "")
    return _flow_removal(sheet, node, start)


def _block_end(sheet: Sheet, first: int, indent: int) -> int:
    # End of the lines that begin at ``first`` and of those, further to the right, that follow; a
    # list may stand below its key without an indent.
    end = sheet.whole_line(first)[1]
    opens = sheet.text[first:end].rstrip().endswith(":")
    while end < sheet.body_start:
        after = sheet.text[end : sheet.line(end)[1]]
        depth = len(after) - len(after.lstrip())
        listed = opens and depth == indent and after.lstrip().startswith("- ")
        if not after.strip() or not (depth > indent or listed):
            break
        end = sheet.whole_line(end)[1]
    return end


def _flow_removal(sheet: Sheet, node: Node, start: int) -> Edit | None:
    # One value of a list or group between brackets, with the comma that parted it.
    if not isinstance(node.value, str) or not node.length:
        return None
    end = sheet.bounds(node)[1]
    following = sheet.text[end:].lstrip()
    if following.startswith(","):
        return Edit(start, len(sheet.text) - len(following[1:].lstrip()), "")
    before = sheet.text[:start].rstrip()
    if before.endswith(","):
        return Edit(len(before[:-1].rstrip()), end, "")
    return None


def _errors(sheet: Sheet, reading: Reading) -> Counter[str]:
    loaded, _ = read_document(sheet.raw.encode(), sheet.file, reading)
    return Counter(fault.code for fault in loaded.diagnostics if fault.severity is Severity.ERREUR)
