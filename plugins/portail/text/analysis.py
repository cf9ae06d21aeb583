"""The words of a French text by which it is found: what a reader types and what a page says meet
in the same stems. The theme's ``recherche-mots.js`` gives the same answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer.french_stemmer import FrenchStemmer

from portail.text.normalise import fold

__all__ = ["STOP_WORDS", "Token", "stem", "tokens"]

STOP_WORDS = frozenset(
    "a au aux avec ce ces cet cette dans de des du en est et il ils elle elles je la le les leur "
    "leurs lui mais me mes mon ne nos notre nous on ont ou par pas pour qu que qui sa se ses si "
    "son sont sur ta te tes ton tu un une vos votre vous y".split()
)
"""Folded words that say nothing of what a text is about; they have no token but a position."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ELISION = re.compile(r"\b(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE)


class Token(NamedTuple):
    """A word that counts: its stem, its rank among all words of the text from 0, where it stands
    in the text (characters, from ``start`` to before ``end``)."""

    stem: str
    position: int
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` that count, in order; stop words are counted and left out.

    >>> [(one.stem, one.position) for one in tokens("L’étude des planétariums")]
    [('etud', 0), ('planetarium', 2)]
    """
    plain = _ELISION.sub(lambda found: " " * len(found[0]), text)
    for position, found in enumerate(_WORD.finditer(plain)):
        word = found[0]
        if fold(word) not in STOP_WORDS:
            yield Token(stem(word), position, found.start(), found.end())


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one word, accents folded after stemming.

    >>> stem("Planétariums"), stem("œuvres")
    ('planetarium', 'oeuvr')
    """
    return fold(FrenchStemmer().stemWord(word.lower()))
