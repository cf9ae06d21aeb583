"""When a touring tool is out and when it is free, copy after copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from portail.model.collections import Etape, ResourceEntry

_DAY = timedelta(days=1)


class Span(Struct, frozen=True):
    """Days from ``du`` to ``au``, both included: a loan, ``rang`` its rank in the itinerance, or
    days when nobody has the copy (``rang`` is ``None``)."""

    du: date
    au: date
    rang: int | None = None


class Track(Struct, frozen=True):
    """The spans of one copy; ``exemplaire`` counts from 1, 0 is for loans that fit none."""

    exemplaire: int
    spans: tuple[Span, ...]


def copies_of(loans: Sequence[Etape], copies: int) -> tuple[int, ...]:
    """The copy that each loan takes, from 1; 0 for one that says none and fits none."""
    order = _in_time(loans)
    copy = [loan.exemplaire or 0 for loan in loans]
    for rank in order:
        if not copy[rank]:
            du = loans[rank].du
            au = loans[rank].au
            busy = {
                copy[other_rank]
                for other_rank in order
                if loans[other_rank].du <= au and du <= loans[other_rank].au
            }
            copy[rank] = next(
                (candidate for candidate in range(1, copies + 1) if candidate not in busy), 0
            )
    return tuple(copy)


def tracks(loans: Sequence[Etape], copies: int, first: date, last: date) -> tuple[Track, ...]:
    """What each copy does from ``first`` to ``last``: loans and free days tile the period."""
    order = _in_time(loans)
    copy = copies_of(loans, copies)
    groups = []
    for number in (*range(1, copies + 1), 0):
        taken = [
            Span(max(loans[rank].du, first), min(loans[rank].au, last), rank)
            for rank in order
            if copy[rank] == number and loans[rank].du <= last and loans[rank].au >= first
        ]
        spans = tuple(_tiled(taken, first, last)) if number else tuple(taken)
        if spans:
            groups.append(Track(number, spans))
    return tuple(groups)


def free_copies(loans: Sequence[Etape], copies: int, first: date, last: date) -> int:
    """How many copies nobody has on any day from ``first`` to ``last``, both included. A loan that
    fits no copy takes one, nobody knows which."""
    return _free(loans, copies_of(loans, copies), copies, first, last)


def free_spans(loans: Sequence[Etape], copies: int, first: date, last: date) -> tuple[Span, ...]:
    """Days from ``first`` to ``last`` on which one and the same copy can be had, each span as long
    as it can be, in order."""
    copies_held = copies_of(loans, copies)
    ends = sorted({last, *(loan.du - _DAY for loan in loans if first < loan.du <= last)})
    spans: list[Span] = []
    for start in sorted({first, *(loan.au + _DAY for loan in loans if first <= loan.au < last)}):
        free = (end for end in reversed(ends) if end >= start)
        end = next(
            (day_free for day_free in free if _free(loans, copies_held, copies, start, day_free)),
            None,
        )
        if end and not (spans and spans[-1].au >= end):
            spans.append(Span(start, end))
    return tuple(spans)


def first_free(loans: Sequence[Etape], copies: int, day: date) -> date:
    """The first day, from ``day`` on, when a copy can be had, as far as loans are known."""
    after = max((day, *(loan.au for loan in loans))) + _DAY
    return free_spans(loans, copies, day, after)[0].du


def free_from(tool: ResourceEntry, today: date) -> date:
    """The first day when whoever asks today may have a tool, as far as one knows."""
    return first_free(tool.itinerance, tool.exemplaires, tool.had_from(today))


def out_spans(loans: Sequence[Etape], copies: int, first: date, last: date) -> tuple[Span, ...]:
    """Days from ``first`` to ``last``, both included, on which no copy is free, in order."""
    copies_held = copies_of(loans, copies)
    changes: set[date] = set()
    for loan in loans:
        changes.update(day for day in (loan.du, loan.au + _DAY) if first < day <= last)
    starts = sorted({first, *changes})
    spans: list[Span] = []
    for start, after in zip(starts, (*starts[1:], last + _DAY), strict=True):
        if _free(loans, copies_held, copies, start, start):
            continue
        if spans and spans[-1].au + _DAY == start:
            start = spans.pop().du
        spans.append(Span(start, after - _DAY))
    return tuple(spans)


class Availability(Struct, frozen=True):
    """How a tool stands on a day: copies ``libres``, until when (``au``), ``rang`` of the loan that
    ends then, ``tant`` the last day of all this.
    """

    libres: int
    au: date | None
    rang: int | None
    tant: date | None


def availability(loans: Sequence[Etape], copies: int, day: date) -> Availability:
    """How a tool stands on ``day``, as far as its loans are known."""
    after = max((day, *(loan.au for loan in loans))) + _DAY
    span = free_spans(loans, copies, day, after)[0]
    changes = (loan.du - _DAY if loan.du > day else loan.au for loan in loans if loan.au >= day)
    tant = min(changes, default=None)
    free = free_copies(loans, copies, day, day)
    if free:
        return Availability(free, span.au if span.au < after else None, None, tant)
    until = span.du - _DAY
    ends = (rank for rank, loan in enumerate(loans) if loan.du <= day and loan.au == until)
    return Availability(0, until, next(ends, None), tant)


def _free(
    loans: Sequence[Etape], copies_held: Sequence[int], copies: int, first: date, last: date
) -> int:
    met = [
        copies_held[rank] for rank, loan in enumerate(loans) if loan.du <= last and first <= loan.au
    ]
    return max(0, copies - len({copy for copy in met if copy}) - met.count(0))


def _in_time(loans: Sequence[Etape]) -> list[int]:
    return sorted(range(len(loans)), key=lambda rank: (loans[rank].du, loans[rank].au, rank))


def _tiled(taken: Sequence[Span], first: date, last: date) -> Iterator[Span]:
    free = first
    for span in taken:
        if free < span.du:
            yield Span(free, span.du - _DAY)
        yield span
        free = span.au + _DAY
    if free <= last:
        yield Span(free, last)
