"""Grounds of maps: which are planned, what each draws, how light they are."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plans import Tree, entry
from portail.config import SiteConfig
from portail.outputs.base import TemplatePage
from portail.outputs.grounds import DEPARTEMENTS, REGION, GroundsOutput, GroundView
from portail.site.site import Site
from portail_pelican.renderer import Renderer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("fonds")
    files = {
        "territoires/region": entry("territoires", type="region", code="32"),
        "territoires/pas-de-calais": entry("territoires", type="departement", code="62"),
        "territoires/saint-omer": entry("territoires", type="ca", code="200069037"),
        "territoires/ailleurs": entry("territoires", type="departement", code="33"),
    }
    return Tree(root).site(files)


def views(site: Site) -> dict[str, GroundView]:
    found: dict[str, GroundView] = {}
    for page in GroundsOutput().plan(site):
        assert isinstance(page, TemplatePage) and page.template == "fond.svg"
        view = page.view()
        assert isinstance(view, GroundView)
        found[page.url] = view
    return found


def test_the_region_and_each_territory_of_it_that_has_a_page(site: Site) -> None:
    region, light, *found = views(site)
    assert (region, light) == (REGION, DEPARTEMENTS)
    assert {"/fonds/territoires/pas-de-calais.svg", "/fonds/territoires/saint-omer.svg"} < {*found}
    assert len(found) == 5 + 92, "neither the region nor the département of elsewhere"


def test_no_ground_without_outlines() -> None:
    site: Any = type("S", (), {"geography": type("G", (), {"outlines": ()})})
    assert not list(GroundsOutput().plan(site))


def test_what_each_ground_draws(site: Site) -> None:
    found = views(site)
    region, light = found[REGION], found[DEPARTEMENTS]
    assert region.epci and not light.epci
    assert (region.contour, region.departements) == (light.contour, light.departements)
    town = found["/fonds/territoires/saint-omer.svg"]
    assert (town.largeur, town.hauteur) == (600, 640)
    assert town.communes.count("h0") == 53
    assert not found["/fonds/territoires/pas-de-calais.svg"].communes
    # All that surrounds the territory fits, echo lines included.
    for view in found.values():
        x, y = map(int, re.match(r"M(\d+) (\d+)", view.contour).groups())  # type: ignore[union-attr]
        assert 2 * 30 < x < 2 * (view.largeur - 30) and 2 * 30 < y < 2 * (view.hauteur - 30)


def drawn(view: GroundView, racine: Path) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(racine / "theme/templates"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    Renderer(environment, SiteConfig(), racine / "theme", ())
    return environment.get_template("fond.svg").render(vue=view).encode()


def test_files_are_light_hold_both_schemes_and_no_text(site: Site, racine: Path) -> None:
    sizes = {REGION: (15_000, 6_600), DEPARTEMENTS: (5_800, 2_700)}
    for url, view in views(site).items():
        data = drawn(view, racine)
        size, packed = sizes.get(url, (20_000, 7_500))
        assert len(data) <= size and len(gzip.compress(data)) <= packed, url
        assert data.startswith(b"<svg ") and b"<text" not in data
        assert b"prefers-color-scheme:dark" in data and b"#F1ECE0" in data and b"#1B2129" in data
