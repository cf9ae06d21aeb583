"""The agenda on other sites: what the frames of both sites weigh and say, in a foreign page too."""

from urllib.parse import urlsplit

import pytest
from lxml import html
from navigateur import ORIGIN, server
from playwright.sync_api import expect
from test_chromium import SMALL, WIDE

from portail.resources import brought
from portail_pelican.assets import stylesheet

plan = pytest.importorskip("portail_donnees.embarquer.page").plan

SITE = "https://portail.example.org"
HOST = "https://lieu.test"
MOST = 15_000
"""Bytes of a frame, not compressed: the page and its sheet; it only loads that of the day too."""
LIGHT, DARK = "rgb(251, 249, 243)", "rgb(18, 22, 27)"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def embedded(whole_site, rendu_sur):
    """The pages below ``/embarquer/`` of a site, drawn, by address."""
    rendu = rendu_sur(SITE)
    return {
        page.url: rendu(page.template, page.view())
        for page in plan(whole_site)
        if page.template != "redirect.html"
    }


def codes(embedded):
    """Every code that the page gives."""
    page = html.document_fromstring(embedded["/embarquer/"])
    return [one.text for one in page.iter("textarea")]


def test_every_code_is_one_frame_of_the_site(embedded):
    found = codes(embedded)
    assert len(found) > 10
    addresses = set()
    for code in found:
        (frame,) = html.fragments_fromstring(code)
        assert (frame.tag, frame.tail) == ("iframe", None)
        assert frame.get("title").startswith("Agenda\u00a0: ")
        addresses.add(frame.get("src"))
    assert len(addresses) == len(found)
    assert {one.removeprefix(SITE) for one in addresses} <= set(embedded)


def test_frames_are_light_and_run_nothing(embedded, theme):
    sheet = len(stylesheet(brought("theme"), "css/embarque.css"))
    for url, text in embedded.items():
        if url == "/embarquer/":
            continue
        assert len(text.encode()) + sheet < MOST, url
        page = html.document_fromstring(text)
        assert page.xpath("//script|//img|//svg|//iframe|//form") == []
        # A frame asks for no icon: only its page alone, in a tab, does.
        loaded = page.xpath("//link[not(@rel='canonical' or @rel='icon')]/@href|//@src")
        assert [urlsplit(one).path for one in loaded] == ["/theme/css/embarque.css", "/ruban.css"]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.xpath("//link[@rel='canonical']/@href")[0].startswith(f"{SITE}/")


def test_links_leave_the_frame_and_say_so(embedded):
    for url, text in embedded.items():
        links = [] if url == "/embarquer/" else html.document_fromstring(text).xpath("//a")
        for link in links:
            if not link.get("href").startswith("webcal:"):
                assert (link.get("target"), link.get("rel")) == ("_blank", "noopener"), url
                assert "nouvelle fenêtre" in link.text_content(), url


@pytest.fixture
def foreign(browser, theme, showcase):
    """A function that opens the page of a lieu, on its own site, with a frame in it."""
    styles, own = [""], "lieux/musee-exemple-des-sciences/"
    code = f'<iframe src="{SITE}/embarquer/{own}" title="A" width="100%" height="600"></iframe>'

    def host(route):
        body = f"<!DOCTYPE html><html lang=fr><style>{styles[-1]}</style><title>L</title>{code}"
        route.fulfill(body=body, content_type="text/html")

    context = browser.new_context(bypass_csp=False)
    pages = {f"embarquer/{own}": showcase[f"/embarquer/{own}"], own: "La page"}
    context.route("**/*", server(theme, pages))
    context.route(f"{HOST}/**", host)
    page = context.new_page()

    def visit(width, scheme, style=""):
        styles.append(style)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{HOST}/")
        return page, page.frames[1]

    yield visit
    context.close()


@pytest.mark.chromium
def test_in_a_foreign_page_a_frame_follows_its_scheme(foreign):
    for system, style, ground in (
        ("light", ":root { color-scheme: light dark }", LIGHT),
        ("dark", ":root { color-scheme: light dark }", DARK),
        ("null", "iframe { color-scheme: dark }", DARK),  # as the page says, not the system
        ("null", "iframe { color-scheme: light }", LIGHT),
    ):
        _, frame = foreign(390, system, style)
        assert frame.get_by_role("heading", level=1).is_visible()
        assert frame.evaluate(GROUND) == ground, (system, style)


@pytest.mark.chromium
def test_a_frame_takes_the_width_of_its_place(foreign):
    for width in (800, 240):
        page, frame = foreign(width, "light")
        assert frame.evaluate(WIDE) == [0], width
        assert frame.evaluate(SMALL, 24) == [], width
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Tout voir").click()
    opened.value.get_by_text("La page").wait_for()
    assert opened.value.url == f"{SITE}/lieux/musee-exemple-des-sciences/"
    assert page.url == f"{HOST}/"


@pytest.mark.chromium
def test_a_code_is_found_and_copied(opened):
    page = opened(390)
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard',"
        "{ value: { writeText: async (text) => { window.copied = text } } })"
    )
    page.goto(f"{ORIGIN}/embarquer/")
    page.get_by_role("searchbox").fill("fablab")
    expect(page.locator("#Cadres summary:visible")).to_have_count(1)
    page.locator("#Cadres summary:visible").click()
    page.locator("#Cadres").get_by_role("button", name="Copier le code").click()
    page.get_by_text("Le texte est copié.").wait_for()
    assert page.evaluate("window.copied").startswith(f'<iframe src="{SITE}/embarquer/lieux/fablab')


@pytest.mark.chromium
def test_a_link_from_another_page_opens_its_code(opened):
    page = opened(1280)
    page.goto(f"{ORIGIN}/embarquer/#Cadre-lieux-fablab-fictif")
    page.get_by_role("textbox", name="Code\u00a0: Fablab fictif").wait_for()
    assert page.locator("#Cadres textarea:visible").count() == 1


@pytest.mark.chromium
def test_without_a_script_a_code_is_there_to_select(opened):
    page = opened(390, java_script_enabled=False)
    page.goto(f"{ORIGIN}/embarquer/")
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_text("Fablab fictif", exact=True).click()
    field = page.get_by_role("textbox", name="Code\u00a0: Fablab fictif")
    assert field.is_visible() and field.input_value().startswith("<iframe ")
    assert page.get_by_role("button", name="Copier").count() == 0
