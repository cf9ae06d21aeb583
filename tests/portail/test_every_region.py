"""A portal of each region of France, and one of none: a place and an evening in its chief town."""

import csv
from datetime import date

import pytest

from plans import entry, pages_of, said
from portail.features import configured
from portail.features.services.fondsdecarte.drawing import LIVE, REGION
from portail.resources import data_dir
from portail.site.urls import MAP
from portail.text.normalise import slugify
from portail.text.typography import in_region

letter_of = pytest.importorskip("portail_lettre.settings").letter_of

DAY = date(2026, 1, 12)


def rows(name):
    """A table by the code that each line begins with, read without the project."""
    with (data_dir() / f"{name}.csv").open(encoding="utf-8") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


REGIONS, COMMUNES, EPCI = rows("regions"), rows("communes"), rows("epci")
DEPARTEMENTS = rows("departements")
WITH_TOWN = {code: row for code, row in REGIONS.items() if row["chef_lieu"]}
DRAWN = {code for code in REGIONS if len(code) == 2}
HOLIDAYS = {
    "04": "Vacances d’été austral",
    **dict.fromkeys(("01", "03", "06", "975"), "Vacances de Noël"),
}
"""What January 2026 shows of school holidays, beside the zones of the mainland."""
ZONES = "11 24 27 28 32 44 52 53 75 76 84 93 94 02".split()


def named(town):
    """As a file writes it: some names are of several communes, some codes are postcodes too."""
    return f"{town['nom']} ({town['code']})"


def contents(town):
    commune = {"commune": named(town)}
    found = {
        "events/soiree": entry("events", debut="2026-01-15 19:00", adresse=commune),
        "lieux/musee": entry("lieux", nom_court="Le musée", **commune),
        "territoires/departement": entry(
            "territoires", titre=DEPARTEMENTS[town["departement"]]["nom"], code=town["departement"]
        ),
    }
    if siren := town["epci"]:
        kind = EPCI[siren]["type"]
        found["territoires/epci"] = entry(
            "territoires", titre=EPCI[siren]["nom"], type=kind, code=siren
        )
    return found


SAMPLE = "44 94 04 987".split()
"""What each change tries: a region of several départements and one of its own holidays, one whose
codes have letters, one overseas that is no département, one that no map draws."""


@pytest.mark.parametrize(
    "code",
    [pytest.param(code, marks=() if code in SAMPLE else pytest.mark.long) for code in WITH_TOWN],
    ids=lambda code: slugify(REGIONS[code]["nom"]),
)
def test_a_portal_of_each_region(code, tree):
    """Nothing is wrong, its words are French, its town is on its maps, holidays are its own."""
    name, town = REGIONS[code]["nom"], COMMUNES[REGIONS[code]["chef_lieu"]]
    options = {"region": name, "day": DAY, "nom": "Sciences d’ici"}
    done = tree.run(contents(town), **options)
    assert said(done.report) == []
    pages, files = pages_of(done.plan), {getattr(one, "url", "") for one in done.plan}
    home = pages["/"].view()
    assert home.cadre.region == name and in_region(name) in home.description
    assert (REGION in files) == (LIVE in files) == (code in DRAWN)
    place = pages["/lieux/musee/"].view()
    months = pages["/agenda/2026/01/"].view()
    holidays = {one.texte.partition(" (")[0] for one in months.vacances}
    expected = {HOLIDAYS[code]} if code in HOLIDAYS else {"Vacances de Noël"}
    assert holidays == (expected if code in HOLIDAYS or code in ZONES else set())
    if code not in DRAWN:
        assert place.carte is None
        return
    assert [one.lien.texte for one in place.carte.points] == ["Le musée"]
    territories = [pages[url].view() for url in pages if url.startswith("/territoires/")]
    maps = [one.carte for one in territories if getattr(one, "carte", None)]
    assert len(maps) >= len(contents(town)) - 2
    for one in territories:  # overseas, a region has the name of its département
        held = [link.texte for link in getattr(one, "territoires", ())]
        assert len(held) == len({*held}), one
    assert town["nom"] in place.carte.titre and any(one.etiquettes for one in maps)
    assert town["nom"] in repr(pages[MAP].view())


def test_a_portal_of_no_region(tree):
    """Every commune is understood without preference; no map, no « en », its name for the whole."""
    files = {
        "events/soiree": entry("events", debut="2026-01-15 19:00", adresse={"commune": "Cayenne"}),
        "lieux/musee": entry("lieux", commune="Caen"),
        "lieux/ile": entry("lieux", commune="Saint-Denis (La Réunion)"),
        "lieux/autre": entry("lieux", commune="Saint-Denis (Réunion)"),
    }
    options = {"region": "", "day": DAY, "nom": "Sciences partout"}
    done = tree.run(files, **options)
    assert said(done.report) == []
    pages = pages_of(done.plan)
    assert (
        REGION not in {getattr(one, "url", "") for one in done.plan}
        and pages["/lieux/musee/"].view().carte is None
    )
    told = {url: repr(one.view()) for url, one in pages.items()}
    for url, text in told.items():
        for wrong in ("sciences en.", "sciences en :", "sciences  ", "sciences .", " en  "):
            assert wrong not in text, (url, wrong)
    letter = letter_of(configured({"PORTAIL_REGION": "", "PORTAIL_NOM": "Sciences partout"}))
    assert [one.nom for one in letter.editions] == ["Sciences partout"]
    assert not pages["/agenda/2026/01/"].view().vacances
    two = tree.run({"lieux/flou": entry("lieux", commune="Saint-Denis")}, **options)
    assert "E43" in said(two.report)[0] and "Saint-Denis (974)" in said(two.report)[0]
