"""The region that a team means, and its chief town."""

import csv

import pytest

from doses import LONG, cases, rows_of
from portail.diagnostics import ConfigError
from portail.resources import data_dir
from portail_init.command import region_of
from tables import places

COUNTRY = places()


@cases(("text", "code"), rows_of("portail_init/tests/regions.yml"))
def test_what_a_team_may_write(text, code):
    found = region_of(text, COUNTRY)
    assert found.code == code


def test_every_region_by_its_code_and_by_its_name():
    for one in COUNTRY.regions:
        assert region_of(one.code, COUNTRY) == region_of(one.nom, COUNTRY) == one


@cases("text", ["aucune", "Aucune", " AUCUNE "])
def test_a_portal_of_no_region(text):
    assert region_of(text, COUNTRY) is None


def test_a_mistake_has_the_nearest_name():
    with pytest.raises(ConfigError, match=r"« Normandi » .* Normandie \?"):
        region_of("Normandi", COUNTRY)
    with pytest.raises(ConfigError, match=r"Bretagne \?"):
        region_of("bretange", COUNTRY)


@cases("text", ["Texas", "", "00", "1234", "\x00", "x" * 5000])
def test_what_is_like_none_has_them_all(text):
    with pytest.raises(ConfigError, match=r"La Réunion .04.*Corse .94.* « aucune »"):
        region_of(text, COUNTRY)


def test_the_chief_town_of_every_region_is_in_it():
    """Read straight from the tables; two territories have no commune of their own."""

    def rows(name):
        with (data_dir() / f"{name}.csv").open(encoding="utf-8") as file:
            read = [*csv.DictReader(file)]
        return {next(iter(row.values())): row for row in read}

    communes, departements = rows("communes"), rows("departements")
    without = []
    for code, row in rows("regions").items():
        if not row["chef_lieu"]:
            without.append(code)
            continue
        town = communes[row["chef_lieu"]]
        assert departements[town["departement"]]["region"] == code
        assert town["codes_postaux"], row
        if not LONG and code not in ("04", "44", "94", "987"):
            continue
        country = places(row["nom"])
        assert country.chief_town.code == row["chef_lieu"]
        assert country.place.code == row["chef_lieu"]
        assert country.place.departement == town["departement"]
    assert without == ["984"]


def test_without_a_region_there_is_no_chief_town():
    assert COUNTRY.chief_town is None
