"""What a rendered body says, read once from its sanitised HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from portail.body.facts import Heading
from portail.text.excerpts import excerpt

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["EXCERPT", "Extract", "extract"]

EXCERPT = 300
"""Longest excerpt, in characters."""

_LEVELS = {f"h{level}": level for level in range(2, 7)}
_BLANKS = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Extract:
    """``toc`` without the title of the notes; ``external`` addresses (http, https), each once;
    ``text`` plain, a line for each block; ``words`` of it; ``excerpt`` as in ``BodyFacts``."""

    toc: tuple[Heading, ...]
    external: tuple[str, ...]
    text: str
    words: int
    excerpt: str


_NOTHING = Extract((), (), "", 0, "")


def extract(html: str) -> Extract:
    """Read ``html``, the sanitised HTML of a body."""
    if not html.strip():
        return _NOTHING
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    addresses = [link.get("href", "") for link in root.iter("a")]
    external = dict.fromkeys(url for url in addresses if url.startswith(("http:", "https:")))
    for mark in list(_marks(root)):
        mark.drop_tree()
    toc = tuple(
        Heading(_LEVELS[heading.tag], anchor, _line(heading))
        for heading in root.iter(*_LEVELS)
        if (anchor := heading.get("id", "notes")) != "notes"
    )
    text = _BLANKS.sub("\n", root.text_content()).strip()
    return Extract(toc, tuple(external), text, _words(text), _excerpt(root, text))


def _marks(root: HtmlElement) -> Iterator[HtmlElement]:
    """Calls of notes and links back to them: signs, not text."""
    for element in root.iter("sup"):
        yield element
    for element in root.iter("a"):
        if element.get("class") == "retour":
            yield element


def _line(element: HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", "\ue000").split()).replace(
        "\ue000", "\u00a0"
    )


def _words(text: str) -> int:
    """Number of words: signs standing alone are none, « l’eau » is one."""
    return len([word for word in text.split() if len(word) > 1 or word.isalnum()])


def _excerpt(root: HtmlElement, text: str) -> str:
    """The beginning of the running text: headings, boxes, tables and captions say less alone."""
    paragraphs: list[str] = []
    room = 2 * EXCERPT
    for child in root:
        if child.tag == "p" and room > 0:
            paragraphs.append(child.text_content())
            room -= len(paragraphs[-1])
    running = " ".join(paragraphs)
    return excerpt(running if running.strip() else text, EXCERPT)
