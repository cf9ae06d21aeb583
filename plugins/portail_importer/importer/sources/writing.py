"""HTML of others as the Markdown of a body, for an import or a repair; an import also learns which
pictures it showed and what Markdown could not keep.

The twin of ``contribuer-copie.js``. Trees are those of lxml: 40 times as quick as BeautifulSoup's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

from lxml import etree
from msgspec import Struct

from portail.body.players import video_frame
from portail.features.services.oublis.leftovers import leftovers
from portail.text.normalise import number_of
from portail.text.notation import SUBSCRIPT, SUPERSCRIPT
from portail.text.visible import shows

from .addresses import clean_address, watched
from .cleaning import BLOCKS, INLINE, elements, style, tree_of, words_of
from .items import Loss, Picture
from .pictures import is_credit, picture_of
from .runs import (
    LINE_SIGNS,
    STRUCK,
    Run,
    collapsed,
    fence_of,
    in_one_line,
    paragraphs,
    settled,
    tidied,
    written,
)

# Where a text is cut: a body takes 200 kB, and may be given a few lines more.
BODY_BYTES = 180_000
_MOST_NESTED = 6
_MOST_COLUMNS = 30
_HEADING_SIGNS = 200
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_BOLD = ("bold", "600", "700", "800", "900")
_STYLED = frozenset("b strong i em span font u ins".split())
_CODES = frozenset({"code", "kbd", "samp", "tt"})


class Writer:
    """What writes one tree. What Markdown cannot say is asked of those made of it: ``link``,
    ``picture``, ``figure``, ``frame``, ``lose``."""

    def __init__(self, body: etree._Element) -> None:
        self.nested = 0
        self.level = 1
        self.room = BODY_BYTES
        self.parents = _holders(body)
        tags = {str(heading.tag) for heading in body.iter(*_HEADINGS)}
        self.levels = {tag: min(6, rank + 2) for rank, tag in enumerate(sorted(tags))}

    def link(self, written: str) -> str:
        """The address of a link as a body may hold it; "" leaves its words alone."""
        raise NotImplementedError

    def picture(self, element: etree._Element, caption: str) -> None:
        """An ``img``, which stands apart from a text."""
        raise NotImplementedError

    def lose(self, name: str, value: str, reason: str) -> None:
        """Tell what is cut."""
        raise NotImplementedError

    def markdown(self, body: etree._Element) -> str:
        """The blocks that one body can hold, without lines drawn at its ends or twice."""
        bounded: list[str] = []
        room = BODY_BYTES
        for block in self.blocks(body):
            if block == "---" and (not bounded or bounded[-1] == "---"):
                continue
            room -= len(block.encode()) + 2
            if room < 0:
                self.lose("fin du texte", "", "il est trop long pour une page")
                break
            bounded.append(block)
        while bounded and bounded[-1] == "---":
            bounded.pop()
        return "\n\n".join(bounded)

    def blocks(self, element: etree._Element) -> list[str]:
        """What ``element`` holds: paragraphs of what stands between its blocks, and these."""
        blocks: list[str] = []
        runs: list[Run] = [Run(self.words(element.text))]

        def gather() -> None:
            blocks.extend(self.paragraphs(runs))
            runs.clear()

        for child in element:
            if self.room < 0:
                break
            if self.is_block(child):
                gather()
                blocks += self.block(child)
            else:
                runs += self.runs(child, Run(""))
            runs.append(Run(self.words(child.tail)))
        gather()
        return blocks

    def is_block(self, element: etree._Element) -> bool:
        return element in self.parents or element.tag in _WRITERS

    def words(self, text: str | None) -> str:
        """Text with single blanks."""
        return collapsed(text or "")

    def paragraphs(self, runs: Iterable[Run]) -> list[str]:
        parts = paragraphs(settled(runs))
        texts = [text for part in parts if (text := written(part)) and shows(text)]
        self.room -= sum(map(len, texts))
        return texts

    def runs(self, element: etree._Element, style_: Run) -> list[Run]:
        """The runs of an element inside a line; ``style_`` is what is around it."""
        tag = str(element.tag)
        if tag == "br":
            return [Run("\n")]
        if tag == "img":
            self.picture(element, "")
            return []
        inner = self.styled(element, tag, style_)
        if inner.struck and not style_.struck:
            why = "ôtez ces mots, ou ce qui les barre"
            self.lose("texte barré", words_of(element)[:60], why)
        runs = [inner._replace(text=self.words(element.text))]
        for child in element:
            runs += self.runs(child, inner)
            runs.append(inner._replace(text=self.words(child.tail)))
        if tag not in INLINE:
            return [Run(" "), *runs, Run(" ")]
        if tag in ("sup", "sub"):
            return _raised(runs, SUPERSCRIPT if tag == "sup" else SUBSCRIPT)
        if tag == "q":
            marks = (inner._replace(text=mark) for mark in ("«\u00a0", "\u00a0»"))
            return [next(marks), *runs, *marks]
        return runs

    def styled(self, element: etree._Element, tag: str, around: Run) -> Run:
        """An empty run in the style that ``element`` gives to what it holds."""
        strong = around.strong
        slanted = around.emphasised
        struck = around.struck
        if tag in _STYLED:
            css = style(element)
            rules = (rule.partition(":") for rule in css.split(";"))
            values = {name.strip(): value.strip() for name, _, value in rules}
            weight = values.get("font-weight", "")
            slant = values.get("font-style", "")
            bold = weight.startswith(_BOLD) if weight else tag in ("b", "strong")
            strong = bold or (strong and not weight)
            italic = slant.startswith(("italic", "oblique")) if slant else tag in ("i", "em")
            slanted = italic or (slanted and not slant)
            struck = struck or "line-through" in css
        struck = struck or tag in STRUCK
        link = around.link
        if tag == "a" and not link:
            link = self.link(element.get("href") or "")
        return Run("", strong, slanted, struck=struck, code=around.code or tag in _CODES, link=link)

    def block(self, element: etree._Element) -> list[str]:
        tag = str(element.tag)
        if tag in _HEADINGS:
            return self.heading(element, tag)
        found: list[str] = getattr(self, _WRITERS.get(tag, "blocks"))(element)
        return found

    def heading(self, element: etree._Element, tag: str) -> list[str]:
        """A heading, one level below the last at most; a paragraph in bold inside a block."""
        runs = self.runs(element, Run(""))
        text = in_one_line(runs, strong=False)
        self.room -= len(text)
        if not shows(text):
            return []
        if self.nested or len(text) > _HEADING_SIGNS:
            return self.paragraphs(Run(run.text, strong=True, link=run.link) for run in runs)
        self.level = min(self.levels.get(tag, 2), self.level + 1)
        named = text.rstrip("#").rstrip() or "\\" + text
        return [f"{'#' * self.level} {named}"]

    def items(self, element: etree._Element) -> list[str]:
        """A list: an item is its first paragraph, then what stands below it."""
        if self.nested >= _MOST_NESTED:
            return self.blocks(element)
        self.nested += 1
        start = number_of(element.get("start") or "", 999_999)
        rank = 1 if start is None else start
        rows: list[str] = []
        for child in element:
            inside = self.block(child) if child.tag in ("ul", "ol") else self.blocks(child)
            if not inside:
                continue
            mark = f"{rank}. " if element.tag == "ol" else "- "
            if child.tag in ("ul", "ol") and rows:  # Google Docs: beside the item, not in it
                rows.append(_indented("\n".join(inside), len(mark)))
                continue
            rows.append(mark + _indented(_tight(inside), len(mark)).lstrip())
            rank += 1
        self.nested -= 1
        if rows:
            return ["\n".join(rows)]
        return []

    def quote(self, element: etree._Element) -> list[str]:
        if self.nested >= _MOST_NESTED:
            return self.blocks(element)
        self.nested += 1
        lines = "\n\n".join(self.blocks(element)).split("\n")
        self.nested -= 1
        if any(lines):
            return ["\n".join(f"> {line}".rstrip() for line in lines)]
        return []

    def code(self, element: etree._Element) -> list[str]:
        """Code between fences longer than those that it holds."""
        lines = tidied(words_of(element)).replace("\t", "    ").strip("\n").split("\n")
        text = "\n".join(line[:LINE_SIGNS].rstrip() for line in lines)
        fence = fence_of(text, 3)
        if text.strip():
            return [f"{fence}\n{text}\n{fence}"]
        return []

    def rule(self, _: etree._Element) -> list[str]:
        if self.nested:
            return []
        return ["---"]

    def table(self, element: etree._Element) -> list[str]:
        """A table of one header and rows; one that only places things is unfolded."""
        own = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        rows = [list(row.iter("td", "th")) for row in own]
        width = max(map(len, rows), default=0)
        caption = list(chain.from_iterable(map(self.blocks, element.iter("caption"))))
        inner = any(node.tag == "table" for node in elements(element))
        if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS or inner or self.nested:
            cells = list(chain.from_iterable(own))
            return caption + list(chain.from_iterable(map(self.blocks, cells)))
        lines = [self.row(row, width) for row in rows if row and self.room > 0]
        head, *body = lines
        return [*caption, "\n".join([head, f"|{' --- |' * width}", *body])]

    def row(self, cells: list[etree._Element], width: int) -> str:
        texts: list[str] = []
        for cell in cells:
            runs = self.runs(cell, Run(""))
            text = in_one_line(runs, strong=cell.tag != "th")
            texts.append(re.sub(r"(?<!\\)\|", r"\\|", text[:LINE_SIGNS]))
            texts += [""] * ((number_of(cell.get("colspan") or "", width) or 1) - 1)
        texts = (texts + [""] * width)[:width]
        self.room -= sum(map(len, texts))
        return "|" + "".join(f" {text} |" for text in texts)

    def definitions(self, element: etree._Element) -> list[str]:
        """Terms and definitions, one block; what is more than a line is made of paragraphs."""
        blocks: list[str] = []
        after_term = False
        for child in element.iter("dt", "dd"):
            if self.room < 0:
                break
            inside = self.blocks(child)
            short = len(inside) == 1 and "\n" not in inside[0]
            if child.tag == "dd" and short and after_term:
                blocks[-1] += f"\n: {inside[0]}"
            else:
                blocks += inside
                after_term = child.tag == "dt" and short
        return blocks or self.blocks(element)

    def figure(self, element: etree._Element) -> list[str]:
        """A picture with its caption, or anything else that has one."""
        return self.blocks(element)

    def frame(self, element: etree._Element) -> list[str]:
        """What another site shows in a page."""
        return []


def _holders(body: etree._Element) -> set[etree._Element]:
    holders: set[etree._Element] = set()
    for element in body.iter(*_WRITERS):
        parent = element.getparent()
        while parent is not None and parent not in holders:
            holders.add(parent)
            parent = parent.getparent()
    return holders


def _raised(runs: list[Run], table: Mapping[int, int | str]) -> list[Run]:
    # Runs above or below the line, in signs of that place when each has one.
    text = "".join(run.text for run in runs).strip()
    complete = text and all(ord(letter) in table for letter in text)
    if not complete or len(text.translate(table)) != len(text):
        return runs
    return [run._replace(text=run.text.translate(table)) for run in runs]


def _tight(blocks: list[str]) -> str:
    # The blocks of an item: a list below its text needs no blank line.
    text = blocks[0]
    for block in blocks[1:]:
        text += ("\n" if block.startswith(("- ", "1. ")) else "\n\n") + block
    return text


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else "" for line in text.split("\n"))


# The method that writes a block.
_WRITERS: Mapping[str, str] = {
    **dict.fromkeys(BLOCKS, "blocks"),
    **dict.fromkeys(("iframe", "video", "audio"), "frame"),
    **dict.fromkeys(("ol", "ul"), "items"),
    "blockquote": "quote",
    "dl": "definitions",
    "figure": "figure",
    "hr": "rule",
    "pre": "code",
    "table": "table",
}


_WORDPRESS = "code court de WordPress"
_PLAYERS = ("youtube", "vimeo", "video player")
_MOST_PICTURES = 200


class Text(Struct, frozen=True):
    """A text in Markdown, the pictures that it showed, what was left of it."""

    markdown: str
    pictures: tuple[Picture, ...] = ()
    losses: tuple[Loss, ...] = ()


def markdown_of(html: str, base: str = "") -> Text:
    """The Markdown of ``html``, hostile or not; ``base`` is the address of its page.

    >>> markdown_of('<p>Un <b>mot </b><a href="/x?utm_source=a">là</a>', "https://a.example.org/").markdown
    'Un **mot** [là](https://a.example.org/x)'
    """
    body = tree_of(html)
    if body is None:
        return Text("")
    writer = _Importing(body, base)
    markdown = writer.markdown(body)
    return Text(markdown, tuple(writer.pictures), tuple(dict.fromkeys(writer.losses)))


class _Importing(Writer):
    def __init__(self, body: etree._Element, base: str) -> None:
        super().__init__(body)
        self.base = base
        self.pictures: list[Picture] = []
        self.losses: list[Loss] = []

    def lose(self, name: str, value: str, reason: str) -> None:
        self.losses.append(Loss(name, value, reason))

    def link(self, written: str) -> str:
        return clean_address(written, self.base)

    def words(self, text: str | None) -> str:
        """Without what WordPress would replace."""
        return _shortcode().sub(" ", collapsed(text or ""))

    def picture(self, element: etree._Element, caption: str) -> None:
        attributes = {str(key): str(value) for key, value in element.items()}
        picture = picture_of(attributes, caption, self.base)
        if picture is not None and len(self.pictures) < _MOST_PICTURES:
            self.pictures.append(picture)

    def figure(self, element: etree._Element) -> list[str]:
        """Lists its pictures with their caption, which goes with them; that of anything else
        stays."""
        captions = list(element.iter("figcaption"))
        legend = collapsed(" ".join(map(words_of, captions))).strip()
        images = list(element.iter("img"))
        for image in images:
            self.picture(image, legend)
        etree.strip_elements(element, "img", with_tail=False)
        is_shown = next(element.iter("iframe", "video", "table", "blockquote", "pre"), None) is None
        if is_credit(legend) or (images and is_shown):
            for caption in captions:
                caption.clear()
        return self.blocks(element)

    def frame(self, element: etree._Element) -> list[str]:
        """A video of a site that we know, as a link alone on its line."""
        written = element.get("data-src") or element.get("src") or ""
        url = clean_address(watched(written), self.base)
        if not url or not video_frame(url):
            if written:
                return super().frame(element)
            return []
        title = in_one_line([Run(collapsed(element.get("title") or ""))])
        plain = not shows(title) or title.lower().startswith(_PLAYERS)
        return [f"[{url if plain else title}]({url})"]


@cache
def _shortcode() -> re.Pattern[str]:
    rows = (syntax.motif for syntax in leftovers().syntaxes if syntax.nom == _WORDPRESS)
    return re.compile("|".join(f"(?:{row})" for row in rows))
