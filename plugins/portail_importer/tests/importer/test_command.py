"""A spreadsheet of tools becomes files, which an independent reader of YAML reads back."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tableurs
from arrivages import contents, front, tree
from doses import dose
from plans import entry, write
from portail.cli import main
from tableurs import tables_read_once  # noqa: F401 (a fixture)

HEADS = ["Titre", "Résumé", "Type"]
TOOL = ["La valise lumière", "Dix expériences.", "malle pédagogique"]
FILE = "content/ressources/outils/la-valise-lumiere.md"


def valise(site):
    return front(site, "ressources/la-valise-lumiere")


def bring(site, rows, *options, form="csv"):
    (site / f"outils.{form}").write_bytes(tableurs.FORMATS[form](rows))
    kind = [] if "--type" in options else ["--type", "outils"]
    return main(["importer", f"outils.{form}", "--date", "2021-09-27", *kind, *options])


@pytest.mark.parametrize("form", tableurs.FORMATS)
def test_a_row_is_a_file(form, site, output):
    heads = ["Nom", "Description", "Type d’outil", "Prêteur", "Thématiques", "Publics visés"]
    heads += ["Poids (kg)", "Prêt : tarif", "Texte", "N° d’inventaire", "Couleur"]
    row = ["La valise lumière", "Dix expériences.", "Malle pédagogique", "le musée des vents"]
    row += ["Mathématiques, physique, chimie ; numérique", "collégiens, lycéens"]
    assert bring(site, [heads, [*row, 12.5, "50 €", "Un **texte**.\n\nÀ deux.", "0012", "bleu"]],
                 form=form) == 0  # fmt: skip
    read = valise(site)
    del read["ids_externes"]  # an octal for YAML, a text for the portal
    assert read == {
        "titre": "La valise lumière",
        "resume": "Dix expériences.",
        "publie_le": tableurs.date(2021, 9, 27),
        "type": "malle-pedagogique",
        "proprietaire": "musee",
        "themes": ["mathematiques-physique-chimie", "numerique"],
        "publics": ["college", "lycee"],
        "pret": {"poids_kg": 12.5, "tarif": "50 €"},
    }
    text = (site / FILE).read_text("utf-8")
    assert text.endswith("---\n\nUn **texte**.\n\nÀ deux.\n")
    said = output()
    assert "A135" in said and "« Couleur »" in said
    assert main(["check", "--date", "2021-09-27"]) == 0


LETTERS = st.text(string.ascii_letters + "éèàçœ’«»-, ;:#&%'\"[]{}!?*@=+|>0123456789", min_size=1)
TEXTS = LETTERS.map(lambda text: f"Un {' '.join(text.split())} !")
ROWS = st.fixed_dictionaries(
    {
        "Résumé": TEXTS,
        "Type": st.sampled_from(["exposition", "jeu", "livre"]),
        "Publics": st.lists(
            st.sampled_from(["college", "lycee", "familles"]), unique=True, min_size=1
        ),
        "Prêt : montage": TEXTS.filter(lambda text: len(text) <= 200),
        "Prêt : panneaux": st.integers(0, 1000),
        "Prêt : surface": st.decimals(0, 10_000, places=2).map(float),
        "À ne pas manquer": st.dates(tableurs.date(1990, 1, 1), tableurs.date(2100, 12, 31)),
    }
)


@settings(max_examples=dose(5, 10))
@given(rows=st.lists(ROWS, min_size=1, max_size=8), form=st.sampled_from([*tableurs.FORMATS]))
def test_whatever_is_brought_is_read_back(rows, form, tmp_path_factory):
    site = tmp_path_factory.mktemp("site")
    write(site, {"lieux/musee": entry("lieux", titre="Le Musée")})
    heads = ["Titre", *sorted(rows[0])]
    told = [
        [f"Outil {rank}", *(" ; ".join(one) if isinstance(one, list) else one
                            for one in (row[head] for head in heads[1:]))]
        for rank, row in enumerate(rows)
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(site)
        assert bring(site, [heads, *told], form=form) == 0
        before = tree(site)
        assert bring(site, [heads, *told], form=form) == 0
        assert tree(site) == before
    for rank, row in enumerate(rows):
        read = front(site, f"ressources/outil-{rank}")
        assert read["titre"] == f"Outil {rank}"
        assert read["resume"] == row["Résumé"]
        assert read["type"] == row["Type"]
        assert read["publics"] == row["Publics"]
        assert read["a_ne_pas_manquer"] == row["À ne pas manquer"]
        pret = read["pret"]
        assert pret["montage"] == row["Prêt : montage"]
        assert pret["panneaux"] == row["Prêt : panneaux"]
        assert float(pret["surface_m2"]) == row["Prêt : surface"]


def faulty(site, rows, capsys, **how):
    """What is said of rows that are not ready."""
    before = contents(site)
    assert bring(site, rows, **how) == 1
    assert contents(site) == before
    return capsys.readouterr().out


def test_every_fault_is_said_with_its_row_and_its_column(site, capsys):
    rows = [
        [*HEADS, "Publics", "Prêt : panneaux", "Prêt : exemplaires", "Texte", "Publié le"],
        [*TOOL, "", "1.200", "", "", ""],
        ["Deux", "", "expo bizarre", "martiens", "dix", 0, "<b>x</b>", "31/09/2021"],
        ["La Valise Lumière", "Encore.", "jeu"],
        ["", "Sans titre.", "jeu"],
    ]
    said = faulty(site, rows, capsys)
    lines = [line.split(" ")[:2] for line in said.splitlines() if line.startswith("outils.csv:")]
    assert lines == [
        ["outils.csv:2:5", "E209"],
        ["outils.csv:3:2", "E201"],
        ["outils.csv:3:3", "E203"],
        ["outils.csv:3:4", "E203"],
        ["outils.csv:3:5", "E209"],
        ["outils.csv:3:6", "E209"],
        ["outils.csv:3:7", "E311"],
        ["outils.csv:3:8", "E210"],
        ["outils.csv:4:1", "E138"],
        ["outils.csv:5:1", "E201"],
    ]
    assert "1200, ou 1,2" in said
    assert "« Publics » (D)" in said


def test_a_column_that_is_not_there_is_said_once(site, capsys):
    said = faulty(site, [["Titre", "Type"], ["A", "jeu"], ["B", "jeu"]], capsys)
    assert said.count("E201") == 1
    assert "outils.csv:1:" in said and "« Résumé »" in said


@pytest.mark.parametrize(
    ("head", "cells", "words"),
    [
        (["Dossiers"], ["nulle-part"], ("outils.csv:2:4 E412",)),  # the whole portal judges too
    ],
)
def test_columns_contents_and_rows_that_do_not_agree_are_refused(head, cells, words, site, capsys):
    said = faulty(site, [[*HEADS, *head], [*TOOL, *cells], ["Autre", *TOOL[1:], *cells]], capsys)
    assert all(word in said for word in words), said


def test_of_two_rows_of_one_number_the_first_is_taken(site, output):
    assert bring(site, [[*HEADS, "Identifiant"], [*TOOL, "V-1"], ["Autre", *TOOL[1:], "V-1"]]) == 1
    assert "outils.csv:3:1 E138" in output()
    assert [path.stem for path in site.glob("content/ressources/**/*.md")] == ["la-valise-lumiere"]


def test_nothing_is_written_where_contents_are_faulty(site, capsys):
    write(site, {"lieux/faux": entry("lieux", type="inconnu")})
    assert bring(site, [HEADS, TOOL]) == 1
    assert "portail check" in capsys.readouterr().err


def test_simulated(site, output):
    before = tree(site)
    assert bring(site, [HEADS, TOOL], "--simuler") == 0
    assert tree(site) == before
    assert f"{FILE}, nouveau" in output()


# Again, after the spreadsheet, the file or both have changed.

PRICED = [*HEADS, "Prêt : tarif", "Prêt : panneaux", "Identifiant"]


def priced(price, title=TOOL[0]):
    return [PRICED, [title, *TOOL[1:], price, 4, "V-1"]]


def edit(site, old, new):
    text = (site / FILE).read_text("utf-8")
    assert text.count(old) == 1
    (site / FILE).write_text(text.replace(old, new), encoding="utf-8")


def test_what_its_source_changes_is_written(site, output):
    bring(site, priced("gratuit"))
    before = tree(site)
    assert bring(site, priced("40 €"), "--simuler") == 0
    assert tree(site) == before
    assert bring(site, priced("40 €")) == 0
    assert valise(site)["pret"]["tarif"] == "40 €"
    assert "changé" in output()


def test_what_a_person_edited_stays(site, output):
    bring(site, priced("gratuit"))
    edit(site, "panneaux: 4", "panneaux: 5 # recomptés")
    before = (site / FILE).read_bytes()
    assert bring(site, priced("40 €")) == 0
    assert (site / FILE).read_bytes() == before
    assert "corrigé ici" in output()


def test_what_a_cell_no_longer_says_stays(site):
    """Nor what was given once for all rows."""
    given = ("--avec", "publics=familles")
    bring(site, priced("gratuit"), *given)
    assert bring(site, priced("")) == 0
    assert valise(site)["pret"]["tarif"] == "gratuit"
    assert valise(site)["publics"] == ["familles"]


def test_a_row_that_becomes_faulty_leaves_its_file(site, output):
    bring(site, priced("gratuit"))
    before = tree(site)
    rows = priced("40 €")
    rows[1][4] = "dix"
    assert bring(site, rows) == 1
    assert tree(site) == before
    assert "outils.csv:2:5 E209" in output()


def test_an_identifier_follows_a_title(site):
    bring(site, priced("gratuit"))
    assert bring(site, priced("gratuit", "La valise des lumières")) == 0
    assert valise(site)["titre"] == "La valise des lumières"
    assert len([*(site / "content/ressources").rglob("*.md")]) == 1


@pytest.mark.parametrize("slug", ["la-valise-lumiere", "valise"])
def test_a_file_that_no_import_wrote_is_ours(slug, site, output):
    text = entry("ressources", titre=TOOL[0], type="jeu", pret={"exemplaires": 1, "caisses": 2})
    write(site, {f"ressources/{slug}": text})
    before = tree(site)
    assert bring(site, priced("40 €")) == 0
    assert contents(site) == before
    assert f"content/ressources/{slug}.md, laissé, déjà là" in output()


def test_names_that_hold_a_comma_stay_whole(site):
    write(site, {"lieux/centre": entry("lieux", titre="Le Centre, musée et jardin")})
    rows = [[*HEADS, "Conçue par"], [*TOOL, "Le Centre, musée et jardin, Le Club"]]
    assert bring(site, rows) == 0
    assert valise(site)["auteurs_ressource"] == ["centre", "Le Club"]


# The spreadsheet to fill in.


@pytest.mark.parametrize("name", ["outils", "prets"])
def test_the_template_is_read_as_it_is_given(name, site, output):
    assert main(["importer", "--modele", name]) == 0
    assert main(["importer", "--modele", name]) == 2
    before = tree(site)
    assert main(["importer", f"modele-{name}.xlsx", "--date", "2021-09-27"]) == 0
    assert tree(site) == before, "the example is no content"
    assert "A135" not in output()


def test_what_cannot_be_read_is_one_sentence(site, capsys):
    assert main(["importer"]) == 2
    assert main(["importer", "absent.ods"]) == 2
    assert bring(site, [["Bonjour"], ["à tous"]]) == 2
    assert bring(site, [HEADS, TOOL], "--feuille", "Autre") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 4
    assert "Date" in said[2] and "Autre" in said[3]
