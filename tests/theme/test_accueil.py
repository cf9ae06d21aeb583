"""The home page: « près de chez vous » leads to the agenda, the evening is drawn."""

import re

import pytest
from navigateur import ORIGIN, hold
from playwright.sync_api import expect

from checkout import ROOT

pytestmark = pytest.mark.chromium


def asked(page):
    """The address that the field leads to, once « Arras » is written in it."""
    page.route("**/agenda/**", lambda one: one.fulfill(body="", content_type="text/html"))
    page.goto(f"{ORIGIN}/")
    page.get_by_label("Votre commune").fill("Arras")
    page.get_by_role("button", name="Voir").click()
    page.wait_for_url("**/agenda/**")
    return page.url


def test_the_commune_never_leaves_the_browser(opened):
    assert asked(opened(390)) == f"{ORIGIN}/agenda/#pres=Arras"


def test_without_a_script_the_form_leads_there_all_the_same(opened):
    assert asked(opened(390, java_script_enabled=False)) == f"{ORIGIN}/agenda/?pres=Arras"


def test_doors_keep_the_commune_that_was_asked_for(opened):
    page = opened(390)
    asked(page)
    page.go_back()
    expect(page.get_by_label("Votre commune")).to_have_value("Arras")
    doors = page.locator(".seuil .puce")
    kept_by = ("agenda/?quand=week-end", "agenda/?public=familles", "classes/", "newsletter/")
    for door, kept in zip(doors.all(), kept_by, strict=True):
        expect(door).to_have_attribute("href", re.compile(f"/{re.escape(kept)}#pres=Arras$"))
    page.get_by_label("Votre commune").fill("")
    expect(doors.first).to_have_attribute("href", re.compile("/agenda/week-end/$"))


@pytest.mark.parametrize(("day", "evening"), [("2021-09-27", True), ("2021-09-28", False)])
def test_the_drawing_of_an_evening_is_of_tonight_on_its_day_alone(opened, drawn, day, evening):
    hold("/soir", drawn[""].replace('data-date="2021-09-27"', f'data-date="{day}"'))
    page = opened(390)
    page.goto(f"{ORIGIN}/soir")
    said = page.locator(".soir figcaption").inner_text()
    assert said.startswith("Ce soir, lundi 27" if evening else "Lundi 27")
    windows = page.locator(".soir").get_by_role("link", name="Émission du jour")
    assert windows.count() == evening


@pytest.mark.parametrize(
    ("hour", "lit"), [("18:59", False), ("19:00", True), ("19:59", True), ("20:00", False)]
)
def test_a_window_is_lit_while_something_is_on(opened, hour, lit):
    page = opened(390)
    page.clock.set_fixed_time(f"2021-09-27T{hour}:00+02:00")
    page.goto(f"{ORIGIN}/")
    window = page.locator(".rue li").filter(has_text="Émission du jour")
    expect(window).to_have_class("ouverte" if lit else "")


def test_without_a_script_no_window_is_lit(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/")
    assert page.locator(".rue li").count() and not page.locator(".rue .ouverte").count()


def test_without_a_script_the_drawing_names_its_day(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/")
    assert page.locator(".soir figcaption").inner_text().startswith("Lundi 27")


def test_a_house_of_the_street_is_reached_by_keyboard(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/")
    page.focus(".rue a")
    house = page.get_attribute(".rue a", "href")
    # On the dark ground of the street.
    assert page.evaluate("getComputedStyle(document.activeElement).outline").startswith(
        "rgb(242, 179, 61) solid"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{house}")


TALLER = """(masses) => {
  const svg = document.querySelector('svg'), point = svg.createSVGPoint(), found = [];
  const shapes = [...svg.querySelectorAll('path:not(.f, .t, .r), circle')];
  for (point.x = -200; point.x < 200; point.x += 4) {
    const most = Math.max(14, ...masses.filter(([a, b]) => a <= point.x && point.x <= b)
      .map((mass) => mass[2]));
    for (point.y = -180; point.y < -most - 3; point.y += 3)
      if (shapes.some((shape) => shape.isPointInFill(point))) found.push([point.x, point.y]);
  }
  return found;
}"""


def test_no_outline_is_higher_than_its_table_says(opened):
    """What is drawn higher would hide lights."""
    dusk = pytest.importorskip("portail_ciel.dusk")
    page = opened(390)
    for name, row in dusk.outlines()["silhouettes"].items():
        drawing = (ROOT / f"plugins/portail_ciel/theme/templates/silhouettes/{name}.svg").read_text(
            encoding="utf-8"
        )
        hold("/silhouette", f"<!DOCTYPE html><svg>{drawing}</svg>")
        page.goto(f"{ORIGIN}/silhouette")
        assert page.evaluate(TALLER, row["masses"]) == [], name
