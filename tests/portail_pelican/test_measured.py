"""Built pages as a phone shows them: targets, text twice as large, what is fetched first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from lxml import html
from playwright.sync_api import Browser

from doses import dose
from tabs import shared

if TYPE_CHECKING:
    from whole_sites import Built, Hosted

pytestmark = [pytest.mark.site, pytest.mark.chromium]

SITES = ("vitrine", pytest.param("demonstration", marks=pytest.mark.long))
SMALL = """() => [...document.querySelectorAll('main td a')].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width && (width < 24 || height < 24);
}).map((one) => `${one.textContent} ${JSON.stringify(one.getBoundingClientRect())}`)"""
"""Links in tables that are smaller than WCAG 2.5.8 asks."""
WIDER = """() => {
  document.documentElement.style.fontSize = '200%';
  return document.documentElement.scrollWidth - innerWidth;
}"""


PHONE = {"width": 390, "height": 800}
SOME = slice(None, None, dose(5, 1))
"""Guides are drawn by one template."""


def test_links_of_tables_can_be_touched(built: Built, hosted: Hosted, browser: Browser) -> None:
    pages = built("vitrine").glob("contribuer/guides/*/index.html")
    guides = sorted(one.parent for one in pages if b'http-equiv="refresh"' not in one.read_bytes())
    assert len(guides) >= 5
    with shared(browser, hosted("vitrine")) as tab:
        for path in ("temps-forts", *(f"contribuer/guides/{one.name}" for one in guides[SOME])):
            tab.page.goto(f"/{path}/")
            for width in (390, 1280):
                tab.page.set_viewport_size({"width": width, "height": 800})
                assert tab.page.evaluate(SMALL) == [], (path, width)


@pytest.mark.long  # at each change, the cases of the theme are read so
@pytest.mark.xdist_group("demonstration")
def test_the_agenda_holds_text_twice_as_large(hosted: Hosted, browser: Browser) -> None:
    with shared(browser, hosted("demonstration"), viewport=PHONE) as tab:
        for path in ("agenda", "agenda/2022-s39", "agenda/2022/10", "agenda/2022-s40"):
            tab.page.goto(f"/{path}/")
            assert tab.page.evaluate(WIDER) <= 0, path


@pytest.mark.parametrize("name", SITES)
def test_one_picture_at_most_comes_first(
    name: Literal["demonstration", "vitrine"], built: Built
) -> None:
    output, found = built(name), set()
    for file in sorted(output.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if "fetchpriority" not in text:
            continue
        page = html.document_fromstring(text)
        first = page.xpath("//*[@fetchpriority][not(ancestor::template)]")
        assert [one.get("fetchpriority") for one in first] == ["high"], file
        pictures = page.xpath("//body//img[not(ancestor::template)]")
        assert first[0].tag == "link" or first[0] == pictures[0], file
        found.add(file.relative_to(output).parts[0])
    assert {"index.html", "evenements", "carte"} <= found
