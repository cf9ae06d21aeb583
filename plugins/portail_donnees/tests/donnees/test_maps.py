"""Maps: GeoJSON that other programs place right, of what records say."""

import json

from doses import rows_of
from plans import contents
from portail.features.services.fiches.records import record_of
from portail.model.kinds import Kind
from portail.site.memo import published
from portail_donnees.donnees.catalogue import catalogue
from portail_donnees.donnees.documents import MAPS, plan_exports

MAP_FILES = ("lieux.geojson", "evenements-a-venir.geojson")


def maps(site):
    """The maps of a site, parsed, by name."""
    plan = {one.path.rpartition("/")[2]: one for one in plan_exports(site)}
    return {name: json.loads("".join(plan[name].produce())) for name in MAP_FILES if name in plan}


def decimals(number):
    return len(repr(number).partition(".")[2])


def test_maps_follow_rfc_7946(whole_site):
    found, told = maps(whole_site), {one.nom: one for one in catalogue(whole_site)}
    assert tuple(found) == MAP_FILES
    for name, document in found.items():
        features = document["features"]
        assert len(features) == document["total"] == told[name].total
        assert len({one["id"] for one in features}) == len(features)
        places = [one["geometry"]["coordinates"] for one in features]
        assert all(decimals(number) <= 6 for place in places for number in place)
        # Longitude first: these sites are around 50° north and 2° east.
        assert all(-180 <= lon <= 180 and 42 < lat < 52 for lon, lat in places)
        lons, lats = zip(*places, strict=True)
        assert document["bbox"] == [min(lons), min(lats), max(lons), max(lats)]
        assert "crs" not in document


def test_a_feature_says_what_its_record_says(whole_site):
    for document in maps(whole_site).values():
        for feature in document["features"]:
            said = feature["properties"]
            item = whole_site.items[said["ref"]]
            record = record_of(whole_site, item.ref)
            assert (feature["id"], said["titre"], said["url"]) == (
                record["id"], record["titre"], record["url"],
            )  # fmt: skip
            assert said["exacte"] == record["calcule"]["position"]["exacte"]
            if "debut" in said:
                coming = record["calcule"]["occurrences"][-said["restantes"] :]
                next_one = {key: said[key] for key in ("debut", "journee", "etat")}
                assert next_one in [{key: one[key] for key in next_one} for one in coming]


def test_every_lieu_that_can_be_placed_is_there(whole_site):
    records = [record_of(whole_site, item.ref) for item in published(whole_site, Kind.LIEU)]
    placed = [one["ref"] for one in records if "position" in one["calcule"]]
    features = maps(whole_site)["lieux.geojson"]["features"]
    assert [one["properties"]["ref"] for one in features] == placed
    assert len(placed) < len(records) or all("commune" in one["calcule"] for one in records)


PORTAL = rows_of("portail_donnees/tests/donnees/portails.yml")["cartes"]
FILES = contents(PORTAL["contenus"])


def test_what_is_to_come_its_next_time_and_its_state(tree):
    features = maps(tree.site(FILES))["evenements-a-venir.geojson"]["features"]
    for one, told in zip(features, PORTAL["a_venir"], strict=True):
        assert {key: one["properties"].get(key) for key in told} == told


def test_a_map_of_nothing_keeps_its_address(tree):
    files = {"events/en-ligne": FILES["events/en-ligne"], "events/passe": FILES["events/passe"]}
    site = tree.site(files)
    [told] = maps(site).values()
    assert told["features"] == [] and told["total"] == 0 and "bbox" not in told
    assert set(MAPS) == set(MAP_FILES)
