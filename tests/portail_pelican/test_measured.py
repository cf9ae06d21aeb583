"""Built pages as a phone shows them: targets, text twice as large, what is fetched first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from serving import served

if TYPE_CHECKING:
    from conftest import Built

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


def tab(browser: Browser, width: int) -> Page:
    return browser.new_page(viewport={"width": width, "height": 800})


@pytest.mark.parametrize("width", [390, 1280])
def test_links_of_tables_can_be_touched(built: Built, browser: Browser, width: int) -> None:
    output = built("vitrine")
    guides = sorted(output.glob("contribuer/guides/fichier-*"))
    assert len(guides) >= 13
    with served(output) as host, tab(browser, width) as page:
        for path in ("temps-forts", *(f"contribuer/guides/{one.name}" for one in guides)):
            page.goto(f"{host}/{path}/")
            assert page.evaluate(SMALL) == [], path


@pytest.mark.xdist_group("demonstration")
def test_the_agenda_holds_text_twice_as_large(built: Built, browser: Browser) -> None:
    with served(built("demonstration")) as host, tab(browser, 390) as page:
        for path in ("agenda", "agenda/2022-s39", "agenda/2022/10", "agenda/2022-s40"):
            page.goto(f"{host}/{path}/")
            assert page.evaluate(WIDER) <= 0, path


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
