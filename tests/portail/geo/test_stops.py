"""The nearest stop, beside distances along the sphere; the table, line by line."""

import random
from datetime import date

import pytest

from doses import rows_of
from portail.diagnostics import DataError
from portail.geo.coordinates import distance_km
from portail.geo.stops import REACH, STATION, STOP, Stop, read_stops, stops_of

HEAD = "nom;lat;lon;genre;source;licence;verifie_le"
LENS = "Lens;50.42687;2.8283;gare;SNCF;ODbL-1.0;2022-10-13"


def stop(name, lat, lon, genre=STATION):
    return Stop(name, lat, lon, genre, "Réseau", "ODbL-1.0", date(2022, 10, 13))


def test_the_nearest_is_that_of_the_sphere():
    some = random.Random(9)
    rows = [stop(f"n{rank}", some.uniform(49, 51), some.uniform(1, 4)) for rank in range(400)]
    table = stops_of(rows, STATION)
    told = 0
    for _ in range(200):
        point = some.uniform(49, 51), some.uniform(1, 4)
        km = {row.nom: distance_km(point, row[1:3]) for row in rows}
        name = min(km, key=km.get)
        found = table.nearest(point)
        if km[name] > REACH[STATION] * 1.01:
            assert found is None
        elif km[name] < REACH[STATION] * 0.99:
            assert found
            assert found[0].nom == name
            assert found[1] == pytest.approx(km[name], rel=0.01)
            told += 1
    assert told > 100


@pytest.mark.parametrize(("genre", "far", "near"), [(STATION, 15.5, 14.5), (STOP, 2.1, 1.9)])
def test_beyond_its_reach_none_is_told(genre, far, near):
    table = stops_of([stop("Là", 50.0, 2.0, genre)], genre)
    assert table.nearest((50.0 + far / 111.2, 2.0)) is None
    assert table.nearest((50.0 + near / 111.2, 2.0))


def test_each_sort_is_apart_and_of_two_as_near_the_first_by_name_is_told():
    rows = [stop("B", 50.0, 2.0), stop("A", 50.0, 2.0), stop("C", 50.0, 2.0, STOP)]
    assert stops_of(rows, STATION).nearest((50.0, 2.01))[0].nom == "A"
    assert stops_of(rows, STOP).nearest((50.0, 2.01))[0].nom == "C"
    assert stops_of([], STOP).nearest((50.0, 2.0)) is None


def test_the_table_is_read():
    (row,) = read_stops(f"{HEAD}\r\n{LENS}\r\n\r\n", "arrets.csv")
    lens = Stop("Lens", 50.42687, 2.8283, STATION, "SNCF", "ODbL-1.0", date(2022, 10, 13))
    assert row == lens


@pytest.mark.parametrize("wrong", rows_of("portail/geo/stops.yml"))
def test_a_wrong_line_is_told_where_it_is(wrong):
    with pytest.raises(DataError, match=r"arrets\.csv, ligne 3 "):
        [*read_stops(f"{HEAD}\n{LENS}\n{wrong}\n", "arrets.csv")]


def test_another_head_is_told():
    with pytest.raises(DataError, match="première ligne est nom;lat"):
        [*read_stops("nom,lat,lon\n", "arrets.csv")]
