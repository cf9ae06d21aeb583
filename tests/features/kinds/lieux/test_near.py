from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portail.features.kinds.lieux.blocs import nearby, towns_of
from portail.geo.coordinates import distance_km
from portail.geo.places import Commune


def commune(code, lat, lon):
    return Commune(code, f"Commune {code}", (), "62", None, lat, lon)


OMER = commune("62765", 50.7483, 2.2522)
WIZERNES = commune("62902", 50.7094, 2.2339)
AIRE = commune("62014", 50.6414, 2.3967)
CALAIS = commune("62193", 50.9502, 1.8758)
AMIENS = commune("80021", 49.8942, 2.2957)


def near(places, most=4, **reach):
    towns = towns_of(places)
    return {
        name: tuple(islice(nearby(name, town.code, towns, **reach), most)) for name, town in places
    }


def test_from_near_to_far_within_reach():
    places = [("a", OMER), ("b", WIZERNES), ("c", AIRE), ("d", AMIENS), ("e", CALAIS)]
    found = near(places)
    assert found["a"] == (("b", 5), ("c", 16))
    assert found["d"] == ()
    assert near(places, reach=40)["a"] == (("b", 5), ("c", 16), ("e", 35))
    assert near(places, most=1)["a"] == (("b", 5),)
    # Another town is a kilometre away at least.
    assert near([("a", OMER), ("b", commune("1", 50.7484, 2.2522))])["a"] == (("b", 1),)


def test_places_of_one_commune_show_those_that_follow():
    places = [(name, OMER) for name in "gcafbed"] + [("z", WIZERNES)]
    found = near(places)
    assert [name for name, _ in found["a"]] == ["b", "c", "d", "e"]
    assert [name for name, _ in found["f"]] == ["g", "a", "b", "c"]
    assert {km for _, km in found["a"]} == {0}
    assert max(Counter(name for rows in found.values() for name, _ in rows).values()) <= 6


def test_a_commune_without_a_centre_is_left_out():
    assert near([("a", commune("1", None, None)), ("b", OMER)]) == {"a": (), "b": ()}


TOWNS = st.lists(
    st.tuples(st.floats(49, 51), st.floats(1.5, 4)), min_size=1, max_size=25, unique=True
).map(lambda rows: [commune(f"{rank:05}", *row) for rank, row in enumerate(rows)])


@given(TOWNS, st.data())
def test_none_is_nearer_than_those_shown(towns, data):
    where = data.draw(st.lists(st.sampled_from(towns), max_size=30))
    places = [(f"p{rank:02}", town) for rank, town in enumerate(where)]
    homes = dict(places)
    for name, rows in near(places).items():
        km = {
            other: distance_km(*((homes[one].lat, homes[one].lon) for one in (name, other)))
            for other in homes if other != name
        }  # fmt: skip
        within = sorted(one for one in km.values() if one <= 29.5)
        shown = [km[other] for other, _ in rows]
        assert shown[: len(within)] == pytest.approx(within[:4], rel=0.01)
        assert len(shown) >= min(4, len(within))
        assert all(one[1] <= two[1] for one, two in pairwise(rows))
        assert all((told == 0) == (homes[other] is homes[name]) for other, told in rows)
        assert all(abs(told - km[other]) <= 1 for other, told in rows)
