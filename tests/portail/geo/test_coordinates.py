import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.geo.coordinates import BoundingBox, Projection, distance_km

LATS = st.floats(-85, 85)
LONS = st.floats(-180, 180)
POINTS = st.tuples(LATS, LONS)
LILLE, AMIENS, PARIS = (50.6292, 3.0573), (49.8942, 2.2957), (48.8566, 2.3522)
REGION = BoundingBox(48.8, 1.3, 51.1, 4.3)


@cases(
    ("first", "second", "km"),
    [(LILLE, AMIENS, 98), (LILLE, PARIS, 204), (LILLE, LILLE, 0), ((0, 0), (0, 180), 20015)],
)
def test_known_distances(first, second, km):
    assert round(distance_km(first, second)) == km


@given(POINTS, POINTS, POINTS)
def test_distance_is_a_metric(a, b, c):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-6
    assert 0 <= distance_km(a, b) <= 20_016


@given(st.lists(POINTS, min_size=1))
def test_a_box_holds_its_points_and_touches_them(points):
    box = BoundingBox.of(points)
    assert all(point in box for point in points)
    assert box.sud in {lat for lat, _ in points}
    assert box.est in {lon for _, lon in points}


def test_no_point_no_box():
    assert BoundingBox.of([]) is None
    assert (51.2, 2.0) not in REGION


def test_a_box_grows_by_kilometres_on_each_side():
    grown = REGION.grown(10)
    lat, lon = REGION.centre
    assert distance_km((REGION.nord, lon), (grown.nord, lon)) == pytest.approx(10)
    assert distance_km((lat, REGION.ouest), (lat, grown.ouest)) == pytest.approx(10, rel=0.001)
    assert grown.centre == pytest.approx(REGION.centre)


def test_the_map_keeps_shapes():
    drawing = Projection(REGION, 640, margin=20)
    lat, lon = REGION.centre
    middle = drawing.xy(lat, lon)
    north, east = drawing.xy(lat + 0.1, lon), drawing.xy(lat, lon + 0.1)
    vertical = math.dist(middle, north) / distance_km((lat, lon), (lat + 0.1, lon))
    horizontal = math.dist(middle, east) / distance_km((lat, lon), (lat, lon + 0.1))
    assert vertical == pytest.approx(horizontal, rel=1e-4)
    assert vertical == pytest.approx(drawing.units_per_km, rel=1e-4)


def test_the_map_fills_its_width_within_the_margins():
    drawing = Projection(REGION, 640, margin=20)
    assert drawing.xy(REGION.nord, REGION.ouest) == pytest.approx((20, 20))
    assert drawing.xy(REGION.sud, REGION.est) == pytest.approx((620, drawing.height - 20))


@given(st.floats(40, 52), st.floats(-5, 9))
def test_the_projection_can_be_undone(lat, lon):
    drawing = Projection(REGION, 640, margin=20)
    assert drawing.latlon(*drawing.xy(lat, lon)) == pytest.approx((lat, lon))


@cases(("box", "width"), [(REGION, 40), (BoundingBox(1, 2, 1, 2), 640)])
def test_a_map_without_width_is_a_bug(box, width):
    with pytest.raises(ValueError, match="width"):
        Projection(box, width, margin=20)
