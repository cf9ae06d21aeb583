"""Spreadsheets of events and of lieux, as structures really keep them, become files."""

import re
from functools import partial

import pytest
import yaml

import arrivages
import tableurs
from arrivages import content, contents, tree
from doses import rows_of
from plans import entry, write
from portail.cli import main
from portail.text.hints import ages_of
from tableurs import tables_read_once  # noqa: F401 (a fixture)

HEADS = ["Titre", "Description", "Type", "Date", "Heure", "Lieu", "Ville"]
ROW = [
    "Atelier fusées",
    "On en construit une.",
    "atelier",
    "09/10/2021",
    "14h-16h",
    "La Coupole",
    "",
]


@pytest.fixture
def site(tmp_path, monkeypatch):
    own = {"titre": "La Coupole, Centre d’histoire", "nom_court": "La Coupole"}
    write(tmp_path, {"lieux/la-coupole": entry("lieux", commune="Wizernes", **own)})
    (tmp_path / "pelicanconf.py").write_text('PORTAIL_REGION = "Hauts-de-France"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring_file(site, name, data, *options):
    (site / name).write_bytes(data)
    return main(["importer", name, "--date", "2021-09-27", *options])


def bring(site, rows, *options, form="csv"):
    return bring_file(site, f"programme.{form}", tableurs.FORMATS[form](rows), *options)


front = partial(arrivages.front, loader=yaml.BaseLoader)


def says(site, ref, fields):
    """Judge fields of a content; null are those that it has not."""
    read = front(site, ref)
    assert {key: read.get(key) for key in fields} == fields, ref


CELLS = rows_of("portail_importer/tests/importer/cellules.yml")
TABLES = rows_of("portail_importer/tests/importer/classeurs.yml")
CHECK = ["check", "--date", "2021-09-27"]
WHEN = ("debut", "fin", "seances", "horaires")


def dates(site):
    """Every beginning of every event, as its file says it."""
    found = []
    for file in (site / "content/events").rglob("*.md"):
        one = front(site, f"events/{file.stem}")
        found += [row["debut"] for row in one.get("seances", [one])]
    return sorted(found)


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_the_spreadsheet_of_a_museum_is_nine_dates(form, site, output):
    museum = TABLES["musee"]
    assert bring(site, museum["lignes"], form=form) == 0
    assert dates(site) == museum["dates"]
    said = output()
    lines = [line.split(" ")[:2] for line in said.splitlines() if line.startswith("programme.")]
    told = [[one.rpartition(":")[0].partition(":")[2], code] for one, code in lines]
    assert told == museum["dit"]
    for name, fields in museum["contenus"].items():
        says(site, f"events/{name}", fields)
    before = tree(site)
    assert bring(site, museum["lignes"], form=form) == 0
    assert tree(site) == before
    assert main(CHECK) == 0


def faulty(site, rows, capsys):
    """« row:column code » of each fault of rows that are not ready."""
    before = contents(site)
    assert bring(site, rows) == 1
    assert contents(site) == before
    said = capsys.readouterr().out
    lines = [line for line in said.splitlines() if line.startswith("programme.csv:")]
    return [" ".join(line.partition(":")[2].split(" ")[:2]) for line in lines]


def brought(site, rows):
    """What an import of rows of ``cellules.yml`` answers, and their columns."""
    usual = dict(zip(HEADS, ROW, strict=True))
    heads = list(dict.fromkeys([*HEADS, *(head for row in rows for head in row["cellules"])]))
    cells = []
    for rank, row in enumerate(rows):
        said = usual | {"Titre": "Atelier {}"} | row["cellules"]
        cells.append([said.get(head, "").format(rank) for head in heads])
    return bring(site, [heads, *cells]), heads


def codes_of(said, heads, rank):
    """By column, the codes of what is told of a row."""
    found = re.findall(rf"^programme.csv:{rank + 2}:(\d+) (\w+)", said, re.MULTILINE)
    return {heads[int(column) - 1]: code for column, code in found}


def test_cells_are_fields_of_a_file(site, output):
    rows = [row for row in CELLS if "ecrit" in row]
    answer, heads = brought(site, rows)
    said = output()
    assert answer == 0, said
    for rank, row in enumerate(rows):
        says(site, f"events/atelier-{rank}", row["ecrit"])
        told = codes_of(said, heads, rank)
        assert {head: told.get(head) for head in row.get("dit", ())} == row.get("dit", {}), row


def test_cells_that_are_not_understood_are_named(site, output):
    rows = [row for row in CELLS if "refus" in row]
    before = contents(site)
    answer, heads = brought(site, rows)
    said = output()
    assert answer == 1 and contents(site) == before
    for rank, row in enumerate(rows):
        assert codes_of(said, heads, rank) == row["refus"], row


def test_rows_of_one_event_agree(site, capsys):
    heads = [*HEADS, "Tarif", "État"]
    first, other = [*ROW, "5 €", ""], [*ROW[:3], "16/10/2021", *ROW[4:], "gratuit", ""]
    assert faulty(site, [heads, first, other], capsys) == ["3:1 E149"]
    other[-2:] = ["", "complet"]
    assert bring(site, [heads, first, other]) == 0
    read = front(site, "events/atelier-fusees")
    assert [one.get("etat") for one in read["seances"]] == [None, "complet"]
    assert read["tarif"] == {"prix": "5"} and "etat" not in read


def test_a_row_that_says_a_date_alone_is_one_more_of_the_event_above(site):
    alone = ["", "", "", "16/10/2021", "10h-12h"]
    assert bring(site, [HEADS, ROW, alone]) == 0
    assert dates(site) == ["2021-10-09 14:00", "2021-10-16 10:00"]


def test_a_postponed_event_is_asked_the_column_of_its_former_date(site, output):
    rows = [[*HEADS, "État"], [*ROW, "reporté"]]
    assert bring(site, rows) == 1
    assert "Ajoutez une colonne « Date d’abord annoncée », et remplissez-la." in output()
    rows = [[*HEADS, "État", "Ancienne date"], [*ROW, "reporté", "02/10/2021"]]
    assert bring(site, rows) == 0
    read = front(site, "events/atelier-fusees")
    assert (read["ancien_debut"], read["etat"]) == ("2021-10-02", "reprogramme")


def test_a_title_that_says_a_state_is_clean_and_its_row_is_a_session_of_its_event(
    site,
):
    rows = [HEADS, ROW, ["ANNULÉ – Atelier fusées", *ROW[1:3], "16/10/2021", *ROW[4:]]]
    assert bring(site, rows) == 0
    read = front(site, "events/atelier-fusees")
    assert read["titre"] == "Atelier fusées"
    assert [row.get("etat") for row in read["seances"]] == [None, "annule"]


@pytest.mark.parametrize(("heads", "cells", "expected"), TABLES["quand"])
def test_columns_that_say_when_together(heads, cells, expected, site):
    rows = [[*HEADS[:3], "Lieu", *heads], [*ROW[:3], "La Coupole", *cells]]
    assert bring(site, rows, form="ods") == 0
    read = front(site, "events/atelier-fusees")
    assert {key: read[key] for key in WHEN if key in read} == expected


def test_hours_of_a_day_that_end_before_they_begin_are_a_mistake(site, output):
    rows = [HEADS, [*ROW[:3], "du 6 au 8 août 2027", "14h-11h", *ROW[5:]]]
    assert bring(site, rows) == 1
    assert "E213" in output()
    slot = "2021-10-01T14:00:00+02:00->2021-10-01T12:00:00+02:00"
    rows = [[*HEADS[:3], "Lieu", "Horaires ISO"], [*ROW[:3], "La Coupole", slot]]
    assert bring(site, rows, form="ods") == 1
    assert "E213" in output()


def test_a_new_date_and_a_price_take_the_place_of_what_was_said(site):
    heads = [*HEADS, "Tarif"]
    assert bring(site, [heads, [*ROW, "gratuit"]]) == 0
    other = [*ROW[:3], "16/10/2021", *ROW[4:], "5 €"]
    assert bring(site, [heads, [*ROW, "5 €"], other]) == 0
    assert dates(site) == ["2021-10-09 14:00", "2021-10-16 14:00"]
    read = front(site, "events/atelier-fusees")
    assert "debut" not in read and read["tarif"] == {"prix": "5"}


PROGRAMMES = rows_of("portail_importer/tests/importer/programmes.yml")


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_table_is_read_by_what_it_holds(name, site):
    case = PROGRAMMES[name]
    data = case["table"].encode("cp1252" if "club" in name else "utf-8-sig")
    asked = any(line.endswith("?") for line in case["dit"])
    (site / name).write_bytes(data)
    assert main(["importer", name, "--date", "2026-11-25"]) == int(asked)
    found = []
    for path in (site / "content/events").rglob("*.md"):
        read = front(site, f"events/{path.stem}")
        days = [row["debut"] for row in read.get("seances", [read]) if "debut" in row]
        days += [read["horaires"]["du"]] if "horaires" in read else []
        state = [read["etat"]] if "etat" in read else []
        found.append(" ".join([read["titre"], ", ".join(days) or "?", *state]))
        assert ("statut" in read) is asked
    assert sorted(found) == case["dit"]


# Lieux.

PLACES = ("--type", "lieux")


def test_lieux_of_a_spreadsheet(site, output):
    rows = TABLES["annuaire"]["lignes"]
    assert bring(site, rows, *PLACES) == 0
    says(site, "lieux/musee-du-vent", TABLES["annuaire"]["lieu"])
    assert front(site, "lieux/club-d-astronomie")["commune"] == "Arras"
    before = tree(site)
    assert bring(site, rows, *PLACES) == 0
    assert tree(site) == before
    assert main(CHECK) == 0
    rows[2][7:9] = ["49.846", "3,288"]
    assert bring(site, rows, *PLACES) == 0
    assert front(site, "lieux/musee-du-vent")["coordonnees"] == {"lat": "49.846", "lon": "3.288"}
    output()
    rows[3][6] = "Saint-Martin"
    assert bring(site, rows, *PLACES) == 1
    assert "programme.csv:4:7 E431" in output()


MUSEUMS = ["Titre", "Type", "Résumé", "Commune", "Latitude", "Longitude"]


def museum(titre, commune, *point):
    return [titre, "musée", f"Un musée à {commune}.", commune, *(point or ("", ""))]


def test_places_of_one_name_are_known_by_where_they_are(site, output):
    towns = ["Arras", "Calais", "Dunkerque", "Berck"]
    rows = [MUSEUMS, *(museum("Musée municipal", town) for town in towns),
            museum("Bibliothèque", "Lille", 50.6366, 3.0635),
            museum("Bibliothèque", "Lille", 50.6100, 3.0300)]  # fmt: skip
    assert bring(site, rows, *PLACES) == 0
    slugs = {path.stem for path in site.glob("content/lieux/**/*musee*")}
    others = {f"musee-municipal-{town.lower()}" for town in towns[1:]}
    assert slugs == {"musee-municipal", *others}
    assert {front(site, f"lieux/{slug}")["commune"] for slug in slugs} == {*towns}
    assert front(site, "lieux/bibliotheque-lille")["coordonnees"]["lat"] == "50.61"
    before = tree(site)
    assert bring(site, [rows[0], *rows[:0:-1]], *PLACES) == 0
    assert tree(site) == before and "6 inchangés" in output()


def test_a_place_that_is_perhaps_there_waits_beside_those_that_are_ready(site, output):
    first = [MUSEUMS, museum("Musée portuaire de Dunkerque", "Dunkerque")]
    assert bring(site, first, *PLACES) == 0
    more = [museum("Musée maritime et portuaire", "Dunkerque"), museum("Musée portuaire", "Calais")]
    more.append(museum("Musée sans commune", "Nulle-Part-sur-Rien"))
    assert bring(site, [*first, *more], *PLACES) == 1
    said = output()
    assert "programme.csv:3:1 E174" in said and "lieux/musee-portuaire-de-dunkerque" in said
    assert "4 lus : 1 nouveau, 1 à compléter, 1 laissé, 1 inchangé." in said
    ready = {path.rpartition("/")[2] for path in contents(site)}
    assert ready == {"la-coupole.md", "musee-portuaire.md", "musee-portuaire-de-dunkerque.md"}
    draft = content(site, "lieux/musee-maritime-et-portuaire")
    text = draft.read_text("utf-8")
    assert "# À compléter : " in text and "peut-être déjà là" in text
    # It is another one, somebody says.
    kept = [line for line in text.split("\n") if not line.startswith(("# À compléter", "statut:"))]
    draft.write_text("\n".join(kept), "utf-8")
    before = tree(site)
    bring(site, [*first, museum("Musée maritime et portuaire", "Dunkerque")], *PLACES)
    assert tree(site) == before and "2 lus : 2 inchangés." in output()


def test_what_is_given_for_all_replaces_nothing(site):
    rows = [[head for head in MUSEUMS if head != "Résumé"], ["Musée du vent", "musée", "Arras"]]
    given = ["--avec", "resume=Un musée."]
    assert bring(site, rows, *given, *PLACES) == 0
    file = content(site, "lieux/musee-du-vent")
    file.write_text(file.read_text().replace("Un musée.", "Des moulins, écrits à la main."))
    assert bring(site, rows, *given, *PLACES) == 0
    assert "Des moulins" in file.read_text()


def test_inverted_coordinates_are_told_with_the_other_faults_of_the_sheet(site, output):
    assert bring(site, TABLES["inversees"], *PLACES) == 1
    said = output()
    assert "inversées, à 1 km. → Écrivez : coordonnees: {lat: 49.56, lon: 3.62}" in said
    assert "E221" in said


def test_years_that_have_passed_are_no_ages():
    for text in (
        "Depuis plus de 20 ans, le musée accueille les curieux.",
        "Il y a plus de 30 ans, on y tissait.",
        "Forte de plus de 15 ans d’expérience.",
        "Plus de 40 ans de recherche.",
        "Gratuit pour les moins de 12 ans.",
    ):
        assert ages_of(text) == {}, text


def test_an_invitation_that_is_pasted_in_a_cell_is_cut(site):
    text = "On la lance.\nhttps://zoom.us/j/93423456789?pwd=a\nID de réunion : 934 2345 6789"
    assert bring(site, [[*HEADS, "Texte"], [*ROW, text]], form="xlsx") == 0
    written = content(site, "events/atelier-fusees").read_text("utf-8")
    assert "On la lance." in written and "934" not in written and "zoom" not in written
