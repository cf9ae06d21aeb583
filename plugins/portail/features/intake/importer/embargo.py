"""What a text says of an embargo: ``embargo`` of ``data/public.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portail.text.dates import suggested_date
from portail.text.hints import expression, level
from portail.text.public import Said, public_table

_EMBARGO = "embargo"
_MARKS = re.compile(r"[*_#>`~\\|\s]+")
_NEXT = re.compile(r"[.!?;] +(?=[a-z])")
_UNTIL = re.compile(r"\W*(?:jusqu|until|leve)")
_HEAD = 2_000
_HEAD_ROWS = 8
_PARAGRAPH = 60
"""A line of so many signs is the first paragraph: shorter ones before it are read too."""
_MAY_BE = re.compile(r"embargo|(?:ne|do|be)\W+(?:pas|rien|not)|not\W+for|interdite", re.IGNORECASE)


def may_be_under_embargo(text: str) -> bool:
    """Whether ``embargo_in`` may find something in ``text``, of any form, told at once."""
    return _MAY_BE.search(text) is not None


def embargo_in(titre: str, *texts: str) -> tuple[Said, ...]:
    """What a title, and the first paragraph of each of ``texts``, plain or Markdown, say of an
    embargo: its last day when it is told, else the words.

    >>> embargo_in("La comète", "SOUS EMBARGO jusqu’au jeudi 12 mars 2026 à 18 h")
    (Said(key='embargo', sort='embargo', value='2026-03-12'),)
    >>> embargo_in("Cuba sous embargo américain", "L’embargo dure encore.")
    ()
    """
    rows = [titre, *(row for text in texts for row in _beginning(text))]
    plain = [" ".join(level(_MARKS.sub(" ", row)).split()) for row in rows]
    marks = [*map(expression, public_table().embargo.marques)]
    said = ""
    days: list[str] = []
    for row, line, following in zip(rows, plain, [*plain[1:], ""], strict=True):
        if mark := next(filter(None, (mark.search(line) for mark in marks)), None):
            said = said or " ".join(_MARKS.sub(" ", row).split())
            sentence = _NEXT.split(line[mark.start() :], maxsplit=1)[0]
            days += _days(f"{sentence} {following}" if _UNTIL.match(following) else sentence)
    return (Said(_EMBARGO, _EMBARGO, max(days, default=said)),) if said else ()


def _days(line: str) -> Iterator[str]:
    """The ISO days to which ``line`` says that something is kept."""
    for found in expression(public_table().embargo.jour).finditer(line):
        if day := suggested_date(found[1]):
            yield day[:10]


def _beginning(text: str) -> Iterator[str]:
    """The lines of ``text`` up to its first paragraph."""
    rows = [row for row in text[:_HEAD].split("\n") if _MARKS.sub("", row)]
    for row in rows[:_HEAD_ROWS]:
        yield row
        if len(row) >= _PARAGRAPH:
            return
