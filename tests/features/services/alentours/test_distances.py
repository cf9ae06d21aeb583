"""Distances against those of the ellipsoid, reckoned by a formula of which they know nothing."""

from __future__ import annotations

from math import atan, atan2, cos, pi, radians, sin, sqrt, tan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portail.features.kinds.lieux.near import nearby
from portail.features.services.alentours.relations import nearest
from portail.geo.coordinates import BoundingBox, LatLon, Projection, distance_km
from portail.geo.places import Commune

FRANCE = st.tuples(st.floats(41.3, 51.1), st.floats(-5.2, 9.6))
STEPS = st.tuples(st.floats(-0.26, 0.26), st.floats(-0.4, 0.4))
"""Degrees: within some 30 kilometres."""


def geodesic_km(one: LatLon, other: LatLon) -> float:
    """Kilometres between two points of WGS 84 (T. Vincenty, « Direct and inverse solutions of
    geodesics on the ellipsoid », Survey Review, 1975: to the millimetre)."""
    a, f = 6378.137, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (atan((1 - f) * tan(radians(point[0]))) for point in (one, other))
    turn = wanted = radians(other[1] - one[1])
    for _ in range(200):
        sin_s = sqrt(
            (cos(u2) * sin(turn)) ** 2 + (cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(turn)) ** 2
        )
        if not sin_s:
            return 0.0
        cos_s = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(turn)
        arc = atan2(sin_s, cos_s)
        sin_a = cos(u1) * cos(u2) * sin(turn) / sin_s
        cos2_a = 1 - sin_a**2
        mid = cos_s - 2 * sin(u1) * sin(u2) / cos2_a if cos2_a else 0.0
        c = f / 16 * cos2_a * (4 + f * (4 - 3 * cos2_a))
        before, turn = (
            turn,
            wanted + (1 - c) * f * sin_a * (arc + c * sin_s * (mid + c * cos_s * (2 * mid**2 - 1))),
        )
        if abs(turn - before) < 1e-12:
            break
    k = cos2_a * (a**2 - b**2) / b**2
    big = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    small = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    less = small * sin_s * (mid + small / 4 * cos_s * (2 * mid**2 - 1))
    return b * big * (arc - less)


def planar(one: Commune, other: Commune) -> int | None:
    """How far the pages say that two places are, which ``nearby`` reckons on a plane."""
    rows = nearby([("a", one), ("b", other)], reach=40)["a"]
    return rows[0][1] if rows else None


def commune(code: str, point: LatLon) -> Commune:
    return Commune(code, code, (), "62", None, *point)


def test_the_measure_itself() -> None:
    # Land's End to John o' Groats, as Ordnance Survey and others give it; a degree of the equator.
    ends = (50.06632, -5.71475), (58.64402, -3.07009)
    assert geodesic_km(*ends) == pytest.approx(969.954, abs=0.001)
    assert geodesic_km((0, 0), (0, 1)) == pytest.approx(6378.137 * pi / 180)


@given(FRANCE, FRANCE)
def test_the_distance_of_the_domain(one: LatLon, other: LatLon) -> None:
    assert distance_km(one, other) == pytest.approx(geodesic_km(one, other), rel=0.01, abs=1e-6)


@given(FRANCE, STEPS)
def test_what_is_near_is_as_far_as_it_is_said(one: LatLon, step: LatLon) -> None:
    other = one[0] + step[0], one[1] + step[1]
    true = geodesic_km(one, other)
    assume(0.6 < true < 30)
    said = planar(commune("a", one), commune("b", other))
    assert said is not None and abs(said - true) <= 0.5 + 0.01 * true
    (found,) = nearest(one, [type("Item", (), {"commune": commune("b", other)})])
    assert abs(found.km - true) <= 0.5 + 0.01 * true


@given(FRANCE, FRANCE, FRANCE)
def test_a_map_leads_back_to_the_place(one: LatLon, other: LatLon, place: LatLon) -> None:
    assume(abs(one[1] - other[1]) > 0.01)
    box = BoundingBox.of((one, other))
    assert box is not None
    projection = Projection(box, 668, 34)
    x, y = projection.xy(*place)
    assert projection.latlon(x, y) == pytest.approx(place, abs=1e-9)
    west, north, east, south = projection.grid
    # As scripts place things: rounded, half a metre at most on the region's frame.
    if 0 <= x <= 668 and 0 <= y <= projection.height < 3000:
        there = north + y * south, west + x * east
        assert geodesic_km(place, there) < 0.001
