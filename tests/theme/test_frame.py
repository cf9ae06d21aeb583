"""Header, menu and footer in a real browser."""

import re

import pytest
from navigateur import ORIGIN, hold
from test_tokens import contrast

from doses import all_hold
from remake import replace

pytestmark = pytest.mark.chromium

TOPS = "(one) => [...document.querySelectorAll(one)].map((a) => a.getBoundingClientRect().top)"
RING = """(one) => {
  const style = getComputedStyle(one);
  let ground = one.parentElement;
  while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)')
    ground = ground.parentElement;
  return [style.outlineColor, style.boxShadow, getComputedStyle(ground).backgroundColor,
    parseFloat(style.outlineWidth)];
}"""


def colour(text):
    """``rgb(1, 2, 3)``, wherever it stands, as ``#010203``."""
    return "#" + "".join(f"{int(one):02x}" for one in re.findall(r"\d+", text)[:3])


def the_menu_is_one_row(page):
    for width in (580, 640, 800, 992, 993, 1130, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert len({*page.evaluate(TOPS, "#menu li:not(.etroit, .etroit ~ *) > a")}) == 1, width
        header = page.locator(".entete-in").bounding_box()
        assert (header["height"] < 90) is (width > 992), "one line on a desk, two on a tablet"


def test_focus_is_seen_on_every_ground(opened):
    page = opened(1280, reduced_motion="reduce")
    page.goto(f"{ORIGIN}/articles/toutes-les-formes-du-texte/")
    page.keyboard.press("Tab")  # the focus of a keyboard is shown
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for one in ("main a", ".entete .bouton", ".pied a", ".affichage input"):
            target = page.locator(one).first
            target.focus()
            outline, halo, ground, width = target.evaluate(RING)
            assert width == 3, (one, scheme)
            assert "6px" in halo, (one, scheme)
            assert contrast(colour(outline), colour(ground)) >= 3, (one, scheme)


def a_low_screen_is_not_covered(page):
    page.set_viewport_size({"width": 390, "height": 800})
    place = "getComputedStyle(document.querySelector('.menu')).position"
    assert page.evaluate(place) == "fixed"
    page.set_viewport_size({"width": 390, "height": 380})
    assert page.evaluate(place) == "static"


def test_a_phone_shows_the_way_back_alone(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/articles/toutes-les-formes-du-texte/")
    links = page.locator(".fil li").filter(visible=True)
    assert [text.strip() for text in links.all_text_contents()] == ["Articles"]
    mark = "getComputedStyle(document.querySelector('.fil li:nth-last-child(2)'), '::before')"
    assert page.evaluate(f"{mark}.content") == '"‹" / ""'


def the_search_is_in_the_header_of_desks_and_under_the_thumb(page):
    for width, header in ((1280, True), (993, True), (640, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.locator(".chercher")
        assert shown.get_attribute("href") == "/recherche/"
        box, top = shown.bounding_box(), page.locator(".entete").bounding_box()
        assert (box["y"] < top["y"] + top["height"]) is header
        assert box["height"] >= 44
        assert box["width"] >= 24
    texts = [text.strip() for text in page.locator(".menu > ul > li > a").all_text_contents()]
    assert texts == ["Articles", "Agenda", "Annuaire"]


def test_without_a_search_the_menu_has_its_place(opened, rendu, changed):
    frame = replace(changed("/agenda/")[1].cadre, recherche="", digest="sans")
    hold("/sans", rendu(*changed("/agenda/", cadre=frame)))
    page = opened(390)
    page.goto(f"{ORIGIN}/sans")
    texts = [text.strip() for text in page.locator(".menu > ul > li > a").all_text_contents()]
    assert texts == ["Articles", "Agenda", "Annuaire", "Annonces"]
    assert page.locator(".chercher").count() == 0


def the_thumb_bar_is_five_places_that_do_not_overlap(page):
    page.set_viewport_size({"width": 390, "height": 800})
    places = page.locator(".menu > ul > li > a, .chercher, .menu summary")
    boxes = sorted((one.bounding_box() for one in places.all()), key=lambda box: box["x"])
    assert len(boxes) == 5
    assert [round(box["x"]) for box in boxes] == [0, 78, 156, 234, 312]
    assert len({round(box["y"]) for box in boxes}) == 1
    drawn = "all => all.map((one) => getComputedStyle(one, '::before').maskPosition)"
    assert len({*places.evaluate_all(drawn)}) == 5, "each its own icon, drawn by the sheet"


def the_mark_of_the_footer_is_that_of_the_header(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    drawn = "one => Object.entries(getComputedStyle(one, '::before')).filter(([name]) => KEPT)"
    drawn = drawn.replace("KEPT", "['width', 'height', 'maskImage', 'maskPosition'].includes(name)")
    above, below = (page.locator(f"{one} .marque").evaluate(drawn) for one in (".entete", ".pied"))
    assert above == below
    assert dict(above)["width"] == dict(above)["height"]


def test_the_frame_of_a_list(opened):
    """On one visit, each of these at its widths; those that do not hold are told together."""
    page = opened(580)
    page.goto(f"{ORIGIN}/agenda/")
    asked = (
        the_menu_is_one_row, a_low_screen_is_not_covered,
        the_search_is_in_the_header_of_desks_and_under_the_thumb,
        the_thumb_bar_is_five_places_that_do_not_overlap,
        the_mark_of_the_footer_is_that_of_the_header,
    )  # fmt: skip
    all_hold(lambda question: question(page), asked)
