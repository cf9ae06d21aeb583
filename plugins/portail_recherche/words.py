"""Words by which one content is found, weighted, packed when its file is read. They are written as
the lists of the index hold them, so that joining thousands of contents decodes next to nothing.
What other files say of a content (its names) is added later."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise, takewhile
from math import log
from typing import NamedTuple

from portail.late import expression
from portail.text.analysis import token_stem, tokens
from portail.text.typography import plain


class Field(NamedTuple):
    """Positions of a field go from ``start`` to before ``end``; ``boost`` is what one occurrence
    counts for in ``usual`` words, ``slope`` how much length matters.
    """

    start: int
    end: int
    boost: float
    usual: float
    slope: float


TITLE = Field(0, 64, 9.0, 6, 0.3)
SUMMARY = Field(64, 192, 3.0, 14, 0.3)
NAMES = Field(192, 320, 4.0, 16, 0.1)
HEADINGS = Field(320, 512, 2.5, 8, 0.3)
TEXT = Field(512, 1 << 30, 1.0, 250, 0.6)

# In the order of their positions.
FIELDS = (TITLE, SUMMARY, NAMES, HEADINGS, TEXT)

# Most positions that are kept of a term in a content: its first ones.
MOST = 32


# How much a term says of a content: BM25F (Robertson, Zaragoza, « The Probabilistic Relevance
# Framework: BM25 and Beyond », 2009, § 3.6), but for the rarity of terms, which the browser
# knows.

# The largest weight: one digit.
HEAVIEST = 44

# Occurrences, each counted for the boost of its field, that give half the largest weight.
HALF = 6.0

_RATIO = log(1.25)


def factor(field: Field, length: int) -> float:
    """What an occurrence in a field of ``length`` words counts for, in steps of a quarter: a
    sentence more seldom changes every weight.
    """
    steps = round(log(max(length, 1) / field.usual) / _RATIO)
    return field.boost / (1 - field.slope + field.slope * 1.25**steps)


def weight(counted: float) -> int:
    """The weight, from 1 to ``HEAVIEST``, linear as BM25F wants."""
    return max(1, round(HEAVIEST * counted / (HALF + counted)))


# Whole numbers as printable text: what a browser decodes faster, and gzip packs tighter, than
# decimal digits between commas.

_BASE = 45
# ASCII without blank, ``!``, ``"`` and ``\``: JSON writes each as it is. The first 45 end a number,
# the next 45 say that more follows.
_SIGNS = "".join(chr(code) for code in range(35, 127) if code != 92)


def _digits(value: int) -> str:
    low = ""
    while value >= _BASE:
        low += _SIGNS[_BASE + value % _BASE]
        value //= _BASE
    return low + _SIGNS[value]


_MANY = _BASE * _BASE
# The texts of the numbers of one or two digits, for loops that write them one by one.
DIGITS = tuple(_digits(value) for value in range(_MANY))


def digits(values: Iterable[int]) -> str:
    """``values``, each from 0 up, one after the other: in base 45, lowest digit first; a digit
    that is not the last one of its number is written 45 signs further.

    Raises ``IndexError`` or writes nonsense for a negative value.

    >>> digits([0, 44, 45, 2024]), digits([2025, 91125])
    ('#OP$}O', 'PP$PPP$')
    """
    return "".join([DIGITS[value] if value < _MANY else _digits(value) for value in values])


_RANKS = {sign: rank for rank, sign in enumerate(_SIGNS)}


def numbers(text: str) -> list[int]:
    """The whole numbers of a text of digits. Raises ``KeyError`` for a sign that is none.

    >>> numbers("#OP$}O")
    [0, 44, 45, 2024]
    """
    pieces = []
    value = 0
    unit = 1
    for sign in text:
        rank = _RANKS[sign]
        if rank < _BASE:
            pieces.append(value + rank * unit)
            value = 0
            unit = 1
        else:
            value += (rank - _BASE) * unit
            unit *= _BASE
    return pieces


_STARTS = [field.start for field in FIELDS]
_OWN = (TITLE, SUMMARY, HEADINGS, TEXT)
# A number of which blanks part the thousands: the only word of ``tokens`` with a blank inside.
_SPACED = expression(r"[0-9](?<!\w[0-9])[0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?!\w)")
_SENTENCES = expression(r"[.!?…\n](?:(?<=\w\w\w[.])\s+|(?<=[!?…])\s+|(?<=\n))")
"""The last sign of a sentence of a body, and what is between it and the next; « M. Curie » is in
one. Signs that are few come first: they are leapt to."""
# Sentences of a body begin at a multiple of this, so that a word more seldom moves those that
# follow: each word that moves has its list written again.
_STEP = 16
# What stands before the first word of a sentence.
_ENDS = ".!?…:;|"
_ELIDED = expression(r"\w+['’]$")
# What may touch a word and is none.
_AROUND = '.,:;!?…()«»“”"'
_OPENS = " \u00a0\u202f«»\"“”'’([–—-"


class Words(NamedTuple):
    """What ``packed`` gathered. ``lengths`` are the numbers of words that count in title, summary,
    headings and body; ``said`` is, of each of ``stems``, what lists write (``packed_entry``);
    ``written`` are the words as readers write them, but those of the body."""

    lengths: list[int]
    stems: list[str]
    said: list[str]
    written: list[str]


_NOTHING = digits([0] * len(_OWN)) + "\n\n\n"


def packed(title: str, summary: str, headings: Iterable[str], text: str) -> str:
    """The words of a content, for ``unpacked``: its title may have notations, the rest is plain."""
    places = defaultdict[str, list[int]](list)
    texts = ((plain(title),), (summary,), tuple(headings), _sentences(text))
    lengths = [place(field, text, places) for field, text in zip(_OWN, texts, strict=True)]
    factors = factors_of(lengths)
    alone = _alone(factors[-1])
    said = []
    for places_of in places.values():
        first = places_of[0]
        if first < TEXT.start:
            said.append(packed_entry(places_of, factors))
        elif len(places_of) == 1:
            said.append(alone[1] + (DIGITS[first] if first < _MANY else _digits(first)))
        else:
            kept = places_of[:MOST]
            said.append(alone[len(kept)] + _steps(kept))
    shown = chain.from_iterable(map(written_words, chain.from_iterable(texts[:-1])))
    lines = (digits(lengths), " ".join(places), " ".join(said), " ".join(dict.fromkeys(shown)))
    return "\n".join(lines)


def _sentences(text: str) -> tuple[str, ...]:
    parts = []
    start = 0
    for end in _SENTENCES.finditer(text):
        at = end.start()
        parts.append(text[start : at + (text[at] != "\n")])
        start = end.end()
    return (*parts, text[start:])


@lru_cache(maxsize=1_000)
def _alone(counts: float) -> tuple[str, ...]:
    return tuple(digits((weight(counts * number), number)) for number in range(MOST + 1))


def unpacked(text: str) -> Words:
    """See ``packed``; no words for an empty text. Raises ``ValueError`` for any other text."""
    lengths, stems, told, written = (text or _NOTHING).split("\n")
    return Words(numbers(lengths), stems.split(), told.split(), written.split())


def factors_of(lengths: Iterable[int], named: int = 0) -> list[float]:
    """What an occurrence counts for in each of ``FIELDS`` of a content, from ``Words.lengths`` and
    how many words count in its names."""
    title, summary, *rest = lengths
    every = (title, summary, named, *rest)
    return [factor(field, lengths_of) for field, lengths_of in zip(FIELDS, every, strict=True)]


def place(field: Field, texts: Iterable[str], places: defaultdict[str, list[int]]) -> int:
    """Add the stems of a field to ``places``, an empty position between two texts, or more in a
    body; how many words count in it."""
    start = field.start
    length = 0
    end = field.end
    step = _STEP if field is TEXT else 1
    texts = tuple(texts)
    parted = _SPACED.search("\n\n".join(texts)) is not None
    for text in texts:
        whole = _SPACED.sub(_whole, text) if parted else text
        heard = [*chain.from_iterable(map(_heard, whole.split()))]
        if start + len(heard) > end:
            heard = heard[: max(end - start, 0)]
        for rank, stem in enumerate(heard, start):
            if stem:
                places[stem].append(rank)
        length += len(heard) - heard.count("")
        start += len(heard)
        start += step - (start - field.start) % step
    return length


@lru_cache(maxsize=100_000)
def _heard(run: str) -> tuple[str, ...]:
    word = run.strip(_AROUND)
    if word.isalpha():
        return (token_stem(word),)
    *found, last = tokens(f"{run} mot")
    stems = {token.position: token.stem for token in found}
    return tuple(stems.get(rank, "") for rank in range(last.position))


def _whole(number: re.Match[str]) -> str:
    return "".join(number[0].split())


def packed_entry(positions: list[int], factors: Sequence[float]) -> str:
    """What a list writes of a term in a content, ``positions`` ascending: its weight, how many
    positions follow, and these, each from the former one, as a text of digits."""
    kept = positions[:MOST]
    counted = sum([factors[bisect_right(_STARTS, length) - 1] for length in kept])
    return DIGITS[weight(counted)] + DIGITS[len(kept)] + _steps(kept)


def positions_in(said: str) -> list[int]:
    """The positions that ``packed_entry`` wrote."""
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
    for token in tokens(text):
        word = text[token.start : token.end]
        if len(word) < 3 or not word.isalpha():
            continue
        if word[0].isupper() and not (named or word.isupper()):
            before = _ELIDED.sub("", text[: token.start]).rstrip(_OPENS)
            if not before or before[-1] in _ENDS:
                word = word.lower()
        yield word


def _steps(positions: list[int]) -> str:
    steps = pairwise([0, *positions])
    return "".join([DIGITS[to - at] if to - at < _MANY else _digits(to - at) for at, to in steps])


# Bytes of UTF-8 of all words, some 11 kB once written and compressed.
SIZE = 48_000


def front_coded(words: Iterable[str]) -> str:
    """Words without figures, in order, as one text: each as how many of its first letters are those
    of the word before, then the rest. It is a quarter less than the words once compressed.

    >>> front_coded(["Amiens", "amande", "amandier", "canal"])
    '0Amiens0amande5ier0canal'
    """
    before = ""
    parts = []
    for word in words:
        # A browser counts UTF-16 units: letters of two are not counted as shared.
        pairs = zip(before, word, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1] <= _LAST, pairs))
        parts.append(f"{shared}{word[shared:]}")
        before = word
    return "".join(parts)


# The last sign that is one UTF-16 unit.
_LAST = "\uffff"


def vocabulary(forms: Mapping[str, int], size: int = SIZE) -> list[tuple[str, int]]:
    """Words, each in the form in which most contents write it, and how many have it; from ``forms``
    (in how many contents each form is). In alphabetical order, which packs best; when they do not
    fit in ``size``, those that most contents have.

    >>> vocabulary({"Planétarium": 2, "planétarium": 5, "Amiens": 9, "amiens": 1})
    [('Amiens', 10), ('planétarium', 7)]
    """
    words: dict[str, list[str]] = {}
    for form in sorted(forms):
        words.setdefault(form.lower(), []).append(form)
    counted = [(sum(forms[form_of] for form_of in word), word) for word in words.values()]
    kept = []
    for count, words_of in sorted(counted, key=lambda row: (-row[0], row[1])):
        form = max(words_of, key=lambda form_of: (forms[form_of], form_of))
        size -= len(form.encode()) + len(str(count)) + 6
        if size < 0:
            break
        kept.append((form, count))
    return sorted(kept)
