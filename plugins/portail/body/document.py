"""One body: its text and positions, what its conversion collects, the facts it leaves."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, islice, takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.late import expression

if TYPE_CHECKING:
    from markdown_it.ruler import StateBase
    from markdown_it.token import Token

_FAR = 40
_TWINS = {code: 0xF0000 + code for code in range(0x21, 0x7F)}
_TWIN = expression("[\U000f0021-\U000f007e]")
_RESERVED = expression(
    "[\U000f0000-\U0010ffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)
_DEFINES = expression(r"\n[ \t>]*:[ \t]")
_REFERENCE = expression(r"\[(?:[^\[\]\\]|\\.)+\]:\s*(?:<([^<>\n]*)>|([^\s<]\S*))")
_CLOSING = expression(r"[ \t]+#+$|#+$")


class Place(NamedTuple):
    """A line and a column of the file, from 1."""

    line: int
    column: int


class LinkPosition(Struct):
    """Where a link or a picture stands, found only if asked for.

    ``meta`` gives the offset of its beginning in the text of ``token`` (``at``) with the width to
    show, that of its address with its length, or the lines of the definition that gives it
    (``map``).
    """

    document: Document
    token: Token
    meta: dict[str, Any]

    def begin(self) -> tuple[Place, int]:
        return self.document.inside(self.token, self.meta["at"]), self.meta["width"]

    def address(self) -> tuple[Place, int]:
        """Place of the address, and its length."""
        if "map" not in self.meta:
            return self.document.inside(self.token, self.meta["address"]), self.meta["length"]
        return self.document.definition(self.meta["map"][0])


def cleaned(text: str) -> str:
    """``text`` without the characters that ``protected`` writes, nor those that no page may hold
    (control characters, halves of pairs).

    Each is replaced by U+FFFD, one for one: columns are kept.
    """
    if _RESERVED.search(text):
        return _RESERVED.sub("\ufffd", text)
    return text


def protected(text: str) -> str:
    """``text`` that typography leaves alone: ASCII signs become twins of another range."""
    return text.translate(_TWINS)


def plain(text: str) -> str:
    """``text`` with the signs that were protected."""
    if text.isascii():
        return text
    return _TWIN.sub(lambda twin: chr(ord(twin[0]) - 0xF0000), text)


def label_key(label: str) -> str:
    """The form under which the label of a note is looked up: case and blanks do not count."""
    return " ".join(label.casefold().split())


class Note(NamedTuple):
    """A definition ``[^label]: text``, with the place where it begins."""

    label: str
    place: Place


@dataclass(slots=True)
class Document:
    """State of one conversion, thrown away after it.

    ``text`` is the body, whose first line is line ``first_line`` of the file ``path``. ``spots``
    are places of elements, ``tags`` the raw HTML met so far, ``code`` the rows of code and
    formulas; ``boxes`` and ``tables`` count them, to name them; ``depth`` and ``defining`` are the
    containers and definitions being read, ``defines`` says that a line begins a definition.
    """

    path: PurePosixPath
    text: str
    first_line: int
    diagnostics: list[Diagnostic] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    headings: dict[Element, Place] = field(default_factory=dict)
    spots: dict[Element, LinkPosition] = field(default_factory=dict)
    tags: list[tuple[Place, str]] = field(default_factory=list)
    boxes: int = 0
    tables: int = 0
    code: set[int] = field(default_factory=set)
    depth: int = 0
    defining: int = 0
    lines: list[str] = field(init=False)
    defines: bool = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.defines = _DEFINES.search(self.text) is not None
        self._starts = [0, *accumulate([1 + length for length in map(len, self.lines)])]

    def report(
        self, code: str, place: Place, length: int = 0, /, *, paste: str = "", **values: Any
    ) -> None:
        """Add the diagnostic ``code`` at ``place``; see ``portail.codes.diagnostic``.

        ``length`` is cut at the end of the line: a link may go on below.
        """
        width = min(length, len(self.rest(place)))
        position = Position(self.path, place.line, place.column, width)
        self.diagnostics.append(diagnostic(code, position, paste=paste, **values))

    def rest(self, place: Place) -> str:
        return self.lines[place.line - self.first_line][place.column - 1 :]

    def after(self, place: Place) -> str:
        """What the file says from ``place`` on: to the end of its paragraph, or 40 lines."""
        following = place.line - self.first_line + 1
        lines = takewhile(str.strip, islice(self.lines, following, following + _FAR))
        return "\n".join([self.rest(place), *lines])

    def place(self, offset: int) -> Place:
        row = bisect_right(self._starts, offset, hi=len(self.lines)) - 1
        return Place(self.first_line + row, offset - self._starts[row] + 1)

    def definition(self, row: int) -> tuple[Place, int]:
        """Place and length of the address that the lines from ``row`` on define."""
        match = _REFERENCE.search(self.text, self._starts[row])
        assert match is not None
        group = 1
        if match[1] is None:
            group = 2
        return self.place(match.start(group)), len(match[group])

    def inside(self, token: Token, at: int) -> Place:
        r"""The place of the character ``at`` of an inline ``token``.

        Blocks take marks from the beginning of lines, so what remains ends as its line does. The
        cell of a table has its offset, and ``\|`` is one character there.
        """
        content = token.content
        if (begin := token.meta.get("start")) is not None:
            for character in content[:at]:
                begin += 1 + (character == "|" and self.text[begin] == "\\")
            return self.place(begin)
        assert token.map is not None
        # markdown-it drops lines of no-break spaces from a paragraph, though they do not end it.
        top = content.partition("\n")[0].rstrip()
        rows = range(*token.map)
        whole = (row for row in rows if self.lines[row].rstrip().endswith(top))
        row = next(whole, rows[0]) + content.count("\n", 0, at)
        first = content.rfind("\n", 0, at) + 1
        line = content[first:].partition("\n")[0].rstrip()
        source = self.lines[row].rstrip()
        if not source.endswith(line):
            source = _CLOSING.sub("", source).rstrip()
        return self.place(self._starts[row] + len(source) - len(line) + at - first)


def of(state: StateBase) -> Document:
    document: Document = state.env["document"]
    return document


# What the site needs to know of a body without reading it again.


class Heading(Struct, frozen=True):
    """A heading of a body: ``level`` 2–6, ``anchor`` its id, ``text`` plain."""

    level: int
    anchor: str
    text: str


class Link(Struct, frozen=True):
    """An internal link: ``target`` as written (``lieux/la-coupole#acces``); line and column from 1
    in the file, ``length`` of the address in characters."""

    target: str
    line: int
    column: int
    length: int


class ImageRef(Struct, frozen=True):
    """A picture of the body: ``source`` as written (``photo.jpg``), position as for ``Link``; those
    of another format (E324) too, of which the body shows the description alone."""

    source: str
    alt: str
    line: int
    column: int
    length: int


class BodyFacts(Struct, frozen=True):
    """Slim facts on one body; ``digest`` covers its rendered HTML, ``words`` counts its words,
    ``excerpt`` is plain text of at most 300 characters, ``a_retenir`` that of its first box of
    this name."""

    toc: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[ImageRef, ...]
    external: tuple[str, ...]
    words: int
    excerpt: str
    digest: str
    a_retenir: str = ""

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(heading.anchor for heading in self.toc)

    @property
    def outline(self) -> tuple[list[str], ...]:
        """What others look at: where the text leads, what it shows, its anchors."""
        links = {link.target for link in self.links}
        images = {image.source for image in self.images}
        return sorted(links), sorted(images), sorted(self.anchors)


class BodyHtml(Struct, frozen=True):
    """A rendered body: sanitised HTML with unresolved internal links, its plain text.

    ``words`` are those by which its content is found (``portail.feature.PACKS``), given to the
    store, which gives them back apart (``Store.words``); so is ``source``, the Markdown as the file
    writes it, without empty lines around (``Store.source``).
    """

    html: str
    text: str
    words: str = ""
    source: str = ""
