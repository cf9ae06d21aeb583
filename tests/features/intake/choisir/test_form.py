"""The form of an event as one sets its day and its place: what is already on there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tabs import Tab, shared

if TYPE_CHECKING:
    from whole_sites import Hosted

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("vitrine")]
FORM = "/contribuer/evenement/"


@pytest.fixture(scope="module")
def tab(hosted: Hosted, browser: Browser) -> Iterator[Tab]:
    """A tab of a telephone."""
    with shared(browser, hosted("vitrine"), viewport={"width": 390, "height": 844}) as one:
        yield one


def opened(page: Page) -> Page:
    page.goto(FORM)
    page.wait_for_selector("form.prete")
    return page


def set_day(page: Page, day: str) -> None:
    field = page.locator('[data-saisie=seance] [data-part="jour"]').first
    field.fill(day)
    field.blur()


def set_place(page: Page, words: str) -> None:
    page.locator("[data-chemin=lieu] input").fill(words)
    page.locator("[data-chemin=lieu] [role=option]").first.click()
    page.locator("[data-chemin=lieu] input").blur()


def told(page: Page) -> str:
    region = page.locator("#Choisir")
    expect(region).to_be_visible()
    return region.inner_text().replace("\u00a0", " ")


def test_nothing_is_said_before_a_day_is_set(tab: Tab) -> None:
    with tab.visited() as page:
        expect(opened(page).locator("#Choisir")).to_be_hidden()


def test_a_day_says_what_is_on_its_highlights_and_its_holidays(tab: Tab) -> None:
    with tab.visited() as page:
        opened(page)
        set_day(page, "2021-10-06")
        expect(page.locator("#Choisir b")).to_have_text("Mercredi 6\u00a0octobre 2021")
        said = told(page)
        assert "Semaine fictive des étoiles" in said
        assert "Atelier fusées" in said
        set_day(page, "2021-10-30")
        expect(page.locator("#Choisir b")).to_have_text("Samedi 30\u00a0octobre 2021")
        assert "Vacances de la Toussaint" in told(page)


def test_a_place_and_publics_say_who_is_near_and_for_the_same(tab: Tab) -> None:
    with tab.visited() as page:
        opened(page)
        set_day(page, "2021-10-06")
        set_place(page, "Musée d’exemple")
        expect(page.locator("#Choisir")).to_contain_text("à moins de 20\u00a0km")
        expect(page.locator("#Choisir li").first).to_contain_text("au même endroit")
        assert "pour les mêmes" not in told(page)
        page.locator("[data-chemin=publics] input[value=familles]").evaluate("one => one.click()")
        expect(page.locator("#Choisir p").first).to_contain_text("pour les mêmes publics")


def test_a_commune_alone_is_enough_and_a_free_day_says_so(tab: Tab) -> None:
    with tab.visited() as page:
        opened(page)
        set_day(page, "2021-12-24")
        commune = page.locator('[data-chemin="adresse.commune"] input')
        commune.fill("Hirson")
        commune.blur()
        expect(page.locator("#Choisir p")).to_contain_text(
            "à moins de 20\u00a0km\u00a0: aucun autre rendez-vous"
        )


def test_only_this_site_is_asked_and_a_day_that_is_over_asks_nothing(tab: Tab) -> None:
    with tab.visited() as page:
        opened(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        set_day(page, "2021-09-01")
        page.wait_for_timeout(300)
        assert [url for url in asked if "/contribuer/dates/" in url] == []
        expect(page.locator("#Choisir")).to_be_hidden()
