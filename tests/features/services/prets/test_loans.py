from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from doses import cases, dose
from portail.features.services.prets.loans import (
    Availability,
    Span,
    availability,
    free_copies,
    free_spans,
    tracks,
)
from portail.model.collections import Etape

DAY = timedelta(days=1)
FIRST, LAST = date(2021, 9, 1), date(2021, 9, 30)


MONTH = [FIRST + count * DAY for count in range(30)]


def loan(du, au, exemplaire=None):
    """From a day of September to another: the day 0 is the last of August."""
    first, last = (FIRST + (day - 1) * DAY for day in (du, au))
    return Etape.model_construct(du=first, au=last, exemplaire=exemplaire)


def out(loans, day):
    return sum(one.du <= day <= one.au for one in loans)


def told(loans, copies=1):
    """Spans of each copy: « 1-9 » is free, « 10-20:0 » the loan of rank 0."""
    return {
        track.exemplaire: [
            f"{one.du.day}-{one.au.day}" + (f":{one.rang}" if one.rang is not None else "")
            for one in track.spans
        ]
        for track in tracks(loans, copies, FIRST, LAST)
    }


@cases(
    ("loans", "copies", "expected"),
    [
        ([], 1, {1: ["1-30"]}),
        ([loan(10, 20)], 1, {1: ["1-9", "10-20:0", "21-30"]}),
        ([loan(1, 30)], 1, {1: ["1-30:0"]}),
        ([loan(11, 12), loan(5, 10)], 1, {1: ["1-4", "5-10:1", "11-12:0", "13-30"]}),
        ([loan(5, 9), loan(9, 12)], 2, {1: ["1-4", "5-9:0", "10-30"],
                                        2: ["1-8", "9-12:1", "13-30"]}),
        ([loan(5, 9), loan(5, 9, 1)], 2, {1: ["1-4", "5-9:1", "10-30"],
                                          2: ["1-4", "5-9:0", "10-30"]}),
        ([loan(1, 5, 1), loan(6, 30, 2), loan(3, 8)], 2,
         {1: ["1-5:0", "6-30"], 2: ["1-5", "6-30:1"], 0: ["3-8:2"]}),
    ],
)  # fmt: skip
def test_copies(loans, copies, expected):
    assert told(loans, copies) == expected


@st.composite
def accepted(draw):
    """Loans as sheets are accepted: never more than there are copies, never two of one copy."""
    copies, kept = draw(st.integers(1, 3)), []
    spans = st.tuples(st.integers(-9, 40), st.integers(0, 12), st.integers(0, 3))
    for first, long, number in draw(st.lists(spans, max_size=8)):
        one = loan(first, first + long, min(number, copies) or None)
        met = [x for x in kept if x.du <= one.au and one.du <= x.au]
        busy = max(out(met, one.du + count * DAY) for count in range(long + 1))
        if busy < copies and not any(x.exemplaire and x.exemplaire == one.exemplaire for x in met):
            kept.append(one)
    return kept, copies


@given(accepted())
def test_loans_and_free_days_tile_the_period(itinerary):
    loans, copies = itinerary
    found = tracks(loans, copies, FIRST, LAST)
    assert [one.exemplaire for one in found if one.exemplaire] == [*range(1, copies + 1)]
    for track in found:
        if track.exemplaire:
            assert track.spans[0].du == FIRST
            assert track.spans[-1].au == LAST
            for one, after in zip(track.spans, track.spans[1:], strict=False):
                assert one.au + DAY == after.du
                assert one.rang is not None or after.rang is not None
        assert all(one.du <= one.au for one in track.spans)
    spans = [(track.exemplaire, one) for track in found for one in track.spans]
    seen = {rank for rank, one in enumerate(loans) if one.du <= LAST and one.au >= FIRST}
    assert sorted(one.rang for _, one in spans if one.rang is not None) == sorted(seen)
    for number, one in spans:
        if one.rang is not None:
            told = loans[one.rang]
            assert one == Span(max(told.du, FIRST), min(told.au, LAST), one.rang)
            assert told.exemplaire in (None, number)


@given(accepted())
def test_the_order_of_loans_changes_nothing(itinerary):
    loans, copies = itinerary

    def shown(rows):
        return [
            [(one.du, one.au, one.rang is None) for one in track.spans]
            for track in tracks(rows, copies, FIRST, LAST)
        ]

    assert shown(loans) == shown(sorted(loans, key=lambda one: (one.du, one.au)))


@given(accepted(), st.integers(0, 21), st.integers(0, 8))
def test_free_copies_are_those_that_no_loan_takes(itinerary, start, length):
    loans, copies = itinerary
    days = MONTH[start : start + length + 1]
    busiest = max(out(loans, day) for day in days)
    found = free_copies(loans, copies, days[0], days[-1])
    assert 0 <= found <= copies - busiest
    if not busiest or len(days) == 1:  # on one day every loan takes a copy
        assert found == copies - busiest


@settings(max_examples=dose(6, 25))
@given(accepted())
def test_free_spans_hold_every_free_period(itinerary):
    loans, copies = itinerary
    spans = free_spans(loans, copies, FIRST, LAST)
    for one in spans:
        assert FIRST <= one.du <= one.au <= LAST
        assert free_copies(loans, copies, one.du, one.au)
    for first in MONTH:
        for last in MONTH[first.day - 1 :]:
            free = free_copies(loans, copies, first, last) > 0
            assert free == any(one.du <= first and last <= one.au for one in spans)


@given(accepted(), st.integers(1, 30))
def test_availability_says_until_when(itinerary, number):
    loans, copies = itinerary
    day = date(2021, 9, number)
    found = availability(loans, copies, day)
    assert found.libres == copies - out(loans, day)
    if found.libres:
        end = found.au or date(2022, 1, 1)
        assert free_copies(loans, copies, day, end)
        assert found.au is None or not free_copies(loans, copies, day, end + DAY)
    else:
        assert found.au
        assert out(loans, found.au) == copies > out(loans, found.au + DAY)
    if found.rang is not None:
        assert loans[found.rang].au == found.au
    after = day
    while found.tant and after <= found.tant:
        one = availability(loans, copies, after)
        assert (one.libres, one.au) == (found.libres, found.au)
        after += DAY


def test_without_a_loan_to_come_a_tool_is_free_without_an_end():
    assert availability([loan(1, 4)], 2, date(2021, 9, 5)) == Availability(2, None, None, None)
