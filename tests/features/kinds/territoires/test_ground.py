"""Grounds of territories: which are planned, what each draws."""

import re

import pytest

from doses import rows_of
from plans import Tree, contents
from portail.features.kinds.territoires.map import plan_grounds
from portail.features.services.fondsdecarte.drawing import BaseMapView
from portail.geo.places import read_tables
from portail.geo.territories import Geography
from portail.resources import data_dir

FILES = contents(rows_of("features/kinds/territoires/ground.yml"))


@pytest.fixture(scope="module")
def grounds(tmp_path_factory):
    pages = [*plan_grounds(Tree(tmp_path_factory.mktemp("fonds")).site(FILES))]
    assert {page.template for page in pages} == {"fond.svg"}
    views = {page.url: page.view() for page in pages}
    return {url: view for url, view in views.items() if isinstance(view, BaseMapView)}


def test_each_territory_of_the_region_has_one(grounds):
    told = ["/fonds/territoires/pas-de-calais.svg", "/fonds/territoires/saint-omer.svg"]
    assert [*grounds][:2] == told, "neither the region, nor the département of elsewhere"
    assert len(grounds) == 97, "and where nothing is, for the page of the season"


def test_no_ground_without_outlines(tree):
    site = tree.site(FILES)
    empty = type("S", (), {"geography": Geography(read_tables(data_dir()))})
    empty.of_kind = site.of_kind
    assert not list(plan_grounds(empty))


def test_what_each_ground_draws(grounds):
    town = grounds["/fonds/territoires/saint-omer.svg"]
    assert (town.largeur, town.hauteur) == (600, 640)
    assert town.communes.count("h0") == 53
    assert not grounds["/fonds/territoires/pas-de-calais.svg"].communes
    # All that surrounds the territory fits, echo lines included.
    for view in grounds.values():
        x, y = map(int, re.match(r"M(\d+) (\d+)", view.contour).groups())
        assert 2 * 30 < x < 2 * (view.largeur - 30) and 2 * 30 < y < 2 * (view.hauteur - 30)
