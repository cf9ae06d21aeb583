"""Words of the newsletter: dates of its lines, the word of the editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from lxml import html
from msgspec import Struct
from msgspec.structs import replace

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_DROPPED = frozenset({"script", "style", "template", "head", "title", "svg", "math"})
_ITEMS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "pre"})
_STYLES = {"strong": "fort", "b": "fort", "em": "italique", "i": "italique"}


Genre: TypeAlias = Literal["p", "ul", "ol"]
_LISTS: dict[str, Genre] = {"ul": "ul", "ol": "ol"}


class Piece(Struct, frozen=True):
    """Some words of one style; ``url`` is ``""`` or a whole address; ``"\\n"`` is a line break."""

    texte: str
    url: str = ""
    fort: bool = False
    italique: bool = False


class Bloc(Struct, frozen=True):
    """A paragraph (``p``: one element) or a list (``ul``, ``ol``)."""

    genre: Genre
    elements: tuple[tuple[Piece, ...], ...]


def blocks(word: str) -> tuple[Bloc, ...]:
    """The paragraphs and lists of ``word``, HTML that may come from anyone: lists are flattened,
    tags without a meaning here are their text, an address of another scheme is no link.

    >>> blocks('<p>Un <b>mot</b>.</p>')[0].elements[0][1]
    Piece(texte='mot', url='', fort=True, italique=False)
    """
    if not word.strip():
        return ()
    reader = _Reader()
    reader.read(html.fragment_fromstring(word, create_parent="div"), Piece(""), "p")
    reader.close()
    return tuple(_joined(reader.runs))


class _Reader:
    """Walks through a tree; ``runs`` are the elements that it closed: the kind of each, whether
    it begins one, its pieces."""

    def __init__(self) -> None:
        self.runs: list[tuple[Genre, bool, tuple[Piece, ...]]] = []
        self._pieces: list[Piece] = []
        self._kind: Genre = "p"
        self._fresh = True

    def read(self, node: html.HtmlElement, style: Piece, kind: Genre) -> None:
        """Read ``node`` and what is in it, in ``style``, inside a paragraph or a list."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _DROPPED or not tag:
            return
        if tag == "br":
            self._pieces.append(Piece("\n"))
            return
        listed = tag in _LISTS
        if listed or tag in _ITEMS:
            self.close()
            self._fresh |= listed
        kind = _LISTS.get(tag, kind)
        self._kind = kind
        style = _styled(node, tag, style)
        self._add(node.text, style)
        for child in node:
            self.read(child, style, kind)
            self._kind = kind
            self._add(child.tail, style)
        if listed or tag in _ITEMS:
            self.close()
            self._fresh |= listed

    def _add(self, text: str | None, style: Piece) -> None:
        words = _SPACES.sub(" ", text or "")
        if words:
            self._pieces.append(replace(style, texte=words))

    def close(self) -> None:
        """End the element that is being read."""
        pieces = tuple(self._pieces)
        self._pieces = []
        if "".join(piece.texte for piece in pieces).strip():
            self.runs.append((self._kind, self._fresh, _trimmed(pieces)))
            self._fresh = False


def _styled(node: html.HtmlElement, tag: str, style: Piece) -> Piece:
    url = str(node.get("href") or "").strip() if tag == "a" else ""
    name = _STYLES.get(tag, "")
    url = url if _LINK.fullmatch(url) else style.url
    return Piece("", url, style.fort or name == "fort", style.italique or name == "italique")


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces without the spaces at both ends."""
    trimmed = list(pieces)
    while trimmed and not trimmed[0].texte.strip(" \n"):
        del trimmed[0]
    while trimmed and not trimmed[-1].texte.strip(" \n"):
        del trimmed[-1]
    trimmed[0] = replace(trimmed[0], texte=trimmed[0].texte.lstrip(" "))
    trimmed[-1] = replace(trimmed[-1], texte=trimmed[-1].texte.rstrip(" "))
    return tuple(trimmed)


def _joined(runs: list[tuple[Genre, bool, tuple[Piece, ...]]]) -> Iterator[Bloc]:
    """Elements in blocks: those of one list together."""
    elements: list[tuple[Piece, ...]] = []
    for rank, (kind, fresh, pieces) in enumerate(runs):
        before = runs[rank - 1][0] if rank else kind
        if elements and (kind == "p" or fresh or kind != before):
            yield Bloc(before, tuple(elements))
            elements = []
        elements.append(pieces)
    if elements:
        yield Bloc(runs[-1][0], tuple(elements))
