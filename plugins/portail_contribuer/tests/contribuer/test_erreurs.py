"""Errors after the check, completion by keyboard, likely duplicates, what is pasted."""

import re
from threading import Event

import pytest
from contributions import fill, told, until, verify
from navigateur import HELD
from playwright.sync_api import expect

pytestmark = pytest.mark.chromium
FOCUSED = "document.activeElement.id"


def remedies_that_can_be_reckoned_are_buttons(page):
    hours = {"seances__0__de": "22:00", "seances__0__a": "01:00", "note0": ""}
    fill(page, **hours, adresse__commune="Amiens (Somme)")
    page.get_by_label("payant").check()
    page.locator("#C-tarif-prix").fill("03 53 01 00 00")
    verify(page)
    assert page.locator("#Sommaire li").count() == 3
    page.get_by_role("button", name="Déplacer ce numéro vers « Inscription »").click()
    assert page.locator("#C-inscription-telephone").input_value() == "03 53 01 00 00"
    assert page.locator("#C-tarif-prix").input_value() == ""
    assert page.evaluate(FOCUSED) == "C-inscription-telephone"
    page.get_by_role("button", name="Écrire « Amiens »").click()
    assert page.locator("#C-adresse-commune").input_value() == "Amiens"
    page.get_by_role("button", name="Elle finit le lendemain").click()
    assert page.locator("#C-seances-0-dernier").input_value() == "2021-10-04"
    page.locator("#Sommaire").wait_for(state="hidden")
    verify(page)
    front = told(page)[0]
    assert front["inscription"] == {"regime": "conseillee", "telephone": "03 53 01 00 00"}
    assert front["adresse"] == {"commune": "Amiens"}
    assert front["fin"] == "2021-10-04 01:00"


def test_errors_are_told_once_asked_and_go_as_they_are_mended(form):
    page = form()
    for name in ("titre", "resume", "adresse-commune"):
        page.locator(f"#C-{name}").fill("x")
        page.locator(f"#C-{name}").fill("")
    page.keyboard.press("Tab")
    assert page.locator(".erreur:visible, [aria-invalid]").count() == 0
    assert page.locator("#Sommaire").is_hidden()
    page.locator("#C-seances-0-note, #C-note0").fill("Une note")
    verify(page)
    assert page.evaluate(FOCUSED) == "Sommaire"
    said = page.get_by_role("group", name=re.compile("à corriger avant de proposer"))
    expect(said).to_be_focused()  # heard as it takes the focus: an alert would say it again
    assert page.locator("#Sommaire li").count() == 2
    links = page.locator("#Sommaire a").all_inner_texts()
    assert links[0].startswith("Titre")
    states = page.locator("#Plan .e").all_inner_texts()
    assert states[0].split() == ["!", "à", "corriger"]
    assert states[3].split() == ["facultatif"], "nothing was asked, nothing was told"
    title = page.locator("#C-titre")
    assert title.get_attribute("aria-invalid") == "true"
    assert "Erreur-titre" in str(title.get_attribute("aria-describedby"))
    error = page.locator("#Erreur-titre").inner_text().replace("\u00a0", " ")
    assert error.startswith("Erreur : Le champ « titre » manque.")
    assert error.endswith("→ Faites ainsi.")
    more = page.locator("#Erreur-titre ~ .remedes details")
    assert more.locator("code").text_content() == "E201"
    page.locator("#Sommaire a").first.click()
    assert page.evaluate(FOCUSED) == "C-titre"
    before = page.locator("#Sommaire li").count()
    page.keyboard.type("Un titre")
    page.keyboard.press("Tab")
    page.locator("#Erreur-titre").wait_for(state="hidden")
    assert title.get_attribute("aria-invalid") is None
    assert page.locator("#Sommaire li").count() == before - 1
    assert page.evaluate(FOCUSED) == "C-resume", "the focus stays where it was"
    assert page.locator("#Plan .e").first.inner_text().split() == ["✓", "complet"]
    remedies_that_can_be_reckoned_are_buttons(page)
    assert page.evaluate("said") == []


def test_completion_by_keyboard_alone(form):
    page = form()
    fill(page)
    place = page.locator("#C-lieu")
    place.focus()
    page.keyboard.type("mediath")
    page.get_by_role("option").first.wait_for()
    assert place.get_attribute("aria-expanded") == "true"
    options = page.get_by_role("option").all_inner_texts()
    assert options[-1] == "Aucun de ces lieux : écrire l’adresse"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert place.input_value().startswith("Médiathèque")
    found = page.locator("[data-trouve]").first.inner_text().replace("\u00a0", " ")
    assert found.startswith("✓ Dans l’annuaire :")
    assert page.locator("#C-adresse-commune").is_hidden()
    verify(page)
    assert told(page)[0]["lieu"].startswith("mediatheque")
    place.fill("Coeur")
    page.get_by_role("option").first.wait_for()
    assert page.locator("img").count() == 0
    place.fill("Salle des fêtes")
    page.get_by_role("option", name="Aucun de ces lieux").wait_for()
    place.press("ArrowUp")
    place.press("Enter")
    until(page, f"{FOCUSED} === 'C-adresse-commune'")
    page.keyboard.type("saint-o")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.value.includes('(')")
    assert page.locator("#C-adresse-commune").input_value() in (
        "Saint-Omer (62)",
        "Saint-Omer (60)",
    )
    verify(page)
    until(page, "JSON.parse(propose.texte)[0].adresse")
    assert told(page)[0]["adresse"]["nom"] == "Salle des fêtes"
    # Structures are gathered and taken away.
    field = page.locator("#C-organisateurs")
    field.focus()
    for name in ("la cou", "Un club de quartier"):
        page.keyboard.type(name)
        if name == "la cou":
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        until(page, "document.activeElement.value === ''")
    assert page.locator("[data-choisis] li").count() == 2
    verify(page)
    until(page, "JSON.parse(propose.texte)[0].organisateurs")
    assert told(page)[0]["organisateurs"] == ["la-coupole", "Un club de quartier"]
    page.get_by_role("button", name="Retirer La Coupole").click()
    assert page.evaluate(FOCUSED) == "C-organisateurs"
    assert page.locator("#Pret").is_hidden(), "what was shown is no longer what is written"
    assert page.evaluate("said") == []


def a_likely_duplicate_is_shown(page):
    page.locator("#C-titre").fill("Atelier : fabriquer un spectroscope")
    page.locator("#C-lieu").fill("Médiathèque de Saint-Exemple")
    day, told_of = page.locator("#C-seances-0-jour"), page.locator("#Doublon")
    day.fill("2021-10-03")
    day.blur()
    told_of.get_by_text("déjà dans l’agenda").wait_for()
    link = page.get_by_role("link", name="Oui, le mettre à jour")
    assert str(link.get_attribute("href")).endswith("?modifier=spectroscope")
    day.fill("2021-10-20")
    day.blur()
    told_of.wait_for(state="hidden")  # another day is another event
    day.fill("2021-10-03")
    day.blur()
    page.get_by_role("button", name="Non, c’est un autre").click()
    assert told_of.is_hidden()
    assert page.evaluate(FOCUSED) == "C-resume"


def test_what_is_pasted_fills_and_can_be_taken_back(form):
    page = form()
    page.locator("#C-titre").fill("Le mien")
    page.locator("#C-resume").fill("Mon résumé")
    page.get_by_role("button", name="Coller").click()
    assert page.evaluate(FOCUSED) == "C-coller"
    page.keyboard.type("Collé")
    page.get_by_role("button", name="Remplir").click()
    page.get_by_text("Le titre est pris.").wait_for()
    assert page.locator("#C-titre").input_value() == "Collé"
    assert page.locator("#C-resume").input_value() == "Mon résumé", "the rest is kept"
    assert page.locator("#C-seances-0-de").input_value() == "14:00"
    until(page, "document.getElementById('C-lieu').value === 'La Coupole'")
    page.get_by_role("button", name="Revenir à ce qui était écrit").click()
    assert page.locator("#C-titre").input_value() == "Le mien"
    assert page.locator("#C-seances-0-jour").input_value() == ""
    a_likely_duplicate_is_shown(page)
    assert page.evaluate("said") == []


def test_the_form_works_before_the_other_parts_are_there(form):
    missing = dict.fromkeys(("controle", "dates", "fichier", "image", "sorties", "apercu"), "")
    page = form(**missing)
    fill(page)
    page.locator("#C-seances-0-jour").blur()
    page.get_by_role("button", name="Vérifier et relire").click()
    page.locator("#Pret:not([hidden])").wait_for(state="attached")
    assert page.evaluate("said") == []


def test_a_check_that_cannot_be_read_is_said(form):
    page = form()
    page.context.route("**/d/schema.json", lambda route: route.abort())
    fill(page)
    page.get_by_role("button", name="Vérifier et relire").click()
    page.get_by_text("n’a pas pu se faire").wait_for()
    page.context.unroute("**/d/schema.json")
    verify(page)
    assert told(page)[0]["titre"] == "Un atelier"


def test_what_is_typed_while_the_check_is_made_is_not_proposed(form):
    page, asked, answered = form(), Event(), Event()

    def late(path):
        """What judges comes late. Nothing else asks for it, and the fields are read by then. The
        host waits, not the browser: one that stops intercepting may lose what it had stopped."""
        if path == "/faux/controle.js":
            asked.set()
            answered.wait(60)

    HELD.append(late)
    fill(page)
    page.get_by_role("button", name="Vérifier et relire").click()
    while not asked.is_set():
        page.wait_for_timeout(20)
    page.locator("#C-titre").fill("Un tout autre titre")
    answered.set()
    page.get_by_text("Modifié : vérifiez de nouveau").wait_for(state="attached")
    assert page.locator("#Pret").is_hidden()
    verify(page)
    assert told(page)[0]["titre"] == "Un tout autre titre"
