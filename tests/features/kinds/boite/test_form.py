"""Whoever has a project says where and on what, by keyboard, on a phone: what is near answers."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.chromium]

SCREEN = {"width": 390, "height": 844}
ASKED = "?*theme=terre-environnement*#pres=Amiens&rayon=50"


def test_a_commune_and_a_subject_lead_to_lists(page):
    for button, list_ in (("Qui peut m’aider", "lieux"), ("Quoi emprunter", "catalogue")):
        page.goto("/boite-a-outils/")
        page.get_by_label("Ma commune").focus()
        page.keyboard.type("amien")
        expect(page.get_by_role("option").first).to_contain_text("Amiens")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Mon sujet")).to_be_focused()
        page.keyboard.type("Terre")
        while page.evaluate("document.activeElement.textContent") != button:
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{list_}/{ASKED}")
    expect(page.locator("#Actifs")).to_contain_text("Terre et environnement")
    expect(page.locator("#Resultats")).to_contain_text(re.compile(r"\d\skm|Dans la commune"))
