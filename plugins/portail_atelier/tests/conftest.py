"""The desk of the showcase, served with what ``npm ci`` brings, on a folder of the browser."""

from contextlib import contextmanager
from pathlib import Path

import pytest

import npm
from checkout import ROOT
from portail.site.reader import Reader
from remake import replace
from serving import served

OURS = ROOT / "plugins/portail_atelier"
_FOLDER = (Path(__file__).parent / "dossier.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def editor():
    """The editor, as the lock of the package pins it."""
    npm.modules(OURS / "package-lock.json")


@pytest.fixture(scope="session")
def planned(editor):
    """A function: the files of the desk of a site under a setting, by path."""
    from portail_atelier.page import plan
    from portail_atelier.settings import ATELIER

    def files(site, **setting):
        known = {"forge": "gitlab", "depot": "https://forge.example.org/portail/vitrine", **setting}
        config = replace(site.config, added={**site.config.added, "atelier": ATELIER.read(known)})
        return {
            artifact.path: artifact.origin.read_bytes()
            if hasattr(artifact, "origin")
            else "".join(artifact.produce()).encode()
            for artifact in plan(Reader(replace(site, config=config)))
        }

    return files


@pytest.fixture(scope="session")
def small():
    """The showcase, read for its settings."""
    from drawn_pages import SHOWCASE
    from plans import TODAY, result_of
    from portail.config import SiteConfig
    from portail.day import Day

    config = SiteConfig(region="Hauts-de-France")
    return result_of(SHOWCASE, config, Day(TODAY, pinned=True), plans=False).site


class Desk:
    """The editor, open on a folder."""

    def __init__(self, page, origin):
        self.page = page
        self.origin = origin

    def open(self, address):
        """Show what is at an address of the editor."""
        self.page.evaluate("address => { location.hash = address; }", address)

    def entry(self, path):
        """Open the form of a content by its path."""
        _, folder, name, *inside = path.removesuffix(".md").split("/")
        collection = f"{folder}{'-dossiers' * bool(inside)}"
        self.open("/".join(("#/collections", collection, "entries", name, *inside)))
        title = self.field("titre")
        title.wait_for()
        return title

    def field(self, path):
        """The control of a field."""
        return self.page.locator(f'[data-key-path="{path}"] :is(input, textarea)').first

    def save(self):
        """Save, until a file is written; the names of those that were."""
        self.page.get_by_role("button", name="Enregistrer").first.click()
        self.page.wait_for_function("() => ecrites.length")
        return self.page.evaluate("ecrites.splice(0)")

    def text(self, path):
        """A file as it is now."""
        return self.page.evaluate("path => lireFichier(path)", path)


@pytest.fixture(scope="session")
def desk(tmp_path_factory, browser):
    """A context: the desk of these files, open in the browser on these contents."""

    @contextmanager
    def opened(files, texts, **screen):
        folder = tmp_path_factory.mktemp("atelier")
        for path, data in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        context = browser.new_context(locale="fr-FR", **screen)
        context.add_init_script(_FOLDER)
        asked = []
        context.on("request", lambda request: asked.append(request.url))
        with served(folder) as origin:
            page = context.new_page()
            page.goto(f"{origin}/atelier/")
            page.evaluate("files => poser(files)", {".git/HEAD": "", **texts})
            page.get_by_role("button", name="local").first.click()
            page.get_by_text("Collections", exact=True).wait_for()
            page.evaluate("ecrites.splice(0)")
            desk = Desk(page, origin)
            desk.asked = asked
            yield desk
        context.close()

    return opened
