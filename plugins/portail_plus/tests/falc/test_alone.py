"""Reading the easy text alone: by a box, without a script."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("vitrine")]


def test_a_box_hides_the_other_text_without_a_script(hosted, browser):
    context = browser.new_context(
        base_url=hosted("vitrine"), java_script_enabled=False, locale="fr-FR"
    )
    page = context.new_page()
    page.goto("/evenements/matinee-fictive-au-calme/")
    easy = page.locator("section.falc")
    assert easy.locator("> p").count() == 5, "four sentences, a line each, then the box"
    expect(page.locator(".prose")).to_be_visible()
    easy.get_by_label("Lire seulement ce texte").check()
    expect(page.locator(".prose")).to_be_hidden()
    expect(easy).to_be_visible()
    easy.get_by_label("Lire seulement ce texte").uncheck()
    expect(page.locator(".prose")).to_be_visible()
    context.close()
