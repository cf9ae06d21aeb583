"""What one does on a phone to moderate, without a word of YAML: presses, lines that change."""

import difflib
from itertools import chain

import pytest
from playwright.sync_api import expect

from audit_axe import axe_source, examined, told
from drawn_pages import SHOWCASE

pytestmark = pytest.mark.chromium

ODD = "content/events/d-hier.md"
"""What a vocabulary has no more, a territory that is no file, a key that nobody knows."""
EVENT = "content/events/2021-10-06-atelier-fusees-exemple.md"
TALK = "content/events/2021-10-07-conference-sans-heure-de-fin.md"


@pytest.fixture(scope="module")
def phone(desk, planned, small):
    """The desk of the showcase on a phone."""
    texts = {
        f"content/{file.relative_to(SHOWCASE).as_posix()}": file.read_text(encoding="utf-8")
        for file in sorted(SHOWCASE.rglob("*.md"))
    }
    odd = "format: format-d-hier\nterritoires: [aisne, hier]\ninconnue: [a, b]"
    texts[ODD] = texts[EVENT].replace("format: atelier", odd)
    assert odd in texts[ODD]
    texts["content/events/illisible.md"] = "---\ntitre: [\n---\n\nTexte.\n"
    with desk(planned(small), texts, viewport={"width": 390, "height": 844}) as one:
        one.texts = texts
        yield one


@pytest.fixture
def press(phone):
    """A function that presses what is there once one has scrolled to it, and counts; what opened
    the form, a row of the desk or a page, is one."""

    def press(target):
        press.count += 1
        found(phone, target).click()

    press.count = 1
    return press


def found(phone, target):
    """What is there, scrolled to: the editor draws what is in sight."""
    phone.page.mouse.move(200, 500)
    for _ in range(80):
        if target.count():
            break
        phone.page.mouse.wheel(0, 500)
        phone.page.wait_for_timeout(50)
    return target.first


def part(phone, path):
    """The part of the form that asks for a field."""
    return phone.page.locator(f'section[data-key-path="{path}"]')


def changed(phone, path):
    """Lines that go and lines that come."""
    lines = difflib.ndiff(phone.texts.get(path, "").splitlines(), phone.text(path).splitlines())
    return [line for line in lines if line[0] in "+-"]


def save(phone, press):
    press(phone.page.get_by_role("button", name="Enregistrer"))
    phone.page.wait_for_function("() => ecrites.length")
    return phone.page.evaluate("ecrites.splice(0)")


def test_an_hour_is_corrected(phone, press):
    phone.entry(EVENT)
    press(phone.field("debut"))
    phone.field("debut").fill("2021-10-06 15:00")
    save(phone, press)
    assert changed(phone, EVENT) == ["- debut: 2021-10-06 14:00", "+ debut: 2021-10-06 15:00"]
    assert press.count <= 8


def test_an_event_is_cancelled(phone, press):
    phone.entry(TALK)
    press(part(phone, "etat").get_by_role("combobox"))
    press(phone.page.get_by_role("option", name="Annulé"))
    save(phone, press)
    assert changed(phone, TALK) == ["+ etat: annule"]
    # Where the model has it.
    assert "\norganisateurs: [universite-exemple]\netat: annule\n" in phone.text(TALK)
    assert press.count <= 6


def test_a_picture_comes_with_its_credit(phone, press):
    path = "content/events/2021-10-13-table-ronde-hybride.md"
    phone.entry(path)
    press(part(phone, "image").get_by_role("checkbox"))
    press(part(phone, "image.fichier").get_by_role("button", name="Parcourir"))
    with phone.page.expect_file_chooser() as chosen:
        press(phone.page.locator("dialog[open]").get_by_role("button", name="Téléverser"))
    chosen.value.set_files(SHOWCASE / "events/fusees.jpg")
    press(phone.page.locator("dialog[open]").get_by_role("button", name="Insérer"))
    for name, text in (("alt", "Une fusée."), ("credit", "Camille")):
        press(phone.field(f"image.{name}"))
        phone.field(f"image.{name}").fill(text)
    save(phone, press)
    assert "content/events/fusees.jpg" in phone.page.evaluate("fichiers()")
    assert changed(phone, path) == [
        "+ image: {fichier: fusees.jpg, alt: Une fusée., credit: Camille}"
    ]
    assert press.count <= 10


def test_a_place_is_added(phone, press):
    phone.open("#/collections/lieux")
    phone.page.get_by_text("Observatoire-Exemple du marais").first.wait_for()
    press(phone.page.get_by_role("button", name="Créer une entrée"))
    for name, text in (("titre", "Moulin d’essai"), ("resume", "Un moulin.")):
        press(phone.field(name))
        phone.field(name).fill(text)
    press(part(phone, "type").get_by_role("combobox"))
    press(phone.page.get_by_role("option", name="Musée"))
    press(part(phone, "adresse").get_by_role("checkbox"))
    press(phone.field("adresse.commune"))
    phone.field("adresse.commune").fill("Amiens")
    save(phone, press)
    today = phone.page.evaluate("new Date().toLocaleDateString('sv')")
    assert phone.text("content/lieux/moulin-d-essai.md") == (
        f"---\ntitre: Moulin d’essai\nresume: Un moulin.\npublie_le: {today}\n"
        "type: musee\nadresse: {commune: Amiens}\n---\n"
    )
    assert press.count <= 20


def test_a_text_is_written_with_its_marks(phone, press):
    path = "content/pages/accessibilite.md"
    phone.entry(path)
    body = part(phone, "body")
    found(phone, body.get_by_role("textbox")).focus()
    phone.page.keyboard.press("Control+End")
    phone.page.keyboard.type("\n\nUne **ligne** de plus.")
    save(phone, press)
    assert changed(phone, path) == ["+ ", "+ Une **ligne** de plus."]


def test_a_reference_is_chosen_by_its_title_and_written_by_its_name(phone, press):
    path = "content/events/samedis-bricole.md"
    phone.entry(path)
    press(part(phone, "evenement_parent").get_by_role("combobox"))
    press(phone.page.get_by_role("option", name="Village des sciences fictif").last)
    save(phone, press)
    (line,) = changed(phone, path)
    assert line.startswith("+ evenement_parent: village-des-sciences-fictif")


def test_what_the_editor_does_not_know_stays_as_it_is(phone, press):
    phone.entry(ODD)
    press(phone.field("debut"))
    phone.field("debut").fill("2021-10-06 15:00")
    save(phone, press)
    assert changed(phone, ODD) == ["- debut: 2021-10-06 14:00", "+ debut: 2021-10-06 15:00"]


def test_an_editor_that_does_not_come_is_told_and_axe_finds_no_fault(phone, browser):
    with browser.new_context(bypass_csp=True) as context:
        context.route("**/sveltia-cms.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{phone.origin}/atelier/")
        expect(page.get_by_role("status")).to_contain_text("n’a pas pu se charger")
        found = examined(page, axe_source())
    assert not [*chain.from_iterable(map(told, chain.from_iterable(found.values())))]
