"""The files that the form weighs a date against: months, places, holidays, highlights."""

import json

from plans import entry
from portail.outputs.base import TextFile

FOLDER = "/contribuer/dates/"
PLACE = {"lieux/musee": entry("lieux", titre="Musée", commune="Amiens")}


def files(tree, contents, **options):
    """What each file of the folder holds, by its name."""
    plan = tree.run(PLACE | contents, **options).plan
    assert plan
    return {
        file.url.removeprefix(FOLDER): json.loads("".join(file.produce()))
        for file in plan
        if isinstance(file, TextFile) and file.url.startswith(FOLDER)
    }


def test_a_month_says_what_is_on_each_day_where_and_for_whom(tree):
    sessions = [{"debut": "2021-10-09 14:00", "fin": "2021-10-09 16:00"}, {"debut": "2021-11-06"}]
    fields = {"lieu": "musee", "publics": ["familles", "primaire"], "seances": sessions}
    found = files(tree, {"events/fusee": entry("events", titre="Fusées", **fields)})
    assert found["index.json"]["mois"] == ["2021-10", "2021-11"]
    month = found["2021-10.json"]
    ((lat, lon, place, town),) = month["ou"]
    assert (round(lat), round(lon), place, town) == (50, 2, "musee", "Amiens")
    assert month["lignes"] == [
        ["2021-10-09", "Fusées", "/evenements/fusee/", 0, "familles primaire",
         "14\u00a0h – 16\u00a0h"],
    ]  # fmt: skip
    assert [row[0] for row in found["2021-11.json"]["lignes"]] == ["2021-11-06"]
    places = found["lieux.json"]["lieux"]
    assert [round(degrees) for degrees in places["musee"]] == [50, 2]


def test_what_is_over_cancelled_or_lasts_rivals_nobody(tree):
    none = [
        {"debut": "2021-09-20 14:00"},
        {"debut": "2021-10-09 14:00", "etat": "annule"},
        {"debut": "2021-10-01", "fin": "2021-10-31"},
    ]
    events = [entry("events", lieu="musee", **fields) for fields in none]
    found = files(tree, {f"events/{rank}": event for rank, event in enumerate(events)})
    assert {name: file["lignes"] for name, file in found.items() if "lignes" in file} == {}
    assert found["index.json"]["mois"] == []


def test_what_is_nowhere_is_near_nothing(tree):
    fields = {"en_ligne": "https://example.org/direct", "debut": "2021-10-09 14:00"}
    found = files(tree, {"events/direct": entry("events", **fields)})
    assert found["2021-10.json"]["lignes"] == []


def test_the_index_says_holidays_and_highlights_to_come(tree):
    editions = {
        2020: {"du": "2020-10-02", "au": "2020-10-12"},
        2021: {"du": "2021-10-01", "au": "2021-10-11"},
    }
    contents = {
        "temps-forts/fete": entry("temps-forts", titre="Fête de la science", editions=editions),
        "events/a": entry("events"),
    }
    index = files(tree, contents)["index.json"]
    assert index["temps_forts"] == [
        ["Fête de la science", "/temps-forts/fete/", "2021-10-01", "2021-10-11"]
    ]
    assert ["Vacances de la Toussaint", "2021-10-23", "2021-11-07"] in index["vacances"]
    assert index["rayon"] == 20


def test_a_portal_without_events_weighs_no_date(tree):
    assert files(tree, {}) == {}
    assert "dates" not in tree.view("/contribuer/evenement/").adresses
