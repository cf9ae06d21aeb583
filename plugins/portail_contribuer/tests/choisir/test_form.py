"""The form of an event as one sets its day and its place: what is already on there."""

import pytest
from playwright.sync_api import expect

from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("vitrine")]
FORM = "/contribuer/evenement/"


@pytest.fixture(scope="module")
def tab(hosted, browser):
    """A tab of a telephone."""
    with shared(browser, hosted("vitrine"), viewport={"width": 390, "height": 844}) as one:
        yield one


def opened(page):
    page.goto(FORM)
    page.wait_for_selector("form.prete")
    return page


def set_day(page, day):
    field = page.locator('[data-saisie=seance] [data-part="jour"]').first
    field.fill(day)
    field.blur()


def set_place(page, words):
    page.locator("[data-chemin=lieu] input").fill(words)
    page.locator("[data-chemin=lieu] [role=option]").first.click()
    page.locator("[data-chemin=lieu] input").blur()


def told(page):
    region = page.locator("#Choisir")
    expect(region).to_be_visible()
    return region.inner_text().replace("\u00a0", " ")


def test_a_day_says_what_is_on_its_highlights_and_its_holidays(tab):
    """Nothing is said, nor asked for, before a day is set that is not over."""
    with tab.visited() as page:
        asked = []
        expect(opened(page).locator("#Choisir")).to_be_hidden()
        page.on("request", lambda request: asked.append(request.url))
        set_day(page, "2021-09-01")
        set_day(page, "2021-10-06")
        expect(page.locator("#Choisir b")).to_have_text("Mercredi 6\u00a0octobre 2021")
        dates = [url for url in asked if "/contribuer/dates/" in url]
        assert dates and not [url for url in dates if "2021-09" in url]
        said = told(page)
        assert "Semaine fictive des étoiles" in said
        assert "Atelier fusées" in said
        set_day(page, "2021-10-30")
        expect(page.locator("#Choisir b")).to_have_text("Samedi 30\u00a0octobre 2021")
        assert "Vacances de la Toussaint" in told(page)
        set_day(page, "2021-09-01")
        expect(page.locator("#Choisir")).to_be_hidden()


def test_a_place_and_publics_say_who_is_near_and_for_the_same(tab):
    """A commune alone is enough; a day when nothing is on says so."""
    with tab.visited() as page:
        opened(page)
        set_day(page, "2021-12-24")
        commune = page.locator('[data-chemin="adresse.commune"] input')
        commune.fill("Hirson")
        commune.blur()
        expect(page.locator("#Choisir p")).to_contain_text(
            "à moins de 20\u00a0km\u00a0: aucun autre rendez-vous"
        )
        set_day(page, "2021-10-06")
        set_place(page, "Musée d’exemple")
        expect(page.locator("#Choisir")).to_contain_text("au même endroit")
        assert "à moins de 20\u00a0km" in page.locator("#Choisir").inner_text()
        expect(page.locator("#Choisir li").first).to_contain_text("au même endroit")
        assert "pour les mêmes" not in told(page)
        page.locator("[data-chemin=publics] input[value=familles]").evaluate("one => one.click()")
        expect(page.locator("#Choisir p").first).to_contain_text("pour les mêmes publics")
