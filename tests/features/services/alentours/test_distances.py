"""Distances against those of the ellipsoid, reckoned by a formula of which they know nothing."""

from math import asin, cos, dist, radians, sin, sqrt
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portail.features.kinds.lieux.blocs import nearby, towns_of
from portail.features.services.alentours.relations import nearest
from portail.geo.coordinates import BoundingBox, Projection, distance_km
from portail.geo.places import Commune

FRANCE = st.tuples(st.floats(41.3, 51.1), st.floats(-5.2, 9.6))
STEPS = st.tuples(st.floats(-0.26, 0.26), st.floats(-0.4, 0.4))
"""Degrees: within some 30 kilometres."""
SQUARED = 0.00669438
"""The square of the eccentricity of WGS 84."""


def geodesic_km(one, other):
    """Kilometres between two points of WGS 84: the chord through the ellipsoid, then its arc, to a
    few metres within France."""

    def place(point):
        lat, lon = map(radians, point)
        wide = 6378.137 / sqrt(1 - SQUARED * sin(lat) ** 2)
        return (
            wide * cos(lat) * cos(lon),
            wide * cos(lat) * sin(lon),
            wide * (1 - SQUARED) * sin(lat),
        )

    return 2 * 6371 * asin(dist(place(one), place(other)) / 2 / 6371)


@given(FRANCE, FRANCE)
def test_the_distance_of_the_domain(one, other):
    assert distance_km(one, other) == pytest.approx(geodesic_km(one, other), rel=0.01, abs=1e-6)


@given(FRANCE, STEPS)
def test_what_is_near_is_as_far_as_it_is_said(one, step):
    other = one[0] + step[0], one[1] + step[1]
    true = geodesic_km(one, other)
    assume(0.6 < true < 30)
    a, b = (
        Commune(code, code, (), "62", None, *place) for code, place in (("a", one), ("b", other))
    )
    ((_, said),) = nearby("a", "a", towns_of([("a", a), ("b", b)]), reach=40)
    assert abs(said - true) <= 0.5 + 0.01 * true
    (found,) = nearest(one, [SimpleNamespace(commune=b)])
    assert abs(found.km - true) <= 0.5 + 0.01 * true


@given(FRANCE, FRANCE, FRANCE)
def test_a_map_leads_back_to_the_place(one, other, place):
    assume(abs(one[1] - other[1]) > 0.01)
    box = BoundingBox.of((one, other))
    projection = Projection(box, 668, 34)
    x, y = projection.xy(*place)
    assert projection.latlon(x, y) == pytest.approx(place, abs=1e-9)
    west, north, east, south = projection.grid
    # As scripts place things: rounded, half a metre at most on the region's frame.
    if 0 <= x <= 668 and 0 <= y <= projection.height < 3000:
        there = north + y * south, west + x * east
        assert geodesic_km(place, there) < 0.001
