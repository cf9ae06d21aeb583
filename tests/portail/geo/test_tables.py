"""Tables are read as they are written, whole or line by line."""

from pathlib import Path

import pytest

from doses import rows_of
from portail.diagnostics import DataError
from portail.geo.places import Lines, column, having, read_tables
from portail.geo.territories import Geography

HEADERS = {
    "communes": "code,nom,codes_postaux,departement,epci,lat,lon,population",
    "epci": "siren,nom,type,departement,population,annee",
    "departements": "code,nom,region,population,annee,feries",
    "regions": "code,nom,population,annee,chef_lieu",
    "communes-alias": "nom,code,nature",
}


def write(folder, **changed):
    """Tables of one line each; a change replaces the lines of a file, ``None`` removes it."""
    tables = {
        "communes": "62765,Saint-Omer,62500,62,1,,,14000",
        "epci": "1,Communauté de communes A,cc,62,9000,2019",
        "departements": "62,Pas-de-Calais,32,,,",
        "regions": "32,Hauts-de-France,6004947,2019,62765",
        "communes-alias": "Ancien,62765,deleguee",
    }
    for name, line in tables.items():
        lines = changed.get(name, line)
        if lines is not None:
            (folder / f"{name}.csv").write_bytes(f"{HEADERS[name]}\n{lines}".encode())
    return folder


def test_lines_are_cut_when_asked_for():
    lines = Lines(Path("x.csv"), ["a,b,c", "d,e,f", "g,h"], 3)
    assert len(lines) == 3
    assert lines[1] == ("d", "e", "f")
    assert [*lines[:2]] == [("a", "b", "c"), ("d", "e", "f")]
    assert column(lines, 1) == ["b", "e", "h"]
    assert column([("a", "b"), ("c", "d")], 1) == ["b", "d"]
    with pytest.raises(DataError, match=r"x\.csv : il faut 3 colonnes, et « g,h »"):
        lines[2]
    with pytest.raises(DataError, match=r"x\.csv : une ligne n’a pas de colonne 3"):
        lines.column(2)


def test_rows_are_told_by_a_cell():
    told = ["62765,Saint-Omer,62", "59350,Lille,59", "02691,Saint-Quentin,02", "59,62,02"]
    rows = [(*line.split(","), "") for line in told]
    for table in (rows, Lines(Path("x.csv"), [f"{line}," for line in told], 4)):
        assert [*having(table, 2, frozenset({"62", "02"}))] == [rows[0], *rows[2:]]
        assert not [*having(table, 2, frozenset())]
        assert not [*having(table, 2, frozenset({"."}))]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quoted_cell_changes_nothing(tmp_path, end):
    plain = "62765,Saint-Omer,62500,62,1,50.75,2.25,\n62902,Wizernes,62570,62,1,,,"
    quoted = plain.replace("Wizernes", '"Wizernes"')
    for text in (plain + end, quoted + end, plain.replace("\n", "\r\n")):
        country = Geography.load(write(tmp_path, communes=text))
        omer, wizernes = country.by_code("62765"), country.by_code("62902")
        assert (omer.nom, omer.lat, omer.lon) == ("Saint-Omer", 50.75, 2.25)
        assert (wizernes.nom, wizernes.codes_postaux) == ("Wizernes", ("62570",))


@pytest.mark.parametrize(("changed", "message"), rows_of("portail/geo/tables.yml"))
def test_a_broken_table_is_refused(tmp_path, changed, message):
    with pytest.raises(DataError, match=message):
        Geography.load(write(tmp_path, **changed))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "Écrivez, dans cet ordre : « code,nom,population,annee,chef_lieu »"),
        (b"code;nom\n", "ses colonnes sont « code;nom »"),
        (b"code,nom\n11,\xcele\n", r"regions\.csv"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path, text, message):
    (write(tmp_path) / "regions.csv").write_bytes(text)
    with pytest.raises(DataError, match=message):
        Geography.load(tmp_path)


def test_faults_that_make_up_for_one_another_are_found_at_use(tmp_path):
    lines = "62765,Saint-Omer,62500,62,1,,,,\n62902,Wizernes,62570,62,1,,\n"
    country = Geography.load(write(tmp_path, communes=lines))
    for code in ("62765", "62902"):
        with pytest.raises(DataError, match="il faut 8 colonnes"):
            country.by_code(code)


def test_former_communes_are_optional(tmp_path):
    assert read_tables(write(tmp_path, **{"communes-alias": None})).alias == ()


def test_a_population_has_its_year_and_may_be_unknown(tmp_path):
    country = Geography.load(write(tmp_path))
    epci, departement = country.epci("1"), country.departement("62")
    assert epci.population == (9000, 2019)
    assert departement.population is None
    assert country.by_code("62765").habitants == 14_000
    assert country.commune("Ancien") == country.by_code("62765"), "a former commune"
    assert country.millesime == ""


def test_a_latitude_that_is_no_number_is_refused(tmp_path):
    country = Geography.load(write(tmp_path, communes="62765,Saint-Omer,62500,62,1,nord,2.2,\n"))
    with pytest.raises(DataError, match="62765"):
        country.by_code("62765")
