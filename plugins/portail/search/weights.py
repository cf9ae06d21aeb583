"""How much a term says of a content: BM25F (Robertson, Zaragoza, « The Probabilistic Relevance
Framework: BM25 and Beyond », 2009, § 3.6), but for the rarity of terms, which the browser knows."""

from __future__ import annotations

from math import log

from portail.search.fields import Field

__all__ = ["HALF", "HEAVIEST", "factor", "weight"]

HEAVIEST = 44
"""The largest weight: one digit."""

HALF = 6.0
"""Occurrences, each counted for the boost of its field, that give half the largest weight."""

_STEP = log(1.25)


def factor(field: Field, length: int) -> float:
    """What an occurrence in a field of ``length`` words counts for.

    Lengths are told in steps of a quarter: a sentence more seldom changes every weight of a
    content, thus the files of all its terms.
    """
    steps = round(log(max(length, 1) / field.usual) / _STEP)
    return field.boost / (1 - field.slope + field.slope * 1.25**steps)


def weight(counted: float) -> int:
    """The weight, from 1 to ``HEAVIEST``, of a term whose occurrences count for ``counted``.

    It is linear: ``weight / HEAVIEST`` is what BM25F multiplies by the rarity of the term.
    """
    return max(1, round(HEAVIEST * counted / (HALF + counted)))
