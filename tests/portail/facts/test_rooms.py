"""Where an event is inside its place is said after the place, by every channel."""

import json

import pytest

from plans import entry, said
from portail.facts.place import place_of, venue, where
from portail.features.services.calendriers.output import plan_calendars

ROOM = "salle 2, 2e étage"
MUSEUM = entry(
    "lieux",
    titre="Musée",
    commune=None,
    adresse={"rue": "1 rue d’Exemple", "code_postal": "80000", "commune": "Amiens"},
)
HALL = {"nom": "Halle", "rue": "2 rue Haute", "commune": "Amiens"}
WHERE = pytest.mark.parametrize(
    ("place", "name"), [({"lieu": "musee"}, "Musée"), ({"adresse": HALL}, "Halle")]
)


def files(place):
    return {"lieux/musee": MUSEUM, "events/nuit": entry("events", salle=ROOM, **place)}


@WHERE
def test_facts_say_the_room_after_the_place(tree, place, name):
    site = tree.site(files(place), siteurl="https://exemple.org")
    item = site.items["events/nuit"]
    assert place_of(item, site) == f"{name}, {ROOM}, Amiens"
    assert venue(item, site).line.startswith(f"{name}, {ROOM}, ")
    assert [one.text for one in where(item, site).values][:2] == [name, ROOM]
    calendar = {one.url: one for one in plan_calendars(site)}["/evenements/nuit/evenement.ics"]
    text = "".join(calendar.produce()).replace("\r\n ", "")
    assert f"LOCATION:{name}\\, salle 2\\, 2e étage\\, " in text


@WHERE
def test_machines_that_read_the_page_are_told_the_room(tree, place, name):
    view = tree.view("/evenements/nuit/", files(place))
    assert f"{name}, {ROOM}" in json.dumps(view, ensure_ascii=False, default=repr)


def test_a_room_asks_for_its_place(tree):
    event = entry("events", salle=ROOM, en_ligne="https://exemple.org/direct")
    (fault,) = said(tree.run({"events/nuit": event}, plans=False).report)
    assert "E243" in fault and "« salle » n’a de sens qu’avec « lieu »." in fault


def test_a_place_that_says_its_commune_says_it_once(tree):
    place = entry("lieux", titre="Aquarium d’Amiens et de Laon", commune="Laon")
    event = entry("events", lieu="aquarium")
    site = tree.site({"lieux/aquarium": place, "events/nuit": event})
    assert place_of(site.items["events/nuit"], site) == "Aquarium d’Amiens et de Laon"
