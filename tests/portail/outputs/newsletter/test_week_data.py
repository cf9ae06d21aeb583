"""The data of a letter of one's own: its format, its words, what it leaves out, its key."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plans import TODAY, Tree, entry, key_of
from portail.outputs.base import TextFile
from portail.outputs.newsletter.views import TITLES
from portail.outputs.newsletter.week_data import plan_week_data
from portail.outputs.newsletter.week_rows import LISTS

HOME = {"region": "Hauts-de-France", "siteurl": "https://exemple.org/portail"}
SATURDAY = "2021-10-02 14:00"
HOSTILE = 'M"]} < script ]]> \u2011 *x* 🦉 =1+1'
FILES = {
    "articles/un": entry("articles", titre="Le retour d’*Astacus astacus*", themes=["numerique"]),
    "articles/hostile": entry("articles", titre=HOSTILE, publie_le="2021-09-21"),
    "events/samedi": entry("events", debut=SATURDAY, lieu="musee", publics=["familles"]),
    "events/plus-tard": entry("events", debut="2021-10-12 10:00"),
    "annonces/finit": entry("annonces", echeance="2021-10-03"),
    "lieux/musee": entry("lieux", titre="Musée d’exemple", commune="Amiens"),
    "lieux/nouveau": entry("lieux", publie_le="2021-09-25", commune="Amiens"),
}
RANK = {"type": "integer", "minimum": -1}
RANKS = {"type": "array", "items": {"type": "integer", "minimum": 0}, "uniqueItems": True}
DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
TEXT = {"type": "string"}


def row(*columns: Any) -> Any:
    return {"type": "array", "prefixItems": list(columns), "items": False}


SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": [
        "version", "semaine", "regles", "evenement", "rubriques", "valeurs", "lettres", "lieux",
        "ordre", "contenus", "listes", "textes",
    ],
    "properties": {
        "version": {"const": 1},
        "semaine": {"pattern": r"^\d{4}-s\d\d$"},
        "regles": {"additionalProperties": {"type": "integer"}},
        "evenement": RANK,
        "rubriques": {"items": row(TEXT, TEXT, TEXT, TEXT, {"items": row(TEXT, TEXT)})
                      | {"minItems": 2}},
        "valeurs": {"items": row(TEXT, TEXT, RANK) | {"minItems": 2}},
        "lettres": {"items": row(TEXT, TEXT, {"type": ["integer", "null"]}), "minItems": 1},
        "lieux": {"items": row(TEXT, TEXT)},
        "ordre": RANKS,
        "contenus": {
            "items": row(
                {"pattern": "^/portail/"}, {"type": ["string", "array"]}, RANK, RANK, RANK,
                RANKS, {"enum": list(range(8))}, {"type": ["integer", "null"]},
                {"type": "integer", "minimum": -2}, RANKS,
            ) | {"minItems": 10},
        },
        "listes": {
            "required": list(LISTS), "additionalProperties": False,
            "properties": {name: {"items": row(
                RANK, {"anyOf": [DAY, {"const": 0}]}, TEXT, TEXT, RANK,
                {"anyOf": [DAY, {"const": 0}]}, {"type": "integer", "minimum": 0},
                RANKS if name in ("annonces", "relire") else RANK,
            ) | {"minItems": 8}} for name in LISTS},
        },
        "textes": {"items": TEXT},
    },
}  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def planned(tree: Tree, files: Any = None, **options: Any) -> TextFile:
    (file,) = plan_week_data(tree.site(files, **(HOME | options)))
    return file


def read(file: TextFile) -> Any:
    found = json.loads("".join(file.produce()))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def held(data: Any, name: str) -> list[str]:
    """Addresses of the contents of a list."""
    return [data["contenus"][row[0]][0].removeprefix("/portail") for row in data["listes"][name]]


def test_words_are_those_of_the_letter(tree: Tree) -> None:
    data = read(planned(tree, FILES))
    assert [rubric[:2] for rubric in data["rubriques"]] == [list(one) for one in TITLES.items()]
    assert held(data, "week-end") == ["/evenements/samedi/"]
    (line,) = data["listes"]["week-end"]
    assert line[1:4] == ["2021-10-02", "", "Samedi, à 14\u00a0h · Musée d’exemple, Amiens"]
    assert data["lieux"][line[7]] == ["somme", "Somme (80)"]
    content = data["contenus"][line[0]]
    pairs = {tuple(data["valeurs"][rank][:2]) for rank in content[5]}
    assert ("departement", "somme") in pairs and ("public", "familles") in pairs
    (ending,) = data["listes"]["annonces"]
    assert data["textes"][ending[4]] == "Plus que 3\u00a0jours"
    titles = {one[0]: one[1] for one in data["contenus"]}
    assert titles["/portail/articles/un/"] == ["Le retour d’", "Astacus astacus", ""]


def test_an_epci_knows_its_departement(tree: Tree) -> None:
    values = read(planned(tree, FILES))["valeurs"]
    (epci,) = [one for one in values if one[1] == "ca-amiens-metropole"]
    assert values[epci[2]] == ["departement", "somme"]


def test_hostile_words_stay_on_their_line(tree: Tree) -> None:
    file = planned(tree, FILES)
    text = "".join(file.produce())
    rows = [line.removesuffix(",") for line in text.split("\n") if line.startswith('["')]
    assert len(rows) == len(read(file)["contenus"])
    assert sum("🦉" in row for row in rows) == 1 and all(json.loads(row) for row in rows)


def test_what_the_editors_exclude_is_nowhere_and_what_they_pin_is_known(tree: Tree) -> None:
    week = {
        "newsletters/2021-s39": entry(
            "newsletters", epingles=["articles/hostile"], exclus=["articles/un"],
            ordre=["events/samedi"],
        )
    }  # fmt: skip
    data = read(planned(tree, FILES | week))
    assert held(data, "epingles") == ["/articles/hostile/"]
    assert not any("/articles/un/" in one[0] for one in data["contenus"])
    assert [data["contenus"][rank][0] for rank in data["ordre"]] == ["/portail/evenements/samedi/"]


def test_a_new_day_of_the_week_changes_nothing(tree: Tree) -> None:
    first = planned(tree, FILES)
    later = planned(tree, day=TODAY + timedelta(days=2))
    assert key_of(later) == key_of(first)
    assert "".join(later.produce()) == "".join(first.produce())
    assert key_of(planned(tree, day=TODAY + timedelta(days=7))) != key_of(first)


@pytest.mark.parametrize(
    "change",
    [
        {"articles/un": entry("articles", titre="Autre")},
        {"lieux/musee": entry("lieux", titre="Autre musée", commune="Amiens")},
        {"events/nouveau": entry("events", debut="2021-10-03 10:00")},
    ],
)
def test_the_key_follows_what_is_told(tree: Tree, change: dict[str, str]) -> None:
    before = planned(tree, FILES)
    text = "".join(before.produce())
    after = planned(tree, change)
    assert "".join(after.produce()) != text and key_of(after) != key_of(before)


def test_what_is_not_told_changes_no_key(tree: Tree) -> None:
    before = planned(tree, FILES)
    passed = {"events/passe": entry("events", debut="2020-10-03 10:00", publie_le="2020-09-01")}
    assert key_of(planned(tree, passed)) == key_of(before)


def test_nothing_without_a_choice(tree: Tree) -> None:
    site = tree.site({"pages/a-propos": entry("pages")})
    assert not list(plan_week_data(site))


def test_a_busy_week_stays_light_and_lacks_no_value(tree: Tree) -> None:
    """Hundreds of events: each commune and theme has its own first."""
    themes = ("numerique", "vivant-sante", "astronomie-espace")
    towns = ("Amiens", "Abbeville", "Lille", "Laon", "Beauvais", "Arras")
    files = {
        f"events/e{n}": entry(
            "events", titre=f"Un rendez-vous de la semaine, le numéro {n}",
            debut=f"2021-10-{2 + n % 19:02d} {8 + n % 12}:00", publie_le="2021-09-01",
            adresse={"commune": towns[n % 5]}, themes=[themes[n % 2]],
        )
        for n in range(420)
    }  # fmt: skip
    last = "2021-10-20 20:00"
    files["events/rare"] = entry(
        "events", debut=last, adresse={"commune": towns[5]}, themes=[themes[2]],
        publie_le="2021-06-01",
    )  # fmt: skip
    file = planned(tree, files)
    data = read(file)
    for name, (_, most, _) in LISTS.items():
        assert len(held(data, name)) <= most + 60
    assert len(data["listes"]["a-noter"]) < 200
    assert "/evenements/rare/" in held(data, "a-noter")
    assert len(gzip.compress("".join(file.produce()).encode())) < 60_000
    assert date.fromisoformat(data["listes"]["a-noter"][0][1]) >= TODAY
