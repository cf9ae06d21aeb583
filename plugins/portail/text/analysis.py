"""The words of a French text by which it is found: what a reader types and what a page says meet
in the same stems. The theme's ``recherche-mots.js`` gives the same answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from portail.text.french import stem_folded
from portail.text.normalise import fold

__all__ = ["STOP_WORDS", "Token", "stem", "stem_of", "tokens"]

STOP_WORDS = frozenset(
    "a au aux avec ce ces cet cette d dans de des du elle elles en est et eux il ils j je l la le "
    "les leur leurs lui mais me mes mon n ne nos notre nous on ont ou par pas pour qu que qui s sa "
    "se ses si son sont sur t ta te tes ton tu un une vos votre vous y".split()
)
"""Folded words that say nothing of what a text is about; they have no token but a position."""


_ACCENTED = {"maïs", "sûr"}
"""Words that only their accents tell from those."""
_EAST = re.compile(r"[ld]\W$", re.IGNORECASE)
"""What stands before « est » when it is the East: « l’Est », « d’Est en Ouest »."""


class Token(NamedTuple):
    """A word that counts: its stem, its rank among all words of the text from 0, where it stands
    in the text (characters, from ``start`` to before ``end``)."""

    stem: str
    position: int
    start: int
    end: int


_APOSTROPHE = "['’‘ʼʹ′´`‛＇]"
# Accents and vowel signs that are characters of their own, and signs that print nothing.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
    "\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufeff"
)
_RUN = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*"
# Feminine and plural ends of inclusive writing: « chercheur·euse·s », « étudiant(e)s ».
_ENDS = (
    "(?:e|ne|se|te|le|ve|euse|rice|trice|ice|[iï]?[eè]re|ive|enne|ienne|elle|ale|esse|sse|fe|que)"
)
_INCLUSIVE = (
    rf"(?:[·•‧⋅.]{_ENDS}s?(?:[·•‧⋅.]s)?|[·•‧⋅.]s|\({_ENDS}s?\)s?|\(s\)|/{_ENDS}s?"
    r"|[-‐‑](?:e|ne|se|euse|trice)(?:[-‐‑]?s)?)(?!\w)"
)
_WORD = re.compile(
    rf"(?P<elided>(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){_APOSTROPHE}(?=\w))"
    r"|(?P<dotted>[^\W\d_](?:\.[^\W\d_])+(?!\w))"
    r"|(?P<number>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?!\w))"
    rf"|(?P<joined>(?:(?:aujourd|presqu|prud|entr|quelqu){_APOSTROPHE}|e[-‐‑]){_RUN})"
    rf"|(?P<word>{_RUN})(?:{_INCLUSIVE})?",
    re.IGNORECASE,
)
_PARTS = re.compile(rf"[^\w{_INSIDE}]+")
_LONG_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` that count, in order; stop words are counted and left out. What a word
    is depends on nothing beyond a blank, but for the thousands of a number.

    >>> [(one.stem, one.position) for one in tokens("L’étude des planétariums")]
    [('etud', 0), ('planetarium', 2)]
    >>> [one.stem for one in tokens("C.S.T.I., aujourd’hui : chercheur·euse·s de St-Omer")]
    ['csti', 'aujourdhui', 'chercheur', 'saint', 'omer']
    """
    position, elided = -1, ""
    for found in _WORD.finditer(text):
        kind = found.lastgroup
        if kind == "elided":
            elided = found[0]
            continue
        position += 1
        word = found["word"] if kind == "word" else _PARTS.sub("", found[0])
        known = stem_of(word)
        if not known and elided and word.lower() == "est" and _EAST.match(elided):
            known = "est"
        if known:
            yield Token(known, position, found.start(), found.end())
        elided = ""


def stem(word: str) -> str:
    """The stem of one word, whatever its case and accents.

    >>> stem("Planétariums"), stem("œuvres")
    ('planetarium', 'oeuvr')
    """
    folded = fold(word)
    return stem_folded(_LONG_FORMS.get(folded, folded))


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The stem of a word that counts, else nothing."""
    folded = fold(word)
    if folded in STOP_WORDS and unicodedata.normalize("NFC", word.lower()) not in _ACCENTED:
        return ""
    return stem_folded(_LONG_FORMS.get(folded, folded))
