"""Places of other countries, and coordinates judged by their commune."""

import json

import pytest

from doses import rows_of
from plans import entry, said
from portail.geo.coordinates import distance_km

TOURNAI = {
    "nom": "Halle aux draps",
    "rue": "Grand-Place",
    "pays": "Belgique",
    "code_postal": "7500",
    "commune": "Tournai",
}
POINT = {"lat": 50.6056, "lon": 3.3878}


def faults(tree, folder, **fields):
    text = entry(folder, **fields)
    return [one.partition(" ")[2] for one in said(tree.run({f"{folder}/x": text}).report)]


def test_a_market_across_the_border_is_near_and_tells_its_country(tree):
    site = tree.site({"events/marche": entry("events", adresse=TOURNAI, coordonnees=POINT)})
    item = site.items["events/marche"]
    there = item.commune.point
    lille = site.geography.named("Baisieux").point
    assert item.town == "Tournai (Belgique)"
    assert distance_km(there, lille) < 15
    assert item.territoires == ()
    told = json.dumps(tree.view("/evenements/marche/"), ensure_ascii=False, default=str)
    assert "7500 Tournai (Belgique)" in told
    assert '"addressCountry": "BE"' in told.replace("'", '"')
    assert '"addressLocality": "Tournai"' in told.replace("'", '"')


def test_a_place_of_another_country(tree):
    text = entry("lieux", type="observatoire", commune=None, adresse=TOURNAI, coordonnees=POINT)
    site = tree.site({"lieux/halle": text, "events/e": entry("events", lieu="halle")})
    assert site.items["events/e"].town == site.items["lieux/halle"].town == "Tournai (Belgique)"


@pytest.mark.parametrize(("fields", "codes"), rows_of("portail/site/coordinates.yml"))
def test_what_is_wrong_is_told_once(tree, fields, codes):
    found = [one.split(" ")[0] for one in faults(tree, "events", **fields)]
    assert sorted(found) == codes


def test_the_tolerance_is_said(tree):
    fields = {"commune": "Laon", "coordonnees": {"lat": 49.2, "lon": 3.0}}
    (told,) = faults(tree, "lieux", **fields)
    assert "sont à 61 km de Laon ; un lieu en est à 30 km au plus. →" in told


def test_overseas_a_commune_is_wide(tree):
    fields = {"commune": "Maripasoula (973)", "coordonnees": {"lat": 2.8, "lon": -53.8}}
    assert faults(tree, "lieux", **fields) == []
