"""The lists of segments, kept as bytes from one build to the next, joined into those of the site.

A piece holds the lists of one segment: terms joined by blanks, then their lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portail.text.digits import digits

__all__ = ["merged", "piece"]


_NOTHING = "\n"
"""A segment whose contents say nothing."""


def piece(lists: Mapping[str, str]) -> str:
    """The lists of a segment as one text, the same whatever their order."""
    terms = sorted(lists)
    return f"{' '.join(terms)}\n{' '.join(lists[term] for term in terms)}"


def merged(pieces: Iterable[tuple[int, str]]) -> dict[str, str]:
    """The list of each term, from the number and the piece of each segment in order: before what a
    segment says of it, the number of that segment from the former one (the first from -1)."""
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, text in pieces:
        if text == _NOTHING:
            continue
        terms, _, lists = text.partition("\n")
        for term, found in zip(terms.split(" "), lists.split(" "), strict=True):
            parts.setdefault(term, []).append(digits((number - last.get(term, -1),)) + found)
            last[term] = number
    return {term: "".join(found) for term, found in parts.items()}
