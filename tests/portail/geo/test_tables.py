"""Tables are read as they are written, whole or line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portail.diagnostics import DataError
from portail.geo.places import Lines, column, having, read_tables
from portail.geo.territories import Geography

HEADERS = {
    "communes": "code,nom,codes_postaux,departement,epci,lat,lon",
    "epci": "siren,nom,type,departement,population,annee",
    "departements": "code,nom,region,population,annee",
    "regions": "code,nom,population,annee,chef_lieu",
}


def folder(path, communes):
    """Tables of which only that of communes has lines."""
    for name, header in HEADERS.items():
        lines = communes if name == "communes" else ""
        (path / f"{name}.csv").write_bytes(f"{header}\n{lines}".encode())
    return path


def test_lines_are_cut_when_asked_for():
    lines = Lines(Path("x.csv"), ["a,b,c", "d,e,f", "g,h"], 3)
    assert len(lines) == 3
    assert lines[1] == ("d", "e", "f")
    assert [*lines[:2]] == [("a", "b", "c"), ("d", "e", "f")]
    assert column(lines, 1) == ["b", "e", "h"]
    assert column([("a", "b"), ("c", "d")], 1) == ["b", "d"]
    with pytest.raises(DataError, match=r"x\.csv: 3 columns expected in « g,h »"):
        lines[2]
    with pytest.raises(DataError, match=r"x\.csv: a line has no column 3"):
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
    plain = "62765,Saint-Omer,62500,62,1,50.75,2.25\n62902,Wizernes,62570,62,1,,"
    quoted = plain.replace("Wizernes", '"Wizernes"')
    for text in (plain + end, quoted + end, plain.replace("\n", "\r\n")):
        country = Geography.load(folder(tmp_path, text))
        omer, wizernes = country.by_code("62765"), country.by_code("62902")
        assert (omer.nom, omer.lat, omer.lon) == ("Saint-Omer", 50.75, 2.25)
        assert (wizernes.nom, wizernes.codes_postaux) == ("Wizernes", ("62570",))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("62765,Saint-Omer,62500,62,1,\n", "communes.csv:2: 7 columns expected, 6 found"),
        ("62765,A,,62,1,,\n\n62766,B,,62,1,,\n", "communes.csv:3: 7 columns expected, 1 found"),
        ("62765,A,,62,1,,\n62765,B,,62,1,,\n", "two lines share a code"),
    ],
)
def test_a_broken_line_is_named(tmp_path, lines, message):
    with pytest.raises(DataError, match=message):
        read_tables(folder(tmp_path, lines))


def test_faults_that_make_up_for_one_another_are_found_at_use(tmp_path):
    lines = "62765,Saint-Omer,62500,62,1,,,\n62902,Wizernes,62570,62,1,\n"
    country = Geography.load(folder(tmp_path, lines))
    for code in ("62765", "62902"):
        with pytest.raises(DataError, match="7 columns expected"):
            country.by_code(code)
