"""What is near a point; the point of a territory."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from plans import entry
from portail.features.services.alentours.relations import (
    is_helper,
    nearest,
    point_of,
)
from portail.geo.coordinates import distance_km
from portail.geo.places import Epci
from portail.model.kinds import Kind

GUINES = (50.8677, 1.8703)


def lieu(**fields):
    return entry("lieux", **fields)


def test_the_nearest_come_first(tree):
    towns = {"a": "Amiens", "b": "Calais", "c": "Guînes", "d": "Lille"}
    files = {f"lieux/{name}": lieu(commune=town) for name, town in towns.items()}
    site = tree.site(files | {"lieux/sans": lieu(commune=None, territoires=["somme"])})
    items = site.of_kind(Kind.LIEU)
    here = items[2].commune.point
    assert here and items[2].entry.slug == "c"
    found = nearest(here, items, 3)
    assert [one.item.entry.slug for one in found] == ["c", "b", "d"]
    assert found[0].km == 0 and 8 <= found[1].km <= 13
    assert [one.item.entry.slug for one in nearest(here, items, 9, 20)] == ["c", "b"]
    assert len(nearest(here, items, 9)) == 4, "what has no commune is nowhere"


def test_who_helps(tree):
    fields = ({"roles": ["acteur-ressource"]}, {"offre": ["animation"]}, {"offre": ["financement"]},
              {"roles": ["reseau"]})  # fmt: skip
    site = tree.site({f"lieux/l{rank}": lieu(**one) for rank, one in enumerate(fields)})
    assert [is_helper(item) for item in site.items.values()] == [True, True, False, False]


def test_the_point_of_a_territory(tree):
    site = tree.site({"lieux/a": lieu()})
    geography = site.geography
    capso, opale = geography.epci("200069037"), geography.territoire("cc-pays-d-opale")
    assert capso and isinstance(opale, Epci)
    seat = geography.by_code("62525")  # Longuenesse
    assert seat and point_of(site, capso, seat.code) == seat.point
    town = point_of(site, capso)
    assert town == geography.by_code("62765").point, "Saint-Omer, the largest"
    middle = point_of(site, opale)
    assert middle and distance_km(middle, GUINES) < 15


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 8))
def test_only_so_many(hundredths, most):
    items = [
        SimpleNamespace(commune=SimpleNamespace(point=(50 + one / 100, 2.0))) for one in hundredths
    ]
    found = nearest((50.0, 2.0), items, most)
    assert len(found) == min(most, len(items))
    assert [one.km for one in found] == sorted(one.km for one in found)
