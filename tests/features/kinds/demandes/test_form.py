"""The form that one opens to ask: its category is chosen, nobody is asked for a telephone."""

import pytest
from playwright.sync_api import expect

from tabs import shared

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("vitrine")]
FORM = "/contribuer/annonce/"


@pytest.fixture(scope="module")
def tab(hosted, browser):
    """A tab of a telephone."""
    with shared(browser, hosted("vitrine"), viewport={"width": 390, "height": 844}) as one:
        yield one


@pytest.mark.parametrize(
    ("category", "asked"),
    [
        ("demande", {"souhait", "publics", "du", "au"}),
        ("question", set()),
        ("stage", {"duree", "contact.telephone"}),
        ("rien-de-tel", {"contact.telephone"}),
    ],
)
def test_the_address_chooses_what_is_asked(tab, category, asked):
    with tab.visited() as page:
        page.goto(f"{FORM}?categorie={category}")
        page.wait_for_selector("form.prete")
        known = {"souhait", "publics", "du", "au", "duree", "contact.telephone"}
        for name in known:
            field = page.locator(f'[data-chemin="{name}"]').first
            shown = field.evaluate("one => !one.closest('[hidden]')")
            assert shown is (name in asked), name
        chosen = "" if category == "rien-de-tel" else category
        expect(page.locator("[data-chemin=categorie] select")).to_have_value(chosen)
