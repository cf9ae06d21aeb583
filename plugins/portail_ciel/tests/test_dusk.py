"""The evening drawn on the home page: what stands where, what it hides, which windows are lit."""

from datetime import date, timedelta
from itertools import combinations
from math import atan2, degrees
from zoneinfo import ZoneInfo

import pytest

from checkout import ROOT
from doses import cases, dose, rows_of
from plans import Tree, entry
from portail.diagnostics import ConfigError
from portail.features import configured
from portail.geo.territories import Geography
from portail.resources import data_dir
from portail_ciel.dusk import dusk, outlines
from portail_ciel.sky import Almanac, Place

PARIS = ZoneInfo("Europe/Paris")
LILLE = Place(50.6311, 3.0468, PARIS)
SAINT_DENIS = Place(-20.9329, 55.4461, ZoneInfo("Indian/Reunion"))
TROMSO = Place(69.6496, 18.956, ZoneInfo("Europe/Oslo"))
HERE = ("beffroi", "terril", "falaise")
DAY = date(2022, 9, 26)


def sheet(place, day, names=HERE):
    day = date.fromisoformat(str(day))
    almanac = Almanac(place)
    week = almanac.week(day - timedelta(days=day.weekday()), (day.weekday(),))
    return dusk(almanac, week.nuits[0], names)


def test_one_faces_where_planets_go():
    for place, told in ((LILLE, "E SE S SO O"), (SAINT_DENIS, "O NO N NE E")):
        winds = sorted(sheet(place, DAY).vents, key=lambda wind: wind.x)
        assert " ".join(wind.texte for wind in winds) == told


def test_lights_stand_in_their_direction():
    seen = sheet(LILLE, DAY)  # Jupiter at opposition: opposite to where the Sun has set
    places = {name.texte: name.x for name in seen.noms}
    winds = {wind.texte: wind.x for wind in seen.vents}
    assert abs(places["Jupiter"] - winds["E"]) < 60
    assert winds["SE"] < places["Saturne"] < winds["S"]
    assert seen.couchant > winds["O"]


@cases(
    "place, day",
    [(LILLE, "2023-03-24"), (LILLE, "2023-04-22"), (SAINT_DENIS, "2022-09-29")],
)
def test_the_young_moon_is_lit_towards_the_sun(place, day):
    seen = sheet(place, day)
    below = 262 + 3.5 * 12 - seen.lune.y
    assert abs(seen.lune.penche - degrees(atan2(below, seen.couchant - seen.lune.x))) < 15


@cases(
    "day, moon",
    [("2022-12-23", False), ("2022-12-02", True), ("2022-06-21", False)],
)
def test_the_moon_is_drawn_when_it_is_up(day, moon):
    assert bool(sheet(LILLE, day).lune) == moon


def test_where_no_night_falls_nothing_is_drawn():
    assert sheet(TROMSO, "2022-06-21") is None
    assert sheet(TROMSO, "2022-12-21") is None  # the Sun has not risen: it does not set


def test_names_are_on_the_sheet_and_apart():
    for count in range(0, 365, dose(73, 9)):
        for place in (LILLE, SAINT_DENIS):
            names = sheet(place, DAY + timedelta(days=count)).noms
            halves = {name: 8.5 * len(name.texte) for name in names}
            assert all(half <= name.x <= 840 - half for name, half in halves.items())
            for one, other in combinations(names, 2):
                apart = abs(one.x - other.x) - halves[one] - halves[other]
                assert apart >= 0 or abs(one.y - other.y) >= 30


def test_every_region_has_three_outlines_that_are_drawn():
    table = outlines()
    drawn = {
        path.stem for path in (ROOT / "plugins/portail_ciel/theme/templates/silhouettes").iterdir()
    }
    assert set(table["silhouettes"]) == drawn
    rows = [*table["regions"].values(), table["sinon"]]
    assert all(len(row) == 3 and set(row) <= drawn for row in rows)
    regions = {region.code for region in Geography.load(data_dir()).regions}
    assert {code for code in regions if len(code) == 2} <= set(table["regions"]) <= regions


@cases("value", ["phare", ["phare"], ["phare", "pont", "volcan"], 3, [["phare"], "pont", "usine"]])
def test_outlines_are_three_of_those_there_are(value):
    with pytest.raises(ConfigError, match="trois silhouettes, de gauche à droite, parmi : beffroi"):
        configured({"PORTAIL_SILHOUETTES": value})


def event(debut, **fields):
    return entry("events", debut=debut, publie_le="2022-09-01", **fields)


EVENING = {
    "events/matin": event("2022-09-26 10:00"),
    "events/tard": event("2022-09-26 20:30", titre="Les anneaux de Saturne"),
    "events/nuit": event("2022-09-27 00:30", titre="Le choc"),
    "events/jour": event("2022-09-26 14:00", fin="2022-09-26 19:00", titre="Portes ouvertes"),
    "events/annule": event("2022-09-26 20:00", etat="annule"),
    "events/invente": event("2022-09-26 20:00", exemple=True),
}


def home(tree, files, day=DAY, **settings):
    return tree.view("/", files, ciel=True, day=day, **settings).soir.dessin


def test_windows_are_lit_for_what_takes_place_in_the_evening(tree):
    windows = home(tree, EVENING).fenetres
    assert [one.heure for one in windows] == ["14\xa0h", "20\xa0h\xa030", "0\xa0h\xa030"]
    assert windows[1].nom == "Les anneaux de Saturne"
    assert windows[1].url == "/evenements/tard/"
    assert [one.quand for one in windows] == [one.heure for one in windows]
    assert [one.ouvert for one in windows] == [
        "2022-09-26 840 1140", "2022-09-26 1230 1440", "2022-09-26 1470 1440",
    ]  # fmt: skip
    assert home(Tree(tree.root), EVENING, date(2022, 9, 28)).fenetres == ()


def test_the_last_window_leads_to_those_that_have_none(tree):
    files = {f"events/{rank}": event(f"2022-09-26 20:{rank:02}") for rank in range(9)}
    *lit, last = home(tree, files).fenetres
    assert len(lit) == 5
    assert (last.heure, last.nom) == ("+ 4", "4 autres rendez-vous du jour")
    assert last.url == "/agenda/2022-s39/#Lundi"


def place(hours, **fields):
    return entry("lieux", titre="Médiathèque des Mots", horaires_ouverture=hours, **fields)


SHUT = {
    "tot": place("lundi 14 h-18 h 30"),
    "mardi": place("mardi 14 h-21 h"),
    "invente": place("lundi 14 h-21 h", exemple=True),
    "vieux": place("lundi 14 h-21 h", verifie_le="2021-09-01"),
    "demande": place("lundi 14 h-21 h (sur rendez-vous)"),
    "travaux": place("lundi 14 h-21 h", fermetures=[{"du": "2022-09-20", "au": "2022-09-30"}]),
    "vacances": place("SH Mo 14:00-21:00"),
    "jardin": place("24/7"),
    "muet": entry("lieux"),
}


@pytest.mark.parametrize("name", SHUT)
def test_no_window_is_lit_for_a_place_that_is_not_surely_open(tree, name):
    files = {f"lieux/{name}": SHUT[name], "lieux/mots": place("lundi 10 h-19 h")}
    lit, *dark = home(tree, files).fenetres
    assert lit.allumee and lit.url == "/lieux/mots/"
    # One that has closed says when it was open.
    told = [(one.allumee, one.quand) for one in dark]
    assert told == ([(False, "jusqu’à 18\xa0h\xa030")] if name == "tot" else [])


# Hours on a public holiday of the place, and whether a window is lit for them.
@pytest.mark.parametrize(("day", "town", "hours", "lit"), rows_of("portail_ciel/tests/dusk.yml"))
def test_no_place_is_open_on_a_holiday_that_its_hours_do_not_name(tree, day, town, hours, lit):
    files = {"lieux/mots": place(hours, commune=town)}
    drawn = home(tree, files, date.fromisoformat(day))
    assert bool(drawn.fenetres) == lit


def test_windows_that_are_left_are_of_places_that_are_open(tree):
    files = {
        "lieux/musee": place("lundi 10 h-20 h 30", nom_court="Le Musée"),
        "lieux/mots": place(
            "lundi 14 h-21 h",
            equipements=[{"type": "planetarium"}],
            fermetures=[{"du": "2022-09-20", "au": "2022-09-30", "equipement": "planetarium"}],
        ),
        "lieux/cine": place("lundi 18 h-1 h"),
    }
    lit = home(tree, {**EVENING, **files}).fenetres
    assert [one.url.partition("/")[2].partition("/")[0] for one in lit] == [
        "evenements", "evenements", "evenements", "lieux", "lieux", "lieux",
    ]  # fmt: skip
    assert not any(one.heure for one in lit[3:]), "words below name them"
    assert [one.quand for one in lit[3:]] == [
        "jusqu’à 1\xa0h", "jusqu’à 21\xa0h", "jusqu’à 20\xa0h\xa030",
    ]  # fmt: skip
    assert lit[-1].nom == "Le Musée"


def test_places_light_no_more_than_six_windows_after_events(tree):
    files = {f"lieux/{rank}": place("lundi 10 h-20 h") for rank in range(9)}
    assert len(home(tree, files).fenetres) == 6
    evening = {f"events/{rank}": event(f"2022-09-26 20:{rank:02}") for rank in range(9)}
    assert [one.heure for one in home(Tree(tree.root), evening).fenetres][-1] == "+ 4"


def test_the_drawing_says_its_day_and_what_it_shows(tree):
    seen = home(tree, EVENING)
    assert seen.texte == (
        "lundi 26\xa0septembre : Jupiter à l’est dès 20\xa0h\xa048, Lune en premier croissant."
    )
    assert seen.heures.startswith("Soleil couché à 19\xa0h\xa037, nuit noire dès 21\xa0h")
    assert "Jupiter à l’est, bas ; Saturne au sud-est" in seen.decrit
    assert seen.decrit.endswith("Devant, un beffroi, un terril et une falaise.")
    other = home(Tree(tree.root), EVENING, silhouettes=("phare", "pont", "foret"))
    assert other.silhouettes == ("phare", "pont", "foret")
    assert home(Tree(tree.root), EVENING, region="La Réunion").silhouettes[1] == "phare"
