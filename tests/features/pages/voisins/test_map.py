"""The ground of the map of several portals."""

import shutil

import pytest

from plans import Tree, entry
from portail.features import voisins
from portail.features.pages.voisins.map import GROUND, plan_ground
from portail.geo.territories import Geography
from remake import replace
from voisins import far_event, neighbour


@pytest.fixture
def site(tmp_path):
    """A region with a page, and a neighbour."""
    region = {"territoires/region": entry("territoires", type="region", code="32")}
    alone = Tree(tmp_path).site(region)
    neighbours = (neighbour(far_event("nuit", alone.day.date)),)
    return replace(alone, features=(voisins.feature,), parts={"voisins": neighbours})


def ground(site):
    (page,) = plan_ground(site)
    assert page.url == GROUND
    return page.view()


def test_what_is_around_the_region_is_drawn_when_it_is_known(site, racine, tmp_path):
    data = tmp_path / "tables"
    contours = data / "contours"
    contours.mkdir(parents=True)
    for path in (racine / "data").iterdir():
        if path.name != contours.name:
            (data / path.name).symlink_to(path)
    for name in ("hauts-de-france", "normandie", "corse"):
        shutil.copy(racine / f"data/contours/{name}.json", contours)
    both = ground(replace(site, geography=Geography.load(data, "Hauts-de-France")))
    (contours / "normandie.json").unlink()
    alone = ground(replace(site, geography=Geography.load(data, "Hauts-de-France")))
    assert not alone.region, "Corse is far"
    assert alone.largeur < alone.hauteur, "60 km more on each side"
    assert (both.largeur, both.hauteur) == (alone.largeur, alone.hauteur)
    assert both.contour == alone.contour and both.region


def test_there_is_no_ground_without_a_neighbour(site):
    assert not list(plan_ground(replace(site, parts={})))
