"""The Markdown of the bodies: the tokens of markdown-it as elements, then as HTML.

The instance is made once in a process; what one text needs is in its ``Document``.
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portail.late import expression

from .blocks import Blocks, TooDeep
from .document import Document, LinkPosition, Place, cleaned, plain, protected
from .finish import BodyLinks, finish
from .inline import Inlines, Misread, formula
from .notes import append

# From the tree to HTML, written exactly as nh3 writes it.
#
# The sanitiser's result can then be compared with its input by one equality: any difference is
# something that it removed.

_VOID = frozenset({"br", "hr", "img"})
# The line end after these also parts their texts from what follows, once tags are gone.
_ALONE = frozenset(
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr aside section div figure figcaption "
    "table caption thead tbody tr th td".split()
)
_INSIDE = frozenset("ul ol blockquote pre dl div aside figure".split())
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_html(root: Element) -> str:
    """The HTML of what is inside ``root``, one line for each block."""
    pieces: list[str] = []
    for child in root:
        _write(child, pieces)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    text = element.text
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
    text = plain(text)
    if "<" in text or ">" in text or "&" in text:
        return escape(text, quote=False)
    return text


# From tokens to the tree.

_ALIGNED = {
    "text-align:center": "centre",
    "text-align:right": "droite",
    "text-align:left": "gauche",
}
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_MAIL_HOST = expression(r"@[A-Za-z0-9](?:[\w-]*)(?:\.[\w-]+)+")
_BRACKET = expression(r"\\.|[\[\]]")
_OPEN = 20
# Columns whose names say what a table holds.
_COLUMNS = 3


class Tree:
    """The elements of ``document``, under ``root``, as its tokens come."""

    def __init__(self, markdown: BodyMarkdown, document: Document) -> None:
        self.markdown = markdown
        self.document = document
        self.env: dict[str, Any] = {}
        self.root = Element("div")
        self.notes: dict[str, Element] = {}
        self.region = self.root

    def read(self) -> Element:
        document = self.document
        stack = [self.root]
        tokens = self.markdown.blocks(document, self.env)
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, stack[-1])
            elif token.nesting > 0:
                stack.append(self._open(token, stack[-1], tokens[index + 1]))
            elif token.nesting < 0:
                element = stack.pop()
                if token.type == "list_item_close" and element.attrib:
                    _check(element)
                elif token.type == "thead_close":
                    self._name_table(element)
            elif token.type == "hr":
                SubElement(stack[-1], "hr")
            elif token.type == "formula":
                self._formula(token, stack[-1])
            else:
                assert token.map is not None
                document.code.update(range(*token.map))
                pre = SubElement(stack[-1], "pre", {"tabindex": "0"})
                SubElement(pre, "code").text = AtomicString(token.content)
        if document.notes:
            section = SubElement(self.root, "section", {"class": "notes", "role": "doc-endnotes"})
            section.set("aria-labelledby", "notes")
            SubElement(section, "ol").extend(self.notes.values())
        return self.root

    def _open(self, token: Token, parent: Element, following: Token) -> Element:
        sort = token.type
        if sort == "paragraph_open":
            if token.hidden:
                return parent
            return SubElement(parent, "p")
        if sort == "note_open":
            note = Element("li")
            self.notes.setdefault(token.meta["key"], note)
            return note
        if sort == "box_open":
            return self._box(token, parent)
        if sort == "box_title_open":
            return self._box_title(parent, following)
        if sort == "table_open":
            return SubElement(self._region(parent), "table")
        element = SubElement(parent, token.tag)
        if sort == "heading_open":
            self.document.headings[element] = heading_place(self.document, token, following)
        elif sort == "th_open":
            element.set("scope", "col")
        if "checked" in token.meta:
            element.set("class", "tache")
            element.set("@", "x" if token.meta["checked"] else "")
        if "style" in token.attrs:
            element.set("class", _ALIGNED[str(token.attrs["style"])])
        if "start" in token.attrs:
            element.set("start", str(token.attrs["start"]))
        return element

    def _box(self, token: Token, parent: Element) -> Element:
        # A box. Its title is no heading: it would break the order of the page's own.
        self.document.boxes += 1
        box = token.meta["box"]
        aside = SubElement(parent, "aside", {"class": f"encadre {box.name}", "role": "note"})
        aside.set("aria-labelledby", f"encadre-{self.document.boxes}")
        aside.text = box.title
        return aside

    def _box_title(self, aside: Element, written: Token) -> Element:
        title = SubElement(aside, "p", {"class": "encadre-titre"})
        title.set("id", aside.get("aria-labelledby", ""))
        title.text = aside.text
        aside.text = None
        if written.content:
            title.text = f"{title.text} : "
        return title

    def _region(self, parent: Element) -> Element:
        # The frame of a table: wider than the screen, it scrolls there, by keyboard too.
        self.document.tables += 1
        region = SubElement(parent, "div", {"class": "tableau", "role": "region", "tabindex": "0"})
        region.set("aria-label", f"Tableau {self.document.tables}")
        self.region = region
        return region

    def _name_table(self, head: Element) -> None:
        columns = [" ".join("".join(cell.itertext()).split()) for cell in head.iter("th")]
        named = ", ".join([column for column in columns if column][:_COLUMNS])
        if named:
            self.region.set("aria-label", f"{self.region.get('aria-label')}\u00a0: {named}")

    def _formula(self, token: Token, parent: Element) -> None:
        # A formula set apart: wider than the screen, it scrolls as a table does.
        document = self.document
        assert token.map is not None
        document.code.update(range(*token.map))
        frame = SubElement(parent, "div", {"class": "formule", "role": "group", "tabindex": "0"})
        frame.set("aria-label", "Formule")
        try:
            frame.append(formula(token.content, block=True))
        except Misread as error:
            place = document.place(token.meta["start"])
            written = f"$${token.content}$$"
            document.report("E332", place, len(written), valeur=written, raison=error.reason)
            SubElement(frame, "code").text = AtomicString(token.content)

    # Inside lines.

    def _inline(self, token: Token, parent: Element) -> None:
        inline = self.markdown.inline
        content = _settled(token.content)
        if inline.terminator_re.search(content) is None:
            self._text(parent, content)
            return
        stack = [parent]
        for child in inline.parse(content, self.markdown, self.env, []):
            sort = child.type
            here = stack[-1]
            if sort == "text":
                self._text(here, child.content)
            elif child.nesting > 0:
                element = SubElement(here, "del" if child.tag == "s" else child.tag)
                stack.append(element)
                if sort == "sup_open" and child.meta["said"]:
                    element.set("@said", child.meta["said"])
                elif sort == "link_open":
                    self._link(element, child, token)
            elif child.nesting < 0:
                stack.pop()
            elif sort == "image":
                self._image(SubElement(here, "img"), child, token)
            else:
                self._leaf(here, child, token)

    def _leaf(self, parent: Element, child: Token, token: Token) -> None:
        sort = child.type
        text = child.content
        if sort == "softbreak":
            append(parent, "\n")
        elif sort == "hardbreak":
            SubElement(parent, "br").tail = "\n"
        elif sort == "code_inline":
            SubElement(parent, "code").text = AtomicString(text)
        elif sort == "literal":
            parent.text = AtomicString(text)
        elif sort == "formula":
            parent.append(child.meta["element"])
        elif sort == "note_call":
            SubElement(parent, "sup", {"@note": child.meta["key"]})
        else:
            if sort == "raw":
                self._report(child, token)
            append(parent, protected(text))

    def _report(self, raw: Token, token: Token, shift: int = 0) -> None:
        values = dict(raw.meta)
        code = values.pop("code")
        place = self.document.inside(token, values.pop("at") + shift)
        length = values.pop("length")
        if code == "E311":
            self.document.tags.append((place, plain(raw.content)))
        else:
            self.document.report(code, place, length, **values)

    def _text(self, parent: Element, text: str) -> None:
        at = -1 if "@" not in text or parent.tag == "a" else text.find("@")
        done = 0
        while at >= 0:
            host = _MAIL_HOST.match(text, at)
            start = at
            while start > done and text[start - 1] in _LOCAL:
                start -= 1
            if host and start < at and not (start and text[start - 1] in "/:"):
                written = text[start:at] + host[0].rstrip("-_")
                append(parent, text[done:start])
                link = SubElement(parent, "a", {"href": f"mailto:{written}"})
                link.text = AtomicString(written)
                done = start + len(written)
            at = text.find("@", max(at + 1, done))
        append(parent, text[done:])

    def _link(self, link: Element, child: Token, token: Token) -> None:
        link.attrib.update({name: str(value) for name, value in child.attrs.items() if value})
        if child.meta:
            self.document.spots[link] = LinkPosition(self.document, token, child.meta)

    def _image(self, image: Element, child: Token, token: Token) -> None:
        words = []
        for inner in child.children or ():
            if inner.type == "raw":
                self._report(inner, token, child.meta["at"] + 2)
            words.append(" " if inner.type.endswith("break") else inner.content)
        self._link(image, child, token)
        image.set("alt", " ".join("".join(words).split()))


def _settled(content: str) -> str:
    # ``content`` whose brackets that nothing closes are protected, when there are many: for each,
    # markdown-it looks for the other up to the end.
    if "[" not in content or content.count("[") <= _OPEN:
        return content
    opened = []
    for match in _BRACKET.finditer(content):
        if match[0] == "[":
            opened.append(match.start())
        elif opened and match[0] == "]":
            opened.pop()
    if len(opened) <= _OPEN:
        return content
    ends = [*opened, len(content)]
    return content[: ends[0]] + "".join(
        protected("[") + content[start + 1 : end] for start, end in pairwise(ends)
    )


def _check(item: Element) -> None:
    done = item.attrib.pop("@")
    box = Element("span", {"class": "tache-case", "role": "img"})
    box.set("aria-label", "Fait" if done else "À faire")
    box.text = AtomicString("☑" if done else "☐")
    holder = item if item.text or not len(item) or item[0].tag != "p" else item[0]
    box.tail = f" {holder.text or ''}"
    holder.text = None
    holder.insert(0, box)


def heading_place(document: Document, token: Token, title: Token) -> Place:
    """Where a heading begins: at its first « # », or at its text when it is underlined."""
    assert token.map is not None
    if token.markup[0] != "#":
        return document.inside(title, 0)
    row = token.map[0]
    return Place(document.first_line + row, document.lines[row].index("#") + 1)


class BodyMarkdown(MarkdownIt):
    """markdown-it for bodies."""

    def __init__(self) -> None:
        super().__init__("gfm-like2", {"maxNesting": 100, "store_labels": True, "alerts": False})
        self.block = Blocks()
        self.inline = Inlines()

    def normalizeLink(self, url: str) -> str:
        return url

    def validateLink(self, url: str) -> bool:
        """Whether ``url`` makes a link: any does, and a refused one is told."""
        return True

    def render_document(self, document: Document) -> tuple[str, BodyLinks]:
        """HTML of ``document``, not sanitised yet, and what it links to; adds its diagnostics.

        Raises ``TooDeep``, and ``RecursionError`` when emphasis is nested beyond reason.
        """
        root = Tree(self, document).read()
        links = finish(root, document)
        document.spots.clear()  # they name it in turn: it would wait for a collection of garbage
        return to_html(root).strip(), links

    def blocks(self, document: Document, env: dict[str, Any]) -> list[Token]:
        """The tokens of ``document``, whose inline text is still Markdown; raises ``TooDeep``."""
        tokens = list[Token]()
        env["document"] = document
        self.block.parse(document.text, self, env, tokens)
        return tokens


@cache
def instance() -> BodyMarkdown:
    """The converter of this process. ``instance.cache_clear()`` after one was interrupted."""
    return BodyMarkdown()


# What whoever mends a body needs to know of its blocks.


class Outline(NamedTuple):
    """Level (1–6) and place of every heading of a body; numbers of its lines of code."""

    headings: list[tuple[int, Place]]
    code: frozenset[int]


def outline(text: str, first_line: int) -> Outline:
    """The outline of ``text``, a body whose first line is ``first_line`` in its file; nothing but
    code when its blocks are nested beyond the limit.
    """
    document = Document(PurePosixPath(), cleaned(text), first_line)
    headings: list[tuple[int, Place]] = []
    code: set[int] = set()
    try:
        tokens = instance().blocks(document, {})
    except (TooDeep, RecursionError):
        return Outline([], frozenset(range(first_line, first_line + len(document.lines))))
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            place = heading_place(document, token, following)
            headings.append((int(token.tag[1]), place))
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            code.update(range(first_line + token.map[0], first_line + token.map[1]))
    return Outline(headings, frozenset(code))
