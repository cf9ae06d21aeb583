"""Events that two people have likely entered: found, told once, and nothing else."""

import pytest

from doses import cases, rows_of
from plans import entry
from portail.site.rules.references import near, title_words

TABLES = rows_of("features/kinds/evenements/duplicates.yml")


def pairs(tree, first, second):
    """Files on which a duplicate is told."""
    files = {
        "lieux/musee": entry("lieux", titre="Musée Exemple", commune="Amiens"),
        "lieux/halle": entry("lieux", titre="Halle aux sucres", commune="Amiens"),
        "events/parent": entry("events", titre="Parcours", debut="2021-10-09",
                               adresse={"commune": "Lille"}),
        "events/a": entry("events", **{"titre": "Atelier fusées à eau"} | first),
        "events/b": entry("events", **{"titre": "Ateliers fusées"} | second),
    }  # fmt: skip
    return [one.position.path.stem for one in tree.run(files).report if one.code == "A513"]


@pytest.mark.parametrize(("first", "second"), TABLES["found_and_told_once"])
def test_found_and_told_once(tree, first, second):
    assert pairs(tree, first, second) == ["b"]
    assert pairs(tree, {**first, "publie_le": "2021-09-15"}, second) == ["a"]


def test_many_of_one_event_are_each_told_once(tree):
    files = {f"events/copie-{rank}": entry("events", titre="Atelier fusées") for rank in range(6)}
    told = [one for one in tree.run(files).report if one.code == "A513"]
    assert [one.position.path.stem for one in told] == [f"copie-{rank}" for rank in range(1, 6)]
    assert all("content/events/copie-0.md" in one.message for one in told)


@pytest.mark.parametrize(("first", "second"), TABLES["two_events"])
def test_two_events(tree, first, second):
    assert pairs(tree, first, second) == []


@cases(
    ("first", "second", "expected"),
    [
        ("Nuit de la chouette", "La Nuit de la Chouette !", True),
        ("Conférence : les étoiles", "Conférence sur les étoiles", True),
        ("Visite guidée du musée", "Visite guidée du jardin", False),
        ("Séance 1 : la Lune", "Séance 2 : la Lune", False),
        ("Concert", "Concert des étoiles", False),
        ("Le ciel", "Spectacle, le ciel vu par les enfants de l’école du parc", False),
    ],
)
def test_near_titles(first, second, expected):
    one, other = title_words(first), title_words(second)
    assert near(one, other) is near(other, one) is expected
