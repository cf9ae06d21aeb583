"""One body: what is collected while Python-Markdown reads it, and the facts kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import PurePosixPath
from typing import Any

from markdown import Markdown

from portail.body.positions import Line, Place, Places, unmarked
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position

_FAR = 40


def label_key(label: str) -> str:
    """The form under which a label of link or note is looked up: case and blanks do not count."""
    return " ".join(unmarked(label).replace("`", "").replace("\\", "").casefold().split())


@dataclass(frozen=True, slots=True)
class Reference:
    """A definition ``[label]: address "title"``, with the place of its address."""

    address: str
    title: str | None
    place: Place
    length: int


@dataclass(frozen=True, slots=True)
class Note:
    """A definition ``[^label]: text``, with the place where it begins."""

    label: str
    place: Place
    lines: list[Line]


@dataclass(slots=True)
class Document:
    """State of one conversion, thrown away after it.

    ``source`` holds the lines of the body, the first being line ``first_line`` of the file
    ``path``. ``references``, ``notes`` and ``abbreviations`` are its definitions by label;
    ``tags`` the raw HTML met so far; ``boxes`` and ``tables`` count them, to name them.
    """

    path: PurePosixPath
    source: list[str]
    first_line: int
    places: Places
    diagnostics: list[Diagnostic] = field(default_factory=list)
    references: dict[str, Reference] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    tags: list[tuple[Place, str]] = field(default_factory=list)
    boxes: int = 0
    tables: int = 0

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
        """What the file says from ``place`` to the end of its line."""
        return self.source[place.line - self.first_line][place.column - 1 :]

    def after(self, place: Place) -> str:
        """What the file says from ``place`` on: to the end of its paragraph, or 40 lines."""
        following = place.line - self.first_line + 1
        lines = takewhile(str.strip, islice(self.source, following, following + _FAR))
        return "\n".join([self.rest(place), *lines])


class Rendering(Markdown):
    """Python-Markdown, which renders one document at a time."""

    document: Document
    """The one being read."""


# What the site needs to know of a body without reading it again.


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: ``level`` 2–6, ``anchor`` its id, ``text`` plain."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An internal link: ``target`` as written (``lieux/la-coupole#acces``); line and column from 1
    in the file, ``length`` of the address in characters."""

    target: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class ImageRef:
    """A picture of the body: ``source`` as written (``photo.jpg``), position as for ``Link``."""

    source: str
    alt: str
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """Slim facts on one body; ``digest`` covers its rendered HTML, ``words`` counts its words,
    ``excerpt`` is plain text of at most 300 characters."""

    toc: tuple[Heading, ...]
    links: tuple[Link, ...]
    images: tuple[ImageRef, ...]
    external: tuple[str, ...]
    words: int
    excerpt: str
    digest: str

    @property
    def anchors(self) -> frozenset[str]:
        """Ids that a link may point to."""
        return frozenset(heading.anchor for heading in self.toc)


@dataclass(frozen=True, slots=True)
class BodyHtml:
    """A rendered body: sanitised HTML with unresolved internal links, its plain text.

    ``words`` are those by which its content is found (``search.words``), given to the store, which
    gives them back apart (``Store.words``); so is ``source``, the Markdown as the file writes it,
    without empty lines around (``Store.source``).
    """

    html: str
    text: str
    words: str = ""
    source: str = ""
