"""A season in one gesture: from a file that is dropped to an archive, then to the agenda."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import saisons
import tableurs
from faults import SOUND
from projects import Project
from tabs import Tab

pytestmark = [pytest.mark.site, pytest.mark.chromium]
SCREEN = {"width": 390, "height": 844}

Depose = Callable[[Path], Project]


@pytest.fixture
def phone(tab: Tab) -> Iterator[Page]:
    """The form of an event of the published showcase, at 390 px; nothing may be said to its
    console, nothing asked of another site."""
    with tab.visited() as page:
        page.goto("/contribuer/evenement/")
        page.locator("form.prete").wait_for()
        yield page


@pytest.fixture
def deposer(tmp_path: Path) -> Depose:
    """Places an archive among the contents of a small portal, and checks them all."""

    def run(archive: Path) -> Project:
        project = Project(tmp_path / "depot")
        project.write(SOUND)
        done = project.portail("deposer", str(archive))
        assert done.code == 0, done.out + done.err
        after = project.portail("check")
        assert after.code == 0, after.out
        return project

    return run


def drop(page: Page, name: str, data: bytes) -> None:
    """A file dropped on the form, as a press on « Choisir un fichier » does."""
    page.get_by_role("button", name="Coller pour remplir").click()
    held = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("#C-coller-fichier").set_input_files([held])
    expect(page.locator("#Plusieurs-titre")).to_be_focused()


def prepared(page: Page, tmp_path: Path) -> Path:
    """The archive of what is checked in the list."""
    page.locator("#Plusieurs [data-hors=accord] input").check()
    page.locator("[data-preparer]").click()
    with page.expect_download() as held:
        page.locator("[data-voie=fichier] button").click()
    path = tmp_path / held.value.suggested_filename
    held.value.save_as(path)
    return path


def agenda(project: Project, *titles: str) -> None:
    """Each title is on the agenda of the site, once built."""
    done = project.pelican()
    assert done.code == 0, done.err
    said = "".join(path.read_text("utf-8") for path in (project.output / "agenda").rglob("*.html"))
    assert [title for title in titles if title not in said] == []


@pytest.mark.long
def test_the_calendar_of_a_season(phone: Page, deposer: Depose, tmp_path: Path) -> None:
    drop(phone, "saison.ics", saisons.calendar())
    rows = phone.locator("#Plusieurs li.rang")
    expect(rows).to_have_count(40)
    expect(rows.filter(has_text="À compléter")).to_have_count(39)  # a visit says its format
    phone.locator("#Plusieurs [data-chemin=format]").get_by_label("Atelier").check()
    expect(rows.filter(has_text="À compléter")).to_have_count(0)
    archive = prepared(phone, tmp_path)
    with zipfile.ZipFile(archive) as held:
        names = held.namelist()
    assert len(names) == 40
    assert len(set(names)) == 40
    assert all(name.startswith("content/events/") for name in names)
    project = deposer(archive)
    weekly = (project.content / "events/visite-fictive-du-mercredi.md").read_text("utf-8")
    assert "tous_les: [mercredi]" in weekly
    agenda(project, "Fabrication fictive numéro 1<", "Visite fictive du mercredi")


@pytest.mark.long
@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_the_spreadsheet_of_a_museum(
    phone: Page, deposer: Depose, tmp_path: Path, form: str
) -> None:
    drop(phone, f"automne.{form}", tableurs.FORMATS[form](saisons.spreadsheet()))
    rows = phone.locator("#Plusieurs li.rang")
    expect(rows).to_have_count(10)
    expect(rows.filter(has_text="À compléter")).to_have_count(0)
    expect(rows.first).to_contain_text("Samedi 9 octobre 2021")
    looked_at(deposer(prepared(phone, tmp_path)))


def looked_at(project: Project) -> None:
    """Events of the museum, as their rows say them."""
    last = (project.content / "events/rendez-vous-fictif-10.md").read_text("utf-8")
    assert 'horaires: {du: 2021-12-11, au: 2021-12-12, de: "14:30", a: "16:00"}' in last
    first = (project.content / "events/rendez-vous-fictif-1.md").read_text("utf-8")
    for line in ("debut: 2021-10-09 14:30", "fin: 2021-10-09 16:00", "tarif: {prix: 5}",
                 "publics: [familles]", "format: [atelier]"):  # fmt: skip
        assert line in first


def test_a_faulty_row_is_named_and_mended(phone: Page, deposer: Depose) -> None:
    data = tableurs.xlsx(saisons.spreadsheet("03/04/21"))
    drop(phone, "automne.xlsx", data)
    rows = phone.locator("#Plusieurs li.rang")
    expect(rows).to_have_count(10)
    expect(rows.first).to_contain_text("Samedi 9 octobre 2021")
    wrong = rows.filter(has_text="À compléter")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("Ligne 7, colonne «\u00a0Date\u00a0» (D)")
    assert "2021" in wrong.inner_text()
    phone.locator("#Plusieurs [data-hors=accord] input").check()
    phone.locator("[data-preparer]").click()
    summary = phone.locator("#Plusieurs .sommaire")
    expect(summary).to_be_focused()
    expect(phone.locator("#Sorties, #Plusieurs .sorties").last).to_contain_text("9 fichiers")
    summary.get_by_role("link", name="Rendez-vous fictif 3").click()
    expect(phone.locator("#Formulaire")).to_be_visible()
    expect(phone.locator("#C-titre")).to_have_value("Rendez-vous fictif 3")
    phone.locator("#C-seances-0-debut").fill("2021-10-23")
    phone.locator("#Proposer").get_by_role("button", name="Remettre dans la liste").click()
    expect(phone.locator("#Formulaire")).to_be_hidden()
    expect(phone.locator("#Formulaire [data-de-liste]")).to_have_count(0)
    expect(phone.locator("#C-titre")).to_have_value("")
    expect(wrong).to_have_count(0)
    phone.locator("[data-preparer]").click()
    expect(phone.get_by_role("heading", name="10 fichiers prêts")).to_be_focused()
    with phone.expect_download() as held:
        phone.locator("[data-voie=fichier] button").click()
    project = deposer(held.value.path())
    third = (project.content / "events/rendez-vous-fictif-3.md").read_text("utf-8")
    assert "debut: 2021-10-23" in third
    looked_at(project)
    agenda(project, *(f"Rendez-vous fictif {rank}<" for rank in range(1, 11)))


def test_cells_that_are_pasted(phone: Page) -> None:
    heads, *rows = saisons.spreadsheet()[3:14]
    lines = ["\t".join(f"{one:%d/%m/%Y}" if isinstance(one, saisons.date) else one for one in row)
             for row in [heads, *rows]]  # fmt: skip
    phone.get_by_role("button", name="Coller pour remplir").click()
    phone.locator("#C-coller").fill("\n".join(lines))
    phone.get_by_role("button", name="Remplir le formulaire").click()
    expect(phone.locator("#Plusieurs li.rang")).to_have_count(10)
    phone.get_by_role("button", name="Tout décocher").click()
    phone.locator("[data-preparer]").click()
    expect(phone.locator("#Plusieurs .sommaire")).to_contain_text("Cochez au moins un événement")
    phone.get_by_role("button", name="Revenir au formulaire").click()
    expect(phone.locator("#Formulaire")).to_be_visible()
    expect(phone.locator("#C-titre")).to_have_value("")
    phone.reload()
    phone.get_by_role("button", name="Reprendre la liste").click()
    expect(phone.locator("#Plusieurs li.rang")).to_have_count(10)
    expect(phone.locator("#Plusieurs li.rang input:checked")).to_have_count(0)
    phone.get_by_role("button", name="Revenir au formulaire").click()
    phone.get_by_role("button", name="Effacer la liste").click()
    expect(phone.get_by_role("button", name="Reprendre la liste")).to_have_count(0)
    phone.reload()
    phone.locator("form.prete").wait_for()
    assert phone.evaluate("Object.keys(localStorage).filter((un) => un.endsWith('liste'))") == []


def test_hostile_cells_are_inert(phone: Page, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    rows = [["Titre", "Date", "Résumé", "Lieu", "Ville"],
            [evil, "09/10/2021", '=cmd|" /C calc"!A0', evil, "Lille"],
            ["../../etc/passwd", "10/10/2021", "Un résumé.", "Salle", "Lille"]]  # fmt: skip
    drop(phone, "a.csv", tableurs.separated(rows))
    shown = phone.locator("#Plusieurs")
    expect(shown.locator("img")).to_have_count(0)
    expect(shown.locator("li.rang").first).to_contain_text("la formule")
    phone.locator("#Plusieurs [data-chemin=format]").get_by_label("Atelier").check()
    archive = prepared(phone, tmp_path)
    with zipfile.ZipFile(archive) as held:
        assert held.namelist() == ["content/events/etc-passwd.md"]


def test_lieux_of_a_spreadsheet(phone: Page, deposer: Depose, tmp_path: Path) -> None:
    phone.goto("/contribuer/lieu/")
    phone.locator("form.prete").wait_for()
    rows = [["Nom", "Type", "Adresse", "CP", "Ville", "Site web", "Description"],
            ["Le hangar fictif", "Association", "2 rue Haute", "59000", "Lille", "exemple.test",
             "Un hangar où l’on bricole."],
            ["La serre fictive", "Musée", "", "", "Amiens", "", "Une serre."]]  # fmt: skip
    drop(phone, "lieux.ods", tableurs.ods(rows))
    project = deposer(prepared(phone, tmp_path))
    shed = (project.content / "lieux/le-hangar-fictif.md").read_text("utf-8")
    assert "site: https://exemple.test" in shed
    assert (project.content / "lieux/la-serre-fictive.md").is_file()
