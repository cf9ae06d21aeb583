"""Relative dates in a text: « ce soir », « demain », a bare « jeudi matin ».

They are wrong when the text is read on another day, in a list, a feed or a letter: they are told,
and left as they were written (C270).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.late import expression
from portail.model.entry import SHOWN_ELSEWHERE
from portail.model.faults import phrase
from portail.source.document import texts_of
from portail.text.dates import JOURS

if TYPE_CHECKING:
    from portail.model.entry import Entry
    from portail.source.document import Node, Parts

_WEEKDAYS = "|".join(JOURS)
_SPACE = "[ \u00a0\u202f]"
_THIS = "ce soir|ce matin|cet après-midi|cette nuit"
_SPAN = "ce week-end|cette semaine"
_CLOSE = "après-demain|avant-hier|demain|hier|aujourd[’']hui"
_DAY_PARTS = "soir|matin|midi|après-midi"
_RELATIVE = expression(
    rf"(?<![\w’'-])(?:(?P<this>{_THIS})|(?P<span>{_SPAN})|(?P<near>{_CLOSE})"
    rf"|(?P<ce>ce{_SPACE})?(?P<weekday>{_WEEKDAYS}))(?:{_SPACE}(?P<part>{_DAY_PARTS}))?(?![\w-])",
    re.IGNORECASE,
)
# What stands before the name of a day that is no date: « le mardi », « un samedi ».
_HABIT = frozenset(
    "le la les l du des de d au aux chaque tous un une "
    "premier deuxième second troisième quatrième dernier".split()
)
_AFTER = rf"{_SPACE}(?:\d|premier|de |du |des |d’|d'|gras|saint)"
# What stands after it: its date, or the rest of its name (« lundi de Pâques »).
_NAMES = expression(_AFTER, re.IGNORECASE)
# What stands before « hier », « demain » that mean the past, the future.
_IDIOM = frozenset("de d que et ou comme du à en ceux celle celui".split())
_HOUR = expression(rf"{_SPACE}(?:à|dès|vers){_SPACE}\d")
_LAST_WORD = expression(r"(\w+)[ \u00a0\u202f’']$")
_LETTER = "[0-9A-Za-zÀ-ÿœŒ_]"
# The same in the expressions of a browser, for who writes in a form: what it finds is advised, and
# a « samedi ou dimanche » by its first word. Its capitals do not count.
IN_A_BROWSER = (
    rf"(?<!{_LETTER}|[’'-])(?:"
    rf"{_THIS}|{_SPAN}"
    rf"|(?<!(?:^|[^A-Za-zÀ-ÿ])(?:{'|'.join(sorted(_IDIOM))})[ \u00a0’'])(?:{_CLOSE})"
    rf"|(?:{_CLOSE}){_SPACE}(?:{_DAY_PARTS})"
    rf"|ce{_SPACE}(?:{_WEEKDAYS})"
    rf"|(?<!(?:^|[^A-Za-zÀ-ÿ])(?:{'|'.join(sorted(_HABIT | {'et', 'ou'}))})[ \u00a0’'])"
    rf"(?:{_WEEKDAYS})(?!{_AFTER}))(?!{_LETTER}|-)"
)


def check_relatives(
    root: Node | None, parts: Parts, path: PurePosixPath, entry: Entry | None
) -> Iterator[Diagnostic]:
    """Words that are true of one day only in what is read on others: titles and summaries."""
    if entry is None or not entry.kind.info.of_a_day:  # the word of the editors is of its own week
        return
    for _, node, text in texts_of(root, SHOWN_ELSEWHERE):
        for match in relatives(text):
            nowadays = match[0].lower().startswith("aujourd") and not _timed(text, match)
            if not nowadays or entry.kind.info.coming:
                place = node.piece(path, match.start(), match[0])
                remedy = phrase("relatif_sans_date")
                yield diagnostic("C270", place, mots=match[0], remede=remedy)


def relatives(text: str) -> Iterator[re.Match[str]]:
    """Words of ``text`` that are true of one day only.

    >>> [match[0] for match in relatives("Le ciel de ce soir ; jeudi matin, la Lune")]
    ['ce soir', 'jeudi matin']
    >>> [*relatives("Les métiers d’hier et de demain, le mardi, le lundi 3 mars")]
    []
    """
    listed = False
    for match in _RELATIVE.finditer(text):
        last = _LAST_WORD.search(text[: match.start()])
        word = ""
        if last:
            word = last[1].lower()
        if match["weekday"]:
            named = bool(match["ce"]) or word not in _HABIT | {"et", "ou"}
            listed = (named or (listed and word in ("et", "ou"))) and not _NAMES.match(
                text, match.end()
            )
            if not listed:
                continue
        elif match["near"] and word in _IDIOM and not _timed(text, match):
            continue
        yield match


def _timed(text: str, match: re.Match[str]) -> bool:
    return bool(match["part"] or _HOUR.match(text, match.end()))
