"""Fewer corners, the same shape: what stays, what goes, whichever way a line is read."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portail.features.services.fondsdecarte.drawing import simplified

PLACES = st.tuples(st.integers(0, 100).map(float), st.integers(0, 100).map(float))
LINES = st.lists(PLACES, min_size=2, max_size=30, unique=True)


def corner(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


@given(LINES, st.floats(0, 2_000), st.sets(st.integers(0, 29)))
def test_a_part_of_the_line_in_its_order_with_its_ends_and_what_is_kept(line, least, ranks):
    kept = {line[rank] for rank in ranks if rank < len(line)}
    found = simplified(line, least, kept)
    assert [place for place in line if place in set(found)] == found
    assert {line[0], line[-1]} | kept <= set(found)


@given(LINES, st.floats(0, 2_000))
def test_the_same_from_either_end(line, least):
    assert simplified(line[::-1], least, ()) == simplified(line, least, ())[::-1]


@given(LINES, st.floats(0, 2_000))
def test_no_corner_that_is_left_is_too_small(line, least):
    found = simplified(line, least, ())
    corners = zip(pairwise(found), found[2:], strict=False)
    assert all(corner(a, b, c) >= least for (a, b), c in corners)


def test_nothing_goes_from_a_line_of_large_corners():
    line = [(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0)]
    assert simplified(line, 40, ()) == line
    assert simplified(line, 41, ()) == [line[0], line[-1]]
