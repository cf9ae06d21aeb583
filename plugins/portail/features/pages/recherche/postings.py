"""Posting lists of one segment of contents, their order by weight, their cut into files."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, Protocol

from portail.features.pages.recherche.words import (
    DIGITS,
    MOST,
    NAMES,
    TEXT,
    Words,
    digits,
    factors_of,
    numbers,
    packed_entry,
    place,
    positions_in,
    written_words,
)

_DIGIT = [digits((value,)) for value in range(MOST + 1)]
_COUNTS = {sign: value for value, sign in enumerate(_DIGIT)}
_BORDER = digits((TEXT.start,))


def thinned(entries: Sequence[str], room: int) -> list[str]:
    """``entries``, what a list writes of each content, cut to the first positions of each body: as
    many for every content, so that ``room`` of them are left at most."""
    before = [_before(entry) for entry in entries]
    counts = [_COUNTS[entry[1]] for entry in entries]
    inside = sorted(map(int.__sub__, counts, before))
    most = 0
    while most < MOST and (more := len(inside) - bisect_right(inside, most)) <= room:
        most = most + 1
        room = room - more
    return [
        entry if count <= first + most else _cut(entry, first + most)
        for entry, count, first in zip(entries, counts, before, strict=True)
    ]


def _before(entry: str) -> int:
    """How many positions are in other fields."""
    low = entry[2]
    high = entry[3:4]
    if low > "O" and (high > "O" or high + low >= _BORDER[::-1]):
        return 0  # the first one is in the body already
    return bisect_left(positions_in(entry), TEXT.start)


def _cut(entry: str, count: int) -> str:
    match = _firsts(count).match(entry, 2)
    assert match
    return f"{entry[0]}{_DIGIT[count]}{match[0]}"


@cache
def _firsts(count: int) -> re.Pattern[str]:
    """The first ``count`` numbers of a text of digits."""
    return re.compile(rf"(?:[P-~]*[#-O]){{{count}}}")


class Content(NamedTuple):
    """One content: its own words and the names of what it is tied to."""

    words: Words
    names: tuple[str, ...] = ()


class Joining(Protocol):
    """Words that mean the same, as the index needs them (``text.synonyms``)."""

    def joined(self, positions: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
        """The stems to add to a content that has ``positions``, and theirs."""
        ...


class _Every(Mapping[str, Sequence[int]]):
    """All positions of a content; those of its own words are read when they are asked for."""

    def __init__(self, own: Mapping[str, str], named: Mapping[str, list[int]]) -> None:
        self._own = own
        self._named = named
        self._stems = dict.fromkeys((*own, *named))

    def __getitem__(self, stem: str) -> list[int]:
        own = positions_in(self._own[stem]) if stem in self._own else []
        return sorted([*own, *self._named[stem]]) if stem in self._named else own

    def __iter__(self) -> Iterator[str]:
        return iter(self._stems)

    def __len__(self) -> int:
        return len(self._stems)

    def __contains__(self, stem: object) -> bool:
        return stem in self._stems

    def keys(self) -> KeysView[str]:
        """As those of a dictionary, which sets are made of faster."""
        return self._stems.keys()


def postings(
    contents: Iterable[Content], room: int, joining: Joining | None = None
) -> dict[str, str]:
    """The list of each term in a segment, of 1,000 contents at most, as a text of digits: how many
    contents have it; then of each the rank in ``contents`` from the former one (the first from -1),
    its weight, how many positions follow, and these, each from the former one. ``room`` is how many
    positions in bodies a list holds: a term that is everywhere keeps the first ones of each body,
    as many as fit."""
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for rank, content in enumerate(contents):
        first = DIGITS[rank + 1]
        for stem, entry in _term_lists(content, joining).items():
            pieces = parts.get(stem)
            if pieces is None:
                parts[stem] = [first, entry]
            else:
                pieces += DIGITS[rank - last[stem]], entry
            last[stem] = rank
    for row in parts.values():
        if len(row) * MOST > 2 * room and sum(map(len, row)) > room:
            row[1::2] = thinned(row[1::2], room)
    return {term: DIGITS[len(row) // 2] + "".join(row) for term, row in parts.items()}


def _term_lists(content: Content, joining: Joining | None) -> dict[str, str]:
    """What lists write of each term of a content."""
    words = content.words
    own = dict(zip(words.stems, words.said, strict=True))
    named = defaultdict[str, list[int]](list)
    length = place(NAMES, content.names, named)
    every = _Every(own, named)
    more = joining.joined(every) if joining else {}
    if not named and not more:
        return own
    factors = factors_of(words.lengths, length)
    for stem in {**named, **more}:
        positions = every.get(stem, [])
        own[stem] = packed_entry(sorted({*positions, *more.get(stem, ())}), factors)
    return own


# What a segment of contents says, as a text kept from one build to the next; what all say.
# A piece has four lines: terms, their lists, words as readers write them, and as a text of digits
# in how many contents each of these is.


def piece(contents: Sequence[Content], room: int, joining: Joining | None = None) -> str:
    """The piece of a segment; see ``postings`` for ``room``."""
    lists = postings(contents, room, joining)
    terms = sorted(lists)
    forms = Counter(form for content in contents for form in _forms(content))
    shown = sorted(forms)
    counts = digits(forms[form] for form in shown)
    return "\n".join(
        (" ".join(terms), " ".join([lists[term] for term in terms]), " ".join(shown), counts)
    )


def _forms(content: Content) -> Iterable[str]:
    """The words of a content but those of its body, each in one form: without a capital, if it is
    ever written so."""
    named = [form for name in content.names for form in written_words(name, named=True)]
    shown = {*content.words.written, *named}
    return {form.lower(): form for form in sorted(shown)}.values()


def lists_of(pieces: Iterable[tuple[int, str]]) -> dict[str, str]:
    """The list of each term, from the number and the piece of each segment in order: before what a
    segment says of it, the number of that segment from the former one (the first from -1)."""
    by_term: dict[str, str] = {}
    last: dict[str, int] = {}
    for number, text in pieces:
        terms, lists, _, _ = text.split("\n")
        steps = {former: digits((number - former,)) for former in range(-1, number)}
        for term, entry in zip(terms.split(), lists.split(), strict=True):
            by_term[term] = by_term.get(term, "") + steps[last.get(term, -1)] + entry
            last[term] = number
    return by_term


def forms_of(pieces: Iterable[str]) -> Counter[str]:
    """In how many contents each word is, in each of its forms."""
    total: Counter[str] = Counter()
    for text in pieces:
        _, _, forms, counts = text.split("\n")
        total.update(dict(zip(forms.split(), numbers(counts), strict=True)))
    return total


FULL = 4_000
"""Signs that a file holds at most, terms and lists, or half as many beside its longest list: rare
terms between two that are everywhere share the file of one of them. Each word of a query reads a
file whole: twice as many files cost less than half as much, the table of their names included."""


def term_order(term: str) -> bytes:
    """A key by which terms come in the order in which JavaScript compares texts."""
    return term.encode("utf-16-be", "surrogatepass")


def bounds(lists: Mapping[str, str], terms: Sequence[str], full: int = FULL) -> list[int]:
    """Ranks of the terms that begin a file, 0 first, of ``terms`` in order. What is too big is cut
    about its middle, before the term whose digest is the smallest among those that may begin a
    half. A text that grows by a word changes sizes by little: the same term is chosen again, and
    only the files of the terms that changed are other ones."""
    sizes = [len(term) + len(lists[term]) for term in terms]
    ends = [0, *accumulate(sizes)]
    marks = [blake2b(term_order(term), digest_size=8).digest() for term in terms]
    firsts: list[int] = []
    left = [(0, len(terms))] if terms else []
    while left:
        first, after = left.pop()
        size = ends[after] - ends[first]
        if size <= full or size - max(sizes[first:after]) <= full // 2:
            firsts.append(first)
            continue
        cut = _middle(ends, marks, first, after)
        left += [(cut, after), (first, cut)]
    return firsts


def borders(terms: Sequence[str], firsts: Sequence[int]) -> list[str]:
    """The shortest texts by which a term finds its file: each is after all terms of the file before
    it, and none of its own file is before it; the first one is empty.

    >>> borders(["amien", "bois", "boissi", "mer"], [0, 2, 3])
    ['', 'boiss', 'm']
    """
    return ["" if not rank else _border(terms[rank - 1], terms[rank]) for rank in firsts]


def _border(before: str, after: str) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    same = next((rank for rank, (left, right) in pairs if left != right), len(before))
    return after[: same + 1]


def _middle(ends: Sequence[int], marks: Sequence[bytes], first: int, after: int) -> int:
    """Where to cut a range: in the middle half of its size, else beside the term that fills it."""
    quarter = (ends[after] - ends[first]) / 4
    start = bisect_left(ends, ends[first] + quarter, first + 1, after)
    stop = bisect_right(ends, ends[after] - quarter, first + 1, after)
    if start == stop:
        start = max(stop - 1, first + 1)
        stop = min(stop + 1, after)
    return min(range(start, stop), key=marks.__getitem__)
