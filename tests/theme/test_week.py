"""The ribbon and the pages of weeks in a real browser."""

import re

import pytest
from navigateur import ORIGIN, hold

from remake import replace

pytestmark = pytest.mark.chromium

NIGHT, CHICORY = "rgba(0, 0, 0, 0)", "rgb(242, 179, 61)"


def grounds(several):
    """The colour behind each."""
    return several.evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundColor)")


def days(page):
    """How each day of the ribbon is said."""
    lines = page.locator(".ruban ol").aria_snapshot().splitlines()
    return [
        found[1].replace(" ,", ",") for line in lines if (found := re.search(r'link "(.*?)"', line))
    ]


def test_each_day_is_said_in_full_with_its_count(opened):
    page = opened(1280, java_script_enabled=False)
    page.goto(f"{ORIGIN}/")
    said = days(page)
    assert said[0] == "lundi 27 septembre 2021, 2 rendez-vous"
    assert said[1] == "mardi 28 septembre 2021, aujourd’hui"
    assert said[5] == "samedi 2 octobre 2021, 8 rendez-vous"
    assert len(said) == 7


@pytest.fixture
def full(rendu, changed):
    """A function that holds a week whose days are as full as ``times`` its Saturday."""

    def make(times=1):
        template, view = changed("/agenda/2021-s39/")
        rows = view.jours[5].rendez_vous * times
        days = tuple(replace(one, nombre=len(rows), rendez_vous=rows) for one in view.jours)
        hold("/pleine", rendu(template, replace(view, jours=days)))

    return make


def test_the_script_marks_the_pinned_day_instead_of_the_day_of_the_build(opened, full):
    full()
    for scripts, marked in ((False, 1), (True, 0)):
        page = opened(1280, java_script_enabled=scripts, reduced_motion="reduce")
        page.goto(f"{ORIGIN}/pleine")
        ribbon = grounds(page.locator(".ruban li a"))
        assert [rank for rank, one in enumerate(ribbon) if one == CHICORY] == [marked]
        assert ribbon.count(NIGHT) == 6
        heads = grounds(page.locator(".semaine h2"))
        assert [rank for rank, one in enumerate(heads) if one == CHICORY] == [marked]
    assert page.locator("[aria-current=date]").count() == 1
    assert days(page)[1] == "mardi 28 septembre 2021"


def test_phones_have_the_week_above_and_no_count(opened):
    """On a desk, bars are measured by the busiest day."""
    page = opened(390)
    page.goto(f"{ORIGIN}/")
    for width, above in ((390, True), (1280, False)):
        page.set_viewport_size({"width": width, "height": 800})
        week, monday = page.locator(".ruban .in > a").bounding_box(), page.locator(
            ".ruban li a").first.bounding_box()  # fmt: skip
        assert (week["y"] + week["height"] <= monday["y"] + 1) is above
        count = "one => getComputedStyle(one, '::before').display"
        assert (page.locator(".ruban li a").first.evaluate(count) == "none") is above
        assert "2 rendez-vous" in days(page)[0], "still said"
    bars = page.locator(".ruban li a").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one, '::after').width))"
    )
    assert bars[0] == pytest.approx(bars[5] / 4, abs=1)
    assert [round(one) for one in (bars[1], bars[2])] == [0, 0]


def test_today_is_marked_in_forced_colours(opened):
    page = opened(1280, forced_colors="active")
    page.goto(f"{ORIGIN}/agenda/2021-s39/")
    borders = page.locator(".ruban li a").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderBottomWidth)"
    )
    assert borders == ["4px", *["0px"] * 6]


def test_a_week_of_500_is_seven_bands(opened, full):
    """Each day is a band whose events stand side by side; its name stays in sight; what lasts comes
    after them, three at first."""
    full(9)
    page = opened(1280)
    page.goto(f"{ORIGIN}/pleine")
    tops = "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    bands = page.locator(".semaine > li").evaluate_all(tops)
    assert bands == sorted({*bands})
    events = page.locator("#Samedi ~ ul > li")
    lefts = "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    assert len({*events.evaluate_all(lefts)}) >= 3
    name = page.locator("#Samedi").bounding_box()
    first = events.first.bounding_box()
    assert first["x"] > name["x"] + name["width"]
    page.evaluate("window.scrollTo(0, document.querySelector('#Samedi').offsetTop + 900)")
    head = page.locator("#Samedi").bounding_box()
    assert head["y"] == pytest.approx(0, abs=1), "the day stays in sight"
    lasting = page.locator(".durables").bounding_box()
    last = page.locator(".semaine").bounding_box()
    assert lasting["y"] >= last["y"] + last["height"]
    assert page.locator(".durables .au-long li:visible").count() == 3


def test_a_printed_week_is_a_notice(opened):
    page = opened(700)
    page.goto(f"{ORIGIN}/agenda/2021-s39/")
    page.emulate_media(media="print")
    for gone in (".ruban", ".vues", ".voisines", ".semaine > .libre", ".menu", ".pied"):
        assert not page.locator(gone).first.is_visible(), gone
    rows = [one.bounding_box() for one in page.locator(".semaine > li:visible").all()]
    tops = [box["y"] for box in rows]
    assert len(tops) == 6
    assert tops == sorted(set(tops)), "one row a day"
    items = [one.bounding_box() for one in page.locator("#Samedi ~ ul > li").all()]
    assert len({round(box["x"]) for box in items}) == 2, "in two columns"
    behind = {*grounds(page.locator(".rdv, .rdv .etiq, .au-long li"))}
    assert behind == {NIGHT}, "readable without backgrounds"
    struck = page.locator(".rdv.est-annule .heures").first
    assert "line-through" in struck.evaluate("one => getComputedStyle(one).textDecorationLine")
    last = page.locator(".durables").bounding_box()
    assert last["y"] > tops[-1]
