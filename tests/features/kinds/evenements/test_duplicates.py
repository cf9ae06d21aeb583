"""Events that two people have likely entered: found, told once, and nothing else."""

import pytest

from doses import cases
from plans import entry
from portail.site.rules.references import near, title_words


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


AMIENS = {"adresse": {"commune": "Amiens"}}
MUSEE = {"lieu": "musee"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        (MUSEE, MUSEE),
        (MUSEE, AMIENS),
        ({"adresse": {"commune": "Amiens", "nom": "Le musée"}}, MUSEE),
        ({}, {"debut": "2021-10-09"}),
        ({}, {"debut": "2021-10-09 14:30"}),
        (
            {"titre": "Observer le ciel d’hiver"},
            {"titre": "Observation du ciel d’hiver à Amiens", "debut": "2021-10-09 15:45"},
        ),
        ({}, {"seances": [{"debut": "2021-10-08 14:00"}, {"debut": "2021-10-09 14:00"}]}),
        ({"en_ligne": "https://example.org/d"}, {"en_ligne": "https://example.org/d"}),
    ],
)
def test_found_and_told_once(tree, first, second):
    assert pairs(tree, first, second) == ["b"]
    assert pairs(tree, {**first, "publie_le": "2021-09-15"}, second) == ["a"]


def test_many_of_one_event_are_each_told_once(tree):
    files = {f"events/copie-{rank}": entry("events", titre="Atelier fusées") for rank in range(6)}
    told = [one for one in tree.run(files).report if one.code == "A513"]
    assert [one.position.path.stem for one in told] == [f"copie-{rank}" for rank in range(1, 6)]
    assert all("content/events/copie-0.md" in one.message for one in told)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"debut": "2021-10-09 16:30"}),
        ({}, {"debut": "2021-10-10 14:00"}),
        ({}, {"titre": "Atelier robots à eau"}),
        (MUSEE, {"lieu": "halle"}),
        ({"adresse": {"commune": "Amiens", "nom": "Le gymnase"}}, MUSEE),
        ({}, AMIENS),
        ({}, {"langue": "en"}),
        ({}, {"evenement_parent": "a"}),
        (
            {"evenement_parent": "parent", "etape": 1},
            {"evenement_parent": "parent", "etape": 2},
        ),
    ],
)
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
