"""What a rendered body says, read once from its sanitised HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from portail.body.facts import Heading
from portail.text.excerpts import excerpt

__all__ = ["EXCERPT", "Extract", "extract"]

EXCERPT = 300
"""Longest excerpt, in characters."""

_LEVELS = {f"h{level}": level for level in range(2, 7)}
_PARSER = etree.HTMLParser(no_network=True)


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
    root = etree.fromstring(f"<div>{html}</div>", _PARSER)[0][0]
    addresses = [str(link.get("href", "")) for link in root.iter("a")]
    external = dict.fromkeys(url for url in addresses if url.startswith(("http:", "https:")))
    for mark in list(_marks(root)):
        _drop(mark)
    toc = tuple(
        Heading(_LEVELS[str(heading.tag)], str(anchor), _line(_text(heading)))
        for heading in root.iter(*_LEVELS)
        if (anchor := heading.get("id", "notes")) != "notes"
    )
    lines = [line for raw in _text(root).split("\n") if (line := raw.strip(" \t"))]
    text = "\n".join(lines)
    return Extract(toc, tuple(external), text, _words(text), _excerpt(root, text))


def _line(text: str) -> str:
    return text.replace("\n", " ").strip(" ")


def _text(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding=str, with_tail=False)


def _drop(element: etree._Element) -> None:
    """Remove ``element`` and keep what follows it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _marks(root: etree._Element) -> Iterator[etree._Element]:
    """Calls of notes and links back to them: signs, not text."""
    for element in root.iter("sup"):
        yield element
    for element in root.iter("a"):
        if element.get("class") == "retour":
            yield element


def _words(text: str) -> int:
    """Number of words: signs standing alone are none, « l’eau » is one."""
    return len([word for word in text.split() if len(word) > 1 or word.isalnum()])


def _excerpt(root: etree._Element, text: str) -> str:
    """The beginning of the running text: headings, boxes, tables and captions say less alone."""
    paragraphs: list[str] = []
    room = 2 * EXCERPT
    for child in root:
        if child.tag == "p" and room > 0:
            paragraphs.append(_text(child))
            room -= len(paragraphs[-1])
    running = " ".join(paragraphs)
    return excerpt(running if running.strip() else text, EXCERPT)
