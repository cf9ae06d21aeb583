"""Pages of places and of tools, the directory, in a real browser, on the demonstration."""

import re

import pytest
from lxml import html
from playwright.sync_api import expect

from tabs import shared

pytestmark = [
    pytest.mark.site,
    pytest.mark.chromium,
    pytest.mark.long,
    pytest.mark.xdist_group("demonstration"),
]

PLACE, TOOL = "/lieux/la-coupole/", "/ressources/ocean-une-plongee-insolite/"
NAME = "La Coupole, Centre d’histoire et planétarium 3D"
UNKNOWN = re.compile(
    "Non précisé|Disponibilité|à confirmer|[Pp]as encore renseigné|Jamais vérifiée"
)
BOX = """selector => {
  const { top, width, height } = document.querySelector(selector).getBoundingClientRect();
  return { top: top + scrollY, width, height };
}"""


@pytest.fixture(scope="module")
def tab(hosted, browser):
    with shared(browser, hosted("demonstration")) as one:
        yield one


@pytest.fixture
def shown(page):
    """Opens a page of the demonstration, of a width."""

    def show(path, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        return page

    return show


def box(page, selector):
    return page.evaluate(BOX, selector)


def height(page):
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_a_place_is_read_in_one_column_beside_its_box(shown):
    page = shown(PLACE, 1280)
    assert page.locator(".hero .vis .facade").count() == 1, "what its sheet tells of it is drawn"
    text = box(page, ".prose")
    assert text["top"] <= 950
    assert text["width"] <= 38 * 16
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).columnCount") == "auto"
    last = page.locator(".infos").evaluate("one => one.lastElementChild.className")
    assert "suivre" in last, "what one reads once comes last"
    assert page.locator(".infos .geo-note").count() == 0
    # On a telephone and on paper it is short.
    page.set_viewport_size({"width": 390, "height": 900})
    assert height(page) <= 6100
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(pages) == 3


EVENT = "/evenements/un-barometre-dans-un-bocal/"
KIT = "/ressources/coques-et-carenes/"
TEXT = 1400
"""Where the text begins at the latest, in pixels of a telephone 390 wide."""


@pytest.mark.parametrize(
    ("path", "act"),
    [(EVENT, "Réserver"), (PLACE, "Appeler le 03 21 12 27 27"), (KIT, "Demander ce créneau")],
)
def test_on_a_telephone_the_reason_comes_before_the_rest(shown, path, act):
    page = shown(path, 390)
    assert box(page, ".fiche-corps .prose")["top"] <= TEXT
    first = page.locator(".infos .boutons .bouton").first
    assert first.inner_text().replace("\xa0", " ").strip() == act
    assert page.locator(".infos .fait:visible").count() <= 6
    rest = page.locator(".infos > .plus").first
    hidden = rest.locator("dd").first
    expect(hidden).to_be_hidden()
    rest.locator("summary").click()
    expect(hidden).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(rest.locator("summary")).to_be_hidden()
    expect(hidden).to_be_visible()


def test_on_a_telephone_an_event_shows_its_picture_first(shown):
    page = shown(EVENT, 390)
    tops = [box(page, one)["top"] for one in (".hero", "h1", ".infos", ".prose")]
    assert tops == sorted(tops)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert box(page, "h1")["top"] < box(page, ".hero")["top"] < box(page, ".prose")["top"]


def test_a_tool_shows_its_six_months(shown):
    page = shown("/catalogue/", 390)
    assert box(page, "#Resultats .carte")["top"] <= 790
    strip = page.locator("#Resultats .mois-pret").first
    assert strip.locator("span").count() == 6
    assert strip.bounding_box()["width"] > 200
    assert page.locator("#Resultats .e-libre, #Resultats .e-en-pret").count() == 0
    page.goto(KIT)
    assert page.locator(".infos .mois-pret .pris").get_attribute("d").startswith("M")


def test_a_place_says_its_name_once_or_twice_and_nothing_unknown(built):
    site = built("demonstration")
    page = html.parse(site / "lieux/la-coupole/index.html").getroot()
    for one in page.xpath("//script|//template"):
        one.drop_tree()
    assert page.body.text_content().count(NAME) <= 4
    assert page.xpath("string(//nav[@class='fil']//li[last()])").strip() == "La Coupole"
    # The unknown is quiet.
    paths = [*site.glob("lieux/*/index.html"), *site.glob("catalogue/**/index.html")]
    tools = (site / one for one in ("ressources/eau", "ressources/cap-sur-la-lune", TOOL[1:]))
    for path in (*paths, *(one / "index.html" for one in tools)):
        main = html.parse(path).find(".//main")
        if main is not None:
            assert not UNKNOWN.search(main.text_content()), path
    asked = " ".join(html.parse(site / TOOL[1:] / "index.html").getroot().text_content().split())
    assert "À demander à Ombelliscience" in asked


def test_the_directory_begins_soon(shown):
    page = shown("/lieux/", 1280)
    assert box(page, ".lettre")["top"] <= 600
    tops = page.locator(".facettes-pli > .facette:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) > 3
    assert len(set(tops)) == 1, "one line"
    assert page.locator(".lieu:visible").count() == 48
    assert page.locator("main *").count() < 3_000
    page.locator(".autres > summary").click()
    page.locator(".autres .facette > summary").first.click()
    boxes = page.locator(".autres .facette").first.get_by_role("checkbox")
    boxes.first.check()
    expect(page.locator("#Actifs > li")).to_have_count(1)
    # Structures are one tap away, by their letters.
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/lieux/")
    assert height(page) < 8000
    page.locator("#Structures + .alphabet a").last.click()
    expect(page.locator(".lettre-titre", has_text=re.compile("^[A-Z]$")).last).to_be_visible()
    assert "/lieux/page/" in page.url
