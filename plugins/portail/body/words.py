"""The words by which a body is found, packed when it is rendered and kept beside it.

They are written as the index of the search writes them, so that joining a thousand bodies decodes
next to nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from portail.text.analysis import tokens
from portail.text.digits import digits

__all__ = ["BODY", "MOST", "Words", "packed", "steps", "unpacked"]

BODY = 512
"""Position of the first word of a body; the fields before it have theirs (``search.fields``)."""

MOST = 32
"""Most positions that are kept of one stem: its first ones."""


class Words(NamedTuple):
    """What ``packed`` gathered: ``length`` counts the words that say something; of each of
    ``stems``, how often it comes, ``MOST`` at most, as one digit of ``counts``, and its positions
    as a text of digits: the first as the index counts it, the next ones each from the former."""

    length: int
    stems: list[str]
    counts: str
    positions: list[str]


_NOTHING = Words(0, [], "", [])


def packed(text: str) -> str:
    """The words of the plain text of a body, for ``unpacked``; empty when there is none."""
    places: dict[str, list[int]] = {}
    for stem, position, _, _ in tokens(text):
        known = places.get(stem)
        if known is None:
            places[stem] = [position + BODY]
        else:
            known.append(position + BODY)
    if not places:
        return ""
    length = sum(map(len, places.values()))
    counts = digits(min(len(one), MOST) for one in places.values())
    positions = " ".join([digits(steps(one[:MOST])) for one in places.values()])
    return f"{length}\n{' '.join(places)}\n{counts}\n{positions}"


def unpacked(text: str) -> Words:
    """See ``packed``. Raises ``ValueError`` for any other text."""
    if not text:
        return _NOTHING
    length, stems, counts, positions = text.split("\n")
    return Words(int(length), stems.split(" "), counts, positions.split(" "))


def steps(positions: list[int]) -> list[int]:
    """Positions, sorted, the first as it is and each other from the former one.

    >>> steps([512, 515, 530])
    [512, 3, 15]
    """
    return [after - before for before, after in zip([0, *positions], positions, strict=False)]
