"""The draft: kept as typed at each pause, found again, never lost without a word."""

import json
import re

import pytest
from contributions import fill, opened_form, told, until, verify

from pictures import drawing, picture

pytestmark = pytest.mark.chromium
KEY = "contribuer/evenement"
KEPT = """(() => {
  const written = [...document.forms[0].elements].filter((one) => one.id && one.value
    && one.matches('textarea, input:not([type=file], [type=checkbox], [type=radio])'));
  return Object.keys(localStorage).some((key) => {
    const { textes } = JSON.parse(localStorage[key]);
    return written.every((one) => textes?.[one.id] === one.value);
  });
})()"""
"""Whether a draft of this browser holds every text of the form."""
PNG = picture("PNG", drawing(4, 3))


def saved(page):
    """Leaves the page for another, as far as it knows: the draft is kept, with all that is
    written."""
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    until(page, KEPT)


def values(page):
    """What every control holds."""
    return dict(
        page.evaluate("""() => Object.fromEntries([...document.forms[0].elements]
        .filter((one) => one.id && one.matches('input:not([type=file]), textarea'))
        .map((one) => [one.id, one.type === 'checkbox' || one.type
          === 'radio' ? one.checked : one.value]))""")
    )


def test_a_closed_tab_loses_nothing(tab):
    page = opened_form(tab.context.new_page())
    fill(page, titre="Un titre “de Word” à 03 21")
    page.get_by_label("payant").check()
    page.locator("#C-tarif-prix").fill("03 53 01 00 00")
    page.locator("#C-adresse-commune").fill("Amiens (Somme)")
    for day in ("2021-10-10", "2021-10-17"):
        page.get_by_role("button", name="Ajouter une séance").click()
        page.locator("[data-part=jour]").last.fill(day)
    page.locator("[data-retirer]").nth(1).click()
    page.locator("#C-organisateurs").fill("la cou")
    page.get_by_role("option").first.wait_for()
    page.locator("#C-organisateurs").fill("Un club")
    page.keyboard.press("Enter")
    page.locator("[data-choisis] li").wait_for()
    page.locator("#C-organisateurs").fill("La Coup")
    page.locator("#C-corps").fill("Deux\n\nparagraphes")
    before = values(page)
    page.locator("#C-corps").press("End")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.close()
    page = opened_form(tab)
    assert values(page) == before
    assert "Votre brouillon est revenu" in page.locator("#Brouillon").inner_text()
    assert page.locator("[data-choisis] li").inner_text().startswith("Un club")
    page.get_by_role("button", name="Ajouter une séance").click()
    numbers = page.locator("[data-part=jour]").evaluate_all("all => all.map((one) => one.id)")
    assert len(set(numbers)) == 3, "no two rows share an id"
    assert page.evaluate("said") == []


def test_a_draft_chooses_no_other_place(form):
    """It is kept at a pause and says when; what a file, or another page of the host, says of where
    a content stands is judged."""
    page = form()
    assert page.evaluate("localStorage.length") == 0, "nothing before anything is written"
    page.locator("#C-titre").fill("Un")
    page.locator("#Brouillon").get_by_text("Brouillon gardé").wait_for()
    assert page.evaluate(f"JSON.parse(localStorage['{KEY}']).textes['C-titre']") == "Un"
    band = page.locator("#Brouillon").inner_text().replace("\u00a0", " ")
    assert re.search(r" à \d+ h\b", band)
    assert page.locator("#Brouillon [role=status]").count() == 0, "not announced at each pause"
    for path, mode in (
        ("content/events/a.md", "modifier"),
        ("../../.github/x.md", ""),
        ("a.yml", ""),
    ):
        page.evaluate(
            """([key, path]) => {
              const draft = JSON.parse(localStorage[key]);
              draft.origine = { mode: 'modifier', chemin: path, image: '' };
              localStorage[key] = JSON.stringify(draft);
            }""",
            [KEY, path],
        )
        page = form()
        assert page.locator("#C-titre").input_value() == "Un"
        assert (page.locator("form[data-genre]").get_attribute("data-origine") or "") == mode, path


def test_it_is_erased_brought_back_and_read_from_a_file(form):
    page = form()
    page.locator("#C-titre").fill("Un titre")
    page.locator("#C-image").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.locator("canvas").wait_for()
    page.get_by_role("button", name="Ajouter une séance").click()
    page.locator("[data-part=jour]").last.fill("2021-10-10")
    with page.expect_download() as held:
        page.get_by_role("button", name="Garder").click()
    kept = held.value.path().read_text("utf-8")
    assert json.loads(kept)["brouillon"] == 1
    saved(page)
    page.get_by_role("button", name="Effacer").click()
    assert page.locator("#C-titre").input_value() == ""
    assert page.locator("canvas").is_hidden()
    assert page.locator(".rang").count() == 1
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.activeElement.textContent") == "Rétablir"
    page.keyboard.press("Enter")
    is_back(page)
    assert page.evaluate(f"Boolean(localStorage['{KEY}'])")
    page.get_by_role("button", name="Effacer").click()
    page = form()
    assert page.locator("#C-titre").input_value() == ""
    page.evaluate(
        """(text) => { const held = new DataTransfer();
        held.items.add(new File([text], 'brouillon.json'));
        document.querySelector('#C-titre').dispatchEvent(new DragEvent('drop',
          { dataTransfer: held, bubbles: true, cancelable: true })); }""",
        kept,
    )
    page.locator("canvas").wait_for()
    is_back(page)


def is_back(page):
    assert page.locator("#C-titre").input_value() == "Un titre"
    assert page.locator("[data-part=jour]").last.input_value() == "2021-10-10"


def test_a_draft_that_nobody_takes_again_for_a_month_goes(form):
    page = form()
    page.locator("#C-titre").fill("Un titre")
    page.get_by_text("Sur un poste partagé, effacez-le.").wait_for()
    saved(page)
    page.evaluate(
        """(key) => {
          const draft = JSON.parse(localStorage[key]), days = { [key]: 31, [`${key}~a`]: 29,
            'contribuer/article': 31, 'contribuer/lieu': 29 };
          for (const [name, age] of Object.entries(days))
            localStorage[name] = JSON.stringify({ ...draft, quand: Date.now() - age * 864e5 });
        }""",
        KEY,
    )
    page = form()
    kept = page.evaluate("Object.keys(localStorage).sort()")
    assert kept == ["contribuer/evenement~a", "contribuer/lieu"]


def test_two_tabs_do_not_write_over_each_other(form):
    one = form()
    one.locator("#C-titre").fill("Premier")
    saved(one)
    two = opened_form(one.context.new_page())
    assert two.locator("#C-titre").input_value() == "Premier"
    two.locator("#C-titre").fill("Second")
    saved(two)
    one.locator("#C-titre").fill("Premier encore")
    saved(one)
    two.close()
    page = form()
    assert page.locator("#C-titre").input_value() == "Premier encore"
    page.get_by_role("button", name="Reprendre l’autre brouillon : Second").click()
    assert page.locator("#C-titre").input_value() == "Second"
    page.get_by_role("button", name="Reprendre l’autre brouillon : Premier encore").wait_for()


@pytest.mark.parametrize("how", ["full", "refused"])
def test_a_storage_that_fails_is_said(tab, how):
    page = tab
    if how == "refused":
        page = tab.context.new_page()
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('') }})"
        )
    opened_form(page)
    if how == "full":
        page.evaluate(
            "() => { Storage.prototype.setItem = () => {"
            " throw new DOMException('', 'QuotaExceededError'); }; }"
        )
    page.locator("#C-titre").fill("Un")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.locator("#Brouillon").get_by_text("ne peut pas garder").wait_for()
    with page.expect_download() as held:
        page.locator("#Brouillon").get_by_role("button", name="en fichier").click()
    assert held.value.suggested_filename == "brouillon-evenement.json"
    assert page.evaluate("said") == []


def test_the_picture_comes_back_with_the_draft(form):
    page = form()
    fill(page)
    assert page.locator("#C-image-alt").is_hidden()
    page.locator("#C-image").set_input_files(
        {"name": "lourde.png", "mimeType": "image/png", "buffer": PNG * 100}
    )
    page.locator("#Erreur-image").get_by_text("trop lourde").wait_for()
    page.locator("#C-image").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.locator("canvas").wait_for()
    assert page.locator("#Erreur-image").is_hidden()
    assert page.evaluate("document.activeElement.id") == "C-image-alt"
    page.keyboard.type("Un point")
    saved(page)
    page = form()
    page.locator("canvas").wait_for()
    verify(page)
    front, _ = told(page)
    assert front["image"] == {"fichier": "photo.png", "alt": "Un point"}
    assert page.evaluate("propose.chemin") == "content/events/un-atelier/index.md"
    assert page.evaluate("propose.image.blob.size") == len(PNG)
    page.get_by_role("button", name="Retirer").last.click()
    assert page.evaluate("document.activeElement.id") == "C-image"
    verify(page)
    until(page, "!propose.image")
    assert "image" not in told(page)[0]
    assert page.evaluate("said") == []


def test_a_content_that_is_mended_has_a_draft_of_its_own(form):
    page = form()
    page.locator("#C-titre").fill("Le mien")
    saved(page)
    page = form("?modifier=x")
    page.get_by_text("Repris.").wait_for()
    assert page.locator("#C-titre").input_value() == "Ancien"
    page.locator("#C-titre").fill("Mieux")
    saved(page)
    page = form("?modifier=x")
    assert page.locator("#C-titre").input_value() == "Mieux"
    page.get_by_text("L’adresse de la page ne change pas (…/x/)").wait_for()
    page.get_by_label("D’accord").check()
    verify(page)
    front, body = told(page)
    assert sorted(front.pop("format")) == ["atelier", "salon"]
    assert front == {
        "titre": "Mieux",
        "publie_le": "2021-01-01",
        "modifie": "2021-09-27",
        "image": {"fichier": "a.jpg", "alt": "Alt", "licence": "CC0"},
        "debut": "2021-10-09 14:00",
        "fin": "2021-10-10 16:00",
        "rrule": "FREQ=DAILY",
        "lieu": "la-coupole",
        "tarif": {"gratuit": "true"},
        "organisateurs": ["ada", "Un club"],
        "ids_externes": {"openagenda": "12"},
    }
    assert body == "Un"
    assert page.evaluate("propose.chemin") == "content/events/x.md"
    page = form()
    assert page.locator("#C-titre").input_value() == "Le mien"
