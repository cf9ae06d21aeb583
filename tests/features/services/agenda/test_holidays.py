"""Editors are told a year before their table of school holidays ends."""

from datetime import date

import pytest

from plans import Tree, entry
from portail.site.slots import LACKS

FILES = {"articles/sel": entry("articles")}


def told(tree, region, day):
    site = tree.site(FILES, region=region, day=day)
    return [one for one in LACKS.ask(site) if "Vacances scolaires" in one]


def test_a_year_before_the_table_ends_it_is_said(tree):
    assert not told(tree, "Martinique", date(2025, 7, 1))
    (one,) = told(tree, "Martinique", date(2025, 11, 1))
    assert "la zone Martinique n’est connue que jusqu’au 31\xa0août 2026" in one
    assert "data/vacances.yml" in one


@pytest.mark.parametrize(
    ("region", "last"),
    [
        ("Guadeloupe", "31\xa0août 2026"), ("Guyane", "31\xa0août 2026"),
        ("Mayotte", "23\xa0août 2026"), ("Bretagne", "31\xa0août 2027"),
    ],
)  # fmt: skip
def test_academies_that_the_table_does_not_reach_are_said(tree, region, last):
    (one,) = told(tree, region, date(2026, 11, 29))
    assert f"jusqu’au {last}" in one


def test_a_region_without_holidays_is_said(tree):
    (one,) = told(tree, "Nouvelle-Calédonie", date(2026, 11, 1))
    assert (
        "data/vacances.yml n’en a pas pour la région Nouvelle-Calédonie. → Ajoutez-y sa zone" in one
    )
    assert not told(Tree(tree.root), "", date(2026, 11, 1))
