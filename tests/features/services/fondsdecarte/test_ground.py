"""Grounds of maps: which are planned, what each draws, how light they are."""

import gzip
import json
import re

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plans import Tree, entry
from portail.config import SiteConfig
from portail.features.services.fondsdecarte.drawing import (
    DEPARTEMENTS,
    LIVE,
    REGION,
    plan_base_maps,
)
from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.geo.places import read_tables
from portail.geo.territories import Geography
from portail.resources import data_dir
from portail_pelican.renderer import Renderer
from remake import replace


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("fonds")
    files = {
        "territoires/region": entry("territoires", type="region", code="32"),
        "territoires/pas-de-calais": entry("territoires", type="departement", code="62"),
        "territoires/saint-omer": entry("territoires", type="ca", code="200069037"),
        "territoires/ailleurs": entry("territoires", type="departement", code="33"),
    }
    return Tree(root).site(files)


@pytest.fixture(scope="module")
def grounds(site):
    pages = [page for page in plan_base_maps(site) if page.url != LIVE]
    assert {page.template for page in pages} == {"fond.svg"}
    return {page.url: page.view() for page in pages}


def test_no_ground_without_outlines():
    site = type("S", (), {"geography": Geography(read_tables(data_dir()))})
    assert not list(plan_base_maps(site))


def test_the_region_is_drawn_twice(grounds):
    assert [*grounds] == [REGION, DEPARTEMENTS]
    region, light = grounds.values()
    assert region.epci and not light.epci
    assert (region.contour, region.departements) == (light.contour, light.departements)
    # All that surrounds the territory fits, echo lines included.
    x, y = map(int, re.match(r"M(\d+) (\d+)", region.contour).groups())
    for view in grounds.values():
        assert 2 * 30 < x < 2 * (view.largeur - 30) and 2 * 30 < y < 2 * (view.hauteur - 30)


def live(site):
    (page,) = (one for one in plan_base_maps(site) if one.url == LIVE)
    assert page.template == "carte.json"
    return page.view()


def places(path, view):
    """The places of a path, as ``carte-vive.js`` reads it."""
    west, north, east, south = view.grille
    found = set()
    for line in path.split("M")[1:]:
        x = y = 0
        numbers = [int(one) for one in re.findall(r"-?\d+", line)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.add((north + y / view.pas * south, west + x / view.pas * east))
    return found


def test_what_one_moves_is_drawn_where_it_is(site):
    view = live(site)
    drawn = places(view.region, view)
    for polygon in outlines_of(site.geography).region.polygons:
        for lat, lon in polygon[0]:
            near = min(abs(lat - y) + abs(lon - x) for y, x in drawn)
            assert near < 0.0021, "a hundred metres"
    assert view.credit[0].startswith("IGN") and view.credit[1].startswith("https://")
    assert view.fond.hote == "data.geopf.fr"


def test_what_one_moves_is_read_in_one_light_file(site, racine):
    data = drawn(live(site), racine, "carte.json")
    told = json.loads(data)
    assert len(gzip.compress(data)) <= 14_000
    assert {*told["modules"]} == {"vive", "leaflet"} and "?v=" in told["css"]
    assert told["fond"]["organisme"].startswith("l’IGN")
    without = json.loads(drawn(replace(live(site), fond=None), racine, "carte.json"))
    assert without["fond"] is None


def drawn(view, racine, template="fond.svg"):
    environment = Environment(
        loader=FileSystemLoader(racine / "theme/templates"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    Renderer(environment, SiteConfig(region="Hauts-de-France"), racine / "theme", ())
    return environment.get_template(template).render(vue=view).encode()


def test_files_are_light_hold_both_schemes_and_no_text(grounds, racine):
    sizes = {REGION: (15_000, 6_600), DEPARTEMENTS: (5_800, 2_700)}
    for url, view in grounds.items():
        data = drawn(view, racine)
        size, packed = sizes[url]
        assert len(data) <= size and len(gzip.compress(data)) <= packed, url
        assert data.startswith(b"<svg ") and b"<text" not in data
        assert b"prefers-color-scheme:dark" in data and b"#F1ECE0" in data and b"#1B2129" in data
