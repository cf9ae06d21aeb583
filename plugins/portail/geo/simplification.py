"""Lines with fewer corners, for the scale at which they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TypeAlias

__all__ = ["Place", "simplified"]

Place: TypeAlias = tuple[float, float]
"""Units of a map."""


def simplified(line: Sequence[Place], least: float, kept: Collection[Place]) -> list[Place]:
    """The line without corners whose triangle is smaller than ``least`` square units, the smallest
    first (Visvalingam and Whyatt, 1993).

    Its ends and the places ``kept`` stay: parts that two lines share between such places are the
    same in both, whichever way each goes.

    >>> simplified([(0, 0), (5, 1), (10, 0), (10, 9)], 10, ())
    [(0, 0), (10, 0), (10, 9)]
    """
    ends = [0, *(n for n, place in enumerate(line[1:-1], 1) if place in kept), len(line) - 1]
    found = [line[0]]
    for first, last in pairwise(ends):
        found += _part(line[first : last + 1], least)[1:]
    return found


def _part(line: Sequence[Place], least: float) -> list[Place]:
    """A line of which only the ends must stay."""
    before = [*range(-1, len(line) - 1)]
    after = [*range(1, len(line) + 1)]
    areas = [0.0, *(_area(line, n - 1, n, n + 1) for n in range(1, len(line) - 1)), 0.0]
    # Of two equal corners the same one goes, whichever way the line is read.
    heap = [(areas[n], line[n], n) for n in range(1, len(line) - 1)]
    heapify(heap)
    gone = [False] * len(line)
    while heap:
        area, _, n = heappop(heap)
        if gone[n] or area != areas[n]:
            continue
        if area >= least:
            break
        gone[n] = True
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for one in (left, right):
            if 0 < one < len(line) - 1:
                # A corner is never smaller than what went before it.
                areas[one] = max(area, _area(line, before[one], one, after[one]))
                heappush(heap, (areas[one], line[one], one))
    return [place for place, lost in zip(line, gone, strict=True) if not lost]


def _area(line: Sequence[Place], a: int, b: int, c: int) -> float:
    """Area of a triangle; the same from either end, to the last bit."""
    (x1, y1), (x3, y3) = sorted((line[a], line[c]))
    x2, y2 = line[b]
    return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2
