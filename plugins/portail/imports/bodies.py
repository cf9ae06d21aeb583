"""The text of a page among what surrounds it: menus, banners, links to other pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4.element import Tag
from msgspec import Struct

from portail.imports.addresses import clean_address
from portail.imports.cleaning import is_widget
from portail.imports.pictures import same_words
from portail.imports.schema_org import Tags
from portail.text.normalise import fold

_BODIES = frozenset(
    "entry-content post-content article-content article-body texte-article field--name-body "
    "field-name-body node__content article-texte contenu-article".split()
)
_MAINS = frozenset("content contenu main main-content".split())
_ENOUGH = 25
_ASIDE = frozenset("script style noscript template nav aside footer form button svg dialog".split())
_SIGNED = frozenset("byline entry-meta post-meta submitted info-publi article-meta".split())
_SHORT = 40
"""What is repeated on every page is kept when it is so short: « Gratuit, sur inscription »."""
_LEAVES = ("p", "li", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "figcaption", "td", "div", "span")
_BLOCKS = "p ul ol div table section article h2 h3 figure dl blockquote".split()
_ALSO = re.compile(
    r"a (?:lire|voir|decouvrir) aussi|(?:articles?|contenus?|actualites?|evenements?) "
    r"(?:lies?|similaires?|recents?|associes?)|sur le meme (?:sujet|theme)|voir aussi|partager.*"
    r"|(?:laisser un |\d+ )?commentaires?|dans la meme rubrique|vous aimerez.*|navigation.*"
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


class Around(Struct, frozen=True):
    """What is known of a page from outside it."""

    url: str = ""
    """Its address, when the page does not say it."""
    repeated: frozenset[int] = frozenset()
    """Keys of the blocks that other pages of its site have too (``keys_of``)."""
    link: Callable[[str], str] | None = None
    """From an address as the page writes it to that of the page saved with it, if there is one."""
    file: Callable[[str], str] | None = None
    """From an address as the page writes it to the path of the picture saved with it."""


def main_of(page: Tags) -> Tag | None:
    """The element that most surely holds the text of a page, as CMS name it, else as HTML does."""
    found: dict[int, list[Tag]] = {}
    for tag in page["*"]:
        if (rank := _rank(tag)) is not None:
            found.setdefault(rank, []).append(tag)
    for rank in sorted(found):
        if rank == _ARTICLE and len(found[rank]) > 1:  # a list of them
            continue
        longest = max(found[rank], key=lambda tag: len(tag.get_text()))
        if len(longest.get_text().split()) >= _ENOUGH:
            return longest
    rest = found.get(_MAIN) or found.get(_ARTICLE)
    return next(iter([*(rest or ()), *page["body"], *page["*"]]), None)


_ARTICLE, _MAIN = 2, 3


def _rank(tag: Tag) -> int | None:
    """How surely an element holds the text of its page, from 0; ``None`` for what does not."""
    attributes = tag.attrs
    if "articleBody" in words(attributes.get("itemprop")).split():
        return 0
    if "class" in attributes and not _BODIES.isdisjoint(tag.get_attribute_list("class")):
        return 1
    if tag.name == "article":
        return _ARTICLE
    if tag.name == "main" or attributes.get("role") == "main":
        return _MAIN
    return 4 if "id" in attributes and words(attributes["id"]) in _MAINS else None


def keys_of(main: Tag) -> frozenset[int]:
    """A key for each block of a text."""
    return frozenset(key for _, key in _leaves(main))


def _leaves(main: Tag) -> Iterator[tuple[Tag, int]]:
    for tag in main.find_all(_LEAVES):
        whole = not tag.decomposed and tag.find(_BLOCKS) is None
        if text := " ".join(tag.get_text(" ").split()) if whole else "":
            yield tag, int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def reduced(main: Tag, titre: str, repeated: frozenset[int]) -> None:
    """Leave in ``main`` its text alone."""
    gone: set[int] = set()
    for tag in main.find_all(True):  # asking a tag whether it is decomposed is a search in it
        if id(tag.parent) in gone:
            gone.add(id(tag))
        elif _is_aside(tag, titre):
            gone.add(id(tag))
            tag.extract()
    for tag in main.find_all(_HEADINGS):
        if _ALSO.fullmatch(fold(tag.get_text(" ")).strip(" :.!")):
            _drop_section(tag)
    for tag, key in list(_leaves(main)) if repeated else ():
        if key in repeated and len(tag.get_text()) > _SHORT:
            tag.extract()


def _is_aside(tag: Tag, titre: str) -> bool:
    if tag.name in _ASIDE or (tag.name == "h1" and same_words(tag.get_text(" "), titre)):
        return True
    classes = tag.get_attribute_list("class")
    return not _SIGNED.isdisjoint(classes) or is_widget(
        " ".join(filter(None, classes)), words(tag.get("id"))
    )


def _drop_section(heading: Tag) -> None:
    """Take out a heading and what it leads, up to the next of its level."""
    for tag in list(heading.find_next_siblings()):
        if tag.name in _HEADINGS and tag.name <= heading.name:
            break
        tag.extract()
    heading.extract()


def settle(main: Tag, url: str, around: Around) -> None:
    """Make the addresses of ``main`` whole: its text is read without its page."""
    for tag in main.find_all("a"):
        written = words(tag.get("href"))
        tag["href"] = (around.link and around.link(written)) or clean_address(written, url)
        if not tag["href"]:
            del tag["href"]


def words(value: Any) -> str:
    """An attribute as a text: those of several words are lists."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
