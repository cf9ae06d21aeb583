"""Territories after « de »: every département and EPCI of the tables."""

import re

import pytest

from doses import rows_of
from portail.geo.names import of_territory
from tables import places

WELL_SAID = re.compile(r"(?:de la |du |des |de |de l’|d’)\S")


@pytest.fixture(scope="module")
def geography():
    return places("Hauts-de-France")


@pytest.mark.parametrize(("code", "said"), rows_of("portail/geo/articles.yml"))
def test_departements(geography, code, said):
    found = geography.departement(code)
    assert found
    assert of_territory(found) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Métropole Européenne de Lille", "de la Métropole Européenne de Lille"),
        ("Communauté urbaine de Dunkerque", "de la communauté urbaine de Dunkerque"),
        ("Communauté de communes du Vimeu", "du Vimeu"),
        ("Communauté de communes de l'Oise Picarde", "de l’Oise Picarde"),
        (
            "Communauté de communes Ponthieu-Marquenterre",
            "de la communauté de communes Ponthieu-Marquenterre",
        ),
        ("Orléans Métropole", "d’Orléans Métropole"),
        ("Eurométropole de Strasbourg", "de l’Eurométropole de Strasbourg"),
    ],
)
def test_epci(geography, name, said):
    codes = [one.code for one in geography.departements_of("32")]
    every = geography.epci_of([*codes, "45", "67"])
    assert [of_territory(one) for one in every if one.nom == name] == [said]


def test_all_are_said(geography):
    codes = [f"{rank:02}" for rank in range(1, 96) if rank != 20]
    said = [of_territory(one) for code in codes if (one := geography.departement(code))]
    assert len(said) == 94
    assert all(map(WELL_SAID.match, said))
    plural = [one for one in said if one.startswith("des ")]
    assert all(one.split("-")[0].endswith(("s", "x")) for one in plural)
