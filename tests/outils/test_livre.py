"""The documents as a book: every one is there, in its language, and every link of it holds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

import livre

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://livre.example.org"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """The instance, as the script writes it."""
    folder = tmp_path_factory.mktemp("livre")
    assert livre.write(folder) > 200
    return folder


@pytest.fixture(scope="module")
def book(instance):
    """The built book."""
    command = [sys.executable, "-m", "portail", "build", "--site-url", SITE]
    done = subprocess.run(command, cwd=instance, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return instance / "output"


def pages(book):
    """Addresses and trees of the pages."""
    for path in sorted(book.rglob("index.html")):
        inner = path.parent.relative_to(book).as_posix()
        address = f"{SITE}/" if inner == "." else f"{SITE}/{inner}/"
        yield address, html.fromstring(path.read_bytes())


def test_every_document_is_in_the_book_once_and_whole(instance):
    written = {
        path.relative_to(instance / "content" / "articles").parts[0].removesuffix(".md")
        for path in (instance / "content" / "articles").rglob("*.md")
    }
    slugs = [one.slug for one in livre.documents()]
    assert sorted(slugs) == sorted(written)
    files = {one.path for one in livre.documents()}
    kept = {path for path in (ROOT / "docs").rglob("*.md") if "exemples" not in path.parts}
    left = {path.relative_to(ROOT / "docs").as_posix() for path in kept - files}
    assert left == {"README.md"}


@pytest.mark.site
def test_links_and_pictures_of_the_tutorial_are_kept(book):
    tutorial = dict(pages(book))[f"{SITE}/articles/tutoriel-votre-portail/"]
    found = " ".join(tutorial.xpath("//main//a/@href"))
    assert "/articles/redaction-reprendre/" in found
    assert len(tutorial.xpath("//main//figure//img | //main//p//img")) >= 2


@pytest.mark.site
def test_a_document_says_its_language(book):
    trees = dict(pages(book))

    def language(slug):
        (title,) = trees[f"{SITE}/articles/{slug}/"].xpath("//h1")
        return str(title.xpath("ancestor-or-self::*/@lang")[-1])

    assert language("technique-settings") == language("decisions-0002-pelican-hote") == "en"
    assert language("redaction-lettre") == language("codes-e115") == "fr"


@pytest.mark.site
def test_the_menu_is_that_of_a_book_and_the_search_finds_a_setting(book):
    trees = dict(pages(book))
    menu = [str(one) for one in trees[f"{SITE}/"].xpath("//header//nav//a/@href")]
    for part in ("tutoriel", "guides", "reference", "explications"):
        assert any(one.endswith(f"/dossiers/{part}/") for one in menu), part
    kinds = {re.sub(r"/.*", "", address.removeprefix(f"{SITE}/")) for address in trees}
    assert not kinds & {"agenda", "evenements", "lieux", "annuaire", "catalogue", "annonces"}
    search = "".join(
        path.read_text(encoding="utf-8", errors="ignore")
        for path in (book / "recherche").rglob("*")
        if path.is_file()
    )
    assert "technique-settings" in search
