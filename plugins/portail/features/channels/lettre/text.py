"""The plain text of a mail: its fragment read in order, every address alone on its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from textwrap import wrap

from lxml.html import HtmlElement

from portail.text.dates import jour
from portail.text.notation import plain_notation
from portail.text.typography import plain, typeset

from .fragment import tree_of
from .mails import MailView
from .words import WORDS

# Columns of a line, so that it still fits 78 (RFC 5322, 2.1.1) once quoted twice.
LIMIT = 74
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_LINE = "\u2028"
_RAISED = {"sub": "~", "sup": "^"}


def one_line(text: str) -> str:
    """``text`` without any break or control: only spaces that may break are joined.

    >>> one_line(" a\\r\\n\\u2028b\\xa0c ")
    'a b\\xa0c'
    """
    return _BREAKS.sub(" ", text).strip(" ")


def wrapped(text: str, first: str = "") -> Iterator[str]:
    """The lines of ``text``, of ``LIMIT`` columns at most, the first after ``first``, the others
    after as many spaces; a no-break space holds.

    >>> list(wrapped("un deux", "* "))
    ['* un deux']
    """
    yield from wrap(
        one_line(text),
        LIMIT,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )


def mail_text(view: MailView) -> Iterator[str]:
    """The lines of the text of a mail."""
    for line in (*_head(view), *letter_text(view.numero.lettre, view.adresse), *_foot(view)):
        yield f"{line}\n"


def _plain_line(text: str) -> str:
    return one_line(typeset(plain(text)))


def _address(url: str) -> str:
    return f"    {one_line(url).removeprefix('mailto:')}"


def _head(view: MailView) -> Iterator[str]:
    yield "LA LETTRE DU JEUDI"
    yield from wrapped(_plain_line(view.enseigne.nom_complet))
    edition = ""
    if view.edition:
        edition = f" · édition {_plain_line(view.edition)}"
    yield from wrapped(f"{jour(view.numero.jour).capitalize()} · {view.semaine}{edition}")
    yield WORDS["mail"]["entete"]
    yield _address(view.accueil)
    yield _address(view.url)


def letter_text(letter: str, adresse: Callable[[str], str] = str) -> Iterator[str]:
    """The lines of a fragment, each address as ``adresse`` tells it."""
    root = tree_of(letter)
    for block in root.iter("h2", "h3", "p", "li"):
        above = block.getparent()
        inside = above.tag == "li"
        if block.tag == "li" and block.find("h3") is not None:
            continue
        if not inside and not (block.tag == "li" and block.getprevious() is not None):
            yield from ("", "") if block.tag == "h2" else ("",)
        if block.tag == "h3":
            yield ""
        mark = _mark(block if block.tag == "li" else above)
        lines = _lines(block, mark if block.tag in ("li", "h3") else " " * len(mark))
        yield from lines
        if block.tag == "h2":
            yield "=" * max(map(len, lines), default=0)
        links = dict.fromkeys(link.get("href", "") for link in block.iter("a"))
        yield from (_address(adresse(url)) for url in links)


def _mark(item: HtmlElement) -> str:
    # What stands before an item of a list; nothing before another block.
    if item.tag != "li":
        return ""
    items = item.getparent()
    if items.tag == "ol":
        return f"{int(items.get('start', 1)) + items.index(item)}. "
    return "* "


def _lines(block: HtmlElement, mark: str) -> list[str]:
    for element in block.iter("br", "sub", "sup"):
        sign = _RAISED.get(element.tag, "")
        element.text = plain_notation(f"{sign}{element.text or ''}{sign}") if sign else _LINE
    parts = block.text_content().split(_LINE)
    margin = " " * len(mark)
    return list(
        chain.from_iterable(
            wrapped(part, margin if rank else mark) for rank, part in enumerate(parts)
        )
    )


def _foot(view: MailView) -> Iterator[str]:
    words = WORDS["mail"]
    if view.contact:
        yield from ("", words["proposer"], f"{words['ecrire']}\u00a0:", _address(view.contact))
    yield from ("", "-- ")
    yield from wrapped(words["pied"].format(nom=_plain_line(view.numero.nom)))
    for name, text in words["liens"].items():
        yield from (f"{text}\u00a0:", _address(getattr(view, name)))
    yield words["licence"]
