"""What scripts add: the display choice of the footer, the keys of the thumb menu."""

import gzip
import re

import pytest
from navigateur import HELD, ORIGIN, Answer, hold
from playwright.sync_api import expect

from portail.resources import brought, folders_of
from portail_pelican.assets import script

GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(251, 249, 243)", "rgb(18, 22, 27)"
COLOURS = "[...document.querySelectorAll('[name=theme-color]')].map((one) => one.media)"
chromium = pytest.mark.chromium
LATE = ("carte-", "facettes-", "recherche-", "contribuer-")
"""Scripts that are loaded on first use."""


MOST = {
    "recherche-moteur.js": 5_850,
    "recherche-phrase.js": 5_300,
    "commun.js": 3_600,
    "carte.js": 2_000,
    "portail.js": 1_500,
}
"""Bytes of what answers a query and of what reads it, on the page of the search alone; of what
scripts share; of what opens a map; of what every page has."""


def test_scripts_are_small_and_stand_alone():
    layers = folders_of(brought("theme"))
    scripts = sorted(path for one in layers for path in (one / "static/js").glob("*.js"))
    assert scripts
    for path in scripts:
        source = path.read_text(encoding="utf-8")
        late = path.name.startswith(LATE)
        most = MOST.get(path.name, 5_000 if late else 3_500)
        assert len(gzip.compress(script(source).encode(), 9)) < most, path.name
        # An address without a mark of its bytes would lead to those of yesterday: that of a module
        # comes from the page, or is written as the build marks it.
        assert not re.search(r"^\s*import\b(?!\()", source, re.MULTILINE), path.name
        for found in re.findall(r"\bimport\((.+)", source):
            assert re.match(
                r"((form|(document\.querySelector|\$)\('\S+'\))\.dataset\.\w+"
                r"|import\.meta\.url|adresses(\.\w+|\[\w+\])"
                r"|new URL\('[\w-]+\.js', import\.meta\.url\))\)",
                found,
            ), found
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", source)


@chromium
def test_without_a_script_the_system_chooses(opened):
    page = opened(1280, java_script_enabled=False)
    page.goto(f"{ORIGIN}/")
    assert page.get_by_role("group", name="Affichage").count() == 0


@chromium
def test_the_choice_lasts_and_is_all_that_is_kept(opened):
    page = opened(1280, color_scheme="light", reduced_motion="reduce")
    page.goto(f"{ORIGIN}/")
    group = page.get_by_role("group", name="Affichage")
    assert group.get_by_role("radio").count() == 3
    assert group.get_by_role("radio", name="Système").is_checked()
    system = ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"]
    assert page.evaluate(COLOURS) == system
    group.get_by_role("radio", name="Système").focus()
    for name, ground, colours in (
        ("Clair", LIGHT, ["all", "not all"]),
        ("Sombre", DARK, ["not all", "all"]),
    ):
        page.keyboard.press("ArrowDown")
        assert group.get_by_role("radio", name=name).is_checked()
        assert (page.evaluate(GROUND), page.evaluate(COLOURS)) == (ground, colours)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)", "paper stays light"
    page.emulate_media(media="null")
    group.get_by_role("radio", name="Clair").check()
    assert page.evaluate(GROUND) == LIGHT, "it wins over the system"
    group.get_by_role("radio", name="Sombre").check()
    page.emulate_media(media="null", color_scheme="light")
    assert page.evaluate("[JSON.stringify(localStorage), document.cookie]") == [
        '{"affichage":"sombre"}', "",
    ]  # fmt: skip
    page.goto(f"{ORIGIN}/articles/toutes-les-formes-du-texte/")
    assert (page.evaluate(GROUND), page.evaluate(COLOURS)) == (DARK, ["not all", "all"])
    page.go_back()
    page.get_by_role("radio", name="Système").check()
    assert (page.evaluate(GROUND), page.evaluate(COLOURS)) == (LIGHT, system)
    assert page.evaluate("localStorage.length") == 0
    page.go_forward()
    assert page.evaluate(GROUND) == LIGHT


@chromium
def test_other_tabs_follow(opened):
    page = opened(1280, color_scheme="light", reduced_motion="reduce")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{ORIGIN}/")
    page.get_by_role("radio", name="Sombre").check()
    expect(other.locator("html")).to_have_attribute("data-theme", "sombre")
    assert other.get_by_role("radio", name="Sombre").is_checked()


@chromium
def test_the_choice_is_there_at_the_first_paint(opened):
    page = opened(1280, color_scheme="light", reduced_motion="reduce")
    page.goto(f"{ORIGIN}/")
    page.get_by_role("radio", name="Sombre").check()
    # Without the module: what the inline script does alone, while the head is read.
    page.context.route("**/js/*.js*", lambda route: route.abort())
    page.goto(f"{ORIGIN}/articles/toutes-les-formes-du-texte/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert (page.evaluate(GROUND), page.evaluate(COLOURS)) == (DARK, ["not all", "all"])


@chromium
def test_a_browser_that_refuses_its_storage_still_changes(opened):
    page = opened(1280, color_scheme="light", reduced_motion="reduce")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{ORIGIN}/")
    page.get_by_role("radio", name="Sombre").check()
    assert (page.evaluate(GROUND), said) == (DARK, [])


@chromium
def test_the_fold_of_the_menu_closes_with_escape(opened):
    page = opened(390)
    page.goto(f"{ORIGIN}/")
    summary, fold = page.locator(".menu summary"), page.locator(".menu details")
    summary.press("Enter")
    assert fold.get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert fold.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    summary.click()
    page.mouse.click(3, 150)
    assert fold.get_attribute("open") is None


PLAN = """<main><section><h2>Événements</h2><a href="/evenements/le-spectroscope/">Le prisme</a>
<a href="/evenements/la-nuit/">La nuit</a></section></main>"""


ENDLESS = f"/{'spectroscope-' * 10}{'abc-' * 1750}/"
LOST = (
    ("/evenements/le-spectrosope/", "/evenements/le-spectrosope/", ["Le prisme"], "le spectrosope"),
    ("/nuits.html", "/nuits.html", ["La nuit"], "nuits"),
    ("/lieux/%3Cb%3E%C3%A9t%C3%A9/", "/lieux/<b>été/", [], "b été"),
    ("/%ff/", "/%ff/", [], "ff"),
    (
        "/%3Cimg%20src=x%20onerror=touche()%3E", "/<img src=x onerror=touche()>", [],
        "img src x onerror touche",
    ),
    # Its beginning is compared with each address, and that is all.
    (ENDLESS, ENDLESS, ["Le prisme"], "spectroscope " * 7 + "spectrosc"),
    ("/404.html", None, [], ""),
)  # fmt: skip
"""What is asked, what the page shows of it, what is near, the words to search."""


@chromium
def test_a_lost_page_names_what_was_asked_and_what_is_near(opened, drawn):
    page, kind = opened(1280), "text/html; charset=utf-8"
    hold("/plan-du-site/", PLAN)
    lost, addresses = Answer(404, kind, drawn["404.html"].encode()), {one[0] for one in LOST}
    HELD.append(lambda path: lost if path in addresses else None)
    for asked, shown, near, words in LOST:
        page.goto(ORIGIN + asked)
        if shown is not None:
            page.wait_for_selector("#Adresse code")
        assert page.locator("#Adresse").text_content() == (shown or "demandée")
        if near:
            page.wait_for_selector("#Proches li")
        links = page.get_by_role("status").get_by_role("link")
        assert links.all_text_contents() == near, asked
        field = page.get_by_role("searchbox", name="Chercher dans tout le portail")
        assert field.input_value() == words
    page.keyboard.press("/")
    page.locator("#Recherche:focus").wait_for()
    assert page.locator(".cherche").count() == 0, "the page has its own field"


MOVED = (
    ("/lieux/a/affiche/", "/lieux/a/affiche/2021-10/"),
    ("/agenda/theme/page/", "/agenda/theme/"),
    ("/agenda/theme/a/page/12/", "/agenda/theme/a/"),
    ("//ailleurs.example/page/2/", ""),
    ("//ailleurs.example/page/", ""),
    ("/agenda/theme/pages/", ""),
)
"""What is asked, and where the rules lead; nowhere."""


@chromium
def test_a_lost_page_follows_the_rules_that_its_host_has_not_read(opened, drawn):
    page, kind = opened(1280), "text/html; charset=utf-8"
    rules = (
        "/lieux/a.affiche/ /faux/ 301\n/lieux/a/affiche/ /lieux/a/affiche/2021-10/ 301\n"
        "/:a/page/ /:a/ 301\n/:a/:b/page/ /:a/:b/ 301\n"
    )
    hold("/_redirects", rules)
    lost, found = Answer(404, kind, drawn["404.html"].encode()), Answer(200, kind, b"<h1>Ici</h1>")
    ends = {there for _, there in MOVED}
    HELD.append(lambda path: found if path in ends else None)
    for asked, there in MOVED:
        HELD.append(lambda path, asked=asked: lost if path == asked else None)
        page.goto(ORIGIN + asked)
        page.wait_for_url(ORIGIN + (there or asked))
        heading = page.get_by_role("heading", name="Ici" if there else "Cette page")
        expect(heading).to_be_visible()
