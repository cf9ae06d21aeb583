"""Maps: names, links, sizes, in the page and in a browser."""

import random

import pytest
from navigateur import ORIGIN

from portail.geo.coordinates import distance_km
from remake import replace

GEO = "//div[contains(concat(' ', @class, ' '), ' geo ')]"
HITS = """() => [...document.querySelectorAll('.geo a.pt')].map((one) => {
  const box = one.querySelector('.cible').getBoundingClientRect();
  return Math.min(box.width, box.height);
})"""
ON_NAMES = """() => {
  const box = (one) => one.getBoundingClientRect();
  const crossed = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const names = [...document.querySelectorAll('.geo svg > text, .geo a.nom text')].map(box);
  const discs = [...document.querySelectorAll('.geo .rond')].map(box);
  return names.filter((one) => discs.some((disc) => crossed(one, disc))).length;
}"""

LETTERS = """() => parseFloat(getComputedStyle(document.querySelector('.geo text')).fontSize)
  * document.querySelector('.geo svg').getBoundingClientRect().width / 668"""
"""The height of letters of a map, in pixels of the screen."""


def test_a_map_of_links_is_a_group_and_each_link_says_where_it_leads(
    trees,
):
    page = trees["/territoires/hauts-de-france/"]
    (svg,) = page.xpath(GEO + "//svg")
    assert (svg.get("role"), svg.get("aria-label")) == ("group", "Carte\xa0: Hauts-de-France")
    links = svg.xpath(".//a")
    assert len(links) > 5
    assert links[0].find("title").text == "Musée-Exemple des sciences, Musée · Amiens"
    (passer,) = page.xpath("//main//p[@class='evitement']/a")
    assert page.get_element_by_id(passer.get("href")[1:]) is not None


def test_a_map_without_links_is_an_image(trees):
    page = trees["/lieux/moulin-exemple/"]
    (svg,) = page.xpath(GEO + "//svg")
    assert svg.get("role") == "img" and "Beauvais" in svg.get("aria-label")
    assert not svg.xpath(".//a") and not page.xpath("//main//p[@class='evitement']")
    assert not page.find_class("geo-note")


def test_without_outlines_the_list_alone(read, changed):
    bare = replace(changed("/")[1].carte, fond="", points=(), etiquettes=())
    page = read(changed("/", carte=bare))
    assert not page.find_class("geo") and len(page.xpath("//ul[@class='liste-terr']//a")) == 5


@pytest.mark.chromium
def test_points_can_be_hit_and_names_read(opened):
    page = opened(320)
    page.goto(f"{ORIGIN}/territoires/hauts-de-france/")
    for width in (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert min(page.evaluate(HITS)) >= 23.5, width
        assert page.evaluate(ON_NAMES) == 0, width
    page.goto(f"{ORIGIN}/")
    for width in (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(ON_NAMES) == 0, width
        assert page.evaluate(LETTERS) >= 11.5, width


@pytest.mark.chromium
def test_around_a_place_the_scale_is_the_same_and_the_point_in_the_middle(
    opened,
):
    page = opened(320)
    page.goto(f"{ORIGIN}/lieux/musee-exemple-des-sciences/")
    page.locator(".infos > .plus > summary").click()
    for width in (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        window = page.locator(".geo").bounding_box()
        point = page.locator(".geo .rond").bounding_box()
        svg = page.locator(".geo > svg").bounding_box()
        corner = page.locator(".geo-bouger").bounding_box()
        assert (corner["width"], corner["height"]) == (44, 44)
        assert corner["x"] > point["x"] + point["width"]
        assert svg["width"] == 768
        for side, size in (("x", "width"), ("y", "height")):
            middle = window[side] + window[size] / 2
            assert abs(point[side] + point[size] / 2 - middle) < 2
        assert page.locator(".loin").is_visible() is (width == 800)


@pytest.mark.chromium
def test_the_map_can_be_passed_with_the_keyboard(opened):
    page = opened(1280)
    page.goto(f"{ORIGIN}/territoires/hauts-de-france/")
    page.locator("main .evitement a").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.geo')")


@pytest.mark.chromium
def test_the_browser_elides_names_and_reckons_the_distances_of_the_site(opened):
    """Those of the site are held to the ellipsoid (alentours/test_distances.py)."""
    page = opened(1280)
    page.goto(f"{ORIGIN}/")
    expected = {
        "Amiens": "d’Amiens", "Hirson": "d’Hirson", "Hénin-Beaumont": "d’Hénin-Beaumont",
        "Ham": "de Ham", "Hem": "de Hem", "Lille": "de Lille", "Le Touquet": "du Touquet",
    }  # fmt: skip
    chance = random.Random(0)
    pairs = [
        [(chance.uniform(41.3, 51.1), chance.uniform(-5.2, 9.6)) for _ in range(2)]
        for _ in range(200)
    ]
    names, found = page.evaluate(
        """async ([names, pairs]) => {
          const { de, distance } = await import('/theme/js/facettes-pres.js');
          return [names.map(de), pairs.map(([[lat, lon], there]) => (
            distance({ lat, lon }, ['', '', ...there])))];
        }""",
        [[*expected], pairs],
    )
    assert dict(zip(expected, names, strict=True)) == expected
    assert found == pytest.approx([distance_km(*pair) for pair in pairs], rel=1e-4)


def test_lines_of_the_directory_are_in_columns_whatever_each_has(opened):
    page = opened(360)
    page.goto(f"{ORIGIN}/lieux/")
    rows = page.evaluate("""() => {
      const left = (one, part) => one.querySelector(part)?.getBoundingClientRect().x;
      return [...document.querySelectorAll('.lieu')].map((one) => [
        left(one, '.carte-titre'), left(one, ':scope > .facade'), !!one.querySelector('.no')]);
    }""")
    titles, pictures, numbers = ({*column} - {None} for column in zip(*rows, strict=True))
    assert numbers == {True, False} and len(titles) == 1 and len(pictures) == 1
