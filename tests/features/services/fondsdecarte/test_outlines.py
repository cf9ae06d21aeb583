"""Outlines are read from a TopoJSON; a region without any has none."""

import json

import pytest

from doses import rows_of
from portail.diagnostics import DataError
from portail.features.services.fondsdecarte.outlines import Border, Outline, Outlines
from portail.geo.coordinates import BoundingBox
from portail.geo.places import Region
from portail.resources import data_dir

TABLES = rows_of("features/services/fondsdecarte/outlines.yml")

# Two squares of a degree side by side (100, 200), the second going one degree further east than
# its département 02 and the region.
FILE = TABLES["file"]
REGION = Region("32", "Essai du Nord")


def write(data, content):
    folder = data / "contours"
    folder.mkdir(exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "essai-du-nord.json").write_text(text, encoding="utf-8")
    return Outlines.load(data, REGION)


@pytest.fixture
def drawn(tmp_path):
    return write(tmp_path, FILE)


def test_rings_are_latitudes_and_longitudes(drawn):
    assert drawn
    assert drawn.credit == ("Essai", "CC0-1.0")
    ring = ((40.0, 2.0), (41.0, 2.0), (41.0, 1.0), (40.0, 1.0), (40.0, 2.0))
    assert drawn.epci["100"] == Outline("100", ((ring,),))
    assert drawn.epci["200"].box == BoundingBox(40.0, 2.0, 41.0, 4.0)
    assert (40.5, 3.5) in drawn.epci["200"] and (40.5, 1.5) not in drawn.epci["200"]
    assert drawn.departements["02"].box == BoundingBox(40.0, 2.0, 41.0, 3.0)
    assert drawn.region.box == BoundingBox(40.0, 1.0, 41.0, 3.0)


def test_a_hole_is_outside():
    def ring(low, high):
        return ((low, low), (low, high), (high, high), (high, low), (low, low))

    outline = Outline("x", ((ring(0, 10), ring(2, 4)), (ring(20, 21),)))
    points = [(1, 1), (3, 3), (15, 15), (20.5, 20.5)]
    assert [point in outline for point in points] == [True, False, False, True]
    assert outline.box == BoundingBox(0, 0, 21, 21)


def test_borders_are_drawn_once_at_their_widest_level(drawn):
    assert [(one.level, one.epci) for one in drawn.borders] == [
        ("departement", ("100", "200")),
        ("region", ("100",)),
        ("region", ("200",)),
        ("dehors", ("200",)),
        ("region", ("200",)),
        ("region", ()),
    ]
    assert drawn.borders[0] == Border(((40.0, 2.0), (41.0, 2.0)), "departement", ("100", "200"))


def test_a_border_between_epci_of_one_departement(tmp_path):
    one = {"geometries": [{"type": "Polygon", "id": "01", "arcs": [[1, 2, 5, 4]]}]}
    drawn = write(tmp_path, {**FILE, "objects": {**FILE["objects"], "departements": one}})
    assert drawn.borders[0].level == "epci"


def test_neighbours(drawn):
    assert drawn.neighbours("100") == ("200",)
    assert drawn.neighbours("02") == ("01",)
    assert drawn.neighbours("999") == ()


@pytest.mark.parametrize("region", [None, Region("53", "Bretagne")])
def test_a_region_without_outlines(tmp_path, region):
    write(tmp_path, FILE)
    none = Outlines.load(tmp_path, region)
    assert not none
    assert (none.epci, none.departements, none.region, none.borders) == ({}, {}, None, ())
    assert none.neighbours("100") == ()
    assert none.credit == ("", "")


@pytest.mark.parametrize("content", TABLES["another_file_is_refused"])
def test_another_file_is_refused(tmp_path, content):
    drawn = write(tmp_path, content)
    for name in ("epci", "borders"):
        with pytest.raises(DataError, match=r"essai-du-nord\.json"):
            getattr(drawn, name)


OFFICIAL = {"02": 7361.7, "59": 5742.8, "60": 5860.2, "62": 6671.4, "80": 6170.1}
"""Area of each département in km² (INSEE, comparateur de territoires)."""


def test_areas_are_those_of_the_land_registry_to_one_per_cent():
    outlines = Outlines.load(data_dir(), Region("32", "Hauts-de-France"))
    for code, area in OFFICIAL.items():
        assert outlines.departements[code].km2 == pytest.approx(area, rel=0.01)
    assert outlines.epci["200069037"].km2 == pytest.approx(543, rel=0.01)
    assert outlines.epci["245900428"].km2 == pytest.approx(300, rel=0.01)
    inside = sum(one.km2 for one in outlines.departements.values())
    assert outlines.region and outlines.region.km2 == pytest.approx(inside, rel=1e-6)
