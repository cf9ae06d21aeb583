"""The words by which one content is found, packed when its file is read and kept beside its body.

They are written as the lists of the index hold them, so that joining thousands of contents decodes
next to nothing. What other files say of a content (its names) is added later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from portail.search.digits import digits, numbers
from portail.search.fields import FIELDS, HEADINGS, MOST, SUMMARY, TEXT, TITLE, Field
from portail.search.weights import factor, weight
from portail.text.analysis import Token, tokens

__all__ = [
    "Words",
    "factors_of",
    "packed",
    "place",
    "positions_in",
    "said",
    "unpacked",
    "written_words",
]

_OWN = (TITLE, SUMMARY, HEADINGS, TEXT)
_ENDS = ".!?…:;|"
"""What stands before the first word of a sentence."""
_OPENS = " \u00a0\u202f«»\"“”'’([–—-"


class Words(NamedTuple):
    """What ``packed`` gathered. ``lengths`` are the numbers of words that count in title, summary,
    headings and body; ``said`` is, of each of ``stems``, what lists write (see ``said``);
    ``written`` are the words as readers write them, but those of the body."""

    lengths: list[int]
    stems: list[str]
    said: list[str]
    written: list[str]


def packed(title: str, summary: str, headings: Iterable[str], text: str) -> str:
    """The words of a content, from plain texts, for ``unpacked``."""
    places: dict[str, list[int]] = {}
    texts = ((title,), (summary,), tuple(headings), (text,))
    lengths = [place(field, some, places) for field, some in zip(_OWN, texts, strict=True)]
    factors = factors_of(lengths)
    alone = [weight(factors[TEXT] * count) for count in range(MOST + 1)]
    told = [
        _told(alone[min(len(found), MOST)], found[:MOST])
        if found[0] >= TEXT.start
        else said(found, factors)
        for found in places.values()
    ]
    shown = [one for some in texts[:-1] for text in some for one in written_words(text)]
    lines = (digits(lengths), " ".join(places), " ".join(told), " ".join(dict.fromkeys(shown)))
    return "\n".join(lines)


def unpacked(text: str) -> Words:
    """See ``packed``. Raises ``ValueError`` for any other text."""
    lengths, stems, told, written = text.split("\n")
    return Words(numbers(lengths), stems.split(), told.split(), written.split())


def factors_of(lengths: Iterable[int]) -> dict[Field, float]:
    """What an occurrence counts for in each field of a content, from ``Words.lengths``."""
    return {field: factor(field, one) for field, one in zip(_OWN, lengths, strict=True)}


def place(
    field: Field,
    texts: Iterable[str],
    places: dict[str, list[int]],
    read: Callable[[str], Iterable[Token]] = tokens,
) -> int:
    """Add the stems of a field to ``places``, an empty position between two texts; how many words
    count in it."""
    start, length = field.start, 0
    for text in texts:
        position = -2
        for stem, position, _, _ in read(text):
            if start + position >= field.end:
                return length
            known = places.get(stem)
            if known is None:
                places[stem] = [start + position]
            else:
                known.append(start + position)
            length += 1
        start += position + 2
    return length


def said(positions: list[int], factors: dict[Field, float]) -> str:
    """What a list writes of a term in a content, ``positions`` ascending: its weight, how many
    positions follow, and these, each from the former one, as a text of digits."""
    kept = positions[:MOST]
    counted = sum([factors[field] for field in map(_field_of, kept)])
    return _told(weight(counted), kept)


def positions_in(said: str) -> list[int]:
    """The positions that ``said`` wrote."""
    return list(accumulate(numbers(said[2:])))


@lru_cache(maxsize=20_000)
def written_words(text: str, *, named: bool = False) -> tuple[str, ...]:
    """Words of a text, three letters at least, as readers write them: in lower case, but for a
    capital inside a sentence; in a name (``named``), any capital is its own.

    >>> written_words("Nuit des chercheurs à Amiens. Venez !")
    ('nuit', 'chercheurs', 'Amiens', 'venez')
    """
    return tuple(_written(text, named))


def _written(text: str, named: bool) -> Iterator[str]:
    for found in tokens(text):
        word = text[found.start : found.end]
        if len(word) < 3 or not word.isalpha():
            continue
        if word[0].isupper() and not (named or word.isupper()):
            before = text[: found.start].rstrip(_OPENS)
            if not before or before[-1] in _ENDS:
                word = word.lower()
        yield word


def _told(weight: int, kept: list[int]) -> str:
    steps = [after - before for before, after in zip([0, *kept], kept, strict=False)]
    return digits([weight, len(kept), *steps])


def _field_of(position: int) -> Field:
    return next(field for field in FIELDS if position < field.end)
