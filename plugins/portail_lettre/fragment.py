"""The letter as an HTML fragment: its words, sections, lines and links. Mails, pages, feeds and
plain texts tell it, the file of a sent week keeps it; what others propose is cleaned as any text of
theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import nh3
from lxml import html
from lxml.html import HtmlElement

from portail.late import expression
from portail.resources import rows_of
from portail.text.spaces import bound
from portail.text.typography import after, escape, in_letters, inline_html, named, signed, typeset

from .issue import Erratum, Line
from .word_html import SIMPLE_TAGS

WORDS: Mapping[str, Any] = rows_of("portail_lettre", "mots")


_TITLES = ("mot", "faire", "savoir", "prendre", "encore", "ciel", "errata", "changements")
_PATH = expression(r"/(?!/)[\w.~!$&'()*+,;=:@%/?#-]*", re.ASCII)
_CLIMB = expression(r"(^|/)(\.|%2e){1,2}(?=/|$|\?|#)|//", re.IGNORECASE)
_CLEANER = nh3.Cleaner(
    tags={*SIMPLE_TAGS, "section", "h2", "h3"},
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    allowed_classes={
        "a": {"facile", "voie"},
        "p": {"signe", "txt", "meta", "voies", "faciles", "contributeurs"},
        "section": {*_TITLES},
    },
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto"},
    url_relative=lambda url: url if leads(url) else None,
    link_rel=None,
)
_POINT = "\u00a0· "
_SEMICOLON = "\u00a0; "
# What is left of classes that are not of a letter; a text holds no bare « < ».
_UNCLASSED = expression(r'(<[^<>]*) class=""(?=[^<>]*>)')
# What parts a link from its neighbours, which goes when it does.
_AFTER = expression(r"^\u00a0?[·;] ")
_BEFORE = expression(r"\u00a0?[·;,] $")


def leads(url: str) -> bool:
    """Whether ``url`` is a path of the site.

    >>> leads("/agenda/?jour=1#a"), leads("//a.example/"), leads("/a/../b/")
    (True, False, False)
    """
    return bool(_PATH.fullmatch(url)) and not _CLIMB.search(url.partition("#")[0].partition("?")[0])


def cleaned(fragment: str) -> str:
    """``fragment`` with nothing but what a letter is made of; done twice, it changes nothing."""
    return _UNCLASSED.sub(r"\1", _CLEANER.clean(fragment)).replace("&nbsp;", "\u00a0")


def tree_of(fragment: str) -> HtmlElement:
    """The sections of a letter, read, below one element."""
    return html.fragment_fromstring(fragment, create_parent="div")


def written(root: Iterable[HtmlElement]) -> str:
    """What ``tree_of`` read."""
    return "\n".join(html.tostring(part, encoding="unicode").strip() for part in root)


def links_of(root: HtmlElement) -> list[HtmlElement]:
    return [link for link in root.iter("a") if link.get("href")]


def unlinked(link: HtmlElement) -> None:
    """Take a link to what is no more out of its letter: a title is told without it, what is only
    a way goes, with what parts it from others."""
    if not link.get("class"):
        link.drop_tag()
        return
    block = link.getparent()
    before = link.getprevious()
    tail = link.tail or ""
    link.tail = _AFTER.sub("", tail)
    if link.tail == tail and before is not None:
        before.tail = _BEFORE.sub("", before.tail or "")
    elif link.tail == tail:
        block.text = _BEFORE.sub("", block.text or "")
    link.drop_tree()
    if block.find("a") is None and block.get("class") in ("voies", "faciles"):
        block.drop_tree()


def block(name: str, title: str, rows: Iterable[str]) -> str:
    """A section."""
    return "\n".join(
        (f'<section class="{name}">', f"<h2>{_escaped(title)}</h2>", *rows, "</section>")
    )


def changed(name: str, errata: Sequence[Erratum]) -> str:
    """The section of what changed; ``""`` without any."""
    many = "s" * (len(errata) > 1)
    title = f"Erratum\u00a0: {in_letters(len(errata))} changement{many}"
    return block(name, title, map(change, errata)) * bool(errata)


def change(erratum: Erratum) -> str:
    """An erratum in one paragraph."""
    link = _anchor(_title(erratum.titre), erratum.url)
    word = _escaped(f"{erratum.mot} :")
    text = _escaped(f"{after(erratum.titre)}{erratum.texte}")
    return f"<p><strong>{word}</strong> {link}{text}</p>"


def numbered(lines: Iterable[Line], first: int) -> Iterator[str]:
    """Things, the first of them with its number."""
    yield f'<ol start="{first}">'
    yield from (f"<li>\n{thing(line)}\n</li>" for line in lines)
    yield "</ol>"


def thing(line: Line) -> str:
    """One of the numbered things."""
    label = _within("<strong>{}</strong>", _escaped(line.etiquette))
    facts = filter(None, (label, _escaped(line.details), _easy(line)))
    rows = (
        f"<h3>{_anchor(_title(line.titre), line.url)}</h3>",
        _within('<p class="txt">{}</p>', _escaped(line.texte)),
        f'<p class="meta">{_POINT.join(facts)}</p>',
    )
    return "\n".join(filter(None, rows))


def _easy(line: Line, words: str = "") -> str:
    if line.facile:
        return _anchor(words or WORDS["mail"]["facile"], line.facile, "facile")
    return ""


def easy(lines: Iterable[Line]) -> str:
    """Ways to what is told in easy French too, each content once; ``""`` without any."""
    found = {line.ref: _easy(line, _title(line.titre)) for line in lines if line.facile}
    told = _titled(WORDS["mail"]["facile"], _SEMICOLON.join(found.values()))
    return _within('<p class="faciles">{}.</p>', told)


def sentence(title: str, lines: Iterable[Line]) -> str:
    """Lines in one sentence."""
    return _within("<p>{}.</p>", _titled(title, _SEMICOLON.join(map(_tight, lines))))


def ways(title: str, links: Iterable[tuple[str, str]]) -> str:
    """Words and where they lead, on one line."""
    told = _POINT.join(_anchor(_escaped(words), url, "voie") for words, url in links)
    return _within('<p class="voies">{}</p>', _titled(title, told))


def paragraph(text: str, shape: str = "<p>{}</p>") -> str:
    """A paragraph of plain text."""
    return _within(shape, _escaped(text))


def _titled(title: str, told: str) -> str:
    # What is told, which is HTML, after its title.
    head = _within("<strong>{}\u00a0:</strong> ", _escaped(title))
    return f"{head}{told}" * bool(told)


def _within(shape: str, told: str) -> str:
    # Nothing for no HTML.
    return shape.format(told) * bool(told)


def _tight(line: Line) -> str:
    named_line = _anchor(_title(line.titre), line.url)
    told = ", ".join(filter(None, (named_line, _escaped(line.details))))
    return _POINT.join(filter(None, (told, _easy(line))))


def _anchor(words: str, url: str, sort: str = "") -> str:
    # ``words``, which are HTML, as a link; alone when there is none.
    if not url:
        return words
    named_sort = f' class="{sort}"' if sort else ""
    return f'<a href="{escape(url)}"{named_sort}>{words}</a>'


def _title(title: str) -> str:
    return bound(inline_html(signed(title)))


def _escaped(text: str) -> str:
    return escape(bound(typeset(named(text))).replace(" · ", _POINT))
