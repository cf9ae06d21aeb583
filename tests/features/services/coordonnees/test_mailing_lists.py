"""Files of addresses: refused among the contents and beside them."""

import io
import zipfile

import pytest

from plans import entry, said
from portail.features.services.coordonnees.lists import stray_lists

PEOPLE = "zoe@exemple.org\nali@exemple.org\nlea@exemple.org\n"
ROWS = "nom;courriel\nZoé Martin;zoe@exemple.org\nAli;ali@exemple.org\nLéa;lea@exemple.org\n"


def sheet(member, addresses):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        cells = "".join(f"<c><t>{one}</t></c>" for one in addresses)
        archive.writestr(member, f"<sheet>{cells}</sheet>")
    return stream.getvalue()


def stray(arbre, files):
    root = arbre({"pelicanconf.py": "", **files})
    return [
        f"{one.position.path}:{one.position.line}" for one in stray_lists(root, root / "content")
    ]


def test_a_list_among_the_contents_refuses_the_site(tree):
    files = {
        "articles/a": entry("articles", f"Les abonnés :\n\n{PEOPLE}"),
        "articles/b": entry("articles", "Écrivez à zoe@exemple.org ou à ali@exemple.org."),
        "medias/abonnes.csv": ROWS,
        "medias/mesures.csv": "lieu;mail\nMusée;contact@musee.example\nClub;club@exemple.org\n",
    }
    lines = said(tree.run(files).report)
    assert [line.split(" ")[:2] for line in lines] == [
        ["articles/a.md:9:1", "E132"], ["medias/abonnes.csv:2:1", "E132"],
    ]  # fmt: skip
    assert said(tree.run().report) == lines  # remembered as well
    assert "zoe" not in "".join(lines)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("abonnes.csv", ROWS), ("liste/destinataires.TXT", PEOPLE), ("a/b/export.tsv", PEOPLE),
        ("abonnes.csv", ROWS.replace("\n", "\r").encode("latin-1")),
        ("abonnes.ods", sheet("content.xml", PEOPLE.split())),
        ("abonnes.xlsx", sheet("xl/sharedStrings.xml", PEOPLE.split())),
        ("carnet.vcf", "EMAIL:zoe@exemple.org\n" + PEOPLE),
    ],
)  # fmt: skip
def test_a_list_beside_the_contents_is_found(arbre, name, data):
    (found,) = stray(arbre, {name: data})
    assert found.startswith(f"{name}:")


def test_what_is_not_of_the_project_is_left_alone(arbre):
    names = [
        ".git/a.txt", ".cache/a.csv", ".venv/a.txt", "output/a.csv", "node_modules/a.txt",
        "a/b/c/a.csv", "content/medias/a.csv", "a.py", "notes.md",
    ]  # fmt: skip
    assert stray(arbre, dict.fromkeys(names, PEOPLE)) == []


def test_what_cannot_be_read_is_left_alone(arbre, tmp_path):
    files = {
        "a.ods": b"PK not an archive", "b.xlsx": sheet("other.xml", PEOPLE.split()),
        "c.csv": PEOPLE.encode() + b" " * 5_000_000, "d.txt": b"\xff\xfe@\x00",
        "requirements.txt": "pelican==4.12 # https://x.example/@a\n",
    }  # fmt: skip
    (tmp_path / "e.txt").symlink_to("/etc/hostname")
    assert stray(arbre, files) == []


def test_a_folder_that_is_no_project_is_not_searched(arbre):
    root = arbre({"abonnes.csv": ROWS, "content/articles/a.md": "x"})
    assert stray_lists(root, root / "content") == []
