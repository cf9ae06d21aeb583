"""Plain geometry on the outlines of communes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from polygones import inside, point_inside, read_drawings, ring_contains
from wheels import square, wkb_outline, wkb_point, write_wheel

HOLED = [[square(0, 0, 10), square(2, 2, 6)], [square(20, 0, 1)]]
"""A square with a hole, and an island."""


@cases(
    ("point", "expected"),
    [((1, 1), True), ((5, 5), False), ((20.5, 0.5), True), ((15, 5), False), ((9, 9.5), True)],
)
def test_inside(point, expected):
    assert inside(point, HOLED) is expected


def test_a_wheel_is_read(tmp_path):
    wheel = write_wheel(
        tmp_path / "a.whl",
        {"62001": (wkb_outline(*HOLED), wkb_point(1.5, 2.5)), "62002": ("", "")},
    )
    drawings = read_drawings(wheel)
    assert list(drawings) == ["62001", "62002"]
    assert drawings["62001"].town_hall == (1.5, 2.5)
    assert drawings["62001"].outline == HOLED
    assert drawings["62002"] == ((), None)


@pytest.mark.parametrize("hall", [struct.pack(">BIdd", 0, 1, 1, 2).hex(), wkb_outline()])
def test_another_geometry_is_refused(tmp_path, hall):
    with pytest.raises(ValueError, match="not the geometry expected"):
        read_drawings(write_wheel(tmp_path / "a.whl", {"62001": ("", hall)}))


def test_a_point_is_inside_the_largest_part():
    x, y = point_inside(HOLED)
    assert inside((x, y), HOLED)
    assert x < 10
    with pytest.raises(ValueError, match="no outline"):
        point_inside([])


@given(
    st.lists(st.integers(1, 9), min_size=3, max_size=12),
    st.floats(-170, 170),
    st.floats(-80, 80),
)
def test_a_point_is_inside_any_comb(teeth, x, y):
    """A comb: teeth of any height on a base, which a middle point easily misses."""
    top = [(x + rank, y + (height if rank % 2 else 0.5)) for rank, height in enumerate(teeth)]
    ring = [*top, (x + len(teeth) - 1, y), (x, y), top[0]]
    assert ring_contains(ring, point_inside([[ring]]))
