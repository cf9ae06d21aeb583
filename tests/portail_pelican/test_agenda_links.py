"""Without a script, every value of the filters of the agenda is a link that leads to its events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route

from audit_axe import file_of
from pages import LOCAL_ADDRESS

if TYPE_CHECKING:
    from whole_sites import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("liens-agenda")]

VALUES = "#Filtrage li a"


@pytest.fixture(scope="module")
def site(built: Built) -> Path:
    return built("vitrine")


@pytest.fixture(params=[390, pytest.param(1280, marks=pytest.mark.long)])
def page(site: Path, browser: Browser, request: pytest.FixtureRequest) -> Page:
    def serve(route: Route) -> None:
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        route.abort() if path is None else route.fulfill(path=path)

    context = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 900}
    )
    context.route("**/*", serve)
    request.addfinalizer(context.close)
    return context.new_page()


def unfold(page: Page) -> None:
    """Open every closed fold that is shown, as a reader does."""
    for summary in page.locator("#Filtrage summary").all():
        fold = summary.locator("xpath=..")
        if summary.is_visible() and fold.get_attribute("open") is None:
            summary.click()


def test_each_value_is_a_link_to_its_events(page: Page, site: Path) -> None:
    page.goto(f"{LOCAL_ADDRESS}/agenda/")
    unfold(page)
    links = page.locator(VALUES)
    assert links.evaluate_all("(all) => all.every((one) => one.checkVisibility())")
    addresses = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert len({one.split("/")[2] for one in addresses}) >= 8
    # One of each facet: all are drawn alike, and no dead link is published.
    for address in {one.split("/")[2]: one for one in addresses}.values():
        answer = html.parse(site / address.strip("/") / "index.html").getroot()
        assert answer.xpath("//*[@id='Resultats']//article"), address
        assert answer.find(".//h1").text_content().strip()
        if address != "/agenda/":
            chosen = "//*[@id='Filtrage']//li/a[@aria-current]/@href"
            assert answer.xpath(chosen) == [address]


def test_saturday_s_free_events_are_a_link_of_the_filters_away(page: Page) -> None:
    """What a script alone does is not shown."""
    page.goto(f"{LOCAL_ADDRESS}/agenda/")
    unfold(page)
    assert (
        page.locator(".facettes :is(input, button), .avec-js").locator("visible=true").count() == 0
    )
    for text in ("Aujourd’hui", "Autour de moi", "Tout effacer"):
        assert not page.get_by_text(text, exact=True).locator("visible=true").count(), text
    page.locator("[data-facette=gratuit] a").click()
    assert page.locator("h1").inner_text() == "Rendez-vous gratuits"
    assert page.locator(".jour h2", has_text="Samedi").count()
