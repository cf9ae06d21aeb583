"""Pages in a real browser: widths, targets, focus, fonts, nothing asked from elsewhere."""

import string
from urllib.parse import urlsplit

import pytest
from navigateur import ORIGIN

from audit_marks import SPACE
from doses import dose
from tabs import until

pytestmark = pytest.mark.chromium

WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > width + 1
      && !one.closest('.tableau, pre, .visually-hidden, .evitement, .geo > svg, .soir > svg, .echo')
      && !one.closest('.ruban i, .filet, [data-feuille]');
  });
  return [document.documentElement.scrollWidth - width, ...out.slice(0, 3).map((o) => o.outerHTML)];
}"""
SMALL = """(least) => [...document.querySelectorAll('a, summary')].filter((one) => {
  const box = one.getBoundingClientRect();
  const told = one.closest('.evitement, .pied-bas p'); // a sentence of the foot
  if (!box.width || told || getComputedStyle(one).display === 'inline')
    return false;
  return box.height < least || box.width < least;
}).map((one) => one.outerHTML)"""
DRESS = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""
"""Give a page the sheet of its reader, which no policy refuses."""
SPACIOUS = (
    "", "evenements/spectacle-complet/", "articles/toutes-les-formes-du-texte/",
    "lieux/musee-exemple-des-sciences/", "agenda/", "themes/", "404.html", "plan-du-site/",
)  # fmt: skip
ENLARGED = (
    *SPACIOUS[:4], "ressources/planetarium-gonflable-exemple/", "newsletter/2021-s38/",
    "agenda/2021/10/", "affiches/", "embarquer/",
)  # fmt: skip
# All that is folded, but what has no style before its script brings it.
OPEN = """() => document.querySelectorAll('details:not([data-feuille])').forEach((one) => {
  one.open = true; })"""


def test_no_page_is_wider_than_the_screen(opened, planned, showcase):
    """One page of each template, and each week all of them; on a desk too."""
    page, wide = opened(320), {}
    one_each = {planned[url].template: url for url in showcase}
    for url in dose([*one_each.values()], [*showcase]):
        page.goto(f"{ORIGIN}{url}")
        page.evaluate(OPEN)
        for width in dose((320,), (320, 800)):
            page.set_viewport_size({"width": width, "height": 800})
            if (found := page.evaluate(WIDE)) != [0]:
                wide[url, width] = found
    assert wide == {}


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.long)])
def test_targets_are_large_enough_and_text_can_be_spaced_or_twice_as_large(width, opened):
    """On one visit of each page: letters twice as large are those of a phone of 390 px."""
    page, wrong = opened(width), {}
    for name in (*SPACIOUS, *(one for one in ENLARGED if one not in SPACIOUS)):
        shown = page.goto(f"{ORIGIN}/{name}")
        assert shown and shown.ok, name
        if name in ENLARGED:
            page.set_viewport_size({"width": 390, "height": 800})
            page.evaluate(DRESS, "html { font-size: 200% }")
            wrong[name, "twice as large"] = page.evaluate(WIDE)
            page.evaluate("() => { document.adoptedStyleSheets = []; }")
            page.set_viewport_size({"width": width, "height": 800})
        if name in SPACIOUS:
            page.evaluate(OPEN)
            assert page.evaluate(SMALL, 24) == [], name
            controls = page.locator(".bouton:visible, .pagination a:visible, .menu a:visible")
            heights = controls.evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().height)"
            )
            assert heights and min(heights) >= 44, name
            page.evaluate(SPACE)
            wrong[name, "spaced"] = page.evaluate(WIDE)
    assert {key: found for key, found in wrong.items() if found != [0]} == {}


FIRST = """all => all.map((leaf) => {
  const before = leaf.offsetHeight, number = leaf.querySelector('b');
  number.textContent = '1er';
  return [leaf.offsetHeight - before, Math.max(0, leaf.scrollWidth - leaf.clientWidth)];
})"""
"""How much higher a leaf is on the first of a month, and what goes beyond its sides."""


def test_the_first_of_a_month_is_as_high_as_any_day(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/agenda/")
    leaves = page.locator(".eph").evaluate_all(FIRST)
    assert leaves
    assert leaves == [[0, 0]] * len(leaves)


def test_without_a_script_the_menu_unfolds_and_is_open_on_a_desk(
    opened,
):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/agenda/")
    last = page.locator(".menu details a").last
    assert not last.is_visible()
    page.locator(".menu summary").click()
    assert last.is_visible()
    assert last.get_attribute("href") == "/plan-du-site/"
    page.locator(".menu summary").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not page.locator(".menu summary").is_visible()
    folded = page.locator(".menu details li:not(.etroit, .etroit ~ *) > a")
    assert folded.count() > 0
    for one in folded.all():
        assert one.is_visible()
        one.focus()
        assert one.evaluate("(one) => one === document.activeElement")


def test_the_practical_box_comes_after_the_title_then_beside(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/evenements/spectacle-complet/")
    tops = [page.locator(one).bounding_box()["y"] for one in ("h1", ".infos", ".fiche-corps")]
    assert tops == sorted(tops)
    page.set_viewport_size({"width": 1280, "height": 800})
    box, head = (page.locator(one).bounding_box() for one in (".infos", ".fiche-tete"))
    assert box["x"] > head["x"] + head["width"] and box["y"] == head["y"]


def test_nothing_is_asked_from_elsewhere(opened):
    page = opened(1280, own=True)
    asked = []
    said = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{ORIGIN}/")
    page.evaluate("document.fonts.ready")
    assert all(url.startswith(ORIGIN) for url in asked)
    assert said == []
    names = (url.rpartition("/")[2].partition("?")[0] for url in asked)
    fonts = sorted(name for name in names if name.endswith(".woff2"))
    romans = ["bricolage-grotesque.woff2", "literata.woff2"]
    assert fonts == romans, "each once; the italic, and second files, only where they are used"


FEW = {c for c in map(chr, range(0x22, 0x100)) if c.isprintable()} - {"¤"}
COMMON = {
    *string.ascii_letters,
    *string.digits,
    *"àáâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ",
    *"!%&'()+,-./:;?@«»‘’“”‹›…–—·•€°²³×©\u2011",
}
DRAW = """async ([css, text]) => {
  document.body.innerHTML = '<p id="essai"></p>';
  const one = document.getElementById('essai');
  one.style = css;
  one.textContent = text;
  await new Promise(requestAnimationFrame);
  await document.fonts.ready;
}"""


@pytest.mark.parametrize(
    ("css", "name"),
    [
        ("font: 400 16px Bricolage", "bricolage-grotesque"),
        pytest.param("font: 400 16px Literata", "literata", marks=pytest.mark.long),
        ("font: italic 400 16px Literata", "literata-italique"),
    ],
)
def test_a_letter_of_another_language_asks_for_the_second_file(opened, css, name):
    """And each of the two draws all that it is asked for (an italic, at the next page only)."""
    drawn = {"italic" not in css}
    page = opened(1280, own=True)
    page.goto(f"{ORIGIN}/")
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.evaluate(DRAW, [css, "".join(sorted(COMMON))])
    assert not [path for path in asked if path.endswith("-suite.woff2")]
    assert drawn_by(page) == drawn
    rest = FEW - COMMON
    page.evaluate(DRAW, [css, " ".join(sorted(rest))])
    assert f"/theme/fonts/{name}-suite.woff2" in asked
    until(page, "[...document.fonts].every((one) => one.status !== 'loading')")
    assert True in drawn_by(page) if "italic" in css else drawn_by(page) == {True}


def drawn_by(page):
    """Whether the glyphs of the essay come from fonts of the site (true) or of the system."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#essai"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
    return {font["isCustomFont"] for font in fonts}
