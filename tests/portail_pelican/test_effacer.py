"""``portail effacer``: after it, nothing of a repository nor of its site names the person."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PIL import Image

from portail import files
from portail.cli import main
from projects import Project, tree

pytestmark = pytest.mark.site

NAME = "Zélie d’Aubrac"
ARGUMENTS = (
    "effacer", NAME, "--adresse", "zaubrac@free.fr", "--telephone", "06 99 12 34 56",
)  # fmt: skip
TRACES = re.compile(
    r"z[eé]lie\W{0,9}d\W{0,9}aubrac|aubrac\W{0,9}z[eé]lie|zaubrac|99.?12.?34.?56"
    r"|0000-0001-5109-3700",
    re.IGNORECASE,
)
"""What a reader would find, looked for otherwise than by the code."""
_HINT = re.compile(rb"(?i)ubrac|12.{0,3}34.{0,3}56|5109")
_ZIPS = (".xlsx", ".ods", ".zip")

HEAD = "publie_le: 2021-09-20\nresume: Un essai.\n"
DATES = "debut: 2021-10-09 14:00\nformat: atelier\npublics: [tout-public]\n"
PLACE = "adresse: {commune: Amiens}\n"


def jpeg() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(stream, "JPEG")
    return stream.getvalue()


CONTENTS = {
    "auteurs/zelie-d-aubrac.md": "---\ntitre: Zélie d’Aubrac\norcid: 0000-0001-5109-3700\n"
    f"{HEAD}---\n\nElle étudie les chauves-souris.\n",
    "auteurs/noe-martin.md": f"---\ntitre: Noé Martin\n{HEAD}---\n\nIl étudie les étoiles.\n",
    # Lists on one line and on several; a picture whose file, credit and description name her.
    "articles/nuit/index.md": f"---\ntitre: La nuit\n{HEAD}auteurs: [noe-martin, zelie-d-aubrac]\n"
    "relu_par:\n  - D’AUBRAC, Zélie\n  - Noé Martin\n"
    "image: {fichier: zelie-d-aubrac.jpg, alt: Zélie d’Aubrac devant un télescope, "
    "credit: Photo Zélie d’Aubrac}\n"
    "references:\n  - titre: Les gîtes\n    url: https://labo.example.org/zelie.d.aubrac/\n"
    "---\n\nLe livre de **Zélie** d’Aubrac\net [sa page](auteurs/zelie-d-aubrac).\n\n"
    "![Deux jumelles](zelie-d-aubrac.jpg){credit}\n".replace("{credit}", ""),
    "articles/seule.md": f"---\ntitre: Seule\n{HEAD}auteurs:\n  - zelie-d-aubrac\n---\n\n"
    "Écrire à [Zélie](mailto:zaubrac@free.fr), au 06.99.12.34.56, ORCID 0000-0001-5109-3700. "
    "M. d’Aubrac, son cousin, aussi.\n",
    "events/rencontre-avec-zelie-d-aubrac.md": "---\ntitre: Rencontre avec Zelie D'Aubrac\n"
    f"{HEAD}{DATES}{PLACE}anciennes_urls: [/evenements/zelie-d-aubrac/]\n---\n\nUne rencontre.\n",
    "annonces/appel.md": f"---\ntitre: Appel\n{HEAD}categorie: appel-a-projets\n"
    "echeance: 2021-12-15\norganisme: Zélie d’Aubrac\n---\n\n"
    "Venez à [la rencontre](events/rencontre-avec-zelie-d-aubrac).\n",
    "retraits.yml": "retraits:\n  - ref: auteurs/aubrac-zelie-d\n    le: 2021-09-01\n"
    "  - ref: lieux/ancien\n    le: 2021-09-01\n    motif: demande de Zélie d'Aubrac\n",
}


@pytest.fixture
def portal(tmp_path: Path) -> Project:
    project = Project(tmp_path / "p", 'SITEURL = "https://portail.example.org"\n')
    project.write({f"content/{name}": text for name, text in CONTENTS.items()})
    (project.content / "articles/nuit/zelie-d-aubrac.jpg").write_bytes(jpeg())
    return project


def traces(root: Path) -> dict[str, str]:
    """Files below ``root`` that name her, in their path or as text, escapes read; those of a
    database and of archives too."""
    found = {}
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        name = path.relative_to(root).as_posix()
        quick = _HINT.search(path.read_bytes()) or path.suffix in _ZIPS
        for text in (name, *(_texts(path) if quick else ())):
            if match := TRACES.search(unicodedata.normalize("NFC", text).replace("*", "")):
                found[name] = match[0]
    return found


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if path.suffix in _ZIPS:
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
    text = data.decode("utf-8", "replace")
    yield text
    yield unquote(text)
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), text)


def test_the_site_made_again_names_her_nowhere(portal: Project) -> None:
    portal.build()
    shown = traces(portal.output)
    assert {"index.html", "flux.xml", "sitemap.xml"} & {*shown}, "the test sees what is there"
    assert any(name.startswith("api/") for name in shown)
    assert any(name.startswith("recherche/") for name in shown) or len(shown) > 20
    assert traces(portal.root / ".cache")
    done = portal.portail(*ARGUMENTS, "--remplacer", "une personne", "--appliquer")
    assert (done.code, done.err) == (0, "")
    assert traces(portal.content) == {}
    assert traces(portal.root / ".cache") == {}
    assert portal.portail("build", "--clean").code == 0
    assert traces(portal.root) == {}
    kept = (portal.output / "articles/seule/index.html").read_text("utf-8")
    assert "*" not in (portal.content / "articles/nuit/index.md").read_text("utf-8")
    assert "son cousin" in kept, "who has the same family name stays"
    assert "Noé Martin" in (portal.output / "articles/nuit/index.html").read_text("utf-8")


def test_shown_and_nothing_written(portal: Project) -> None:
    before = tree(portal.content)
    done = portal.portail(*ARGUMENTS)
    assert done.code == 1
    assert "-auteurs: [noe-martin, zelie-d-aubrac]\n+auteurs: [noe-martin]" in done.out
    assert re.search(r"articles/nuit/index\.md:\d+:15  ", done.out), "a sentence, by its place"
    assert "Rien n’est écrit" in done.out
    assert "--path content/auteurs/zelie-d-aubrac.md" in done.out
    assert tree(portal.content) == before


def test_fields_alone_are_written_and_sentences_left(portal: Project) -> None:
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert (done.code, done.err) == (1, "")
    article = (portal.content / "articles/nuit/index.md").read_text("utf-8")
    assert "Le livre de **Zélie** d’Aubrac\net sa page." in article
    assert "credit: Une personne" in article
    assert "zelie" not in article.partition("relu_par")[2].partition("image")[0].lower()
    assert not (portal.content / "auteurs/zelie-d-aubrac.md").exists()
    assert portal.portail("check").code == 0
    again = portal.portail(*ARGUMENTS, "--appliquer")
    assert "0 fichier à jour" in again.out


def test_a_letter_that_was_sent_stays_one(portal: Project, racine: Path) -> None:
    sent = "content/newsletters/2022-s37.envoi.json"
    text = (racine / sent).read_text("utf-8").replace("Odile Carpentier", "Z\\u00e9lie D’Aubrac")
    letter = portal.root / sent
    portal.write({sent: text})
    assert portal.portail(*ARGUMENTS, "--appliquer").code == 1
    assert letter.read_text("utf-8") == text
    assert portal.portail(*ARGUMENTS, "--remplacer", "une personne", "--appliquer").code == 0
    assert json.dumps(json.loads(text)).count("D\\u2019Aubrac") == letter.read_text("utf-8").count(
        "une personne"
    )
    assert portal.portail("check", "--date", "2022-09-26").code == 0


def test_what_may_not_be_touched(portal: Project) -> None:
    portal.write({"notes/reunion.txt": "Zélie d’Aubrac absente.\n"})
    (portal.content / "medias").mkdir()
    (portal.content / "medias/tract.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Author(" + "Zélie d'Aubrac".encode("latin-1") + b")>>endobj\n%%EOF"
    )
    done = portal.portail(
        *ARGUMENTS, "--remplacer", "une personne", "--appliquer", "--sauf", "notes"
    )
    assert done.code == 1
    assert "content/medias/tract.pdf" in done.out
    assert "Zélie" in (portal.root / "notes/reunion.txt").read_text("utf-8")


def test_all_or_nothing(portal: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up after three files."""
    before, write, left = tree(portal.content), files.atomic_write, [3]

    def full(path: Path, data: bytes, mode: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        write(path, data, mode=mode)

    monkeypatch.chdir(portal.root)
    monkeypatch.setattr(files, "atomic_write", full)
    assert main([*ARGUMENTS, "--appliquer"]) == 2
    assert left[0] < 0
    assert tree(portal.content) == before


def test_what_cannot_be_looked_into_is_never_passed_over(
    portal: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that weighs too much, a folder that cannot be listed, a cache that stays."""
    before, scan = tree(portal.content), os.scandir
    heavy = [portal.root / "affiche.tif", portal.root / "zelie-d-aubrac.tif"]
    for file in heavy:
        file.write_bytes(b"")
        os.truncate(file, 20_000_001)
    (portal.root / ".cache").mkdir(exist_ok=True)
    (portal.root / ".cache/store.sqlite").write_text(NAME)
    (portal.root / "notes").mkdir(exist_ok=True)
    monkeypatch.chdir(portal.root)

    def refused(place: Any) -> Any:
        if str(place).endswith("/notes"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return scan(place)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        assert main([*ARGUMENTS, "--appliquer"]) == 2
    assert tree(portal.content) == before and capsys.readouterr().err.count("\n") == 1

    unlink = Path.unlink

    def stays(one: Path, missing_ok: bool = False) -> None:
        if one.name != "store.sqlite":
            unlink(one, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stays)
        assert main([*ARGUMENTS, "--remplacer", "une personne", "--appliquer"]) == 1
    said = capsys.readouterr().out
    assert said.count("trop lourd") == 2 and ".cache/store.sqlite." in said
    assert {file.stat().st_size for file in heavy} == {20_000_001}


@pytest.mark.parametrize(
    "wrong",
    [
        ("effacer", "Zoé"), ("effacer", "…"), ("effacer", NAME, "--adresse", "zelie"),
        ("effacer", NAME, "--telephone", "12"), ("effacer", NAME, "--orcid", "1"),
        ("effacer", NAME, "--remplacer", 'a "b"'), ("effacer", NAME, "--remplacer", NAME),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_said(
    portal: Project,
    wrong: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = tree(portal.content)
    monkeypatch.chdir(portal.root)
    code, said = main([*wrong, "--appliquer"]), capsys.readouterr()
    assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert tree(portal.content) == before
