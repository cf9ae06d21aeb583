"""Built pages as a phone shows them: targets, text twice as large, what is fetched first."""

import pytest
from lxml import html

from doses import dose
from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium]

SMALL = """() => [...document.querySelectorAll('main td a')].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width && (width < 24 || height < 24);
}).map((one) => `${one.textContent} ${JSON.stringify(one.getBoundingClientRect())}`)"""
"""Links in tables that are smaller than WCAG 2.5.8 asks."""


SOME = slice(None, None, dose(5, 1))
"""Guides are drawn by one template."""


def test_links_of_tables_can_be_touched(showcase, page):
    pages = showcase.glob("contribuer/guides/*/index.html")
    guides = sorted(one.parent for one in pages if b'http-equiv="refresh"' not in one.read_bytes())
    assert len(guides) >= 5
    for path in ("temps-forts", *(f"contribuer/guides/{one.name}" for one in guides[SOME])):
        page.goto(f"/{path}/")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(SMALL) == [], (path, width)


TWICE = """() => {
  document.documentElement.style.fontSize = '200%';
  return document.documentElement.scrollWidth - innerWidth;
}"""
PAGES = (
    "", "articles/cette-nuit-une-sonde-heurte-un-asteroide", "lieux/la-coupole", "lieux",
    "temps-forts", "temps-forts/fete-de-la-science", "territoires/somme", "dossiers", "classes",
    "catalogue", "presse", "agenda", "agenda/2022-s39", "agenda/2022/10", "agenda/2022-s40",
)  # fmt: skip


@pytest.mark.long  # at each change, the cases of the theme are read so
@pytest.mark.xdist_group("demonstration")
def test_letters_twice_as_large_still_fit_a_phone(hosted, browser):
    wide = {}
    with shared(browser, hosted("demonstration"), viewport={"width": 390, "height": 800}) as tab:
        for path in PAGES:
            shown = tab.page.goto(f"/{path}/".replace("//", "/"))
            assert shown and shown.ok, path
            wide[path] = tab.page.evaluate(TWICE)
    assert {path: px for path, px in wide.items() if px > 0} == {}


def test_one_picture_at_most_comes_first(each_site):
    found = set()
    for file in sorted(each_site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if "fetchpriority" not in text:
            continue
        page = html.document_fromstring(text)
        first = page.xpath("//*[@fetchpriority][not(ancestor::template)]")
        assert [one.get("fetchpriority") for one in first] == ["high"], file
        pictures = page.xpath("//body//img[not(ancestor::template)]")
        assert first[0].tag == "link" or first[0] == pictures[0], file
        found.add(file.relative_to(each_site).parts[0])
    assert {"index.html", "evenements", "carte"} <= found
