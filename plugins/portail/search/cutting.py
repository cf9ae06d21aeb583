"""Lists of terms cut into files whose bounds stay where they are when a content changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate

__all__ = ["FULL", "borders", "bounds", "term_order"]

FULL = 14_000
"""Signs that a file holds at most, terms and lists, or half as many beside its longest list: rare
terms between two that are everywhere share the file of one of them."""


def term_order(term: str) -> bytes:
    """A key by which terms come in the order in which JavaScript compares texts."""
    return term.encode("utf-16-be", "surrogatepass")


def bounds(lists: Mapping[str, str], terms: Sequence[str], full: int = FULL) -> list[int]:
    """Ranks of the terms that begin a file, 0 first, of ``terms`` in order.

    What is too big is cut about its middle, before the term whose digest is the smallest among
    those that may begin a half. A text that grows by a word changes sizes by little: the same
    term is chosen again, and only the files of the terms that changed are other ones.
    """
    sizes = [len(term) + len(lists[term]) for term in terms]
    ends = [0, *accumulate(sizes)]
    marks = [blake2b(term_order(term), digest_size=8).digest() for term in terms]
    found: list[int] = []
    left = [(0, len(terms))] if terms else []
    while left:
        first, after = left.pop()
        size = ends[after] - ends[first]
        if size <= full or size - max(sizes[first:after]) <= full // 2:
            found.append(first)
            continue
        cut = _cut(ends, marks, first, after)
        left += [(cut, after), (first, cut)]
    return found


def borders(terms: Sequence[str], firsts: Sequence[int]) -> list[str]:
    """The shortest texts by which a term finds its file: each is after all terms of the file before
    it, and none of its own file is before it; the first one is empty.

    >>> borders(["amien", "bois", "boissi", "mer"], [0, 2, 3])
    ['', 'boiss', 'm']
    """
    return ["" if not rank else _border(terms[rank - 1], terms[rank]) for rank in firsts]


def _border(before: str, after: str) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    same = next((rank for rank, (one, other) in pairs if one != other), len(before))
    return after[: same + 1]


def _cut(ends: Sequence[int], marks: Sequence[bytes], first: int, after: int) -> int:
    """Where to cut a range: in the middle half of its size, else beside the term that fills it."""
    quarter = (ends[after] - ends[first]) / 4
    low, high = ends[first] + quarter, ends[after] - quarter
    inside = range(first + 1, after)
    within = [rank for rank in inside if low <= ends[rank] <= high]
    if not within:
        large = next(rank for rank in range(first, after) if ends[rank + 1] > high)
        within = [rank for rank in (large, large + 1) if first < rank < after]
    return min(within, key=lambda rank: marks[rank])
