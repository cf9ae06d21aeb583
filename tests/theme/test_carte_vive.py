"""A map that one moves, in a real browser: points and links of the page, keys, fingers, and no
request of another site before it is asked for."""

from base64 import b64decode

import pytest
from lxml import html
from navigateur import HELD, ORIGIN, Answer
from playwright.sync_api import expect

from portail.config import IGN
from portail.features.services.fondsdecarte.drawing import LiveView
from remake import replace
from tabs import until

OPEN = "Zoomer et déplacer la carte"
ASK = "Afficher le fond de carte"
PICTURE = b64decode("R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=")
LIVE = LiveView(
    (1.217989, 51.193797, 0.0047915, -0.003082274),
    "M700 200l900 100 300 1500-1200 600-500-900z", "M300 1200l1500 100", "M900 300l100 1500",
    ("IGN, Licence Ouverte 2.0", "https://licence.example.org/"), IGN,
)  # fmt: skip
INSIDE = """() => document.querySelector('.vive-pt').getBoundingClientRect().top
  - document.querySelector('.vive-carte').getBoundingClientRect().top"""
"""How far the first point is from the top of the map, in one question: the page may be moving."""


def test_pages_with_a_map_alone_have_it_and_may_show_its_ground(drawn):
    for name, text in drawn.items():
        if "<main" not in text:
            continue
        page = html.document_fromstring(text)
        mapped = any("geo-fixe" not in one.get("class") for one in page.find_class("geo"))
        scripts = page.xpath("//script[contains(@src, '/js/carte.js')]")
        (policy,) = page.xpath("/html/head/meta[1]/@content")
        assert (bool(scripts), IGN.origine in policy) == (mapped, mapped), name


@pytest.fixture
def on(opened, rendu):
    """A function that opens a case; with what is asked of other sites."""
    wrong = []

    def make(case, width=1280, live=LIVE, **options):
        page, asked = opened(width, **options), []
        data = Answer(200, "application/json", rendu("carte.json", live).encode())
        HELD.append(lambda path: data if path.endswith("/carte/fond.json") else None)

        def elsewhere(request):
            if not request.url.startswith(ORIGIN):
                asked.append(request.url)

        page.on("request", elsewhere)
        page.on("console", lambda one: wrong.append(one.text) if "Policy" in one.text else None)
        page.on("pageerror", lambda one: wrong.append(str(one)))
        page.goto(f"{ORIGIN}/{case}")
        return page, asked

    yield make
    assert not wrong


def moving(page):
    """The map that one moves, opened by the keyboard."""
    for fold in page.locator(".infos > .plus:not([open]) > summary").all():
        fold.click()  # of a place whose hours are long, the map is folded
    button = page.get_by_role("button", name=OPEN)
    button.focus()
    page.keyboard.press("Enter")
    found = page.locator(".vive-carte")
    found.locator("path.terre").wait_for(state="attached")
    return found


def placed(page):
    boxes = page.locator(".vive-pt").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map(({ x, y }) => [x, y])"
    )
    return [(round(x), round(y)) for x, y in boxes]


@pytest.mark.chromium
def test_it_holds_the_points_of_the_page_in_their_order(on):
    page, asked = on("territoires/hauts-de-france/")
    names = page.locator(".geo a.pt title").all_text_contents()
    drawn = page.locator(".geo a.pt .rond")
    before = [one.bounding_box() for one in drawn.all()]
    carte = moving(page)
    expect(carte).to_be_focused()
    expect(page.locator(".geo > svg")).to_be_hidden()
    points = carte.locator(".vive-pt")
    told = [one.get_attribute("aria-label") for one in points.all()]
    assert [one.partition(" : ")[2] or one for one in told] == names
    # As far from each other as on the page: that one kept some distance between them.
    after = [one.bounding_box() for one in points.all()]
    ratio = (after[5]["x"] - after[0]["x"]) / (before[5]["x"] - before[0]["x"])
    assert 0.7 < ratio < 1.4
    assert min(box["width"] for box in after) >= 24
    assert page.locator(".vive-nom").count() == page.locator(".geo > svg > text").count()
    assert "Contours" in page.locator(".vive-credits").inner_text()
    assert "Leaflet" in page.locator(".vive-credits").inner_text()
    assert asked == []


@pytest.mark.chromium
def test_the_keyboard_does_all(on):
    page, _ = on("territoires/hauts-de-france/", reduced_motion="reduce")
    carte = moving(page)
    start = placed(page)
    page.keyboard.press("ArrowRight")
    moved = placed(page)
    assert moved[0][0] < start[0][0] and moved[0][1] == start[0][1]
    page.keyboard.press("+")
    wide = placed(page)
    assert wide[1][0] - wide[0][0] > 1.5 * (moved[1][0] - moved[0][0])
    page.keyboard.press("Tab")
    first = carte.locator(".vive-pt").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    link = carte.get_by_role("link", name="Musée-Exemple des sciences, Musée · Amiens")
    expect(link).to_be_focused()
    assert link.get_attribute("href") == "/lieux/musee-exemple-des-sciences/"
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    expect(link).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=OPEN)).to_be_focused()
    expect(page.locator(".geo > svg")).to_be_visible()
    expect(page.locator(".vive")).to_have_count(0)
    moving(page)
    page.get_by_role("button", name="Revenir à la carte fixe").click()
    expect(page.get_by_role("button", name=OPEN)).to_be_focused()


@pytest.mark.chromium
@pytest.mark.parametrize("case", ["territoires/hauts-de-france/", "lieux/moulin-exemple/"])
def test_every_sort_of_map_can_be_moved(case, on):
    page, asked = on(case, 390)
    count = page.locator(".geo .pt").count()
    carte = moving(page)
    assert carte.locator(".vive-pt").count() == count
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390 and asked == []
    for name in ("Zoomer", "Dézoomer", "Vers le nord", "Vers le sud"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.chromium
def test_nothing_is_asked_of_another_before_the_reader_agrees(on):
    page, asked = on("territoires/hauts-de-france/")
    page.route(f"{IGN.origine}/**", lambda one: one.fulfill(body=PICTURE, content_type="image/gif"))
    carte = moving(page)
    ask = page.get_by_role("button", name=ASK)
    ask.click()
    question = page.get_by_role("group", name="Charger le fond de carte ?")
    expect(question).to_be_focused()
    told = question.inner_text()
    assert IGN.hote in told and IGN.organisme in told and "adresse IP" in told
    page.keyboard.press("Escape")
    expect(ask).to_be_focused()
    ask.click()
    question.get_by_role("button", name="Non").click()
    expect(question).to_have_count(0)
    page.get_by_role("button", name="Zoomer", exact=True).click()
    assert asked == [] and carte.locator("img").count() == 0

    ask.click()
    question.get_by_role("button", name="Charger").click()
    carte.locator("img.leaflet-tile-loaded").first.wait_for(state="attached")
    assert asked and all(one.startswith(f"{IGN.origine}/wmts?") for one in asked)
    assert "TILEMATRIX=" in asked[0] and "{" not in asked[0]
    assert IGN.mention in page.locator(".vive-credits").inner_text().replace("\n", " ")
    page.get_by_role("button", name="Masquer le fond de carte").click()
    expect(carte.locator("img")).to_have_count(0)


@pytest.mark.chromium
def test_no_other_site_is_offered_when_none_is_set(on):
    page, _ = on("", live=replace(LIVE, fond=None))
    moving(page)
    assert page.get_by_role("button", name=ASK).count() == 0


@pytest.mark.chromium
def test_one_finger_scrolls_the_page_two_move_the_map(on):
    page, _ = on("territoires/hauts-de-france/", 390, has_touch=True, reduced_motion="reduce")
    carte = moving(page)
    carte.evaluate("(one) => one.scrollIntoView({block: 'center'})")
    box = carte.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    phone = page.context.new_cdp_session(page)

    def touch(kind, *fingers):
        points = [{"x": one[0], "y": one[1], "id": n} for n, one in enumerate(fingers)]
        phone.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def spread():
        across = [x for x, _ in placed(page)]
        return max(across) - min(across)

    before, top = spread(), page.evaluate("scrollY")
    inside = page.evaluate(INSIDE)
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 10 * step))
    touch("touchEnd")
    until(page, f"scrollY > {top} + 20")
    assert page.evaluate(INSIDE) == pytest.approx(inside, abs=1)

    carte.evaluate("(one) => one.scrollIntoView({block: 'center'})")
    y = carte.bounding_box()["y"] + box["height"] / 2
    touch("touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        touch("touchMove", (x - 30 - 8 * step, y), (x + 30 + 8 * step, y))
        page.wait_for_timeout(20)
    touch("touchEnd")
    for _ in range(100):
        if spread() > 1.4 * before:
            break
        page.wait_for_timeout(100)
    assert spread() > 1.4 * before


@pytest.mark.chromium
def test_without_a_script_there_is_no_button(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/territoires/hauts-de-france/")
    assert page.get_by_text(OPEN).count() == 0
    assert page.locator(".geo a.pt").count() > 5
