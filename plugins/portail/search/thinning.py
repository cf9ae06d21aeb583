"""Lists of terms that are everywhere: fewer positions in bodies, all those of other fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from portail.search.digits import digits
from portail.search.fields import MOST, TEXT
from portail.search.words import positions_in

__all__ = ["thinned"]

_DIGIT = [digits((value,)) for value in range(MOST + 1)]
_COUNTS = {sign: value for value, sign in enumerate(_DIGIT)}
_BORDER = digits((TEXT.start,))


def thinned(said: Sequence[str], room: int) -> list[str]:
    """``said``, what a list writes of each content, with the first positions of each body, as many
    for all as make ``room`` of them at most."""
    before = [_before(one) for one in said]
    counts = [_COUNTS[one[1]] for one in said]
    inside = Counter(map(int.__sub__, counts, before))
    most = MOST
    while most and sum(min(count, most) * many for count, many in inside.items()) > room:
        most -= 1
    return [
        one if count <= first + most else _cut(one, first + most)
        for one, count, first in zip(said, counts, before, strict=True)
    ]


def _before(said: str) -> int:
    """How many positions are in other fields."""
    low, high = said[2], said[3:4]
    if low > "O" and (high > "O" or high + low >= _BORDER[::-1]):
        return 0  # the first one is in the body already
    return sum(one < TEXT.start for one in positions_in(said))


def _cut(said: str, count: int) -> str:
    found = _firsts(count).match(said, 2)
    assert found
    return f"{said[0]}{_DIGIT[count]}{found[0]}"


@cache
def _firsts(count: int) -> re.Pattern[str]:
    """The first ``count`` numbers of a text of digits."""
    return re.compile(rf"(?:[P-~]*[#-O]){{{count}}}")
