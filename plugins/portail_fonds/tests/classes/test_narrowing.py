"""What a class may book, as a teacher narrows it in a browser, and on paper; told again straight
from the files."""

import csv
import re
from math import acos, cos, radians, sin

import pytest
import yaml
from playwright.sync_api import expect

from pages import LOCAL_ADDRESS
from tabs import shared

pytestmark = [
    pytest.mark.site,
    pytest.mark.chromium,
    pytest.mark.long,
    pytest.mark.xdist_group("demonstration"),
]

EARTH, FROM, LIMIT = 6371, "Arras", 50


@pytest.fixture(scope="module")
def tab(hosted, browser):
    """A tab of a telephone, on the demonstration."""
    with shared(browser, hosted("demonstration"), viewport={"width": 390, "height": 844}) as one:
        yield one


def places(racine):
    """Sheets of places that receive pupils, by slug: read without the portal."""
    types = yaml.safe_load((racine / "data" / "types-lieux.yml").read_text(encoding="utf-8"))
    visited = {one["code"] for one in types["valeurs"] if one.get("visitable") == "oui"}
    pupils = {"maternelle", "primaire", "college", "lycee"}
    for path in sorted((racine / "content" / "lieux").glob("**/*.md")):
        head = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
        named = head["type"] in visited and pupils & {*(head.get("publics") or [])}
        if named or head.get("groupes") or "accueil-de-groupes" in (head.get("offre") or []):
            slug = path.parent.name if path.stem == "index" else path.stem
            yield head.get("slug") or slug, head


def distances(racine):
    """Kilometres from a commune to each, by name: the spherical law of cosines."""
    with (racine / "data" / "communes.csv").open(encoding="utf-8") as file:
        rows = [one for one in csv.DictReader(file) if one["lat"]]
    region = {"02", "59", "60", "62", "80"}
    known = {
        one["nom"].replace("’", "'"): (radians(float(one["lat"])), radians(float(one["lon"])))
        for one in rows if one["departement"] in region
    }  # fmt: skip
    a, x = known[FROM]
    return {
        name: EARTH * acos(min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(x - y)))
        for name, (b, y) in known.items()
    }


def test_distances_are_those_of_the_files(page, racine):
    km = distances(racine)
    towns = {
        slug: (head.get("commune") or head["adresse"]["commune"]).partition(" (")[0]
        for slug, head in places(racine)
    }
    towns = {slug: town.replace("’", "'") for slug, town in towns.items()}
    near = {slug: km[town] for slug, town in towns.items() if km[town] <= LIMIT}
    assert 2 < len(near) < len(towns)
    page.goto(f"/classes/#pres={FROM}&rayon={LIMIT}")
    section = page.locator("#Resultats section", has_text="Lieux qui reçoivent")
    expect(section.locator(".meta b").first).to_be_visible()
    shown = {}
    for line in section.locator("article").all():
        slug = line.locator("a").get_attribute("href").rstrip("/").rpartition("/")[2]
        said = re.match(r"À (\d+)\s|Dans la commune", line.locator(".meta").inner_text())
        shown[slug] = int(said[1] or 0)
    assert shown.keys() == near.keys()
    for slug, said in shown.items():
        assert abs(said - near[slug]) <= 1, slug
    assert [*shown.values()] == sorted(shown.values()), "the nearest first"


def test_a_subject_and_a_level_narrow_it(page, racine):
    page.goto("/classes/?niveau=maternelle")
    expect(page.locator("#Actifs button")).to_have_count(1)
    section = page.locator("#Resultats section", has_text="Lieux qui reçoivent")
    asked = {slug for slug, head in places(racine) if "maternelle" in (head.get("publics") or [])}
    assert section.locator("article").count() == len(asked) > 2
    before = page.locator("#Resultats article").count()
    page.goto("/classes/?niveau=maternelle&matiere=explorer-le-monde")
    expect(page.locator("#Actifs button")).to_have_count(2)
    expect(page.locator("#Resultats article").first).to_be_visible()
    assert 0 < page.locator("#Resultats article").count() <= before


def test_the_first_to_book_is_on_the_first_screen(page):
    page.goto("/classes/")
    box = page.locator("#Resultats article").first.bounding_box()
    assert box["y"] + box["height"] <= 844


def test_some_fifteen_lines_are_one_sheet(page):
    page.goto("/classes/departement/nord/")
    lines = page.locator("#Resultats article").count()
    assert 14 <= lines <= 18
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    expect(page.get_by_text(f"{LOCAL_ADDRESS}/classes/departement/nord/")).to_be_visible()
    page.emulate_media(media="screen")
