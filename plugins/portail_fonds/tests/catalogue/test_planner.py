"""The planner of the catalogue in a real browser, on the whole showcase."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.chromium]

CATALOGUE = "/catalogue/"
EARLIEST = "Au plus près, libre du 12 au 23\u00a0octobre 2021"
"""To be asked for fifteen days before."""
GROUPS = """() => [...document.querySelectorAll('#Resultats section')].map((one) => [
  one.querySelector('h2').textContent,
  [...one.querySelectorAll('article')].map((un) => [un.querySelector('.carte-titre').textContent,
    un.querySelector('.etiqs').textContent, un.querySelector('.meta b')?.textContent ?? ''])])"""


def test_free_first_then_near(page):
    page.goto(f"{CATALOGUE}?theme=terre-environnement")
    expect(page.get_by_role("status").first).to_have_text("3\u00a0outils")
    page.get_by_label("Du", exact=True).fill("2021-10-04")
    page.get_by_label("Au", exact=True).fill("2021-10-15")
    expect(page.locator("#Statut")).to_contain_text("2\u00a0outils libres du 4 au 15\u00a0octobre")
    page.get_by_role("combobox", name="Près de chez moi").fill("Guînes")
    page.get_by_role("option", name="Guînes 62340", exact=True).click()
    expect(page.locator("#Actifs")).to_contain_text("au plus près de Guînes")
    assert page.evaluate(GROUPS) == [
        [
            "Libres à ces dates (2)",
            [
                ["Sous nos pieds-Exemple", "Libre à ces dates (exemplaire 3)", "À 30\u00a0km"],
                ["Maquette fictive du climat", "Libre à ces dates", ""],
            ],
        ],
        [
            "Pas libres à ces dates (1)",
            [["Marée haute-Exemple", EARLIEST, "À 85\u00a0km"]],
        ],
    ]
    assert page.url.endswith(
        f"{CATALOGUE}?du=2021-10-04&au=2021-10-15&theme=terre-environnement"
        "#pres=Gu%C3%AEnes&rayon=0"
    )
    page.get_by_role("link", name="Demander ce créneau").first.click()
    assert page.url.endswith("/ressources/sous-nos-pieds-exemple/?du=2021-10-04&au=2021-10-15")
    expect(page.locator(".creneau [role=status]")).to_contain_text("Libre à ces dates")


def test_nothing_free_says_what_is_nearest(page):
    page.goto(f"{CATALOGUE}?type=planetarium-itinerant&du=2021-10-04&au=2021-10-08")
    expect(page.locator("#Resultats .vide")).to_contain_text(
        "Au plus près\u00a0: Planétarium gonflable-Exemple, libre du 29\u00a0septembre au "
        "3\u00a0octobre 2021."
    )
    page.get_by_role("link", name="Sans autre filtre").click()
    expect(page.locator("#Statut")).to_contain_text("libres du 4 au 8\u00a0octobre 2021")


def test_todays_words_leave_when_they_no_longer_hold(page):
    page = page.context.new_page()  # with a script of its own
    page.add_init_script(
        "document.addEventListener('readystatechange', () => "
        "{ document.documentElement.dataset.date = '2021-10-20'; }, { once: true });"
    )
    page.goto(CATALOGUE)
    stars = page.locator("article", has_text="Étoiles d’Exemple")
    expect(stars.locator(".etiq")).to_be_hidden()
    page.get_by_label("Exposition roll-up").or_(page.get_by_label("Expositions roll-up")).check()
    expect(page.locator("#Statut")).to_have_text("2\u00a0outils")
    expect(page.locator("article", has_text="Étoiles d’Exemple").locator(".etiq")).to_have_count(0)
    page.close()
