"""Where data by days are cut in files, so that a phone reads those that it needs and an edit writes
few again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

# Contents that one file holds, some 45 kB compressed: all, else those of a month, else of five
# days; those from which a file ends there.
MANY = 800
ENOUGH = 200


def cut(days: Mapping[date, set[str]]) -> list[date]:
    """The days on which files begin, but for the first of them; ``days`` has the references of what
    each day tells. A file begins with a month, or with the 1st, 6th, 11th… day of one.

    >>> cut({date(2021, 10, 9): {"a"}, date(2021, 11, 3): {"b"}})
    []
    """
    held: set[str] = set()
    starts = []
    for start, refs in _units(days):
        if len(held) >= ENOUGH:
            starts.append(start)
            held = set()
        held |= refs
    return starts


def _units(days: Mapping[date, set[str]]) -> Iterator[tuple[date, set[str]]]:
    # All at once, months, or five days: the largest that have no more contents than a file.
    every = _among(days, days)
    if len(every) <= MANY:
        yield date.min, every
        return
    for month, some in groupby(sorted(days), key=lambda day: day.replace(day=1)):
        of_month = [*some]
        refs = _among(days, of_month)
        if len(refs) <= MANY:
            yield month, refs
            continue
        for first, of_five in groupby(of_month, key=_first_of_five):
            yield first, _among(days, of_five)


def _first_of_five(day: date) -> date:
    return day.replace(day=1 + 5 * min((day.day - 1) // 5, 5))


def _among(days: Mapping[date, set[str]], some: Iterable[date]) -> set[str]:
    return set[str]().union(*map(days.__getitem__, some))
