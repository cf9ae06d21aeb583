"""Documents for paper, judged from outside: their bytes, what is read aloud, what is opened."""

import locale
import os
import re
import socket
import subprocess
import sys
import tomllib
from unittest import mock

import pikepdf
import pypdf
import pytest
from PIL import ImageFile

import pdf_ua
from pictures import picture
from plans import entry
from portail.cli import main
from portail.clock import set_portal_zone
from portail.diagnostics import PlanError
from portail_papier.imprimes.pdf import pdf
from projects import Project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("impression")]

SITE = "https://portail.example.org"
IMAGE = {
    "fichier": "vue.jpg",
    "alt": "Une malle ouverte.",
    "credit": "A. B.",
    "licence": "CC-BY-4.0",
}
PRET = {"caisses": "3", "tarif": "gratuit", "delai_jours": "30"}


def tool(title, theme, **fields):
    base = {"titre": title, "type": "malle-pedagogique", "pret": PRET, "proprietaire": "musee"}
    return entry("ressources", **base, themes=[theme], **fields)


TEXTS = {
    "content/lieux/musee.md": entry("lieux", titre="Musée", courriel="prets@example.org"),
    "content/ressources/malle/index.md": tool("La malle = à ouvrir", "vivant-sante", image=IMAGE),
    "content/ressources/dome.md": tool("Le dôme", "astronomie-espace"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site whose settings ask for the catalogue; nobody may change it."""
    project = Project(tmp_path_factory.mktemp("papier"), 'PORTAIL_IMPRIMES = ["catalogue"]\n')
    project.write(TEXTS)
    (project.content / "ressources/malle/vue.jpg").write_bytes(picture("JPEG"))
    project.build(SITEURL=SITE)
    return project


@pytest.fixture
def printed(built, monkeypatch, capsys):
    """``portail imprimer`` in this process, which knows the library: its code, and its errors."""
    before = locale.setlocale(locale.LC_ALL)
    monkeypatch.chdir(built.root)
    monkeypatch.setenv("PORTAIL_CACHE", str(built.root / ".cache"))

    def run(*words):
        return main(["imprimer", *words]), capsys.readouterr().err

    with mock.patch.dict(os.environ):  # what the command leaves to the build
        yield run
    locale.setlocale(locale.LC_ALL, before)
    set_portal_zone(None)


def file_of(project):
    return project.output / "catalogue/catalogue.pdf"


def pages_of(file):
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


def test_no_rule_of_pdf_ua_is_broken_and_bookmarks_lead_to_each_sheet(built):
    assert sorted(built.output.rglob("*.pdf")) == [file_of(built)]
    assert pdf_ua.faults(file_of(built)) == []
    marks = {"Sommaire", "Le dôme", "La malle = à ouvrir", "Index par thème"}
    assert marks <= set(pdf_ua.bookmarks(file_of(built)))


def test_numbers_of_pages_are_those_of_the_sheets(built):
    pages = pages_of(file_of(built))
    (at,) = [
        number for number, page in enumerate(pages, 1) if "Le dôme" in page and "Prêté par" in page
    ]
    index = next(page for page in pages if page.strip().startswith("Index par prêteur"))
    assert re.search(rf"Le dôme[ .]+{at}\b", index)


def test_letters_of_the_second_file_of_a_font_keep_their_shape(built):
    with pikepdf.open(file_of(built)) as one:
        fonts = {str(font.BaseFont) for font in one.objects if _is_font(font)}
    assert any("Bricolage-suite" in name for name in fonts), "« = » would be another letter"


def _is_font(one):
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"


def test_the_page_of_the_catalogue_links_to_it_with_its_size(built):
    html = (built.output / "catalogue/index.html").read_text(encoding="utf-8")
    size = re.search(r'href="/catalogue/catalogue.pdf">.*?\(PDF, (\d+)\s*ko\)', html)
    assert size and abs(int(size[1]) - file_of(built).stat().st_size / 1000) <= 1


@pytest.mark.long
def test_the_same_content_gives_the_same_bytes(built, tmp_path):
    again = tmp_path / "catalogue.pdf"
    where = {"PYTHONHASHSEED": "7", "PORTAIL_CACHE": str(tmp_path / "cache")}
    options = ["--site-url", SITE, "--sortie", str(again)]
    done = built.portail("imprimer", "catalogue", *options, **where)
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
    assert again.read_bytes() == file_of(built).read_bytes()


@pytest.mark.long
def test_a_document_is_made_again_with_what_it_tells(tmp_path):
    project = Project(tmp_path, 'PORTAIL_IMPRIMES = ["catalogue"]\n')
    project.write({name: text for name, text in TEXTS.items() if "malle" not in name})
    project.build(SITEURL=SITE)
    file = file_of(project)
    first = file.stat().st_mtime_ns
    project.write({"content/articles/autre.md": entry("articles")})
    project.build(SITEURL=SITE)
    assert file.stat().st_mtime_ns == first, "an article is no part of the catalogue"
    project.write({"content/ressources/dome.md": tool("Le planétarium", "astronomie-espace")})
    project.build(SITEURL=SITE)
    assert any("Le planétarium" in page for page in pages_of(file))
    page = (project.output / "catalogue/index.html").read_text(encoding="utf-8")
    assert f"{round(file.stat().st_size / 1000)}\u00a0ko" in page


def test_what_cannot_be_written_is_one_sentence(printed):
    code, said = printed("catalogue", "--sortie", "/proc/non/rien.pdf")
    assert code == 2
    assert "ne peut pas être écrit" in said and len(said.splitlines()) == 1


def test_without_the_library_one_is_told_what_to_install(built, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise ImportError\n")
    command = [sys.executable, "-m", "portail", "imprimer", "catalogue"]
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command,
        cwd=built.root,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install weasyprint" in done.stderr and "Pango" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/a.png",
        "file:///etc/hostname",
        "file:///theme/../../../etc/hostname",
        "file:///theme/%2e%2e/%2e%2e/etc/hostname",
        "file:///theme/%2e%2e/secret.png",
        "file://ailleurs/theme/a.png",
    ],
)
def test_nothing_but_our_own_files_is_opened(tmp_path, address, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection"))
    (tmp_path / "secret.png").write_bytes(b"secret")
    page = f'<html lang="fr"><title>T</title><h1>T</h1><img src="{address}" alt="A">'
    with pytest.raises(PlanError, match=r"fichier|such"):
        pdf(page, "", {"theme": tmp_path / "theme"}, "")


def test_pictures_of_contents_are_judged_as_before():
    assert pdf and not ImageFile.LOAD_TRUNCATED_IMAGES


def test_the_judge_sees_what_is_wrong(built, tmp_path):
    with pikepdf.open(file_of(built)) as one:
        del one.Root["/Lang"]
        for item in one.objects:
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
                del item["/Alt"]
        one.save(tmp_path / "faux.pdf")
    assert {"no language", "a figure without a text"} <= set(pdf_ua.faults(tmp_path / "faux.pdf"))


def test_the_package_is_an_extra(racine):
    project = tomllib.loads((racine / "pyproject.toml").read_text())["project"]
    assert any(
        one.startswith("weasyprint") for one in project["optional-dependencies"]["impression"]
    )
    needed = (racine / "requirements.txt").read_text()
    assert "weasyprint" not in needed.lower()
