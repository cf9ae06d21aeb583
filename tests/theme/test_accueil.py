"""« Près de chez vous » on the home page: it leads to the agenda around a commune."""

import pytest
from navigateur import ORIGIN

pytestmark = pytest.mark.chromium


def asked(page):
    """The address that the field leads to, once « Arras » is written in it."""
    page.route("**/agenda/**", lambda one: one.fulfill(body="", content_type="text/html"))
    page.goto(f"{ORIGIN}/accueil-carte")
    page.get_by_label("Votre commune").fill("Arras")
    page.get_by_role("button", name="Voir").click()
    page.wait_for_url("**/agenda/**")
    return page.url


def test_the_commune_never_leaves_the_browser(opened):
    assert asked(opened(390)) == f"{ORIGIN}/agenda/#pres=Arras"


def test_without_a_script_the_form_leads_there_all_the_same(opened):
    assert asked(opened(390, java_script_enabled=False)) == f"{ORIGIN}/agenda/?pres=Arras"
