"""``…/cette-saison/``: who is not reached, judged by another count."""

import csv
from datetime import date
from io import StringIO
from math import asin, cos, radians, sin, sqrt
from urllib.parse import unquote

import pytest

from plans import entry
from portail.features.kinds.territoires.reach import Season, announced, reach, tally
from portail.features.kinds.territoires.saison import plan_seasons
from portail.resources import data_dir

DAY = date(2021, 10, 10)
REGION = "/territoires/hauts-de-france/cette-saison/"


def event(town, day, **more):
    return entry("events", adresse={"commune": town}, debut=day, **more)


HELD = {
    "Arras": event("Arras", "2021-09-15"),
    "Laon": event("Laon", "2021-11-29", publics=["primaire", "familles"]),
    "Beauvais": event("Beauvais", "2021-10-12", publics=["primaire"], age={"min": 6}),
    "Berck": event("Berck", "2021-08-01", fin="2021-12-30", groupes={"niveaux": ["cycle 3"]},
                   publics=["tout-public"]),
}  # fmt: skip
ASIDE = {
    "late": event("Amiens", "2021-12-02"),
    "off": event("Lille", "2021-10-20", etat="annule"),
    "made": event("Hirson", "2021-10-20", exemple=True),
    "shut": event("Hirson", "2021-10-07", publics=["primaire"], reserve_a="les classes de Hirson"),
    "class": event("Chauny", "2021-10-07", publics=["college", "enseignants"]),
    "group": event("Chauny", "2021-10-08", groupes={"niveaux": ["cycle 3"]}),
    "work": event("Soissons", "2021-10-08", publics=["professionnels"]),
    "web": entry("events", en_ligne="https://a.test/", debut="2021-10-20", adresse=None),
    "home": entry("events", partout=True, debut="2021-10-20", adresse=None),
}
EVENTS = {f"events/{name.lower()}": text for name, text in (HELD | ASIDE).items()}


def km(one, other):
    """The haversine of two rows of the table."""
    a, b, c, d = (radians(float(row[name])) for row in (one, other) for name in ("lat", "lon"))
    root = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371 * asin(sqrt(root))


def test_communes_people_and_distances_are_those_of_another_count(tree):
    with (data_dir() / "communes.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    inner = ("02", "59", "60", "62", "80")
    ours = [row for row in rows if row["departement"] in inner]
    around = {row["epci"] for row in ours} - {""}
    rows = [row for row in rows if row["departement"] in inner or row["epci"] in around]
    outings = [next(row for row in ours if row["nom"].startswith(town)) for town in HELD]
    away = {row["code"]: min(km(row, place) for place in outings) for row in rows}
    people = {row["code"]: int(row["population"]) for row in rows}
    site = tree.site(EVENTS, day=DAY)
    (file,) = (one for one in plan_seasons(site) if one.url == "/api/v1/communes.csv")
    made = "".join(file.produce()).removeprefix("\ufeff")
    told = {row["code"]: row for row in csv.DictReader(StringIO(made), delimiter=";")}
    assert told.keys() == {row["code"] for row in ours}
    for code, row in told.items():
        assert abs(float(row["km"].replace(",", ".")) - away[code]) < 0.1, row
        assert int(row["habitants"] or 0) == people[code]
        assert bool(row["dure"]) == ("berck" in row["sortie"])
    season = Season.of(DAY)
    far = {code for code, distance in away.items() if distance > 15}
    inside = {"R32": ours, "02": [row for row in ours if row["departement"] == "02"]}
    for epci in (*site.geography.home_epci_of("02")[:8], *site.geography.home_epci_of("80")):
        inside[epci.siren] = [row for row in rows if row["epci"] == epci.siren]
    for code, communes in inside.items():
        lost = [row["code"] for row in communes if row["code"] in far]
        expected = (len(communes), len(lost), sum(people[row["code"]] for row in communes),
                    sum(map(people.get, lost)))  # fmt: skip
        assert tally(site, code, season) == expected
    assert tally(site, "R32", season.last_year)[:2] == (len(ours), len(ours)), "none is known"


def test_what_reaches_nobody_is_counted_apart(tree):
    site = tree.site(EVENTS, day=DAY)
    sorts = {"sorties": 3, "durees": 1, "exemples": 1, "reserves": 2, "classes": 2}
    counts = announced(site, "R32", Season.of(DAY))
    assert {sort: counts[sort] for sort in sorts} == sorts
    assert announced(site, "02", Season.of(DAY))["reserves"] == 2
    hirson = site.geography.epci("240200600")
    assert all(near.km > 15 for _, near in reach(site, hirson, Season.of(DAY)))


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


def test_a_page_says_it_what_may_come_and_to_whom_to_write(tree):
    files = {
        **EVENTS,
        "territoires/hirson": entry("territoires", type="cc", code="240200600"),
        "lieux/labo": entry("lieux", titre="Le Labo", commune="Laon", offre=["animation"]),
        "lieux/faux": entry("lieux", titre="Inventé", commune="Laon", offre=["pret"], exemple=True),
        "lieux/ici": entry("lieux", titre="Ici", commune="Hirson", courriel="ici@exemple.org"),
        "lieux/muet": entry("lieux", titre="Muet", commune="Hirson"),
        "lieux/la": entry("lieux", titre="Là", commune="Hirson", courriel="la@exemple.org"),
    }
    loan = {"commune": "Lille", "du": "2021-09-20", "au": "2021-10-11"}
    for name, more in (("a", {"itinerance": [loan]}), ("b", {"pret": {"tarif": "gratuit"}})):
        tool = entry("ressources", titre=name, type="malle", proprietaire="labo", **more)
        files[f"ressources/{name}"] = tool
    url = "/territoires/hirson/cette-saison/"
    view = tree.view(url, {**files, "ressources/b": files["ressources/a"]}, day=DAY)
    assert dict(view.groupes)["Outils libres"][0].note.endswith(
        "Libre à partir du 12\xa0octobre 2021"
    )
    view = tree.view(url, files, day=DAY)
    (helper,) = dict(view.groupes)["Structures qui se déplacent"]
    assert helper.note.endswith("km · Laon · Animation")
    assert "du 1er septembre 2021 au 30 novembre 2021" in view.phrases[0].replace("\u00a0", " ")
    assert any("ne connaît que 4 sorties" in one.replace("\u00a0", " ") for one in view.phrases)
    told = [link.texte for _, links in view.groupes for link in links]
    assert "Le Labo" in told
    assert not {"Inventé", "Muet"} & {*told}
    to, _, body = view.ecrire.url.partition("?")
    assert to == "mailto:ici@exemple.org,la@exemple.org" and "Le Labo" in unquote(body)


def test_each_territory_has_one_on_a_first_day_too(tree):
    bare = {"articles/a": entry("articles")}
    pages = tree.pages(bare, day=DAY)
    assert sum(url.endswith("/cette-saison/") for url in pages) == 98
    view = pages[REGION].view()
    now, people, whole = view.cles
    assert now.value == 3782 and people.value == 5_992_194
    assert whole.value == 92
    code = "/territoires/cc-trois-rivieres/cette-saison/"
    (table,) = pages[code].view().mesures
    assert {row.values[1] for row in table.lignes} == {"Aucune"}


def test_of_wide_ones_where_most_people_are_far_comes_first(tree):
    pages = tree.pages(EVENTS | {"territoires/somme": entry("territoires")}, day=DAY)
    view = pages[REGION].view()
    for table in view.mesures[:2]:
        far = [row.values[0] for row in table.lignes]
        assert far == sorted(far, reverse=True) and table.lignes[0].url.endswith("/cette-saison/")
    assert [*view.legende]
    assert REGION in [link.url for link in pages["/territoires/"].view().voisins]
