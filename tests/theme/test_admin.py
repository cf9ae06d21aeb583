"""The visual editor: what its page says and asks, what it writes in a folder and on the forge."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from editeurs import editeurs
from forge_fictive import API, Forge
from lxml import html
from playwright.sync_api import Browser, Locator, Page

from projects import Project

pytestmark = [pytest.mark.site, pytest.mark.chromium]

LIEU = """\
---
titre: Observatoire d’essai
resume: Un lieu fictif.
type: planetarium
commune: Wizernes
---

Une coupole.
"""
EVENT = """\
---
titre: Nuit d’essai
resume: Une soirée *fictive*.
publie_le: 2021-09-20
format: atelier
debut: 2021-10-09
lieu: observatoire
tarif: {prix: "5,50"}
themes: [astronomie-espace]
ids_externes: {openagenda: "12"}
---

On apporte sa curiosité.

| a | b |
|---|---|
| 1 | 2 |
"""
FILES = {
    "content/lieux/observatoire.md": LIEU,
    "content/events/2021-10-09-nuit.md": EVENT,
}
OPEN_FOLDER = "window.showDirectoryPicker = () => navigator.storage.getDirectory()"
FILL = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle('.git', {create: true});
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(part, {create: true});
    }
    const handle = await folder.getFileHandle(parts.at(-1), {create: true});
    const stream = await handle.createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
READ = """async () => {
  const found = {};
  const go = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await go(handle, `${path}${name}/`);
      else if (name.endsWith('.md')) found[path + name] = await (await handle.getFile()).text();
    }
  };
  await go(await navigator.storage.getDirectory(), '');
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small portal whose repository is on GitHub, built."""
    project = Project(
        tmp_path_factory.mktemp("admin"), 'PORTAIL_DEPOT = "https://github.com/exemple/portail"\n'
    )
    project.write(FILES)
    done = project.portail("build")
    assert done.code == 0, done.err
    return project


@pytest.fixture(scope="module")
def address(site: Project) -> Iterator[str]:
    """Where it is served: a folder is only offered on the machine of whoever edits."""
    serve = partial(_Quiet, directory=str(site.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        """Nothing."""


Opened = Callable[..., Page]


@pytest.fixture
def editor(browser: Browser, address: str) -> Iterator[Opened]:
    """A function that opens ``/admin/`` in a tab of its own; ``page.asked`` lists what left the
    site, ``page.wrong`` what the policy or a script refused."""
    contexts = []

    def make(forge: Forge | None = None, **options: object) -> Page:
        view = {"width": 1400, "height": 1000}
        context = browser.new_context(viewport=view, locale="en-US", **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda one: page.asked.append(one.url) if _leaves(one.url) else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda one: page.wrong.append(one.text) if one.type == "error" else None)
        page.add_init_script(OPEN_FOLDER)
        page.route(f"{API}**", forge.answer if forge else lambda route: route.abort())
        page.goto(f"{address}/admin/")
        return page

    def _leaves(url: str) -> bool:
        return not url.startswith((address, "blob:", "data:"))

    yield make
    for context in contexts:
        context.close()


def go(page: Page, view: str, title: str) -> None:
    """Go to a view of the editor, and wait until its title says so: the one before is still there
    for a while."""
    page.evaluate(f"location.hash = '#/collections/{view}'")
    page.wait_for_function("(title) => document.title.includes(title)", arg=title)


def field(page: Page, path: str) -> Locator:
    """The first control of a field."""
    return page.locator(f'[data-key-path="{path}"]').locator("input, textarea").first


def save(page: Page) -> None:
    """Save, and wait until nothing is left to save."""
    page.get_by_role("button", name="Enregistrer").first.click()


def judged(site: Project, tmp_path: Path, files: dict[str, str]) -> str:
    """What ``check`` says of a folder with these files."""
    copy = Project(tmp_path / "lu")
    copy.write(files)
    done = copy.portail("check")
    return done.err + done.out


def test_the_page_reads_without_the_editor(editor: Opened, browser: Browser) -> None:
    page = editor(java_script_enabled=False)
    text = page.inner_text("main")
    assert "public_repo" in text and "jeton personnel" in text and "Rien ne paraît avant" in text
    assert page.get_by_role("link", name="« Je contribue »").count()
    assert not page.get_by_role("button", name="Ouvrir l’éditeur").count()
    assert page.asked == []


@pytest.mark.parametrize("name", [*editeurs()])
def test_the_page_of_each_forge(name: str, rendu: Callable[..., str]) -> None:
    text = rendu(*editeurs()[name])
    page = html.document_fromstring(text)
    policy = page.xpath("string(//meta[@http-equiv]/@content)")
    view = editeurs()[name][1]
    assert all(f" {host}" in policy for host in view.hotes)
    assert [one.tag for one in page.iter("h1", "h2")] == ["h1", "h2", "h2"]
    assert all(one[0].isupper() for one in page.xpath("//@id") if one != "contenu")
    assert page.xpath("//meta[@name='robots' and @content='noindex']")
    assert 50 < len(page.xpath("string(//meta[@name='description']/@content)")) < 160
    said = page.find("body").text_content()
    assert ("relais.example.org" in said) == bool(view.relais)
    assert ("aussitôt" in said) == (not view.relu)
    assert view.jetons in page.xpath("//main//a/@href")


def test_a_narrow_screen_holds_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{address}/admin/")
    page.get_by_role("button", name="Ouvrir l’éditeur").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box = page.get_by_role("button", name="Ouvrir l’éditeur").bounding_box()
    assert box is not None and box["height"] >= 44
    context.close()


def test_the_landing_leads_there(site: Project) -> None:
    landing = (site.output / "contribuer/index.html").read_text("utf-8")
    assert '<a href="/admin/">l’éditeur visuel</a>' in landing
    assert "/admin/" not in (site.output / "plan-du-site/index.html").read_text("utf-8")


def test_a_site_without_a_forge_publishes_no_program(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(FILES)
    done = project.portail("build")
    assert done.code == 0, done.err
    assert not (project.output / "admin").exists()
    assert not (project.output / "theme/admin").exists()
    assert "/admin/" not in (project.output / "contribuer/index.html").read_text("utf-8")


def test_it_opens_in_french_and_asks_nobody(editor: Opened) -> None:
    page = editor()
    page.get_by_role("button", name="Ouvrir l’éditeur").click()
    page.get_by_role("button", name="Se connecter avec un jeton d’accès").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.lang")[:2] == "fr"
    assert page.evaluate("document.fonts.check('24px \"Material Symbols Outlined\"')")
    assert page.locator("#contenu").count() == 0
    assert page.locator("meta[name=viewport][content*=maximum-scale]").count() == 0
    assert (page.asked, page.wrong) == ([], [])


def test_a_folder_is_edited_in_place(editor: Opened, site: Project, tmp_path: Path) -> None:
    page = editor()
    page.evaluate(FILL, FILES)
    page.get_by_role("button", name="Ouvrir l’éditeur").click()
    page.get_by_role("button", name="Travailler avec un dépôt local").click()
    page.get_by_role("option", name="Annonces").or_(page.get_by_text("Annonces")).first.wait_for()

    go(page, "events/entries/2021-10-09-nuit", "Nuit d’essai")
    field(page, "titre").fill("Nuit : « changée »")
    save(page)
    changed = _written(page, "content/events/2021-10-09-nuit.md", EVENT)
    before, after = EVENT.split("---\n", 2), changed.split("---\n", 2)
    assert after[2].strip() == before[2].strip()
    for line in ("titre: 'Nuit : « changée »'", "debut: 2021-10-09", "lieu: observatoire"):
        assert f"\n{line}\n" in changed
    assert "\n  - atelier\n" in changed and "prix: 5,50" in changed and "openagenda: " in changed

    go(page, "lieux/new", "Création")
    field(page, "titre").fill("Musée de l’Œuf")
    field(page, "resume").fill("Un musée fictif.")
    kind = page.locator('[data-key-path="type"]')
    kind.scroll_into_view_if_needed()  # a field out of sight is drawn later
    kind.get_by_role("combobox").click()
    page.get_by_role("option", name="musée").first.click()
    field(page, "commune").fill("Amiens")
    save(page)
    lieu = _written(page, "content/lieux/musee-de-l-oeuf.md", "")
    assert lieu.split("---\n")[1] == (
        "titre: Musée de l’Œuf\nresume: Un musée fictif.\ntype: musee\ncommune: Amiens\n"
    )

    found = page.evaluate(READ)
    told = judged(site, tmp_path, found)
    assert "Tout est bon" in told, told
    assert page.asked == [] and page.wrong == []


def test_a_wrong_moment_is_said_and_not_saved(editor: Opened) -> None:
    page = editor()
    page.evaluate(FILL, FILES)
    page.get_by_role("button", name="Ouvrir l’éditeur").click()
    page.get_by_role("button", name="Travailler avec un dépôt local").click()
    page.get_by_text("Annonces").first.wait_for()
    go(page, "events/entries/2021-10-09-nuit", "Nuit d’essai")
    field(page, "debut").fill("9 octobre à 14 h")
    save(page)
    page.get_by_text("pour la journée entière").first.wait_for()
    assert page.evaluate(READ)["content/events/2021-10-09-nuit.md"] == EVENT


def test_a_token_opens_a_proposal_on_github(editor: Opened) -> None:
    forge = Forge(FILES)
    page = _logged_in(editor(forge))
    go(page, "events/entries/2021-10-09-nuit", "Nuit d’essai")
    field(page, "titre").fill("Nuit changée")
    save(page)
    page.wait_for_function("() => document.body.innerText.includes('Brouillon')")
    _wait(page, lambda: forge.demandes)
    assert forge.branches == ["refs/heads/cms/events/2021-10-09-nuit"]
    (written,) = forge.commits["exemple/portail:cms/events/2021-10-09-nuit"].items()
    assert written[0] == "content/events/2021-10-09-nuit.md"
    assert "\ntitre: Nuit changée\n" in written[1]
    (asked,) = forge.demandes
    assert (asked["head"], asked["base"], asked["draft"]) == (forge.branches[0][11:], "main", True)
    assert asked["body"] == "Proposé depuis l’éditeur du portail."
    assert forge.jetons == {"token jeton-fictif"}
    assert all(url.startswith(API) for url in page.asked)
    assert (forge.inconnues, page.wrong) == ([], [])


def test_who_may_not_write_works_in_a_fork(editor: Opened) -> None:
    forge = Forge(FILES, ecrit=False)
    page = _logged_in(editor(forge))
    go(page, "events/entries/2021-10-09-nuit", "Nuit d’essai")
    field(page, "titre").fill("Nuit changée")
    save(page)
    _wait(page, lambda: forge.commits)
    (where,) = forge.commits
    assert where.startswith("ada/portail:cms/") and forge.demandes == []


def _logged_in(page: Page) -> Page:
    page.get_by_role("button", name="Ouvrir l’éditeur").click()
    page.get_by_role("button", name="Se connecter avec un jeton d’accès").click()
    page.get_by_role("textbox").last.fill("jeton-fictif")
    page.get_by_role("button", name="Se connecter", exact=True).last.click()
    page.get_by_text("Annonces").first.wait_for()
    return page


def _written(page: Page, path: str, before: str) -> str:
    """The text of a file once it is not ``before``."""
    found: dict[str, str] = {}

    def there() -> bool:
        found.update(page.evaluate(READ))
        return bool(found.get(path, before) not in ("", before))

    _wait(page, there)
    return found[path]


def _wait(page: Page, known: Callable[[], object]) -> None:
    for _ in range(150):
        if known():
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.inner_text("body"))
