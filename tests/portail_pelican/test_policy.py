"""In a real browser, no page of the two sites does what its policy forbids."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Browser

from pages import address, by_shape, html_pages
from serving import elsewhere, served

if TYPE_CHECKING:
    from conftest import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium]

REPORTS = """window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective}: ${blockedURI}`));"""


@pytest.mark.parametrize("name", ["vitrine", pytest.param("demonstration", marks=pytest.mark.long)])
def test_no_page_breaks_its_policy(
    name: Literal["demonstration", "vitrine"], built: Built, browser: Browser
) -> None:
    output = built(name)
    pages = by_shape(output, html_pages(output))
    assert len(pages) > 15
    found: dict[str, list[str]] = {}

    with served(output) as host, closing(browser.new_context()) as context:
        context.on("request", lambda asked: _elsewhere(asked.url, host, found))
        context.on("response", lambda got: _missing(got.url, got.status, found))
        context.add_init_script(REPORTS)
        tab, said = context.new_page(), [""]
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        for page in pages:
            said.clear()
            tab.goto(host + address(output, page))
            found[str(page)] = [*said, *tab.evaluate("violations")]
    assert {url: texts for url, texts in found.items() if texts} == {}


def _elsewhere(url: str, host: str, found: dict[str, list[str]]) -> None:
    if elsewhere(host).match(url):
        found.setdefault("asked elsewhere", []).append(url)


def _missing(url: str, status: int, found: dict[str, list[str]]) -> None:
    if status >= 400:
        found.setdefault("missing", []).append(url)
