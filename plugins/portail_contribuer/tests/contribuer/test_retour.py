"""The return of an organiser: a form of a few questions, the file that it writes, its check."""

import pytest
import yaml
from vrais_formulaires import formulaire, verifier

from doses import rows_of
from plans import Tree, said

pytestmark = pytest.mark.chromium

ENTETE = rows_of("portail_contribuer/tests/contribuer/retour.yml")
WORDS = ("premiere_fois", "satisfaction", "difficultes")
"""What is still told of what did not take place."""
FILE = {
    "chemin": "content/events/la-nuit/index.md",
    "entete": {key: one for key, one in ENTETE.items() if one},
    "corps": "Le texte.",
    "tus": True,
}


@pytest.fixture
def phone(tab):
    """A function that opens the form of an event at an address in the tab of 390 px."""

    def open_(query):
        page = formulaire(tab, query=query, files={"la-nuit": FILE})
        page.locator(".rempli").wait_for()
        return page

    return open_


def written(page):
    """The front matter that the form lets out, read by another reader of YAML."""
    found = verifier(page)
    assert found, page.locator("#Sommaire").inner_text()
    return yaml.load(found["texte"].split("---\n")[1], yaml.BaseLoader)


def test_a_return_is_a_file_that_check_accepts(phone, tmp_path):
    """Its questions alone are asked, in a form that judges the answers."""
    page = phone("?retour=la-nuit")
    assert page.locator("h1").inner_text() == "Retour sur un événement"
    asked = page.locator("[data-saisie]:visible")
    names = {one.get_attribute("data-chemin") or one.get_attribute("data-hors")
             for one in asked.all()}  # fmt: skip
    assert {"courriel", "accord"} < names
    others = names - {"courriel", "accord"}
    assert all(str(name).startswith("retour.") for name in others)
    assert len(others) >= 10
    assert not page.locator("#Plan").is_visible()
    told = page.locator(".rempli").inner_text()
    assert "ne relit pas" in told, "what its organiser thought is not in the public file"
    assert page.locator("#C-retour-maternelle").is_visible(), "what holds an answer is open"
    page.locator("#C-retour-tout_public").fill("120")
    page.locator("#C-retour-scolaires").fill("80")
    page.locator("#C-retour-primaire").fill("60")
    page.get_by_label("Nous participons pour la première fois").check()
    page.get_by_label("Très satisfait").check()
    page.locator("#C-retour-difficultes").fill("Deux classes n’ont pas trouvé de car : dommage.")
    page.locator("[data-hors=accord] input").check()
    head = written(page)
    given = head.pop("retour")
    assert given == {
        "tout_public": "120", "scolaires": "80", "maternelle": "2", "primaire": "60",
        "premiere_fois": "true", "satisfaction": "tres-satisfait",
        "difficultes": "Deux classes n’ont pas trouvé de car : dommage.",
    }  # fmt: skip
    head.pop("modifie")
    assert head == {key: one for key, one in ENTETE.items() if one and key != "retour"}
    lines = [
        one
        for one in page.evaluate("pret.texte").splitlines(keepends=True)
        if not one.startswith(("image:", "  fichier:", "  alt:", "  credit:", "modifie:"))
    ]
    report = Tree(tmp_path).run({"events/la-nuit/index": "".join(lines)}).report
    assert [one for one in said(report) if " E" in one] == []
    assert page.evaluate("said") == []
    # Figures that contradict one another are not ready.
    page.locator("#C-retour-scolaires").fill("1")
    assert verifier(page) is None
    told = page.locator("#Erreur-retour-scolaires").inner_text().replace("\u00a0", " ")
    assert "62 élèves, pour 1" in told
    page.locator("#C-retour-scolaires").fill("moult")
    assert verifier(page) is None
    page.get_by_label("L’événement n’a finalement pas eu lieu").check()
    assert not page.locator("#C-retour-scolaires").is_visible(), "nothing to count any more"
    assert written(page)["retour"] == {key: one for key, one in given.items() if key in WORDS} | {
        "annule": "true"
    }


def test_a_new_edition_has_no_return_yet(phone):
    page = phone("?reconduire=la-nuit")
    page.locator("#C-seances-0-debut").fill("2022-09-17")
    page.locator("[data-hors=accord] input").check()
    assert "retour" not in written(page)
