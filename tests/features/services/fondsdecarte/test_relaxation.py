"""Points of a map: far enough from one another, inside, near their place, always the same."""

from itertools import combinations
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from doses import dose
from portail.features.services.fondsdecarte.drawing import pushed_apart

FRAME = (14.0, 14.0, 586.0, 626.0)
GAP = 32.0
PLACES = st.tuples(st.floats(0, 600), st.floats(0, 640))
# Few places, many times: towns where several lieux have the same position.
CROWDS = st.lists(PLACES, min_size=1, max_size=5).flatmap(
    lambda towns: st.lists(st.sampled_from(towns), max_size=40)
)


def away(one, other):
    return hypot(one[0] - other[0], one[1] - other[1])


@settings(max_examples=dose(15, 60), deadline=None)
@given(st.one_of(st.lists(PLACES, max_size=40), CROWDS))
def test_far_enough_inside_and_the_same_each_time(places):
    found = pushed_apart(places, GAP, FRAME)
    assert len(found) == len(places)
    assert all(away(one, other) >= GAP for one, other in combinations(found, 2))
    left, top, right, bottom = FRAME
    assert all(left <= x <= right and top <= y <= bottom for x, y in found)
    assert found == pushed_apart(places, GAP, FRAME)


@given(st.lists(st.integers(0, 15), unique=True))
def test_what_is_far_enough_stays(cells):
    places = [(60.0 + 40 * (cell % 4), 60.0 + 40 * (cell // 4)) for cell in cells]
    assert pushed_apart(places, GAP, FRAME) == tuple(places)


@settings(deadline=None)
@given(st.integers(2, 20))
def test_a_crowd_stays_around_its_town(count):
    town = (300.0, 300.0)
    for place in pushed_apart([town] * count, GAP, FRAME):
        assert away(place, town) <= GAP * count**0.5


def test_without_room_for_all_it_still_ends():
    found = pushed_apart([(5.0, 5.0)] * 9, GAP, (0.0, 0.0, 20.0, 20.0))
    assert len(found) == 9 and all(0 <= x <= 20 and 0 <= y <= 20 for x, y in found)
