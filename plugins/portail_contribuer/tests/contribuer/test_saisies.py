"""What is typed in the form, as the file will say it: every control, rows, conditions."""

import pytest
from contributions import MODULES, fill, told, until, verify

pytestmark = pytest.mark.chromium


def test_every_control_says_its_value(form):
    page = form()
    fill(page, resume=" Une phrase,\n  puis « deux ».  ")
    page.locator("#C-seances-0-de").fill("15:00")
    page.locator("#C-seances-0-a").fill("17:30")
    page.locator("#C-lieu").fill("La Coupole")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_label("payant").check()
    page.locator("#C-tarif-prix").fill("5,50")
    page.locator("[name=accessibilite-moteur][value=partiel]").check()
    page.locator("#C-mots_cles").fill("ciel, lumière,prisme ,")
    page.locator("#C-organisateurs").fill("ada exemple")
    page.locator("#C-corps").fill("Un texte.\n\nDeux.\n")
    page.locator("#C-courriel").fill("a@exemple.org")
    page.locator("#C-courriel").blur()
    verify(page)
    front, body = told(page)
    assert front == {
        "titre": "Un atelier",
        "resume": "Une phrase, puis « deux ».",
        "publie_le": "2021-09-27",
        "licence": "CC-BY-SA-4.0",
        "debut": "2021-10-03 15:00",
        "fin": "2021-10-03 17:30",
        "lieu": "la-coupole",
        "format": ["atelier"],
        "tarif": {"prix": "5,50"},
        "accessibilite": {"moteur": "partiel"},
        "organisateurs": ["ada"],
        "mots_cles": ["ciel", "lumière", "prisme"],
    }
    assert list(front)[:4] == ["titre", "resume", "publie_le", "debut"], "in the schema's order"
    assert body == "Un texte.\n\nDeux."
    assert page.evaluate("propose.courriel") == "a@exemple.org"
    assert page.evaluate("propose.chemin") == "content/events/un-atelier.md"
    an_address_that_no_answer_reaches_is_told(page)
    assert page.evaluate("said") == []


def an_address_that_no_answer_reaches_is_told(page):
    page.locator("#C-courriel").fill("julie arobase example.org")
    verify(page)
    told_of = page.locator("#Sommaire").inner_text()
    assert "« julie arobase example.org » ne permet pas de vous répondre." in told_of
    page.locator("#C-courriel").fill(" julie@example.org ")
    page.locator("#C-courriel").blur()
    verify(page)
    assert page.evaluate("propose.courriel") == "julie@example.org"


def several_sessions_are_a_list_and_one_is_not(page):
    fill(page, seances__0__de="15:00", seances__0__a="17:00")
    page.get_by_role("button", name="Ajouter une séance").click()
    assert page.evaluate("document.activeElement.id") == "C-seances-1-jour"
    assert page.locator("#C-seances-1-de").input_value() == "15:00", "hours are those before"
    page.locator("#C-seances-1-jour").fill("2021-10-10")
    verify(page)
    front, _ = told(page)
    assert front["seances"] == [
        {"debut": "2021-10-03 15:00", "fin": "2021-10-03 17:00"},
        {"debut": "2021-10-10 15:00", "fin": "2021-10-10 17:00"},
    ]
    assert "debut" not in front
    page.locator("#C-note1").fill("en LSF")
    page.get_by_role("button", name="Supprimer").first.click()
    assert page.get_by_role("heading", name="Séance 1").count() == 1
    verify(page)
    assert told(page)[0]["seances"] == [
        {"debut": "2021-10-10 15:00", "fin": "2021-10-10 17:00", "note": "en LSF"}
    ], "a note of its own keeps a list"


def test_whole_days_and_what_is_hidden(form):
    page = form()
    fill(page)
    verify(page)
    assert told(page)[0]["debut"] == "2021-10-03"
    assert "fin" not in told(page)[0]
    page.get_by_text("Finit un autre jour").first.click()
    page.locator("#C-seances-0-dernier").fill("2021-10-05")
    page.locator("#C-seances-0-dernier").blur()
    verify(page)
    assert told(page)[0]["fin"] == "2021-10-05"
    # What is hidden is kept, and not written.
    page.locator("#C-lieu").fill("La Coupole")
    page.locator("#C-lieu").blur()  # its list closes: on this page without style, all moves
    page.get_by_label("payant").check()
    page.locator("#C-tarif-prix").fill("5")
    page.get_by_label("en-ligne").check()
    assert page.locator("#C-lieu").is_hidden()
    page.locator("#C-en_ligne").fill("https://exemple.org/direct")
    page.locator("[name=gratuite][value=gratuit]").check()
    verify(page)
    front = told(page)[0]
    assert front["tarif"] == {"gratuit": "true"}
    assert front["en_ligne"] == "https://exemple.org/direct"
    assert "lieu" not in front
    page.get_by_label("les-deux").check()
    page.get_by_label("payant").check()
    verify(page)
    front = told(page)[0]
    assert (front["lieu"], front["tarif"]) == ("la-coupole", {"prix": "5"})
    page.get_by_label("partout").check()
    verify(page)
    front = told(page)[0]
    assert front["partout"] == "true"
    assert not {"lieu", "adresse", "en_ligne"} & front.keys()


def test_what_is_written_is_read_back_counted_and_looked_at(form):
    page = form()
    page.locator("#C-titre").fill("  L’été 🔭 ")
    assert page.locator("#Compte-titre").inner_text() == "7 sur 140 signes"
    page.locator("#C-seances-0-jour").fill("2021-10-03")
    page.locator("#C-seances-0-de").fill("15:00")
    page.locator("#C-seances-0-de").blur()
    read = page.locator("[data-lu]").first
    read.wait_for()
    assert read.inner_text() == "Sera lu : le 2021-10-03 15:00"
    # A year that is wrong by ten is a day that is past.
    warned = page.locator(".renverse").first
    assert warned.is_hidden()
    page.locator("#C-seances-0-jour").fill("2011-10-03")
    page.locator("#C-seances-0-jour").blur()
    warned.wait_for()
    assert warned.inner_text() == "Ce jour est passé : vérifiez l’année."
    page.locator("#C-seances-0-jour").fill("2021-10-03")
    page.locator("#C-seances-0-jour").blur()
    warned.wait_for(state="hidden")
    # Contacts of persons are asked about under a text.
    body = page.locator(".champ:has(#C-corps)")
    page.locator("#C-corps").fill("Julie, 06 12 34 56 78, julie@gmail.com.")
    page.locator("#C-corps").blur()
    note = body.locator(".prive")
    note.wait_for()
    assert "« 06 12 34 56 78 » est un numéro de mobile." in note.inner_text()
    assert "« julie@gmail.com » est une adresse chez un fournisseur" in note.inner_text()
    assert "Si la structure l’utilise, rien à faire." in note.inner_text()
    page.locator("#C-corps").fill("Le musée, 03 21 00 00 00.")
    page.locator("#C-corps").blur()
    note.wait_for(state="hidden")
    # So is a state in the title, which has its own field.
    title = page.locator(".champ:has(#C-titre)")
    page.locator("#C-titre").fill("ANNULÉ – La nuit")
    page.locator("#C-titre").blur()
    title.locator(".prive").wait_for()
    assert title.locator(".prive").inner_text().split("\n")[0] == "Le titre dit « ANNULÉ »."
    page.locator("#C-courriel").fill("julie@gmail.com")  # how to answer: it is not published
    page.locator("#C-courriel").blur()
    several_sessions_are_a_list_and_one_is_not(page)
    assert page.locator(".prive:visible").count() == 0


def pasted(page, text):
    """Pastes ``text`` where the focus is."""
    page.evaluate(
        """(text) => { const held = new DataTransfer(); held.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste',
          { clipboardData: held, bubbles: true, cancelable: true })); }""",
        text,
    )


def test_dates_are_pasted_as_people_write_them_and_rows_go(form):
    """What reads them may come after they are pasted."""
    late = "await new Promise((then) => setTimeout(then, 300));\n"
    page = form(dates=late + MODULES["dates"])
    for text, day, hour in (
        ("9/10/2021", "2021-10-09", ""),
        ("samedi 9 octobre 2021 à 14 h", "2021-10-09", "14:00"),
    ):
        page.locator("#C-seances-0-jour").fill("")
        page.locator("#C-seances-0-jour").focus()
        pasted(page, text)
        until(page, f"document.getElementById('C-seances-0-jour').value === '{day}'")
        assert page.locator("#C-seances-0-de").input_value() == hour
    pasted(page, "bientôt")
    assert "« bientôt »" in page.locator(".colle").inner_text().replace("\u00a0", " ")
    assert page.locator("#C-seances-0-jour").input_value() == "2021-10-09", "nothing is lost"
    for part in ("jour", "de"):
        page.locator(f"#C-seances-0-{part}").fill("")
    # The focus never falls when rows go.
    assert page.locator("[data-retirer]").first.is_hidden(), "the first row stays"
    add = page.get_by_role("button", name="Ajouter une séance")
    for day in ("2021-10-01", "2021-10-02", "2021-10-03"):
        add.click()
        page.locator("[data-part=jour]").last.fill(day)
    assert page.locator("h3 [data-numero]").all_inner_texts() == ["1", "2", "3", "4"]
    page.locator("[data-retirer]").nth(2).click()
    assert page.evaluate("document.activeElement.textContent") == "Rétablir"
    assert page.locator("h3 [data-numero]").all_inner_texts() == ["1", "2", "3"]
    page.keyboard.press("Enter")
    days = page.locator("[data-part=jour]").evaluate_all("all => all.map((one) => one.value)")
    assert days == ["", "2021-10-01", "2021-10-02", "2021-10-03"]
    assert page.evaluate("document.activeElement.value") == "2021-10-02"
    add.click()
    page.locator("[data-retirer]").last.click()
    assert page.evaluate("document.activeElement.dataset.part") == "jour", "an empty row just goes"
