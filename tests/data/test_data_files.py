"""The committed reference data keep their shape and agree with one another."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from typing import Any

import yaml

from checkout import ROOT
from doses import cases

DATA = ROOT / "data"
NO_LISTS = {"synonymes.yml", "vacances.yml"}
LISTS = sorted(path.name for path in DATA.glob("*.yml") if path.name not in NO_LISTS)
KEYS = {"code", "label", "pluriel", "alias", "schema", "uri"}
EXTRA = {
    "themes.yml": {"court", "teinte"},
    "publics.yml": {"age_min", "age_max"},
    "etats.yml": {"ical", "sequence"},
    "categories.yml": {"famille"},
    "types-lieux.yml": {"famille", "visitable", "signe"},
    "facades.yml": set(  # how each is drawn
        "joint chassis bandes barres unites lucarnes sorte partout traces matiere"
        " glace reflet reflets vitre hauteur largeur regions pas".split()
    ),
    "types-ressources.yml": {"agenda", "pretable"},
    "types-territoires.yml": {"registre", "epci"},
    "roles.yml": {"definition", "titre"},
    "licences.yml": {"court"},
    "equipements.yml": {"feminin"},
    "niveaux.yml": {"classes"},
    "matieres.yml": {"niveaux", "themes"},
}


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return loaded


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Without case, accents, apostrophe shape or hyphens."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("-", " "))
    return "".join(c for c in letters if unicodedata.category(c) != "Mn").strip()


def test_every_list_is_there() -> None:
    """A list that disappears would turn all its values into errors."""
    assert len(LISTS) >= 22


@cases("name", LISTS)
def test_list(name: str) -> None:
    """Source, licence, known keys, codes without accents, one meaning per word."""
    content = load(name)
    assert list(content) == ["source", "licence", "valeurs"]
    assert all(content.values())
    meaning: dict[str, str] = {}
    for value in content["valeurs"]:
        code = value["code"]
        assert set(value) <= KEYS | EXTRA.get(name, set()), code
        assert re.fullmatch(r"[A-Za-z0-9.-]+", code), code
        words = [code, value["label"], value.get("pluriel", value["label"])]
        for word in words + value.get("alias", []):
            assert meaning.setdefault(plain(word), code) == code, word
    codes = [value["code"] for value in content["valeurs"]]
    assert len(codes) == len(set(codes))


def test_subjects_are_taught_at_levels_that_there_are_and_each_theme_serves_one() -> None:
    lists = {name: load(f"{name}.yml")["valeurs"] for name in ("themes", "niveaux")}
    codes = {name: [one["code"] for one in rows] for name, rows in lists.items()}
    subjects = [one for one in load("matieres.yml")["valeurs"] if one.get("themes")]
    assert {code for one in subjects for code in one["themes"]} == set(codes["themes"])
    taught = {code for one in subjects for code in one["niveaux"]}
    assert taught == set(codes["niveaux"]) - {"enseignants", "a-demander"}
    publics = {one["code"] for one in load("publics.yml")["valeurs"]}
    assert set(codes["niveaux"]) - publics == {"a-demander"}


def test_hauts_de_france_in_2026() -> None:
    """3,782 communes; 64 CC, 25 CA, 2 CU and one métropole: the figures of the year."""
    region = {d["code"]: d["region"] for d in table("departements.csv")}
    communes = [c for c in table("communes.csv") if region[c["departement"]] == "32"]
    used = {c["epci"] for c in communes}
    types = Counter(e["type"] for e in table("epci.csv") if e["siren"] in used)
    assert len(communes) == 3782
    assert types == {"cc": 64, "ca": 25, "cu": 2, "metropole": 1}


def test_the_whole_country_in_2026() -> None:
    """34,875 communes in 101 départements and the 94 lines of the overseas collectivities."""
    departements = {d["code"] for d in table("departements.csv")}
    communes = table("communes.csv")
    assert sum(c["departement"] < "975" or c["departement"] == "976" for c in communes) == 34_875
    assert len(communes) == 34_969
    assert len(departements) == 109
    assert Counter(e["type"] for e in table("epci.csv")) == {
        "cc": 989, "ca": 230, "cu": 14, "metropole": 22,
    }  # fmt: skip


def test_the_population_of_2023() -> None:
    """Those that INSEE published in December 2025, of 1 January 2023; that of a territory is that
    of its communes."""
    regions = {r["code"]: (r["population"], r["annee"]) for r in table("regions.csv")}
    departements = {d["code"]: (d["population"], d["annee"]) for d in table("departements.csv")}
    epci = {e["siren"]: (e["population"], e["annee"]) for e in table("epci.csv")}
    assert regions["32"] == ("5992194", "2023") and departements["80"] == ("565413", "2023")
    assert departements["976"] == ("256518", "2017") and departements["988"] == ("", "")
    assert epci["200093201"] == ("1195234", "2023")
    inside = [int(d["population"]) for d in table("departements.csv") if d["region"] == "32"]
    people: Counter[str] = Counter()
    for row in table("communes.csv"):
        people[row["departement"]] += int(row["population"] or 0)
        people[row["epci"]] += int(row["population"] or 0)
    assert all(str(people[code]) == (told or "0") for code, (told, _) in departements.items())
    assert all(str(people[code]) == told for code, (told, _) in epci.items())
    assert sum(inside) == 5_992_194 and all(told for told, _ in epci.values())


def test_tables_agree() -> None:
    """Every code points at a row; coordinates come in pairs, to four decimals."""
    communes = {c["code"]: c for c in table("communes.csv")}
    epci = {e["siren"] for e in table("epci.csv")} | {""}
    departements = {d["code"]: d["region"] for d in table("departements.csv")}
    regions = {r["code"] for r in table("regions.csv")}
    types = {v["code"] for v in load("types-territoires.yml")["valeurs"]}
    for row in communes.values():
        assert re.fullmatch(r"[0-9][0-9AB]\d{3}", row["code"])
        assert all(re.fullmatch(r"\d{5}", code) for code in row["codes_postaux"].split())
        assert row["departement"] in departements and row["epci"] in epci
        assert re.fullmatch(r"(-?\d+(\.\d{1,4})?)?", row["lat"])
        assert bool(row["lat"]) == bool(row["lon"])
    assert all(a["code"] in communes for a in table("communes-alias.csv"))
    assert all(e["type"] in types and e["departement"] in departements for e in table("epci.csv"))
    assert all(region in regions for region in departements.values())


def test_every_commune_is_near_the_others_of_its_departement() -> None:
    """Less than 1.5° from the middle one, 4° in Guyane: no town hall on another continent."""
    places: dict[str, list[tuple[float, float]]] = {}
    for row in table("communes.csv"):
        if row["lat"]:
            point = float(row["lat"]), float(row["lon"])
            places.setdefault(row["departement"], []).append(point)
        else:
            assert row["departement"] in {"975", "977", "978", "984", "986", "987", "988", "989"}
    for departement, points in places.items():
        limit = 4 if departement == "973" else 1.5
        for axis in (0, 1):
            values = sorted(point[axis] for point in points)
            middle = values[len(values) // 2]
            assert values[0] > middle - limit and values[-1] < middle + limit, departement
    assert len(places) == 101


def test_homonyms_and_usual_names() -> None:
    """54 names are shared inside the region; a usual name leads to its commune."""
    region = {"02", "59", "60", "62", "80"}
    names = Counter(c["nom"] for c in table("communes.csv") if c["departement"] in region)
    assert sum(count > 1 for count in names.values()) == 54
    usual = {a["nom"]: a["code"] for a in table("communes-alias.csv")}
    assert usual["Berck-sur-Mer"] == "62108"
    assert usual["Montreuil"] == "62588" and usual["Le Hom"] == "14689", "names of before"
    assert usual["Lomme"] == usual["Hellemmes"] == "59350"
    assert usual["Lyon 3e Arrondissement"] == "69123"
