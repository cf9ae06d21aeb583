"""The words by which one content is found, packed when its file is read and kept beside its body.

They are written as the lists of the index hold them, so that joining thousands of contents decodes
next to nothing. What other files say of a content (its names) is added later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from portail.search.digits import DIGITS, digits, numbers
from portail.search.fields import FIELDS, HEADINGS, MOST, SUMMARY, TEXT, TITLE, Field
from portail.search.weights import factor, weight
from portail.text.analysis import stem_of, tokens

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

_STARTS = [field.start for field in FIELDS]
_OWN = (TITLE, SUMMARY, HEADINGS, TEXT)
_SPACED = re.compile(r"(?<!\w)[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?!\w)")
"""A number of which blanks part the thousands: the only word of ``tokens`` with a blank inside."""
_SENTENCES = re.compile(r"(?<=\w\w\w[.])\s+|(?<=[!?…])\s+|\n")
"""Between two sentences of a body; « M. Curie » is in one."""
_STEP = 16
"""Sentences of a body begin at a multiple of this, so that a word more seldom moves those that
follow: each word that moves has its list written again."""
_THOUSANDS = re.compile(r"[0-9][ \u00a0\u2009\u202f][0-9]{3}")
"""What ``_SPACED`` needs, sought faster."""
_ENDS = ".!?…:;|"
"""What stands before the first word of a sentence."""
_ELIDED = re.compile(r"\w+['’]$")
_AROUND = '.,:;!?…()«»“”"'
"""What may touch a word and is none."""
_OPENS = " \u00a0\u202f«»\"“”'’([–—-"


class Words(NamedTuple):
    """What ``packed`` gathered. ``lengths`` are the numbers of words that count in title, summary,
    headings and body; ``said`` is, of each of ``stems``, what lists write (see ``said``);
    ``written`` are the words as readers write them, but those of the body."""

    lengths: list[int]
    stems: list[str]
    said: list[str]
    written: list[str]


_NOTHING = digits([0] * len(_OWN)) + "\n\n\n"


def packed(title: str, summary: str, headings: Iterable[str], text: str) -> str:
    """The words of a content, from plain texts, for ``unpacked``."""
    places = defaultdict[str, list[int]](list)
    texts = ((title,), (summary,), tuple(headings), tuple(_SENTENCES.split(text)))
    lengths = [place(field, some, places) for field, some in zip(_OWN, texts, strict=True)]
    factors = factors_of(lengths)
    alone = [digits((weight(factors[TEXT] * count), count)) for count in range(MOST + 1)]
    told = [
        said(found, factors)
        if found[0] < TEXT.start
        else alone[1] + (DIGITS[found[0]] if found[0] < len(DIGITS) else digits(found))
        if len(found) == 1
        else alone[min(len(found), MOST)] + _steps(found[:MOST])
        for found in places.values()
    ]
    shown = [one for some in texts[:-1] for text in some for one in written_words(text)]
    lines = (digits(lengths), " ".join(places), " ".join(told), " ".join(dict.fromkeys(shown)))
    return "\n".join(lines)


def unpacked(text: str) -> Words:
    """See ``packed``; no words for an empty text. Raises ``ValueError`` for any other text."""
    lengths, stems, told, written = (text or _NOTHING).split("\n")
    return Words(numbers(lengths), stems.split(), told.split(), written.split())


def factors_of(lengths: Iterable[int]) -> dict[Field, float]:
    """What an occurrence counts for in each field of a content, from ``Words.lengths``."""
    return {field: factor(field, one) for field, one in zip(_OWN, lengths, strict=True)}


def place(field: Field, texts: Iterable[str], places: defaultdict[str, list[int]]) -> int:
    """Add the stems of a field to ``places``, an empty position between two texts, or more in a
    body; how many words count in it."""
    start, length, end = field.start, 0, field.end
    step = _STEP if field is TEXT else 1
    for text in texts:
        whole = _SPACED.sub(_whole, text) if _THOUSANDS.search(text) else text
        for stems in map(_heard, whole.split()):
            for stem in stems:
                if stem and start < end:
                    length += 1
                    places[stem].append(start)
                start += 1
        start += step - (start - field.start) % step
    return length


@lru_cache(maxsize=100_000)
def _heard(run: str) -> tuple[str, ...]:
    """The stem of each word of signs without a blank, ``""`` for one that does not count: what
    ``tokens`` finds, which looks no further than a blank but in a number."""
    word = run.strip(_AROUND)
    if word.isalpha():
        return (stem_of(word),)
    *found, last = tokens(f"{run} mot")
    stems = {one.position: one.stem for one in found}
    return tuple(stems.get(rank, "") for rank in range(last.position))


def _whole(number: re.Match[str]) -> str:
    return "".join(number[0].split())


def said(positions: list[int], factors: dict[Field, float]) -> str:
    """What a list writes of a term in a content, ``positions`` ascending: its weight, how many
    positions follow, and these, each from the former one, as a text of digits."""
    kept = positions[:MOST]
    counted = sum([factors[FIELDS[bisect_right(_STARTS, one) - 1]] for one in kept])
    return digits((weight(counted), len(kept))) + _steps(kept)


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
            before = _ELIDED.sub("", text[: found.start]).rstrip(_OPENS)
            if not before or before[-1] in _ENDS:
                word = word.lower()
        yield word


def _steps(positions: list[int]) -> str:
    return digits(map(int.__sub__, positions, [0, *positions]))
