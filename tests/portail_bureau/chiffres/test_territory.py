"""The year of a territory: figures counted again from the files, and cases of the count."""

import csv
from collections import Counter

import pytest

from bilans import SAINT_OMER, TERRITORIES, column, demonstration, inside, key
from demonstration import ROOT
from plans import entry
from portail_bureau.chiffres.territory import note, territory
from relecture import commune_of, communes, files, times_of

pytestmark = pytest.mark.xdist_group("tests/faits/")  # they read the demonstration too


@pytest.fixture(scope="module")
def site():
    return demonstration()


def held(slug, year):
    """Events of a year in a territory: by their commune, or by what they say."""
    return [
        one
        for one in files("events").values()
        if times_of(one, year)
        and (commune_of(one) in inside(TERRITORIES[slug]) or slug in (one.get("territoires") or ()))
    ]


@pytest.mark.parametrize("slug", TERRITORIES)
def test_where_events_are_held_is_told_by_the_files(site, slug):
    again, bilan = held(slug, 2021), territory(site, f"territoires/{slug}", 2021)
    towns = Counter(
        communes()[commune_of(one)]["nom"].replace("'", "’") for one in again if commune_of(one)
    )
    assert (column(bilan, "communes") or column(bilan, "parties")) == towns


def test_inhabitants_are_those_of_the_table(site):
    with (ROOT / "data/departements.csv").open(encoding="utf-8", newline="") as table:
        (row,) = (one for one in csv.DictReader(table) if one["code"] == "80")
    people = int(row["population"])
    bilan = territory(site, "territoires/somme", 2021)
    assert key(bilan, "Population") == people
    rate = key(bilan, "Rendez-vous pour 10\u00a0000 habitants")
    assert rate == round(10_000 * len(held("somme", 2021)) / people, 2)


def test_communes_without_an_event_and_structures_are_those_of_the_files(site):
    bilan = territory(site, "territoires/ca-pays-de-saint-omer", 2021)
    empty = inside(SAINT_OMER) - {commune_of(one) for one in held("ca-pays-de-saint-omer", 2021)}
    assert key(bilan, "Communes sans rendez-vous") == len(empty)
    table = bilan.table("sans")
    names = {communes()[one]["nom"].replace("'", "’") for one in empty}
    assert {row.label for row in table.lignes} == names
    every = [
        one
        for one in files("lieux").values()
        if commune_of(one) in inside(SAINT_OMER)
        or "ca-pays-de-saint-omer" in (one.get("territoires") or ())
    ]
    assert sum(column(bilan, "structures").values()) == len(every)
    told = next(one.note for one in bilan.cles if one.label == "Structures actives")
    assert told == f"sur {len(every)} dans l’annuaire"


# Cases of the count, on invented sites.

EPCI = {"type": "ca", "code": SAINT_OMER}


def bilan_of(tree, files, year=2021):
    told = {"territoires/t": entry("territoires", **EPCI), **files}
    return territory(tree.site(told), "territoires/t", year)


def event(commune="Wizernes", **fields):
    return entry("events", **{"adresse": {"commune": commune}, "debut": "2021-03-09", **fields})


def test_the_nearest_event_is_told_where_there_is_none(tree):
    bilan = bilan_of(tree, {"events/a": event(), "events/b": event("Lille")})
    table = bilan.table("sans")
    rows = {row.label: row.values for row in table.lignes}
    assert "Wizernes" not in rows
    assert rows["Hallines"] == (1, "Wizernes")
    assert "Lille" not in {row.label for row in bilan.table("parties").lignes}


def test_an_event_that_names_the_territory_is_in_it(tree):
    typed = event(adresse=None, en_ligne="https://example.org/", territoires=["t"])
    bilan = bilan_of(tree, {"events/a": typed})
    assert key(bilan, "Rendez-vous") == 1
    assert key(bilan, "Communes sans rendez-vous") == 53


def test_what_does_not_count(tree):
    off = ({"etat": "annule"}, {"exemple": True}, {"debut": "2020-03-09"})
    files = {f"events/{rank}": event(**fields) for rank, fields in enumerate(off)}
    assert key(bilan_of(tree, {**files, "events/b": event()}), "Rendez-vous") == 1


def test_a_structure_is_active_when_something_of_the_year_names_it(tree):
    files = {
        "lieux/a": entry("lieux", commune="Wizernes"),
        "lieux/b": entry("lieux", commune="Arques"),
        "lieux/c": entry("lieux", commune="Lille"),
        "events/e": event(organisateurs=["a"]),
        "events/f": event(organisateurs=["b"], debut="2020-05-05"),
    }
    bilan = bilan_of(tree, files)
    assert key(bilan, "Structures actives") == 1
    assert column(bilan, "structures") == {"Musées": 2}


def test_a_note_is_five_figures_three_facts_a_chart_what_is_missing(tree):
    files = {"lieux/a": entry("lieux", commune="Wizernes"), "events/a": event(organisateurs=["a"])}
    short = note(bilan_of(tree, files))
    assert (len(short.cles), len(short.phrases)) == (5, 3)
    assert [one.code for one in short.tables] == ["mois", "lacunes"]
