"""What whoever mends a content is asked first; its fields alone, on a phone."""

import pytest
from contributions import write
from playwright.sync_api import expect
from vrais_formulaires import formulaire, verifier

from doses import rows_of
from portail.model.kinds import FORMS, Kind
from portail_contribuer.contribuer.layout import layout_of

pytestmark = pytest.mark.chromium

EVENT = rows_of("portail_contribuer/tests/contribuer/question.yml")
PLACE = {
    "titre": "La Coupole",
    "resume": "Un musée.",
    "publie_le": "2021-09-01",
    "commune": "Wizernes",
    "type": "musee",
    "tarifs": [{"libelle": "Plein", "prix": "10,00"}],
}


@pytest.fixture
def mended(tab):
    """A function that opens the form which mends a content of a kind, and may answer first."""

    def open_(kind=Kind.EVENT, quoi=""):
        folder = kind.value
        file = {
            "chemin": f"content/{folder}/la-nuit.md",
            "entete": PLACE if kind is Kind.LIEU else EVENT,
            "corps": "Le texte.",
            "tus": True,
        }
        query = f"?modifier=la-nuit{'&quoi=' if quoi else ''}{quoi}"
        return formulaire(tab, kind, query, {"la-nuit": file})

    return open_


def asked(page):
    """What the form asks, by the path of its fields, in sight."""
    paths = page.locator(".bloc .champ:visible").evaluate_all(
        """(all) => all.map((one) => one.parentElement.closest('[data-lignes]')?.dataset.lignes
          ?? one.dataset.chemin ?? `@${one.dataset.hors}`)"""
    )
    return {*paths}


def written(page):
    """The front matter that the form lets out, less the day when it was mended."""
    found = verifier(page)
    assert found, page.locator("#Sommaire").inner_text()
    front = found["entete"]
    assert front.pop("modifie")
    return front


def is_asked_first_and_alone(page, kind):
    expect(page.locator("#Question-titre")).to_be_focused()
    assert asked(page) == set()
    shown = "form > :not(#Brouillon) :is(button, input, select, textarea, summary):visible"
    assert page.locator(shown).count() == len(layout_of(kind).questions) + 1
    for question in layout_of(kind).questions:
        button = page.locator(f"#Question [value={question.cle}]")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator("#Question [aria-pressed=true]").count() == 1
        assert page.evaluate("document.activeElement.closest('.bloc') !== null"), question.cle
        fields = asked(page)
        rows = page.locator(".bloc [data-ajouter]:visible").count()
        assert fields or rows, question.cle
        known = {one.partition(":")[0] for one in question.champs}
        assert all(any(f"{one}.".startswith(f"{name}.") for name in known) for one in fields)
        expect(page.get_by_role("status").filter(has_text="changez")).to_have_count(1)
        expect(page.get_by_role("button", name="Vérifier et relire")).to_be_visible()
    page.locator("#Question [value=autre]").click()
    assert {"titre", "resume", "@accord"} <= asked(page)


VARIED = {Kind.EVENT, Kind.LIEU}
"""Kinds whose forms have every sort of question: what may be wrong with a layout is asked of all of
them without a browser (test_layouts.py)."""


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted({*FORMS} - VARIED), ids=lambda kind: kind.value)
def test_it_is_asked_first_and_alone(mended, kind):
    page = mended(kind)
    is_asked_first_and_alone(page, kind)
    assert page.evaluate("said") == []


def test_a_place_is_asked_for_what_changes(mended):
    page = mended(Kind.LIEU)
    is_asked_first_and_alone(page, Kind.LIEU)
    page.locator("#Question [value=horaires]").click()
    assert asked(page) == {"horaires_ouverture"}
    expect(page.locator("#C-horaires_ouverture-Mo-de")).to_be_focused()
    page.locator("#C-horaires_ouverture").fill("mardi-dimanche 10h-17h30")
    assert written(page).keys() - PLACE.keys() == {"horaires_ouverture"}
    assert page.evaluate("said") == []


def test_three_taps_say_a_facade(mended):
    page = mended(Kind.LIEU, quoi="facade")
    assert asked(page) == {"facade", "image.fichier"}
    taps = {"matiere": "brique", "travees": "7", "niveaux": "2", "corps": "tour"}
    for part, word in taps.items():
        page.locator(f"#C-facade-{part}").select_option(word)
    expect(page.locator("#C-facade")).to_have_value("brique 7x2 + tour")
    page.locator("#C-facade-toit").select_option("mansart")
    assert written(page)["facade"] == "brique 7x2 mansart + tour"
    page.locator("#C-facade").fill("verre 3x1")
    page.locator("#C-facade-toit").select_option("plat")
    expect(page.locator("[data-saisie=facade] [role=status]")).to_contain_text("effacez-la")
    assert written(page)["facade"] == "verre 3x1"
    assert page.evaluate("said") == []


LATER = EVENT | {
    "titre": "La nuit du ciel",
    "debut": "2021-10-09 19:30",
    "tarif": {"prix": "6", "conditions": "Sur place"},
}
"""The event, once its title, its hour and its price are changed."""
MOVED = {"debut": "2021-11-10 19:30", "fin": "2021-11-10 22:00"}


def what_is_not_asked_is_kept(page):
    page.locator("#Question [value=horaires]").click()
    assert asked(page) == {"seances"}
    expect(page.locator("#C-seances-0-debut")).to_be_focused()
    page.locator("#C-seances-0-de").fill("19:30")
    page.locator("#Question [value=tarif]").click()
    assert asked(page) == {"@gratuite", "tarif.prix", "tarif.reduit", "tarif.conditions"}
    page.locator("#C-tarif-prix").fill("6")
    assert written(page) == LATER
    assert page.evaluate("pret.texte").endswith("Le texte.\n")
    assert page.evaluate("pret.chemin") == "content/events/la-nuit.md", "links still lead there"


def its_state_changes(page):
    """The day that was announced first is that which was published, whatever is written since."""
    assert asked(page) == {"etat"}
    chosen = page.locator("[name=etat]:checked")
    expect(chosen).to_be_focused()
    assert chosen.get_attribute("value") == "programme"
    page.get_by_label("Annulé").check()
    assert asked(page) == {"etat", "motif"}
    page.locator("#C-motif").fill("La salle est inondée.")
    why = LATER | {"motif": "La salle est inondée."}
    assert written(page) == why | {"etat": "annule"}
    page.get_by_label("Reporté").check()
    assert asked(page) == {"etat", "ancien_debut", "motif"}
    assert verifier(page) is None, "its hour is another one: it has a new date"
    assert "la nouvelle est connue" in page.locator("#Sommaire").inner_text()
    write(page, {"ancien_debut": "2021-10-09", "ancien_debut-heure": "19:30"})
    assert written(page) == why | {"etat": "reporte", "ancien_debut": "2021-10-09 19:30"}
    write(page, {"ancien_debut": "", "ancien_debut-heure": ""})
    assert verifier(page) is None
    assert "Dites quelle date était annoncée d’abord" in page.locator("#Sommaire").inner_text()
    write(page, {"ancien_debut": "2021-10-09", "ancien_debut-heure": "20:00"})
    page.get_by_label("Reprogrammé").check()
    assert asked(page) == {"etat", "ancien_debut", "motif", "seances"}
    page.locator("#C-seances-0-debut").fill("2021-11-10")
    assert written(page) == why | {
        "etat": "reprogramme", "ancien_debut": "2021-10-09 20:00", **MOVED,
    }  # fmt: skip
    page.get_by_label("Programmé", exact=True).check()
    assert asked(page) == {"etat"}


def an_error_is_shown_where_it_is(page):
    page.locator("#Question [value=tarif]").click()
    page.locator("#C-titre").evaluate("(one) => { one.value = ''; }")
    assert verifier(page) is None
    expect(page.locator("#C-titre")).to_be_visible()
    assert "resume" not in asked(page)
    page.locator("#Sommaire a").first.click()
    expect(page.locator("#C-titre")).to_be_focused()


def test_an_event_is_asked_for_what_changes(mended):
    page = mended()
    page.get_by_role("heading", level=1, name="Modifier un événement").wait_for()
    assert page.title().startswith("Modifier un événement")
    is_asked_first_and_alone(page, Kind.EVENT)
    assert page.locator("#Bloc-retour").is_hidden()
    page.locator("#C-titre").fill("La nuit du ciel")
    page.locator("#C-titre").blur()
    what_is_not_asked_is_kept(page)
    assert page.evaluate("said") == []
    page = mended(quoi="etat")  # its draft is asked again
    its_state_changes(page)
    an_error_is_shown_where_it_is(page)
    page.locator("#C-titre").fill("La nuit du ciel")
    assert written(page) == LATER | MOVED, "it is on again, without what was told of its state"
    assert page.evaluate("said") == []
