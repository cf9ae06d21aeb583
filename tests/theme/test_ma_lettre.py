"""Composing a letter of one's own, in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from ma_lettre import HOSTILE, donnees
from navigateur import HELD, ORIGIN, Answer
from playwright.sync_api import Page, expect
from test_chromium import OPEN, SMALL, WIDE

pytestmark = pytest.mark.chromium

Visit = Callable[..., Page]
UNE, WEEK_END, ANNONCES = "À la une", "Ce week-end", "Annonces qui se terminent"


@pytest.fixture
def visit(opened: Callable[..., Page]) -> Visit:
    """Opens the page with a query, in one tab; ``semaine.json`` answers ``status``."""
    tabs: list[Page] = []

    def make(
        query: str = "", *, scripts: bool = True, width: int = 1280, status: int = 200
    ) -> Page:
        body = Answer(status, "application/json", json.dumps(donnees()).encode())
        HELD.append(lambda path: body if path.endswith("/semaine.json") else None)
        if not tabs:
            tabs.append(opened(width, java_script_enabled=scripts, locale="fr-FR"))
        tabs[0].goto(f"{ORIGIN}/ma-lettre{query}")
        return tabs[0]

    return make


def status(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def sections(page: Page) -> list[str]:
    return page.locator("#Lettre h2").all_text_contents()


def titles(page: Page) -> list[str]:
    return page.locator("#Lettre li a").all_text_contents()


def test_choices_compose_the_letter_and_its_address(visit: Visit) -> None:
    page = visit()
    expect(page.locator("#Statut")).to_contain_text("dans toute la région")
    region = titles(page)
    assert region
    page.get_by_label("Territoire").select_option("Somme")
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert sections(page) == [UNE, WEEK_END, ANNONCES]
    assert titles(page) == ["Le ciel d’Amiens", HOSTILE, "La nuit", "Un stage"]
    assert page.url.endswith("/ma-lettre?territoire=somme")
    page.get_by_label("astronomie espace").check()
    status(page, "2 contenus cette semaine pour\u00a0: Somme, astronomie espace")
    assert page.url.endswith("?territoire=somme&themes=astronomie-espace")
    assert page.evaluate("document.activeElement.value") == "astronomie-espace"
    more = page.get_by_role("link", name="Tout le week-end")
    assert more.get_attribute("href") == (
        "/agenda/?departement=somme&theme=astronomie-espace&quand=week-end"
    )
    page.go_back()
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert not page.get_by_label("astronomie espace").is_checked()
    page.go_back()
    expect(page.locator("#Statut")).to_contain_text("dans toute la région")
    assert titles(page) == region, "the letter of the region, as when one came"


def test_an_address_is_the_letter(visit: Visit) -> None:
    """Codes repeated or between commas; those that nobody knows are left out."""
    for query in (
        "?themes=numerique,astronomie-espace",
        "?themes=numerique&themes=astronomie-espace",
    ):
        page = visit(query + "&territoire=ailleurs&autre=1")
        status(page, "3 contenus cette semaine pour\u00a0: astronomie espace, numerique")
        assert page.get_by_label("Territoire").input_value() == ""


def test_a_line_is_that_of_an_issue(visit: Visit) -> None:
    page = visit("?territoire=somme")
    line = page.locator("#Lettre li", has_text="La nuit")
    expect(line.locator("time")).to_have_attribute("datetime", "2021-10-02")
    assert line.locator("time b").text_content() == "2"
    assert line.locator(".etiq").text_content() == "Complet"
    limit = page.locator("#Lettre li", has_text="Un stage").locator("time")
    assert limit.locator(".js").text_content() == "jusqu’au"
    assert "k-iris" in (line.get_attribute("class") or "")
    assert page.locator("#Lettre h3").first.text_content() == "Le ciel d’Amiens"
    assert page.locator("#Lettre em").text_content() == "Amiens"
    assert page.locator("#Lettre img").count() == 0
    assert page.locator("#Lettre .lettre-groupe").all_text_contents() == ["Somme (80)"]


def test_an_empty_letter_says_what_to_do(visit: Visit) -> None:
    page = visit("?territoire=aisne&themes=astronomie-espace")
    status(page, "Aucun contenu cette semaine pour\u00a0: Aisne, astronomie espace")
    ways = page.locator("#Lettre .vide a")
    assert ways.all_text_contents() == ["Toute la région", "Tous les thèmes"]
    ways.first.click()
    status(page, "2 contenus cette semaine pour\u00a0: astronomie espace")


def test_what_to_follow_is_what_was_chosen(visit: Visit) -> None:
    page = visit("?territoire=somme")
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    shown = page.locator("#A-suivre [data-v]:visible")
    assert [one.get_attribute("data-v") for one in shown.all()] == ["departement=somme"]
    names = shown.get_by_role("link").all_text_contents()
    assert names == [f"{way} : Somme" for way in ("Agenda", "Calendrier", "Flux")]


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Territoire").focus()
    page.keyboard.type("Som")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Composer ma lettre").press("Enter")
    expect(page.locator("#Resultat")).to_be_focused()
    assert "territoire=somme" in page.url and titles(page)


def test_on_a_phone_the_choice_gives_way_to_the_letter(visit: Visit) -> None:
    page = visit()
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_label("Territoire").select_option("somme")
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert page.get_by_label("Territoire").is_visible(), "until one has done choosing"
    page.get_by_role("button", name="Composer ma lettre").click()
    expect(page.get_by_label("Territoire")).to_be_hidden()
    page.reload()
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert page.get_by_label("Territoire").is_hidden()
    page.get_by_role("heading", name="Mes choix").click()
    assert page.get_by_label("Territoire").input_value() == "somme"


def test_the_choice_is_remembered_if_one_wishes(visit: Visit) -> None:
    page = visit("?territoire=somme")
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Se souvenir de mes choix").check()
    page.goto(f"{ORIGIN}/ma-lettre")
    status(page, "4 contenus cette semaine pour\u00a0: Somme")
    assert page.url.endswith("?territoire=somme")
    page.get_by_label("Se souvenir de mes choix").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_the_address_is_copied_or_said(visit: Visit) -> None:
    page = visit("?territoire=somme")
    button = page.get_by_role("button", name="Copier l’adresse")
    button.click()  # a browser refuses without https
    status(page, f"Adresse à copier\u00a0: {page.url}")
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', "
        "{value: {writeText: async (text) => { window.copie = text; }}})"
    )
    button.click()
    status(page, "L’adresse de votre lettre est copiée.")
    assert page.evaluate("window.copie") == page.url


def test_what_cannot_be_read_is_said(visit: Visit) -> None:
    page = visit("?territoire=somme", status=500)
    expect(page.get_by_role("status")).to_contain_text("Vérifiez la connexion")


def test_without_a_script_everything_leads_somewhere(visit: Visit) -> None:
    page = visit("?territoire=somme", scripts=False)
    assert page.locator("#Composer").is_hidden() and page.locator("#Copier").is_hidden()
    assert page.get_by_text("a besoin de JavaScript").is_visible()
    page.get_by_text("Intercommunalités").last.click()
    assert page.get_by_role("link", name="Agenda").first.is_visible()
    assert page.get_by_role("link", name="Toute la région").is_visible()


def test_nothing_overflows_and_targets_are_large(visit: Visit) -> None:
    for query in ("", "?territoire=somme", "?territoire=aisne&themes=astronomie-espace"):
        page = visit(query, width=320)
        expect(page.get_by_role("status")).not_to_be_empty()
        page.evaluate(OPEN)
        assert page.evaluate(WIDE) == [0], query
        assert page.evaluate(SMALL, 24) == [], query
