"""The Markdown of the bodies: Python-Markdown with an explicit list of what is understood.

Nothing that is not listed here exists: no raw HTML, no attribute list. The instance is made once
in a process, and reset between texts.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from portail.body.blocks import BlockReader
from portail.body.brackets import Images, Links
from portail.body.definitions import read_abbreviation, read_note, read_reference
from portail.body.document import Document, Rendering
from portail.body.emphasis import Emphasis
from portail.body.finish import Finisher, Found
from portail.body.inline import BareLinks, Breaks, Literals
from portail.body.lists import read_definitions, read_list
from portail.body.notes import NoteReader
from portail.body.quotes import read_admonition, read_quote
from portail.body.serialise import to_html
from portail.body.tables import read_table

__all__ = ["BodyMarkdown", "instance"]


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
