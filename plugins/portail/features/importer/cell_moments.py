"""Days and hours of a cell, and what is said of one that is not understood."""

from __future__ import annotations

from datetime import date

from portail.clock import portal_zone
from portail.features.importer.when import When, question, read_words
from portail.features.importer.when_parts import NotRead
from portail.model.faults import Fault


def read_when(text: str, today: date, *, half: bool = False) -> When | Fault:
    """What ``text`` says. ``half``: another cell may say the end that it lacks.

    The fault is E145 for what has several meanings, E147 for what is not understood.

    >>> read_when("samedi 9 octobre 2021, 14h-16h", date(2021, 9, 27)).sessions[0].start
    datetime.time(14, 0)
    >>> read_when("03/04/21", date(2021, 1, 1)).code
    'E145'
    """
    try:
        when = read_words(text, today, portal_zone())
        if when.lacks and not half:
            raise question(when.sessions[0].first, when.lacks)
    except NotRead as error:
        return Fault(error.code, (), {"valeur": text} | error.values)
    return when


def unread(text: str, reason: str, remedy: str) -> Fault:
    """What is not read whole (E147): why, in French, and a sentence that says what to write."""
    return Fault("E147", (), {"valeur": text, "raison": reason, "remede": remedy})


def several(text: str, reason: str, proposed: str) -> Fault:
    """What has several meanings (E145): why, in French; what to write."""
    return Fault("E145", (), {"valeur": text, "raison": reason, "propose": proposed})


def backwards(first: object, last: object) -> Fault:
    """An end before its beginning (E213)."""
    return Fault("E213", (), {"debut": first, "fin": last, "cle": "fin"})
