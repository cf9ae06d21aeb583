"""What whoever mends a content is asked first; its fields alone, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from vrais_formulaires import formulaire, verifier

from portail.features.intake.contribuer.layout import layout_of
from portail.model.kinds import FORMS, Kind

pytestmark = pytest.mark.chromium

EVENT: dict[str, Any] = {
    "titre": "La nuit",
    "resume": "Une sortie.",
    "publie_le": "2021-09-01",
    "debut": "2021-10-09 20:00",
    "fin": "2021-10-09 22:00",
    "lieu": "la-coupole",
    "format": ["atelier"],
    "tarif": {"prix": "5,50", "conditions": "Sur place"},
    "ids_externes": {"openagenda": "12"},
}
PLACE: dict[str, Any] = {
    "titre": "La Coupole",
    "resume": "Un musée.",
    "publie_le": "2021-09-01",
    "commune": "Wizernes",
    "type": "musee",
    "tarifs": [{"libelle": "Plein", "prix": "10,00"}],
}
FACTS = {
    Kind.EVENT: EVENT,
    Kind.LIEU: PLACE,
}


@pytest.fixture
def mended(tab: Page) -> Callable[..., Page]:
    """A function that opens the form which mends a content of a kind, and may answer first."""

    def open_(kind: Kind = Kind.EVENT, quoi: str = "") -> Page:
        folder = kind.value
        file = {
            "chemin": f"content/{folder}/la-nuit.md",
            "entete": FACTS.get(kind, EVENT),
            "corps": "Le texte.",
        }
        query = f"?modifier=la-nuit{'&quoi=' if quoi else ''}{quoi}"
        page: Page = formulaire(tab, kind, query, {"la-nuit": file})
        return page

    return open_


def asked(page: Page) -> set[str]:
    """What the form asks, by the path of its fields, in sight."""
    return {
        one.evaluate("""(one) => one.parentElement.closest('[data-lignes]')?.dataset.lignes
            ?? one.dataset.chemin ?? `@${one.dataset.hors}`""")
        for one in page.locator(".bloc .champ:visible").all()
    }


def written(page: Page) -> dict[str, Any]:
    """The front matter that the form lets out, less the day when it was mended."""
    found = verifier(page)
    assert found, page.locator("#Sommaire").inner_text()
    front: dict[str, Any] = found["entete"]
    assert front.pop("modifie")
    return front


VARIED = {Kind.EVENT, Kind.LIEU}
"""Kinds whose forms have every sort of question: what may be wrong with a layout is asked of all of
them without a browser (test_layouts.py)."""


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(one, marks=[pytest.mark.long] * (one not in VARIED), id=one.value)
        for one in sorted(FORMS)
    ],
)
def test_it_is_asked_first_and_alone(mended: Callable[..., Page], kind: Kind) -> None:
    page = mended(kind)
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
    assert page.evaluate("said") == []


def test_what_is_not_asked_is_kept(mended: Callable[..., Page]) -> None:
    page = mended(quoi="horaires")
    assert asked(page) == {"seances"}
    expect(page.locator("#C-seances-0-debut")).to_be_focused()
    page.locator("#C-seances-0-de").fill("19:30")
    page.locator("#Question [value=tarif]").click()
    assert asked(page) == {"@gratuite", "tarif.prix", "tarif.reduit", "tarif.conditions"}
    page.locator("#C-tarif-prix").fill("6")
    assert written(page) == EVENT | {
        "debut": "2021-10-09 19:30",
        "tarif": {"prix": "6", "conditions": "Sur place"},
    }
    sent = verifier(page)
    assert sent
    assert sent["texte"].endswith("Le texte.\n")


def test_hours_of_a_place(mended: Callable[..., Page]) -> None:
    page = mended(Kind.LIEU, "horaires")
    assert asked(page) == {"horaires_ouverture"}
    expect(page.locator("#C-horaires_ouverture-Mo-de")).to_be_focused()
    page.locator("#C-horaires_ouverture").fill("mardi-dimanche 10h-17h30")
    assert written(page).keys() - PLACE.keys() == {"horaires_ouverture"}


def test_an_event_is_cancelled(mended: Callable[..., Page]) -> None:
    page = mended(quoi="etat")
    assert asked(page) == {"etat"}
    chosen = page.locator("[name=etat]:checked")
    expect(chosen).to_be_focused()
    assert chosen.get_attribute("value") == "programme"
    page.get_by_label("Annulé").check()
    assert asked(page) == {"etat", "motif"}
    page.locator("#C-motif").fill("La salle est inondée.")
    assert written(page) == EVENT | {"etat": "annule", "motif": "La salle est inondée."}


def test_an_event_is_postponed(mended: Callable[..., Page]) -> None:
    """The day that was announced first is that which was published, whatever is written since."""
    page = mended(quoi="etat")
    page.get_by_label("Reporté").check()
    assert asked(page) == {"etat", "ancien_debut", "motif"}
    assert written(page) == EVENT | {"etat": "reporte", "ancien_debut": "2021-10-09 20:00"}
    page.get_by_label("Reprogrammé").check()
    assert asked(page) == {"etat", "ancien_debut", "motif", "seances"}
    page.locator("#C-seances-0-debut").fill("2021-11-10")
    assert written(page) == EVENT | {
        "etat": "reprogramme", "ancien_debut": "2021-10-09 20:00",
        "debut": "2021-11-10 20:00", "fin": "2021-11-10 22:00",
    }  # fmt: skip
    page.get_by_label("Programmé", exact=True).check()
    assert asked(page) == {"etat"}


def test_an_error_is_shown_where_it_is(mended: Callable[..., Page]) -> None:
    page = mended(quoi="tarif")
    page.locator("#C-titre").evaluate("(one) => { one.value = ''; }")
    assert verifier(page) is None
    expect(page.locator("#C-titre")).to_be_visible()
    assert "resume" not in asked(page)
    page.locator("#Sommaire a").first.click()
    expect(page.locator("#C-titre")).to_be_focused()


def test_a_draft_is_asked_again(mended: Callable[..., Page]) -> None:
    page = mended(quoi="horaires")
    page.locator("#C-seances-0-de").fill("19:30")
    page = mended(quoi="etat")
    page.get_by_label("Reporté").check()
    found = written(page)
    assert found["debut"] == "2021-10-09 19:30"
    assert found["ancien_debut"] == "2021-10-09 20:00"
