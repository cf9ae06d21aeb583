"""Paths say where their points are, and nothing else."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from portail.features.services.fondsdecarte.drawing import STEPS, Pen, dots
from portail.geo.coordinates import BoundingBox, Projection

FRAME = Projection(BoundingBox(48.8, 1.3, 51.1, 4.3), 668, 34)
PEN = Pen(FRAME)
POINTS = st.tuples(st.floats(48.8, 51.1), st.floats(1.3, 4.3))
LINES = st.lists(POINTS, min_size=2, max_size=12)


def followed(d):
    """Points that a path goes through, line by line, from the path alone."""
    lines = []
    for x, y, steps, closed in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)(z?)", d):
        numbers = [int(one) for one in re.findall(r"-?\d+", steps)]
        points = [(int(x), int(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        lines.append([*points, points[0]] if closed else points)
    return lines


def steps(line):
    """Where a line goes, in steps, without staying in place."""
    places = [tuple(round(one * STEPS) for one in FRAME.xy(*point)) for point in line]
    return [
        place for place, before in zip(places, [None, *places], strict=False) if place != before
    ]


@given(st.lists(LINES, max_size=4))
def test_a_path_goes_through_its_points_to_half_a_unit(lines):
    expected = [steps(line) for line in lines]
    assert followed(PEN.path(lines)) == [line for line in expected if len(line) > 1]


@given(st.lists(POINTS, min_size=3, max_size=9))
def test_a_ring_is_closed_without_saying_its_first_point_again(ring):
    drawn = PEN.path([(*ring, ring[0])])
    assert "z" in drawn or not drawn
    for line in followed(drawn):
        assert line[0] == line[-1]


def test_what_has_no_length_is_not_drawn():
    assert PEN.path([((50.0, 2.0), (50.0, 2.0))]) == ""
    assert PEN.path([]) == dots([], FRAME) == ""


@given(POINTS)
def test_a_dot_is_where_the_projection_says(point):
    x, y = FRAME.xy(*point)
    assert dots([point], FRAME) == f"M{round(x * STEPS)} {round(y * STEPS)}h0"


@given(LINES, POINTS, LINES)
def test_a_ring_and_a_border_are_drawn_alike_between_the_joints(shared, joint, rest):
    assume(shared[0] != shared[-1])  # a border goes from a joint to another
    pen = Pen(FRAME, 40.0, [shared[0], shared[-1], joint])
    (border,) = followed(pen.path([shared])) or [[]]
    for ring in ([*shared, joint, *rest, shared[0]], [*shared[::-1], joint, *rest, shared[-1]]):
        (drawn,) = followed(pen.path([ring])) or [[]]
        wanted = border if ring[0] == shared[0] else border[::-1]
        assert drawn[: len(wanted)] == wanted or not wanted
