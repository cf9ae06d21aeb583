"""A spreadsheet of loans joins the files of its tools, whose other bytes stay."""

import pytest

import tableurs
from arrivages import front, tree
from doses import rows_of
from plans import entry, write
from portail.cli import main
from tableurs import tables_read_once  # noqa: F401 (a fixture)

HEADS = ["Outil", "Lieu", "Emprunteur", "Commune", "Du", "Au", "Exemplaire"]
DAY = tableurs.date
FILE = "content/ressources/valise.md"
VALISE = """---
# La fiche d’un outil, écrite à la main.
titre:   "La valise lumière"
resume: Dix expériences.
publie_le: 2021-09-20
type: malle-pedagogique
itinerance:
    - {lieu: musee, du: 2021-10-01, au: 2021-10-15} # le premier
    - emprunteur: Collège B
      commune: Amiens
      du: 2022-01-10
      au: 2022-01-28

    # Fin des prêts.
mots_cles: [lumière]
---

Un texte.
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    files = {
        "lieux/musee": entry("lieux", titre="Le Musée des vents"),
        "lieux/club": entry("lieux", titre="Le Club", nom_court="Club"),
        "ressources/valise": VALISE,
        "ressources/malles": entry(
            "ressources", titre="Les malles", type="jeu", pret={"exemplaires": 2}
        ),
    }
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring(site, *rows, form="ods"):
    (site / f"prets.{form}").write_bytes(tableurs.FORMATS[form]([HEADS, *rows]))
    return main(["importer", f"prets.{form}", "--date", "2021-09-27", "--type", "prets"])


def loans(site, slug):
    return front(site, f"ressources/{slug}")["itinerance"]


AUTUMN = DAY(2021, 11, 2), DAY(2021, 11, 30)
SPRING = DAY(2022, 3, 1), DAY(2022, 3, 31)


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_loans_take_their_places(form, site):
    rows = [
        ["la valise lumière", "", "le musée des vents", "", *SPRING],
        ["valise", "", "Mairie", "80000 Amiens", *AUTUMN],
        ["Les malles", "Club", "", "", *AUTUMN, 2],
        ["Les malles", "Club", "", "", *AUTUMN, 2],
    ]
    assert bring(site, *rows, form=form) == 0
    assert [
        (one.get("lieu"), one.get("emprunteur"), one["du"]) for one in loans(site, "valise")
    ] == [
        ("musee", None, DAY(2021, 10, 1)),
        (None, "Mairie", AUTUMN[0]),
        (None, "Collège B", DAY(2022, 1, 10)),
        ("musee", None, SPRING[0]),
    ]
    assert loans(site, "malles") == [
        {"lieu": "club", "du": AUTUMN[0], "au": AUTUMN[1], "exemplaire": 2}
    ]
    kept = (site / FILE).read_text("utf-8").split("\n")
    added = [line for line in kept if line not in VALISE.split("\n")]
    assert [line for line in kept if line not in added] == VALISE.split("\n")
    assert len(added) == 2
    assert main(["check", "--date", "2021-09-27"]) == 0
    before = tree(site)
    assert bring(site, *rows, form=form) == 0
    assert tree(site) == before


def test_a_list_in_brackets_is_written_again(site):
    flow = "itinerance: [{emprunteur: A, du: 2021-10-01, au: 2021-10-02}]\n"
    write(site, {"ressources/boite": entry("ressources", titre="Boîte", type="jeu").replace(
        "type:", f"{flow}type:", 1)})  # fmt: skip
    assert bring(site, ["Boîte", "", "B", "", *AUTUMN]) == 0
    assert [one["emprunteur"] for one in loans(site, "boite")] == ["A", "B"]


def faulty(site, capsys, *rows):
    before = tree(site)
    assert bring(site, *rows) == 1
    assert tree(site) == before
    said = capsys.readouterr().out.splitlines()
    return [line for line in said if line.startswith("prets.ods:")]


@pytest.mark.parametrize(
    ("row", "place", "words"), rows_of("portail_importer/tests/importer/prets.yml")
)
def test_each_bad_row_is_named(row, place, words, site, capsys):
    (said,) = faulty(site, capsys, row)
    assert said.startswith(f"prets.ods:{place} ")
    assert words in said


def test_rows_that_overlap_are_named_with_one_another(site, capsys):
    said = faulty(
        site,
        capsys,
        ["valise", "", "A", "Nulleville", *SPRING],
        ["Les malles", "", "A", "", *AUTUMN],
        ["Les malles", "", "B", "", *AUTUMN],
        ["Les malles", "", "C", "", *AUTUMN],
        ["valise", "", "D", "", *AUTUMN],
        ["valise", "", "E", "", *AUTUMN],
    )
    assert [line.split(" ")[:2] for line in said] == [
        ["prets.ods:2:4", "E432"],
        ["prets.ods:5:5", "E504"],
        ["prets.ods:7:5", "E504"],
    ]
    assert "lignes 3, 4" in said[1]
    assert "ligne 6" in said[2]


def test_what_a_person_edited_stays(site, output):
    rows = [["valise", "", "A", "", *AUTUMN], ["valise", "", "B", "", *SPRING]]
    assert bring(site, *rows) == 0
    text = (site / FILE).read_text("utf-8")
    edited = text.replace("au: 2021-11-30", "au: 2021-12-04")
    (site / FILE).write_text(edited, encoding="utf-8")
    output()
    assert bring(site, *rows) == 0
    assert (site / FILE).read_text("utf-8") == edited
    assert output().count("laissé") == 1
