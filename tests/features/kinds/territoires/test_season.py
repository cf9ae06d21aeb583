"""``/territoires/X/cette-saison/``: who is not reached, judged by another count."""

import csv
from datetime import date
from math import asin, cos, radians, sin, sqrt

import pytest

from plans import entry
from portail.features.kinds.territoires.saison import Season, holes
from portail.resources import data_dir

HELD = {
    "Arras": "2021-09-15",
    "Laon": "2021-11-29",
    "Beauvais": "2021-10-12",
    "Berck": "2021-10-30",
}


def event(town, day, **more):
    return entry("events", adresse={"commune": town}, debut=day, **more)


EVENTS = {
    **{f"events/{rank}": event(town, day) for rank, (town, day) in enumerate(HELD.items())},
    "events/late": event("Amiens", "2021-12-02"),
    "events/off": event("Lille", "2021-10-20", etat="annule"),
    "events/made": event("Hirson", "2021-10-20", exemple=True),
    "events/far": entry("events", en_ligne="https://a.test/", debut="2021-10-20", adresse=None),
}


def km(one, other):
    """The haversine of two rows of the table."""
    a, b, c, d = (radians(float(row[name])) for row in (one, other) for name in ("lat", "lon"))
    root = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371 * asin(sqrt(root))


def test_communes_without_an_outing_are_those_of_another_count(tree):
    site = tree.site({**EVENTS, "territoires/somme": entry("territoires")}, day=date(2021, 10, 10))
    with (data_dir() / "communes.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    there = [row for row in rows if row["departement"] in ("02", "59", "60", "62", "80")]
    outings = [next(row for row in there if row["nom"].startswith(town)) for town in HELD]
    season = Season.of(date(2021, 10, 10))
    geography = site.geography
    judged = [epci for code in ("02", "80") for epci in geography.home_epci_of(code)][:20]
    assert len(judged) > 11
    for epci in judged:
        far = {row["code"] for row in rows if row["epci"] == epci.siren
               and min(km(row, place) for place in outings) > 15}  # fmt: skip
        assert {hole.commune.code for hole in holes(site, epci, season)} == far, epci.nom


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2021-12-31", "2021-12-01", "2022-02-28"),
        ("2024-02-29", "2023-12-01", "2024-02-29"),
        ("2022-03-01", "2022-03-01", "2022-05-31"),
        ("2022-08-31", "2022-06-01", "2022-08-31"),
    ],
)
def test_a_season_has_three_months(day, first, last):
    assert [*map(str, Season.of(date.fromisoformat(day)))] == [first, last]


def test_a_page_says_it_and_what_may_come(tree):
    files = {
        **EVENTS,
        "territoires/hirson": entry("territoires", type="cc", code="240200501"),
        "lieux/labo": entry("lieux", titre="Le Labo", commune="Laon", offre=["animation"]),
        "lieux/faux": entry("lieux", titre="Inventé", commune="Laon", offre=["pret"], exemple=True),
    }
    view = tree.view("/territoires/hirson/cette-saison/", files, day=date(2021, 10, 10))
    assert "du 1er septembre 2021 au 30 novembre 2021" in view.phrases[0].replace("\u00a0", " ")
    assert any("ne connaît que 4 sorties" in one.replace("\u00a0", " ") for one in view.phrases)
    told = [link.texte for _, links in view.groupes for link in links]
    assert "Le Labo" in told
    assert "Inventé" not in told
    assert view.ecrire.url.startswith("mailto:?subject=")
