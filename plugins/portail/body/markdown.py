"""The Markdown of the bodies: Python-Markdown with an explicit list of what is understood.

Nothing that is not listed here exists: no raw HTML, no attribute list. The instance is made once
in a process, and reset between texts.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from portail.body.blocks import BlockReader, TooDeep
from portail.body.document import Document, Note, Reference, Rendering, label_key
from portail.body.emphasis import Emphasis
from portail.body.finish import Finisher, Found
from portail.body.inline import BareLinks, Breaks, Images, Links, Literals
from portail.body.lists import read_admonition, read_definitions, read_list, read_quote, read_table
from portail.body.notes import NoteReader
from portail.body.positions import Line, Place, Places, cleaned, shift, unmarked

# From the tree to HTML, written exactly as nh3 writes it.
#
# The sanitiser's result can then be compared with its input by one equality: any difference is
# something that it removed.

_VOID = frozenset({"br", "hr", "img"})
# The line end after these also parts their texts from what follows, once tags are gone.
_ALONE = frozenset(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr aside section div figure figcaption "
    "table thead tbody tr th td".split()
)
_INSIDE = frozenset("ul ol blockquote pre dl div aside figure".split())
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_html(root: Element) -> str:
    """The HTML of what is inside ``root``, one line for each block."""
    pieces: list[str] = []
    for child in root:
        _write(child, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag, text = element.tag, element.text
    if tag in _INSIDE and pieces and pieces[-1][-1] != "\n":
        pieces.append("\n")
    if element.attrib:
        attributes = "".join(
            [f' {name}="{value.translate(_ATTRIBUTE)}"' for name, value in element.items()]
        )
        pieces.append(f"<{tag}{attributes}>")
    else:
        pieces.append(f"<{tag}>")
    if tag not in _VOID:
        if text:
            pieces.append(_escaped(text))
        for child in element:
            _write(child, pieces)
        pieces.append(f"</{tag}>")
    if tag in _ALONE:
        pieces.append("\n")
    tail = element.tail
    if tail:
        pieces.append(_escaped(tail))


def _escaped(text: str) -> str:
    text = unmarked(text)
    if "&" in text or "<" in text or ">" in text:
        return text.translate(_TEXT)
    return text


# Definitions that show nothing where they stand: addresses of links, notes, abbreviations.

_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_NOTE_INDENT = 4
_REFERENCE = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*(?:<([^<>]*)>|([^\s<]\S*))"
    r"(?:[ \t]+(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\)))?[ \t]*$"
)
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\[\]\\]+)\]:[ \t]*(.*\S)")


def read_note(reader: BlockReader, parent: Element, lines: list[Line], start: int) -> int | None:
    """Starter of ``[^label]: text``; the following lines belong to it when indented by four."""
    line = lines[start]
    found = _NOTE.match(line.text)
    if found is None:
        return None
    inner, end = reader.gather(lines, start, shift(line, found.end()), _NOTE_INDENT, _NOTE)
    place = Place(line.number, line.column + found.start(1) - 2)
    reader.document.notes.setdefault(label_key(found[1]), Note(found[1], place, inner))
    return end


def read_reference(
    reader: BlockReader, parent: Element, lines: list[Line], start: int
) -> int | None:
    """Starter of ``[label]: address "title"``; the first definition of a label is the one."""
    line = lines[start]
    found = _REFERENCE.match(line.text)
    label = label_key(found[1]) if found else ""
    if found is None or not label:
        return None
    group = 3 if found[2] is None else 2
    place = Place(line.number, line.column + found.start(group))
    title = found[4] or found[5] or found[6]
    address = Reference(found[group], title, place, len(found[group]))
    reader.document.references.setdefault(label, address)
    return start + 1


def read_abbreviation(
    reader: BlockReader, parent: Element, lines: list[Line], start: int
) -> int | None:
    """Starter of ``*[EPCI]: établissement public…``."""
    found = _ABBREVIATION.match(lines[start].text)
    if found is None or not found[1].strip():
        return None
    reader.document.abbreviations.setdefault(found[1].strip(), found[2])
    return start + 1


class Blocks(Extension):
    """Blocks: GitHub's, boxes, notes, definitions, abbreviations."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Replace the block parser of ``md``, and leave the text before it alone."""
        md.preprocessors = Registry()
        reader = BlockReader(md)
        reader.extend("*", read_abbreviation)
        reader.extend("-+*0123456789", read_list)
        reader.extend(">", read_quote)
        reader.extend("!", read_admonition)
        reader.extend("[", read_note)
        reader.extend("[", read_reference)
        reader.followers += [read_table, read_definitions]
        md.parser = reader


class Inlines(Extension):
    """What is inside lines: GitHub's, without raw HTML."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Replace every inline pattern of ``md``."""
        ours = cast("BodyMarkdown", md)
        patterns: Registry[Pattern] = Registry()
        patterns.register(Literals(ours), "literals", 100)
        patterns.register(Images(ours), "images", 90)
        patterns.register(Links(ours), "links", 80)
        patterns.register(BareLinks(ours), "bare_links", 70)
        patterns.register(Breaks(ours), "breaks", 65)
        patterns.register(Emphasis(ours), "emphasis", 60)
        md.inlinePatterns = patterns
        # The pass over the tree holds the patterns itself; a tuple is quicker to index.
        cast("Any", md.treeprocessors["inline"]).inlinePatterns = tuple(patterns)


class Ending(Extension):
    """Notes, figures, links, French signs."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Replace what ``md`` does around its inline pass."""
        ours = cast("BodyMarkdown", md)
        trees: Registry[Treeprocessor] = Registry()
        ours.finisher = Finisher(md)
        trees.register(NoteReader(md), "notes", 50)
        trees.register(md.treeprocessors["inline"], "inline", 20)
        trees.register(ours.finisher, "finish", 0)
        md.treeprocessors = trees
        md.postprocessors = Registry()
        md.stripTopLevelTags = False


class BodyMarkdown(Rendering):
    """Python-Markdown for bodies."""

    finisher: Finisher

    def __init__(self) -> None:
        super().__init__(extensions=[Blocks(), Inlines(), Ending()])
        self.serializer = to_html

    def render(self, document: Document) -> tuple[str, Found]:
        """HTML of ``document``, not sanitised yet, and what it links to.

        Adds its diagnostics to ``document``. Raises ``TooDeep``, and ``RecursionError`` when
        emphasis is nested beyond reason.
        """
        self.reset()
        self.document = document
        cast("BlockReader", self.parser).document = document
        self.finisher.found = Found()
        return self.convert("\n".join(document.source)), self.finisher.found


@cache
def instance() -> BodyMarkdown:
    """The converter of this process. ``instance.cache_clear()`` after one was interrupted."""
    return BodyMarkdown()


# Where the headings of a body stand, for whoever mends their levels.

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def heading_places(text: str, first_line: int) -> list[tuple[int, Place]]:
    """Level (1–6) and place of every heading of ``text``, a body whose first line is
    ``first_line`` in its file; none when its blocks are nested beyond the limit."""
    document = Document(PurePosixPath(), cleaned(text).split("\n"), first_line, Places(first_line))
    markdown = instance()
    markdown.reset()
    reader = cast("BlockReader", markdown.parser)
    markdown.document = reader.document = document
    try:
        root = reader.parseDocument(document.source).getroot()
    except (TooDeep, RecursionError):
        instance.cache_clear()
        return []
    assert root is not None
    return [
        (_LEVELS[one.tag], document.places.at(one.attrib["@"]))
        for one in root.iter()
        if one.tag in _LEVELS and "@" in one.attrib
    ]
