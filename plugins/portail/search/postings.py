"""The lists of one segment of contents: for each term, in which it is, how much it says, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from itertools import accumulate
from typing import Protocol, TypeAlias

from portail.body.words import MOST, steps, unpacked
from portail.search.fields import FIELDS, HEADINGS, NAMES, SUMMARY, TEXT, TITLE, Field, Record
from portail.search.weights import factor, weight
from portail.text.analysis import tokens
from portail.text.digits import digits, numbers

__all__ = ["Joining", "postings"]

_Places: TypeAlias = dict[str, list[int]]
"""The positions of each term in the fields of one content, its body aside, sorted."""
_Body: TypeAlias = dict[str, tuple[str, str]]
"""How often each stem is in a body, and where, as texts of digits."""

_DIGIT = [digits((value,)) for value in range(MOST + 1)]
_COUNTS = {sign: value for value, sign in enumerate(_DIGIT)}


class Joining(Protocol):
    """Words that mean the same, as the index needs them (``text.synonyms``)."""

    def joined(self, positions: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
        """The stems to add to a content that has ``positions``, and theirs."""
        ...


class _Every(Mapping[str, Sequence[int]]):
    """All positions of a content, those of its body read when they are asked for."""

    def __init__(self, places: _Places, body: _Body) -> None:
        self._places, self._body = places, body
        self._stems = dict.fromkeys((*places, *body))

    def __getitem__(self, stem: str) -> list[int]:
        own = _read(self._body.get(stem))
        return [*self._places[stem], *own] if stem in self._places else own

    def __iter__(self) -> Iterator[str]:
        return iter(self._stems)

    def __len__(self) -> int:
        return len(self._stems)

    def __contains__(self, stem: object) -> bool:
        return stem in self._stems

    def keys(self) -> KeysView[str]:
        """As those of a dictionary, which sets are made of faster."""
        return self._stems.keys()


def postings(records: Iterable[Record], joining: Joining | None = None) -> dict[str, str]:
    """The list of each term in a segment, as a text of digits: how many contents have it; then of
    each the rank in ``records`` from the former one (the first from -1), its weight, how many
    positions follow, and these, each from the former one."""
    parts: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for rank, record in enumerate(records):
        for term, said in _said(record, joining):
            parts.setdefault(term, []).append(digits((rank - last.get(term, -1),)) + said)
            last[term] = rank
    return {term: digits((len(found),)) + "".join(found) for term, found in parts.items()}


def _said(record: Record, joining: Joining | None) -> Iterator[tuple[str, str]]:
    """Of each term of a content: weight, how many positions, positions."""
    words = unpacked(record.body)
    places, factors = _fields(record)
    factors[TEXT] = factor(TEXT, words.length)
    body = dict(zip(words.stems, zip(words.counts, words.positions, strict=True), strict=True))
    more = joining.joined(_Every(places, body)) if joining else {}
    heavy = digits(weight(factors[TEXT] * count) for count in range(MOST + 1))
    for stem, (count, positions) in body.items():
        if stem not in places and stem not in more:
            yield stem, f"{heavy[_COUNTS[count]]}{count}{positions}"
    for stem in places.keys() | more.keys():
        own = _read(body.get(stem))
        found = sorted({*places.get(stem, ()), *more.get(stem, ()), *own})
        said = weight(sum(factors[_field_of(one)] for one in found))
        kept = found[:MOST]
        yield stem, digits((said, len(kept), *steps(kept)))


def _read(said: tuple[str, str] | None) -> list[int]:
    """The positions of a stem in a body."""
    return list(accumulate(numbers(said[1]))) if said else []


def _fields(record: Record) -> tuple[_Places, dict[Field, float]]:
    """Where the terms of all fields but the body are; what an occurrence counts for in each."""
    places: _Places = {}
    factors = {}
    for field, texts in (
        (TITLE, (record.title,)),
        (SUMMARY, (record.summary,)),
        (NAMES, record.names),
        (HEADINGS, record.headings),
    ):
        factors[field] = factor(field, _place(field, texts, places))
    return places, factors


def _place(field: Field, texts: Iterable[str], places: _Places) -> int:
    """Add the terms of a field, an empty place between two texts; how many words count."""
    start, length = field.start, 0
    for text in texts:
        position = -2
        for stem, position, *_ in tokens(text):
            if start + position >= field.end:
                return length
            places.setdefault(stem, []).append(start + position)
            length += 1
        start += position + 2
    return length


def _field_of(position: int) -> Field:
    return next(field for field in FIELDS if position < field.end)
