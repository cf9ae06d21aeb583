"""The words of opening hours in French, and a text cut into them.

The form cuts alike, by the same ``LEXICON`` (``theme/static/js/contribuer-horaires-mots.js``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from portail.text.opening_hours_text import Misread

__all__ = ["LEXICON", "Token", "is_spoken", "tokens", "word_at"]

_END = r"(?![a-z])"
LEXICON: tuple[tuple[str, str, str], ...] = (
    ("toujours", "", rf"(?:ouverte? )?en permanence{_END}|24 ?h(?:eures)? ?(?:sur|/) ?24(?: ?h)?"),
    ("heure", "", r"(\d{1,2}) ?(?:heures?(?![a-z])|h(?![a-z])|:) ?(\d{2}(?!\d))?"),
    ("heure", "12", rf"midi{_END}"),
    ("heure", "24", rf"minuit{_END}"),
    ("note", "", r"\((.*?)\)(?= *(?:[;,.\n]|$))"),
    ("note", "", rf"(?:uniquement |seulement )?(sur (?:rendez-vous|rdv|reservation)){_END}"),
    ("tous", "Mo-Su", rf"(?:tous les jours|chaque jour|toute la semaine){_END}"),
    ("tous", "Mo-Su", rf"7 ?j(?:ours)? ?(?:sur|/) ?7{_END}"),
    ("tous", "Mo-Fr", rf"(?:en semaine|jours ouvres){_END}"),
    ("tous", "Sa-Su", rf"(?:week-?ends?|fins? de semaine){_END}"),
    ("ferie", "PH", rf"(?:jours? )?feries?{_END}"),
    ("ferie", "SH", rf"vacances(?: scolaires)?{_END}"),
    ("mois_fin", "", rf"(?:du|de chaque) mois{_END}"),
    ("rang", "-5", r"cinquieme avant la fin"), ("rang", "-4", r"quatrieme avant la fin"),
    ("rang", "-3", r"troisieme avant la fin"), ("rang", "-2", rf"avant-derniers?{_END}"),
    ("rang", "-1", rf"derniers?{_END}"), ("rang", "1", rf"premiers?{_END}"),
    ("rang", "2", rf"(?:deuxiemes?|seconds?){_END}"), ("rang", "3", rf"troisiemes?{_END}"),
    ("rang", "4", rf"quatriemes?{_END}"), ("rang", "5", rf"cinquiemes?{_END}"),
    ("mois", "0", rf"janv(?:ier|\.)?{_END}"), ("mois", "1", rf"fevr?(?:ier|\.)?{_END}"),
    ("mois", "2", rf"mars{_END}"), ("mois", "3", rf"avr(?:il|\.)?{_END}"),
    ("mois", "4", rf"mai{_END}"), ("mois", "5", rf"juin{_END}"),
    ("mois", "6", rf"juil(?:let|l?\.)?{_END}"), ("mois", "7", rf"aout{_END}"),
    ("mois", "8", rf"sept(?:embre|\.)?{_END}"), ("mois", "9", rf"oct(?:obre|\.)?{_END}"),
    ("mois", "10", rf"nov(?:embre|\.)?{_END}"), ("mois", "11", rf"dec(?:embre|\.)?{_END}"),
    ("jour", "0", rf"lun(?:dis?|\.)?{_END}"), ("jour", "1", rf"mar(?:dis?|\.)?{_END}"),
    ("jour", "2", rf"mer(?:credis?|\.)?{_END}"), ("jour", "3", rf"jeu(?:dis?|\.)?{_END}"),
    ("jour", "4", rf"ven(?:dredis?|\.)?{_END}"), ("jour", "5", rf"sam(?:edis?|\.)?{_END}"),
    ("jour", "6", rf"dim(?:anches?|\.)?{_END}"),
    ("ferme", "", rf"ferm(?:e|es|ee|ees|eture){_END}"),
    ("ouvert", "", rf"ouver(?:t|te|ts|tes|ture){_END}"),
    ("sauf", "", rf"(?:sauf|excepte|hormis){_END}"),
    ("pendant", "", rf"(?:pendant|durant){_END}"),
    ("aussi", "", rf"aussi{_END}"),
    ("partir", "", rf"a partir de{_END}"),
    ("nombre", "", r"(\d{1,2})(?:er|eme|e|nd)?(?![a-z0-9])"),
    ("et", "", rf"et{_END}|puis{_END}|/|&"),
    ("a", "", rf"(?:au|a|jusqu'au|jusqu'a){_END}|-"),
    ("du", "", rf"(?:du|des|de|en|d'|entre){_END}|d'"),
    ("le", "", rf"(?:les|le|la|l'|chaque){_END}|l'"),
    ("virgule", "", r","), ("deux_points", "", r":"), ("fin", "", r"[;.\n]"),
)  # fmt: skip
"""Words, tried in this order on the folded text: what they are, what they stand for, how they are
written."""

_BLANK = re.compile(r" +")
_WORD = re.compile(r"[^ ;,]+|.")
_OSM = re.compile(r"(?:^|[^A-Za-z])(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off|closed|24/7)(?![a-zà-ÿ])")
_SIGNS = str.maketrans(dict.fromkeys("’‘ʼ`", "'") | dict.fromkeys("‐‑‒–—−", "-") | {"\t": " "})


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Compiled when they are first needed: few builds read opening hours in words."""
    return tuple((name, value, re.compile(pattern)) for name, value, pattern in LEXICON)


class Token(NamedTuple):
    """A word: what it is, what it stands for, its place in the text."""

    name: str
    value: str
    start: int
    end: int


def is_spoken(text: str) -> bool:
    """Whether ``text`` has nothing of OpenStreetMap's own words."""
    return not _OSM.search(text) and any(one.isalpha() for one in text)


def _folded(text: str) -> str:
    """``text`` sign for sign, without case, accents or typographic variants."""
    return "".join(map(_plain, text.translate(_SIGNS)))


def _plain(sign: str) -> str:
    if sign in "\u00a0\u202f\u2009":
        return " "
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign


def word_at(text: str, place: int) -> str:
    """What is written from ``place`` on, to a blank or a comma."""
    found = _WORD.match(text, place)
    return found[0] if found else "la fin"


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text``. Raises ``Misread`` at the first that is not known."""
    folded, place = _folded(text), 0
    while place < len(folded):
        blank = _BLANK.match(folded, place)
        if blank:
            place = blank.end()
            continue
        tried = ((one, found) for one in _patterns() if (found := one[2].match(folded, place)))
        known = next(tried, None)
        if known is None:
            raise Misread(place, word_at(text, place), "mots_inconnu")
        (name, value, _), found = known
        if name == "heure" and not value:
            value = f"{found[1]}:{found[2] or '00'}"
        elif name == "note":
            value = text[found.start(1) : found.end(1)].replace('"', "").strip()
        elif name == "nombre":
            value = found[1]
        yield Token(name, value, place, found.end())
        place = found.end()
