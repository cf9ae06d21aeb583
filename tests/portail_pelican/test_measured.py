"""Built pages as a phone shows them: targets, text twice as large, what is fetched first."""

import pytest
from lxml import html

from doses import dose

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
    assert len(guides) >= 4
    for path in ("temps-forts", *(f"contribuer/guides/{one.name}" for one in guides[SOME])):
        page.goto(f"/{path}/")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(SMALL) == [], (path, width)


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
