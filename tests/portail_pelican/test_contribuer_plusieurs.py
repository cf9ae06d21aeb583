"""A season in one gesture: from a file that is dropped to an archive, then to the agenda."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import saisons
from audit_axe import file_of
from pages import LOCAL_ADDRESS
from projects import Project

if TYPE_CHECKING:
    from conftest import Built

pytestmark = [pytest.mark.site, pytest.mark.chromium]

Depose = Callable[[Path], Project]


@pytest.fixture
def phone(built: Built, browser: Browser) -> Iterator[Page]:
    """The form of an event of the published showcase, at 390 px; nothing may be said to its
    console, nothing asked of another site."""
    site, wrong = built("vitrine"), []

    def serve(route: Route) -> None:
        path = file_of(site, LOCAL_ADDRESS, route.request.url)
        if path is None:
            wrong.append(route.request.url)
            route.abort()
        else:
            route.fulfill(path=path)

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.route("**/*", serve)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{LOCAL_ADDRESS}/contribuer/evenement/")
    page.locator("form.prete").wait_for()
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def deposer(racine: Path, tmp_path: Path) -> Depose:
    """Places an archive among the contents of the showcase, and checks them all."""

    def run(archive: Path) -> Project:
        root = tmp_path / "depot"
        shutil.copytree(racine / "tests/sites/vitrine/content", root / "content")
        project = Project(root, 'PORTAIL_REGION = "Hauts-de-France"\n')
        before = project.portail("check")
        done = project.portail("deposer", str(archive))
        assert done.code == 0, done.out + done.err
        after = project.portail("check")
        assert (after.code, before.code) == (0, 0), after.out
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
