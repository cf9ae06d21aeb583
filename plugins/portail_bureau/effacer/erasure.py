"""Find a person in the files of a site, and take them out of the fields of its contents.

First, every text that a file can show is read out of its bytes: archives are opened, escapes and
entities decoded, metadata included. Then the name is looked for, whatever its order, case or
accents. Last, a field that says the name and nothing else loses it; sentences are for people to
rewrite.
"""

from __future__ import annotations

import bz2
import lzma
import re
import tarfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from html import unescape
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import yaml
from msgspec import Struct

from portail.diagnostics import Severity
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.document import Node
from portail.source.loader import SourceFile
from portail.source.medias import MEGAPIXELS, open_picture, read_header
from portail.source.signatures import UNKNOWN, described, format_of
from portail.text.normalise import fold, with_newlines, words_in
from portail_plume.sheet import Edit, Found, Sheet

UNREAD = "ne se lit pas"
_NO_LIBRARY = "ne se lit pas sans pypdf (pip install 'portail[effacer]')"
_SCANNED = "n’a pas de texte : peut-être une image de texte"

# Limits on what is unpacked of one file: bytes, files, archives inside archives (a document of a
# word processor is an archive too).
_MAX_BYTES = 40_000_000
_MAX_FILES = 5_000
_MAX_DEPTH = 3
# What a page does not show: the tags of HTML, the target of a link in Markdown.
_TAG = re.compile(r"<[^<>]*>|\](?:\([^()]*\)|\[[^\[\]]*\])")
# TeX: the accent before a letter, the command around a text.
_ACCENT = re.compile(r"\\(?:[^\w\s\\] ?|[a-zA-Z]+(?=\{\\?\w\})|[cvHukr] (?=[a-zA-Z]))")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}\{(?!\})")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt]))")
# A text may have been escaped by several programs in turn: at most this many are undone.
_MAX_ESCAPES = 4
_MARKS = re.compile(r"[*`~\\{}´¨ˆ^˜ˇ˘¯˙¸˚]+")
# Strings long enough to be words among bytes that are no text.
_WORDS = re.compile("[ -~\u00a0-\u024f\u0300-\u036f\u2010-\u202f]{6,}")
# How fonts (WOFF) and icons begin: they hold no text, though they hardly shrink.
_DRAWN = (b"wOF", b"\0\0\1\0")
# What separates two cues of subtitles: a name may go on from one to the next.
_CUE = re.compile(r"\n\s*\n(?:.*\n)?[\d:.,]+ --> .*\n")


def _decoded(text: str) -> str:
    for _ in range(_MAX_ESCAPES):
        before = text
        if "\\" in text:
            text = _COMMAND.sub(" ", _ACCENT.sub("", text))
            text = _ESCAPE.sub(
                lambda match: " " if match[3] else chr(int(match[1] or match[2], 16)), text
            )
            # JSON writes a character beyond U+FFFF as two halves: join them.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = unescape(unquote(text))
        if text == before:
            break
    return _MARKS.sub("", text)


@lru_cache(8)
def forms(text: str) -> list[str]:
    """``text`` folded, read in four ways, mostly the same: as it is; decoded with its tags; with
    the tags removed; with a space in place of each tag."""
    decoded = _decoded(text)
    ways = text, decoded, _TAG.sub("", decoded), _TAG.sub(" ", decoded)
    folded = {way: fold(way) for way in ways}
    return [folded[way] for way in ways]


def meaning(text: str) -> str:
    """What a reader sees of ``text``, folded: decoded, without tags.

    >>> meaning("Zo&eacute;&nbsp;<b>Exemple</b>"), meaning(r"Z*o*\\u00e9 Exemple")
    ('zoe exemple', 'zoe exemple')
    """
    return fold(_TAG.sub("", _decoded(text)))


def texts_of(data: bytes) -> tuple[list[str], str]:
    """All texts of a file and of the files packed in it, and why some may be missing: a reason in
    French, ``""`` when none is."""
    texts: list[str] = []
    reasons: list[str] = []
    parts = [(data, 0)]
    size = 0
    for part, depth in parts:  # the list grows with what each archive holds
        count = len(parts)
        try:
            for name, inner in _unpacked(part):
                size += len(inner)
                if depth == _MAX_DEPTH or size >= _MAX_BYTES or len(parts) > _MAX_FILES:
                    raise ValueError(name)
                texts.append(name)
                parts.append((inner, depth + 1))
        except Exception:  # damaged, protected or too large an archive
            reasons.append(UNREAD)
        more, why = _read(part, was_unpacked=len(parts) > count)
        texts += more
        reasons.append(why)
    return texts, next(filter(None, reasons), "")


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    # Name and bytes of each file of an archive; no name for one compressed file.
    if data.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename, archive.open(info).read(_MAX_BYTES)
    elif b"\0" in data and tarfile.is_tarfile(BytesIO(data)):
        with tarfile.open(fileobj=BytesIO(data)) as tar:
            for member in tar:
                file = tar.extractfile(member)
                yield member.name, file.read(_MAX_BYTES) if file else b""
    else:
        for unpack in (
            zlib.decompressobj(47).decompress,  # gzip too
            bz2.BZ2Decompressor().decompress,
            lzma.LZMADecompressor().decompress,
        ):
            with suppress(zlib.error, OSError, lzma.LZMAError):
                if inner := unpack(data, _MAX_BYTES):
                    yield "", inner


def _read(data: bytes, *, was_unpacked: bool) -> tuple[list[str], str]:
    # The texts of one file without those packed in it, and why some may be missing.
    if data.startswith(b"%PDF"):
        return _pdf(data)
    with suppress(UnicodeDecodeError):
        text = data.decode()
        if "\0" not in text:
            return [*_readings(with_newlines(text))], ""
    texts = [*_metadata(data, format_of(data) or ""), *_near_texts(data)]
    unknown = not was_unpacked and described(data) == UNKNOWN and not data.startswith(_DRAWN)
    # What hardly shrinks is compressed already, or encrypted.
    return texts, UNREAD if unknown and len(zlib.compress(data)) > 0.95 * len(data) else ""


def _readings(text: str) -> Iterator[str]:
    # A text, then as the program that reads its format joins it again.
    yield text
    if "BEGIN:" in text:  # a calendar folds its lines, even inside a word
        yield text.replace("\n ", "").replace("\n\t", "")
    if " --> " in text:
        yield _CUE.sub(" ", text)
    if "\\" in text:  # the values of a front matter, escapes resolved
        with suppress(yaml.YAMLError):
            events = yaml.parse(text, yaml.CSafeLoader)
            yield from (event.value for event in events if isinstance(event, yaml.ScalarEvent))


def _near_texts(data: bytes) -> Iterator[str]:
    # Strings of bytes that are no text, in each encoding that a program may have used.
    for charset, start in (("utf-8", 0), ("cp1252", 0), ("utf-16-le", 0), ("utf-16-le", 1)):
        yield "\n".join(_WORDS.findall((data[start:] + b"\0").decode(charset, "replace")))


def _metadata(data: bytes, name: str) -> Iterator[str]:
    try:
        if read_header(data, name).pixels > MEGAPIXELS * 1_000_000:
            return
        picture = open_picture(data, name)
        picture.load()
        rows = [*picture.info.items(), *picture.getexif().items()]
    except Exception:  # no picture, or a damaged one: ``_near_texts`` reads its bytes anyway
        return
    yield "\n".join(str(value) for _, value in rows if not isinstance(value, bytes))


def _pdf(data: bytes) -> tuple[list[str], str]:
    # The text of its pages, then every string of its objects: title, author, notes, form fields,
    # attached files.
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
    except Exception:  # damaged or protected
        return [*_near_texts(data)], UNREAD
    return ["\n".join([*pages, *strings])], "" if any(map(str.strip, pages)) else _SCANNED


def _strings(value: Any) -> Iterator[str]:
    # The strings of one object of a PDF, and the texts of the metadata or file it embeds; an object
    # that it only refers to is listed by itself.
    if isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode("cp1252", "replace")
    elif isinstance(value, dict):
        if value.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield from texts_of(value.get_data())[0]  # type: ignore[attr-defined]
        yield from chain.from_iterable(map(_strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_strings, value))


# Takes the place of the name in a field that cannot be left out.
SOMEONE = "Une personne"

_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^()<>\s]*)>?(?:\s+\"[^\"]*\")?\s*\)")
# Between two words of a name: signs only, or up to five other words.
_GAP = r"[\W_]{0,6}"
_OTHER_WORDS = r"[\W_]{1,6}(?:[^\W_]+[\W_]{1,6}){0,5}"
# Characters quoted on each side of a name.
_AROUND = 30
# Each edit of a file is checked by reading it whole again.
_MAX_EDITS = 200


class Person(Struct, frozen=True, dict=True):
    """Who is looked for; ``name`` is « Prénom Nom », ``gone`` the slugs of their author pages,
    which are deleted with them."""

    name: str
    gone: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words_in(meaning(self.name)))

    @cached_property
    def _orders(self) -> set[tuple[str, ...]]:
        # The whole name, from any of its words on (« Nom Prénom »), or backwards.
        words = self.words
        turned = {(*words[rank:], *words[:rank]) for rank in range(len(words))}
        return {*turned, tuple(reversed(words))}

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        return _pattern(self._orders, _GAP)

    @cached_property
    def _likely(self) -> re.Pattern[str]:
        # First names as initials, before or after the rest; or the name with other words inside.
        words = self.words
        cut = [
            ((*(word[0] for word in words[:rank]), *words[rank:]), rank)
            for rank in range(1, len(words))
        ]
        short = set(chain.from_iterable((row, (*row[rank:], *row[:rank])) for row, rank in cut))
        long = _pattern({words, tuple(reversed(words))}, _OTHER_WORDS)
        return re.compile(f"{_pattern(short, _GAP).pattern}|{long.pattern}")

    @cached_property
    def _typed(self) -> re.Pattern[str]:
        return _pattern(self._orders, _GAP, _spelt)

    def is_named(self, text: str) -> bool:
        """Whether ``text`` is the name and nothing else, in any order."""
        return sorted(words_in(meaning(text))) == sorted(self.words)

    def is_said(self, value: str) -> bool:
        """Whether a field says this person and nothing else: by name, or by a page of theirs."""
        slug = _slug_of(value)
        return self.is_named(value) or self.is_named(slug) or slug in self.gone

    def quotes(self, text: str, *, likely: bool = False) -> list[str]:
        """The name with what stands around it, once for each of ``forms`` that has it; or, with
        ``likely``, what may be the name."""
        pattern = self._likely if likely else self._sure
        return [
            form[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
            for form in forms(text)
            if self.words[-1] in form and (match := pattern.search(form))
        ]

    def spellings(self, text: str) -> set[str]:
        """The name as ``text`` has it, where no escape nor tag is inside.

        >>> sorted(Person("Zoé d’Exemple").spellings("ZOÉ D'Exemple, d’exemple  Zoe"))
        ["ZOÉ D'Exemple", 'd’exemple  Zoe']
        """
        return {match[0] for match in self._typed.finditer(text)}

    def lines(self, text: str, *, likely: bool = False) -> list[int]:
        """Numbers, from 1, of the lines of ``text`` where the name begins; with ``likely``, of
        those where what may be the name does: initials, a word in between, a login.

        >>> Person("Zoé d’Exemple").lines("Rien.\\nD'EXEMPLE (Zoe), zoe-d-exemple.jpg et Zoé")
        [2]
        >>> Person("Zoé Exemple").lines("Zoé A. Exemple\\nzexemple@a.org", likely=True)
        [1, 2]
        """
        rows = text.split("\n")
        pattern = self._likely if likely else self._sure
        lines = set()
        # The whole text once for each form, its lines still apart.
        texts = map("\n".join, zip(*map(forms, rows), strict=True))
        for form in texts:
            if self.words[-1] in form:
                starts = (match.start() for match in pattern.finditer(form))
                lines |= {form.count("\n", 0, start) + 1 for start in starts}
        return sorted(lines)


def _slug_of(address: str) -> str:
    return address.partition("#")[0].removesuffix("/").removesuffix(".md").rpartition("/")[2]


def _pattern(
    orders: Iterable[tuple[str, ...]], gap: str, way: Callable[[str], str] = re.escape
) -> re.Pattern[str]:
    # Any of these orders of words, as whole words with ``gap`` between them.
    choices = "|".join(gap.join(map(way, order)) for order in sorted(orders))
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])")


def _spelt(word: str) -> str:
    # Each letter of a folded word as a European language writes it, with accents of its own.
    return "".join(rf"[{re.escape(sign + _letters()[sign])}][\u0300-\u036f]*" for sign in word)


@cache
def _letters() -> Mapping[str, str]:
    letters: defaultdict[str, str] = defaultdict(str)
    for sign in map(chr, range(0x41, 0x250)):
        letters[fold(sign)] += sign
    return letters


def erase(text: str, file: SourceFile, reading: Reading, person: Person) -> str:
    """The text of a content, its links to the deleted pages undone, and the person out of every
    field that said them alone, unless that would be a new error. Sentences are left as they are."""

    def unlinked(link: re.Match[str]) -> str:
        if _slug_of(link[2]) in person.gone:
            return link[1]
        return link[0]

    sheet = Sheet(file, _LINK.sub(unlinked, text) if person.gone else text)
    stuck: set[tuple[str, int]] = set()
    for _ in range(_MAX_EDITS):
        scalar = next(
            (found for found in _fields_of(sheet, person) if _key(found) not in stuck), None
        )
        if scalar is None:
            break
        before = _errors(sheet, reading)
        sound = (
            attempt
            for attempt in _attempts(sheet, scalar)
            if not _errors(attempt, reading) - before
        )
        erased = next(sound, None)
        if erased is None:
            stuck.add(_key(scalar))
        else:
            sheet = erased
    return sheet.raw


def _key(scalar: Found) -> tuple[str, int]:
    return scalar.text, scalar.node.line


def _fields_of(sheet: Sheet, person: Person) -> Iterator[Found]:
    # Scalars, on one line, that say the person alone; but a title is a sentence.
    root = sheet.root.value if sheet.root else None
    title = None
    if isinstance(root, dict):
        title = root.get("titre")
    for scalar in sheet.nodes():
        if scalar.node is not title and scalar.node.length and person.is_said(scalar.text):
            yield scalar


def _attempts(sheet: Sheet, scalar: Found) -> Iterator[Sheet]:
    # Without the scalar, where that can be written; else with ``SOMEONE`` in its place.
    holders = {id(inner.node): inner.holder for inner in sheet.nodes()}
    edit = _removal(sheet, scalar.node, scalar.holder, holders)
    if edit:
        yield sheet.mended([edit])
    yield sheet.mended([Edit(*sheet.bounds(scalar.node), SOMEONE)])


def _removal(sheet: Sheet, node: Node, holder: Node, holders: Mapping[int, Node]) -> Edit | None:
    # The edit that removes ``node``, and its holder when that would be left empty; ``None`` where
    # the YAML is written in an unusual way.
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
    # Where the block that begins at ``first`` ends: its line and the more indented ones that
    # follow; the items of a list may stand at the indent of their key.
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
    # The removal of one value of a list or mapping in brackets, with the comma that separates it.
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
