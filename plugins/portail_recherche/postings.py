"""Posting lists of one segment of contents, their order by weight, their cut into files."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence, Set
from functools import cache, partial
from hashlib import blake2b
from itertools import accumulate, chain
from operator import methodcaller
from typing import NamedTuple, Protocol

from .words import (
    DIGITS,
    MOST,
    NAMES,
    TEXT,
    Words,
    digits,
    factors_of,
    packed_entry,
    place,
    positions_in,
    written_words,
)

_DIGIT = [digits((value,)) for value in range(MOST + 1)]
_COUNTS = {sign: value for value, sign in enumerate(_DIGIT)}
_BORDER = digits((TEXT.start,))


def thinned(entries: Sequence[str], room: int) -> list[str]:
    """``entries`` cut to the first positions of each body, so that ``room`` of them are left at
    most.
    """
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
    # How many positions are in other fields.
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
    # The first ``count`` numbers of a text of digits.
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
        stem_positions = []
        if stem in self._own:
            stem_positions = positions_in(self._own[stem])
        if stem in self._named:
            return sorted([*stem_positions, *self._named[stem]])
        return stem_positions

    def __iter__(self) -> Iterator[str]:
        return iter(self._stems)

    def __len__(self) -> int:
        return len(self._stems)

    def __contains__(self, stem: object) -> bool:
        return stem in self._stems

    def keys(self) -> KeysView[str]:
        # As those of a dictionary, which sets are made of faster.
        return self._stems.keys()


def postings(
    every: Iterable[Mapping[str, str]], room: int, among: Set[str] | None = None
) -> dict[str, str]:
    """The list of each term in a segment, as a text of digits.

    How many contents have it; then of each its rank from the former one (the first from -1), its
    weight, how many positions follow, and these, each from the former one. ``room`` bounds
    positions in bodies.
    """
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for rank, entries in enumerate(every):
        first = DIGITS[rank + 1]
        for stem in entries if among is None else entries.keys() & among:
            if stem in parts:
                parts[stem] += DIGITS[rank - last[stem]], entries[stem]
            else:
                parts[stem] = [first, entries[stem]]
            last[stem] = rank
    for row in parts.values():
        if len(row) * MOST > 2 * room and sum(map(len, row)) > room:
            row[1::2] = thinned(row[1::2], room)
    return {term: DIGITS[len(row) // 2] + "".join(row) for term, row in parts.items()}


class Told(NamedTuple):
    """What a segment says of one content: of each of its terms what lists write, its words but
    those of its body."""

    entries: Mapping[str, str]
    forms: tuple[str, ...]

    @property
    def text(self) -> str:
        parts = self.entries, self.entries.values(), self.forms
        return "\t".join([" ".join(part) for part in parts])

    @classmethod
    def read(cls, text: str) -> Told:
        stems, said, forms = text.split("\t")
        return cls(dict(zip(stems.split(), said.split(), strict=True)), tuple(forms.split()))


def told(content: Content, joining: Joining | None = None) -> Told:
    """What a segment says of ``content``."""
    return Told(_term_lists(content, joining), tuple(_forms(content)))


def _term_lists(content: Content, joining: Joining | None) -> dict[str, str]:
    # What lists write of each term of a content.
    words = content.words
    said = dict(zip(words.stems, words.said, strict=True))
    named = defaultdict[str, list[int]](list)
    length = place(NAMES, content.names, named)
    every = _Every(said, named)
    more = joining.joined(every) if joining else {}
    if not named and not more:
        return said
    factors = factors_of(words.lengths, length)
    for stem in {**named, **more}:
        positions = every.get(stem, [])
        said[stem] = packed_entry(sorted({*positions, *more.get(stem, ())}), factors)
    return said


# What a segment of contents says, as a text kept from one build to the next; what all say.
# A piece has four lines: terms, their lists, words as readers write them, and in how many contents
# each of these is.


def piece(every: Sequence[Told], room: int) -> str:
    """The piece of a segment; see ``postings`` for ``room``."""
    return _piece_of(every, postings([segment.entries for segment in every], room))


def piece_again(text: str, before: Sequence[Told], every: Sequence[Told], room: int) -> str:
    """The piece of a segment made from the former one: only terms that changed have another
    list.
    """
    stale = set()
    for was, now in zip(before, every, strict=True):
        if was is not now:
            stale |= {term for term, _ in was.entries.items() ^ now.entries.items()}
    kept = {term: entry for term, entry in _lists_in(text) if term not in stale}
    return _piece_of(every, kept | postings([segment.entries for segment in every], room, stale))


def _piece_of(every: Iterable[Told], lists: Mapping[str, str]) -> str:
    terms = sorted(lists)
    forms = Counter(chain.from_iterable([segment.forms for segment in every]))
    shown = sorted(forms)
    counts = [f"{forms[form]}" for form in shown]
    return "\n".join(map(" ".join, (terms, [lists[term] for term in terms], shown, counts)))


def _lists_in(text: str) -> Iterable[tuple[str, str]]:
    terms, lists, _, _ = text.split("\n")
    return zip(terms.split(), lists.split(), strict=True)


def _forms(content: Content) -> Iterable[str]:
    # The words of a content but those of its body, each in one form: without a capital, if it is
    # ever written so.
    named = list(chain.from_iterable(written_words(name, named=True) for name in content.names))
    shown = {*content.words.written, *named}
    return {form.lower(): form for form in sorted(shown)}.values()


def lists_of(pieces: Iterable[tuple[int, str]]) -> dict[str, str]:
    """The list of each term over all segments, each after its number from the former one (first
    from -1).
    """
    by_term: dict[str, str] = {}
    last: dict[str, int] = {}
    for number, text in pieces:
        steps = {former: digits((number - former,)) for former in range(-1, number)}
        for term, entry in _lists_in(text):
            if term in by_term:
                by_term[term] += steps[last[term]] + entry
            else:
                by_term[term] = steps[-1] + entry
            last[term] = number
    return by_term


def forms_of(pieces: Iterable[str]) -> Mapping[str, int]:
    """In how many contents each word is, in each of its forms."""
    total = defaultdict[str, int](int)
    for text in pieces:
        _, _, forms, counts = text.split("\n")
        for form, count in zip(forms.split(), map(int, counts.split()), strict=True):
            total[form] += count
    return total


# Signs that a file holds at most, or half as many beside its longest list. Each word of a query
# reads a file whole, the first one the table of their names too: half as many of twice the size
# cost a query of two words as much.
FULL = 8_000


# A key by which terms come in the order in which JavaScript compares texts.
term_order = methodcaller("encode", "utf-16-be", "surrogatepass")
_blake2b = partial(blake2b, digest_size=8)


def bounds(lists: Mapping[str, str], terms: Sequence[str], full: int = FULL) -> list[int]:
    """Ranks of the terms that begin a file, 0 first.

    What is too big is cut about its middle, before the term of smallest digest: a text that grows
    by a word chooses the same term again, and only files of changed terms change.
    """
    sizes = [*map(len, [term + lists[term] for term in terms])]
    ends = [0, *accumulate(sizes)]
    marks = [*map(methodcaller("digest"), map(_blake2b, map(term_order, terms)))]
    firsts = []
    spans = [(0, len(terms))] if terms else []
    while spans:
        first, after = spans.pop()
        size = ends[after] - ends[first]
        if size <= full or size - max(sizes[first:after]) <= full // 2:
            firsts.append(first)
            continue
        cut = _middle(ends, marks, first, after)
        spans += [(cut, after), (first, cut)]
    return firsts


def borders(terms: Sequence[str], firsts: Sequence[int]) -> list[str]:
    """The shortest texts by which a term finds its file: after all terms of the file before.

    >>> borders(["amien", "bois", "boissi", "mer"], [0, 2, 3])
    ['', 'boiss', 'm']
    """
    return ["" if not rank else _border(terms[rank - 1], terms[rank]) for rank in firsts]


def _border(before: str, after: str) -> str:
    pairs = enumerate(zip(before, after, strict=False))
    same = next(
        (rank for rank, (before_piece, right) in pairs if before_piece != right), len(before)
    )
    return after[: same + 1]


def _middle(ends: Sequence[int], marks: Sequence[bytes], first: int, after: int) -> int:
    # Where to cut a range: in the middle half of its size, else beside the term that fills it.
    quarter = (ends[after] - ends[first]) / 4
    start = bisect_left(ends, ends[first] + quarter, first + 1, after)
    stop = bisect_right(ends, ends[after] - quarter, first + 1, after)
    if start == stop:
        start = max(stop - 1, first + 1)
        stop = min(stop + 1, after)
    return min(range(start, stop), key=marks.__getitem__)
