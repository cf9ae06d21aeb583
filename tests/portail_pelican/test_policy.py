"""In a real browser, no page of the two sites does what its policy forbids, nor fetches early a
font that it does not use."""

import re
from contextlib import closing

import pytest

from doses import LONG
from pages import address, by_shape, html_pages
from serving import elsewhere, served

pytestmark = [pytest.mark.site, pytest.mark.chromium]

REPORTS = """window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective}: ${blockedURI}`));"""
UNUSED = """async () => { await document.fonts.ready;
  const used = new Set([...document.fonts].filter(({ status }) => status !== 'unloaded')
    .map(({ family, style }) => style === 'normal' ? family.toLowerCase() : ''));
  return [...document.querySelectorAll('link[rel=preload][as=font]')].map(({ href }) => href)
    .filter((href) => ![...used].some((family) => family && href.includes(`/${family}`)));
}"""
"""Fonts that a page fetches before its sheets, and sets nothing in."""
RUN = re.compile(r'<(?:script|iframe|video|audio)[^>]*? src="([^"]+)"')


def by_what_runs(pages):
    """The longest page of each set of scripts and frames: policies differ by these."""
    found = sorted(pages, key=lambda page: page.stat().st_size)
    return [*{frozenset(RUN.findall(page.read_text("utf-8"))): page for page in found}.values()]


def test_no_page_breaks_its_policy(each_site, browser):
    pages = by_shape(each_site, html_pages(each_site))
    pages = pages if LONG else by_what_runs(pages)
    assert len(pages) > 15
    found = {}

    with served(each_site) as host, closing(browser.new_context()) as context:
        context.on("request", lambda asked: _elsewhere(asked.url, host, found))
        context.on("response", lambda got: _missing(got.url, got.status, found))
        context.add_init_script(REPORTS)
        tab, said = context.new_page(), [""]
        tab.set_viewport_size({"width": 390, "height": 844})
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        for page in pages:
            said.clear()
            tab.goto(host + address(each_site, page))
            found[str(page)] = [*said, *tab.evaluate("violations"), *tab.evaluate(UNUSED)]
    assert {url: texts for url, texts in found.items() if texts} == {}


def _elsewhere(url, host, found):
    if elsewhere(host).match(url):
        found.setdefault("asked elsewhere", []).append(url)


def _missing(url, status, found):
    if status >= 400:
        found.setdefault("missing", []).append(url)
