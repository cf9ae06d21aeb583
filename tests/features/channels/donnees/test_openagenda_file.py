"""The file for OpenAgenda: its documented names and bounds, and back to what was written."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from plans import TODAY, entry
from portail.features.channels.donnees.exports import plan_exports
from portail.features.intake.importer.sources.compose import compose
from portail.features.intake.importer.sources.openagenda import read, recognised
from portail.features.intake.importer.sources.places import Portal

# https://developers.openagenda.com/en/evenements/structure, and that of locations.
DOCUMENTED = {
    "": "uid slug extIds title description longDescription conditions keywords image imageCredits "
    "registration accessibility timings age attendanceMode locationUid onlineAccessLink links "
    "timezone status state createdAt updatedAt location",
    "location": "uid extId name address postalCode city insee department region countryCode "
    "latitude longitude phone website email",
    "accessibility": "ii hi vi pi mi",
    "timings": "begin end",
    "registration": "type value",
    "extIds": "key value",
    "image": "filename base variants size",
    "age": "min max",
    "links": "link data",
    **dict.fromkeys(("title", "description", "longDescription", "conditions", "keywords"), "fr"),
}
LONGEST = {"title": 140, "description": 200, "longDescription": 10_000, "conditions": 255}
NAME = "openagenda.json"


def file_of(site):
    """The text of the file."""
    (found,) = (one for one in plan_exports(site) if one.path.endswith(NAME))
    return "".join(found.produce())


def by_slug(text):
    return {one["slug"]: one for one in json.loads(text)["events"]}


def names(value, path=""):
    """Each key, with the path of what holds it."""
    if isinstance(value, list):
        return {row for one in value for row in names(one, path)}
    if not isinstance(value, Mapping):
        return set()
    inside = {row for key, one in value.items() for row in names(one, key)}
    return inside | {(path, key) for key in value}


def test_names_and_bounds_are_those_that_are_documented(whole_site):
    events = json.loads(file_of(whole_site))["events"]
    assert events
    for path, key in names(events):
        assert key in DOCUMENTED[path].split(), (path, key)
    for event in events:
        for key, longest in LONGEST.items():
            assert len(event.get(key, {}).get("fr", "")) <= longest
        assert event["title"]["fr"] and event["description"]["fr"] and event["timings"]
        assert len(event["timings"]) <= 800
        for slot in event["timings"]:
            begin, end = (datetime.fromisoformat(slot[key]) for key in ("begin", "end"))
            assert timedelta() <= end - begin <= timedelta(days=1, hours=1)
            assert begin.tzinfo
        where = event.get("location", {})
        assert event["attendanceMode"] == 2 or where["address"]


def test_it_holds_those_that_come_first(whole_site, monkeypatch):
    every = {slug: event["timings"] for slug, event in by_slug(file_of(whole_site)).items()}
    day = whole_site.day.date.isoformat()
    monkeypatch.setattr("portail.features.channels.donnees.catalogue.WHOLE", 2)
    (*kept,) = by_slug(file_of(replace(whole_site)))
    assert len(kept) == 2 < len(every)
    first = {
        slug: min(one["begin"] for one in rows if one["end"] >= day) for slug, rows in every.items()
    }
    assert max(first[slug] for slug in kept) <= min(first[s] for s in every.keys() - {*kept})


FORMATS = {"atelier": "atelier", "conference": "conférence", "spectacle": "spectacle"}


def _when(random, day):
    """Dates of an event, in one of the ways of writing them."""
    days = sorted(random.sample(range(1, 60), random.randrange(2, 5)))
    rows = [(day + timedelta(days=one), random.randrange(8, 20)) for one in days]
    first, hour = rows[0]
    return random.choice([
        {"debut": f"{first} {hour:02}:00"},
        {"debut": f"{first} {hour:02}:00", "fin": f"{first} {hour + 2:02}:30"},
        {"debut": f"{first} 22:00", "fin": f"{first + timedelta(days=1)} 01:00"},
        {"debut": f"{first}"}, {"debut": f"{first}", "fin": f"{first + timedelta(days=9)}"},
        {"seances": [{"debut": f"{one} {at:02}:15", "fin": f"{one} {at + 1:02}:15"}
                     for one, at in rows]},
    ])  # fmt: skip


def _written(random, rank):
    """A front matter of which OpenAgenda can say everything."""
    place = random.choice([
        {"lieu": "musee"},
        {"adresse": {"nom": "Salle inventée", "rue": "2 rue du Bac", "code_postal": "62570",
                     "commune": "Wizernes"}},
    ])  # fmt: skip
    ways = {"url": f"https://exemple.test/{rank}", "courriel": "contact@exemple.test",
            "telephone": "03 21 00 00 00"}  # fmt: skip
    access = {key: "oui" for key in ("moteur", "visuel") if random.random() < 0.5}
    told = {
        "titre": f"Événement inventé {rank}", "resume": f"Une phrase inventée, la {rank}e.",
        "publie_le": "2021-09-01", "modifie": "2021-09-20", "format": [random.choice([*FORMATS])],
        "publics": ["familles"], "themes": ["astronomie-espace"], "mots_cles": [f"mot {rank}"],
        "age": {"min": str(rank % 9 + 1), "max": str(rank % 9 + 50)},
        "tarif": random.choice([{"gratuit": "true"}, {"prix": "5", "reduit": "3"}, {"prix": "7"}]),
        "inscription": {"regime": random.choice(["obligatoire", "conseillee"]), **ways},
        "accessibilite": access, "etat": random.choice(["", "complet", "annule"]),
        "en_ligne": random.choice(["", f"https://exemple.test/direct/{rank}"]),
        **_when(random, TODAY), **place,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


@pytest.mark.parametrize("seed", range(4))
def test_read_back_it_is_what_was_written(tree, seed):
    random = Random(f"retour-{seed}")
    events = {f"e{rank}": _written(random, rank) for rank in range(1, 26)}
    files = {f"events/{slug}": entry("events", **values) for slug, values in events.items()}
    files["lieux/musee"] = entry("lieux", titre="Musée inventé", commune="Amiens")
    site = tree.site(files, siteurl="https://exemple.org")
    known = Portal.of(site, TODAY)
    text = file_of(site)
    assert recognised(text)
    founds = [*read(text.encode(), NAME, TODAY)]
    assert len(founds) == len(events)
    slugs = [one["slug"] for one in json.loads(text)["events"]]
    for slug, found in zip(slugs, founds, strict=True):
        assert not found.refused and found.namespace == "portail"
        record = compose(found, known)
        made = dict(record.values)
        assert record.body == "Une phrase."
        wanted = events[slug]
        ids, sources = made.pop("ids_externes"), made.pop("references")
        assert ids["portail"].endswith(f"/evenements/{slug}/") or slug in ids["portail"]
        assert sources[0]["url"].startswith("https://exemple.org/")
        assert plain(made) == plain(wanted), slug


def plain(values):
    """A front matter to compare: lists, an address as the commune is known."""
    told = json.loads(json.dumps(values))
    if "adresse" in told:
        told["adresse"]["commune"] = told["adresse"]["commune"].removesuffix(" (62)")
    return told


def test_states_and_sessions(tree):
    seances = [{"debut": "2021-10-02 14:00", "etat": "annule"}, {"debut": "2021-10-03 14:00"},
               {"debut": "2021-09-20 14:00"}]  # fmt: skip
    files = {
        "events/une-annulee": entry("events", seances=seances),
        "events/annule": entry("events", debut="2021-10-02", fin="2021-10-04", etat="annule"),
        "events/passe": entry("events", debut="2021-09-20"),
        "events/invente": entry("events", debut="2021-10-02", exemple="true"),
        "events/toute-l-annee": entry("events", debut="2020-01-01", fin="2022-12-30"),
        "events/reserve": entry("events", debut="2021-10-02", reserve_a="les bénévoles"),
        "events/brouillon": entry("events", statut="brouillon"),
        "events/plus-tard": entry("events", publie_le="2021-09-28"),
    }
    events = by_slug(file_of(tree.site(files, preview=True)))
    assert events.keys() == {"une-annulee", "annule", "toute-l-annee"}
    assert [one["begin"][:10] for one in events["une-annulee"]["timings"]] == [
        "2021-09-20",
        "2021-10-03",
    ]
    assert (events["annule"]["status"], len(events["annule"]["timings"])) == (6, 3)
    long = events["toute-l-annee"]["timings"]
    assert long[0]["begin"].startswith("2021-09-27") and long[-1]["end"].startswith("2022-12-30")
    # The clocks change: midnight has not the same offset all year long.
    assert {one["begin"][-6:] for one in long} == {"+01:00", "+02:00"}


def test_without_event_to_come_the_file_keeps_its_address(tree):
    site = tree.site({"events/passe": entry("events", debut="2021-09-20")})
    assert json.loads(file_of(site))["events"] == []
