"""In a real browser, no page of the two sites does what its policy forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Browser, Route

from audit_axe import file_of
from pages import LOCAL_ADDRESS, address, by_shape, html_pages

if TYPE_CHECKING:
    from conftest import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium]

REPORTS = """window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective}: ${blockedURI}`));"""


@pytest.mark.parametrize("name", ["demonstration", "vitrine"])
def test_no_page_breaks_its_policy(
    name: Literal["demonstration", "vitrine"], built: Built, browser: Browser
) -> None:
    output = built(name)
    pages = by_shape(output, html_pages(output))
    assert len(pages) > 15
    found: dict[str, list[str]] = {}

    def serve(route: Route) -> None:
        path = file_of(output, LOCAL_ADDRESS, route.request.url)
        if path is None:
            found.setdefault("asked", []).append(route.request.url)
            route.abort()
        else:
            route.fulfill(path=path)

    context = browser.new_context()
    context.route("**/*", serve)
    context.add_init_script(REPORTS)
    for page in pages:
        url, said = address(output, page), found.setdefault(str(page), [])
        tab = context.new_page()
        tab.on("console", lambda message, said=said: said.append(message.text))
        tab.on("pageerror", lambda error, said=said: said.append(str(error)))
        tab.goto(LOCAL_ADDRESS + url)
        said += tab.evaluate("violations")
        tab.close()
    context.close()
    assert {url: texts for url, texts in found.items() if texts} == {}
