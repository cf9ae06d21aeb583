"""Editors are told a year before their table of school holidays ends."""

from datetime import date

from plans import entry
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


def test_a_region_without_a_table_is_told_nothing(tree):
    assert not told(tree, "Guyane", date(2026, 11, 1))
