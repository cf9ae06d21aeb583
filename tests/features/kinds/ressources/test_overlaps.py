"""Loans beyond the copies are refused, and only those: against a count day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portail.model.collections import Etape, Pret
from portail.model.kinds import Kind
from portail.model.registry import MODELS

Ressource = MODELS[Kind.RESSOURCE]
FIRST, DAY = date(2021, 9, 1), timedelta(days=1)
SPANS = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 10), st.sampled_from((None, None, 1, 2, 3))),
    max_size=9,
)


def loan(span):
    start, long, copy = span
    du = FIRST + start * DAY
    return Etape.model_construct(du=du, au=du + long * DAY, exemplaire=copy)


def impossible(loans, copies):
    """Is there a day with too many loans, or with two of one copy?"""
    for count in range(40):
        there = [one for one in loans if one.du <= FIRST + count * DAY <= one.au]
        said = [one.exemplaire for one in there if one.exemplaire]
        if len(there) > copies or len(said) > len(set(said)):
            return True
    return False


@given(SPANS, st.integers(1, 3))
def test_against_every_day(spans, copies):
    loans = [loan((start, long, copy and min(copy, copies))) for start, long, copy in spans]
    pret = Pret.model_construct(exemplaires=copies)
    values = Ressource.model_construct(pret=pret, itinerance=tuple(loans))
    found = [one for one in Ressource.rules(values) if one.code == "E504"]
    assert bool(found) == impossible(loans, copies)
    for fault in found:
        rank, others = fault.values["ligne"], fault.values["autres"]
        clash = [loans[path[1]] for path in (*others, rank)]
        assert rank not in others
        assert impossible(clash, len(others))
