"""Reading an article in a real browser: notes, what scripts add, what is left without them."""

from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from navigateur import ORIGIN, hold, server
from playwright.sync_api import expect

from audit_marks import SPACE
from doses import dose
from portail.body.render import render_body
from portail.text.typography import SafeHtml
from portail_pelican.assets import stylesheet
from tabs import until

pytestmark = pytest.mark.chromium

SECURE = ORIGIN.replace("http:", "https:")
"""The clipboard is there on a secure origin only."""
SENTENCE = "Jupiter et Saturne se suivent cet automne, bas vers le sud, au même bout de ciel. "
LONG = "Une note assez longue, qui donne une source, sa page et son année. "
CLIPBOARD = """Object.defineProperty(navigator, 'clipboard',
  { configurable: true, value: { writeText: %s } })"""
HEARD = CLIPBOARD % "async (text) => { window.said = text }"
REFUSED = CLIPBOARD % "async () => { throw new Error('no') }"
PLACES = """() => [...document.querySelectorAll('.notes li')].map((note) => {
  const box = note.getBoundingClientRect();
  const call = document.getElementById(note.id.replace('note', 'appel')).getBoundingClientRect();
  return {left: box.left, top: box.top, bottom: box.bottom, call: call.top, right: call.right};
})"""
PARTS = (".art-tete > :first-child", ".art-cote", ".marge", ".prose")
FOLLOWS = """(({ top }) => top >= 0 && top <= 40)(
  document.querySelector('.marge').getBoundingClientRect())"""
"""Whether the margin is still beside what one reads."""
LINE = """() => {
  const range = document.createRange(), texts = [];
  for (const one of document.querySelectorAll('.prose > p')) {
    if (one.textContent.length < 500) continue;
    range.selectNodeContents(one);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 8)));
    texts.push(one.textContent.length / lines.size);
  }
  return texts.reduce((sum, one) => sum + one, 0) / texts.length;
}"""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  document.fonts.ready.then(() => setTimeout(() => done(sum), 300));
})"""


@cache
def read(count=12):
    """A long text: three notes on one line, the others one a paragraph, long and short."""
    first = "".join(f"Un mot.[^{n}] " for n in range(3))
    rest = "\n\n".join(f"{SENTENCE * 3}[^{n}] {SENTENCE}" for n in range(3, count))
    notes = "\n".join(f"[^{n}]: {LONG * (1 + n % 3)}" for n in range(count))
    text = (
        f"{SENTENCE * 2} {first}\n\n{rest}\n\n> [!NOTE]\n> Un point.\n\n{SENTENCE * 30}\n\n{notes}"
    )
    body = render_body(text, PurePosixPath("content/articles/a.md"))
    assert not body.diagnostics
    return body.html.html


@pytest.fixture
def article(opened, rendu, changed, theme):
    """A function that opens an article of so many notes, in one tab; ``sheet`` changes the style
    sheet."""
    tabs = []

    def make(width, count = 12, sheet = None,
             origin = ORIGIN, **options):  # fmt: skip
        if not tabs:
            tabs.append(opened(width, **options))
        page = tabs[0]
        page.set_viewport_size({"width": width, "height": 800})
        text = rendu(*changed(
            "/articles/toutes-les-formes-du-texte/", corps=SafeHtml(read(count)), image=None,
        ))  # fmt: skip
        hold("/article", text)
        if origin != ORIGIN:
            page.route(f"{origin}/**", server(theme, {"article": text}))
        if sheet:
            css = sheet(stylesheet(theme, "css/article.css"))
            page.route("**/article.css*", lambda one: one.fulfill(
                body=css, content_type="text/css"))  # fmt: skip
        page.goto(f"{origin}/article")
        return page

    return make


def test_below_62_em_one_column_in_the_order_of_the_page(article):
    page = article(320)
    for width in (320, 800):
        page.set_viewport_size({"width": width, "height": 800})
        parts = [one for one in PARTS if width > 576 or one != ".marge"]
        boxes = [page.locator(one).bounding_box() for one in parts]
        assert all(box["width"] >= min(width, 672) * 0.85 for box in boxes)
        tops = [box["y"] for box in boxes]
        assert tops == sorted(tops)


def test_on_a_desk_three_columns_and_a_card(article):
    page = article(1280)
    head, card, side, text = (page.locator(one).bounding_box() for one in PARTS)
    assert card["x"] > head["x"] + head["width"]
    assert side["x"] + side["width"] < text["x"]
    characters = page.evaluate(LINE)
    assert 60 <= characters <= 72, "64 to 68 on the average line"
    page.mouse.wheel(0, 3000)
    until(page, "scrollY > 500")
    until(page, FOLLOWS)


class TestNotes:
    def test_each_is_beside_its_call_and_none_covers_another(self, article):
        page = article(1264)
        for width in (1264, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            places = page.evaluate(PLACES)
            text = page.locator(".prose").bounding_box()
            assert all(one["left"] >= text["x"] + text["width"] for one in places)
            assert all(one["left"] + 200 <= width for one in places)
            for one, other in pairwise(places):
                assert one["bottom"] + 8 <= other["top"]
            beside = [one for one in places if abs(one["top"] - one["call"]) < 24]
            assert len(beside) >= 4
            assert all(one["top"] >= one["call"] - 24 for one in places)
            assert not page.locator(".notes h2").evaluate("one => one.checkVisibility() && "
                                                          "one.offsetHeight > 40")  # fmt: skip
        page.set_viewport_size({"width": 1280, "height": 800})
        page.evaluate(SPACE)
        for one, other in pairwise(page.evaluate(PLACES)):
            assert one["bottom"] <= other["top"], "letters further apart"

    def test_elsewhere_they_are_at_the_end(self, article):
        without = lambda css: css.replace(b"(anchor-name:", b"(no-such-thing:")  # noqa: E731

        for width, count, media, sheet in (
            (1200, 12, "screen", None), (390, 12, "screen", None), (1280, 12, "print", None),
            (1280, 13, "screen", None), (1280, 12, "screen", without),
        ):  # fmt: skip
            page = article(width, count, sheet)
            page.emulate_media(media=media)
            text = page.locator(".prose").bounding_box()
            last = page.locator(".prose > p").last.bounding_box()
            places = page.evaluate(PLACES)
            assert all(one["top"] > last["y"] for one in places)
            assert all(one["left"] < text["x"] + text["width"] for one in places)
            assert page.locator("#notes").bounding_box()["height"] > 10

    def test_nothing_moves(self, article):
        for width in (390, 1280)[:: dose(2, 1)]:
            assert article(width).evaluate(SHIFT) <= 0.02

    def test_read_once_in_the_order_of_the_page(self, article):
        page = article(1280)
        tree = page.locator("main").aria_snapshot()
        assert tree.count("source, sa page et son année") == sum(1 + n % 3 for n in range(12))
        assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(o => o.id)).size"
                             " === document.querySelectorAll('[id]').length")  # fmt: skip
        page.locator("#appel-5 a").click()
        assert page.evaluate("location.hash") == "#note-5"
        page.locator("#note-5 .retour").click()
        assert page.evaluate("location.hash") == "#appel-5"


class TestTools:
    def test_without_a_script_no_button_is_shown(self, article):
        page = article(1280, java_script_enabled=False)
        assert page.locator("main button:visible").count() == 0
        assert page.get_by_role("link", name="Envoyer par courriel").is_visible()
        page.locator("summary", has_text="Republier").click()
        assert page.locator("#Republier").is_visible()

    def test_the_link_is_copied_and_said(self, article):
        allowed = ["clipboard-read", "clipboard-write"]
        page = article(1280, origin=SECURE, permissions=allowed)
        status = page.locator(".partage [role=status]")
        assert status.text_content() == ""
        page.get_by_role("button", name="Copier le lien").click()
        expect(status).to_have_text("Le lien est copié.")
        assert page.evaluate("navigator.clipboard.readText()") == f"{SECURE}/article"

    def test_a_page_is_printed(self, article):
        page = article(1280)
        page.evaluate("() => { window.print = () => { window.printed = true } }")
        page.get_by_role("button", name="Imprimer").click()
        assert page.evaluate("printed") is True

    def test_a_phone_shares_in_its_own_way(self, article):
        page = article(390, has_touch=True)
        page.add_init_script("navigator.share = async (what) => { window.shared = what }")
        page.goto(f"{ORIGIN}/article")
        page.get_by_role("button", name="Partager").click()
        assert page.evaluate("shared.url") == f"{ORIGIN}/article"
        assert "Toutes les formes" in page.evaluate("shared.title")


class TestPaper:
    def test_the_tools_are_left_and_the_addresses_of_the_text_written(self, article):
        page = article(800)
        page.emulate_media(media="print")
        assert page.locator(".partage, .sommaire, main button, #Republier").evaluate_all(
            "all => all.every((one) => !one.checkVisibility())"
        )
        assert page.locator(".provenance").is_visible()
        size = page.locator(".prose").evaluate("one => getComputedStyle(one).fontSize")
        assert abs(float(size.removesuffix("px")) - 11 * 96 / 72) < 0.1
