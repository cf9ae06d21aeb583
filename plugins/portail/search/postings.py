"""The lists of one segment of contents: for each term, in which it is, how much it says, where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from typing import NamedTuple, Protocol

from portail.search.digits import DIGITS
from portail.search.fields import MOST, NAMES
from portail.search.thinning import thinned
from portail.search.weights import factor
from portail.search.words import Words, factors_of, place, positions_in, said

__all__ = ["Content", "Joining", "postings"]


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
        self._own, self._named = own, named
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
    contents have it; then of each the rank in ``contents`` from the former one (the first from
    -1), its weight, how many positions follow, and these, each from the former one.

    ``room`` is how many positions in bodies a list holds: a term that is everywhere keeps the
    first ones of each body, as many as fit.
    """
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for rank, content in enumerate(contents):
        first = DIGITS[rank + 1]
        for stem, one in _said(content, joining).items():
            known = parts.get(stem)
            if known is None:
                parts[stem] = [first, one]
            else:
                known += DIGITS[rank - last[stem]], one
            last[stem] = rank
    for found in parts.values():
        if len(found) * MOST > 2 * room and sum(map(len, found)) > room:
            found[1::2] = thinned(found[1::2], room)
    return {term: DIGITS[len(found) // 2] + "".join(found) for term, found in parts.items()}


def _said(content: Content, joining: Joining | None) -> dict[str, str]:
    """What lists write of each term of a content."""
    words = content.words
    own = dict(zip(words.stems, words.said, strict=True))
    named = defaultdict[str, list[int]](list)
    length = place(NAMES, content.names, named)
    every = _Every(own, named)
    more = joining.joined(every) if joining else {}
    if not named and not more:
        return own
    factors = factors_of(words.lengths) | {NAMES: factor(NAMES, length)}
    for stem in {**named, **more}:
        known = every.get(stem, [])
        own[stem] = said(sorted({*known, *more.get(stem, ())}), factors)
    return own
