"""A tool that goes from hand to hand: proposed when it spares the way back, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plans import Tree, box_rows, entry

LENDER = entry("lieux", titre="Musée d’exemple", commune="Amiens")
FIRST = {"emprunteur": "Collège de Laon", "commune": "Laon", "du": "2021-10-04", "au": "2021-10-22"}
NEXT = {"emprunteur": "Médiathèque", "commune": "Soissons", "du": "2021-11-02", "au": "2021-11-20"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def told(tree: Tree, *loans: dict[str, Any], **fields: Any) -> list[str]:
    """What the page of a tool lent by a museum of Amiens proposes."""
    given = {
        "type": "exposition",
        "proprietaire": "musee",
        "pret": {"caisses": 2, "exemplaires": 1},
        "itinerance": list(loans),
    }
    tool = entry("ressources", **(given | fields))
    view = tree.view("/ressources/expo/", {"lieux/musee": LENDER, "ressources/expo": tool})
    rows = [row for row in box_rows(view) if row.libelle == "De main en main"]
    return [value.texte.replace("\u00a0", " ") for row in rows for value in row.valeurs]


def test_the_next_borrower_is_nearer_than_the_way_by_the_lender(tree: Tree) -> None:
    (sentence,) = told(tree, FIRST, NEXT)
    assert sentence.startswith("Collège de Laon peut le passer à Médiathèque (Soissons) vers le 2")
    assert "29 km" in sentence or "30 km" in sentence
    assert "par le prêteur" in sentence


@pytest.mark.parametrize(
    "change",
    [
        {"commune": "Calais"},
        {"du": "2021-12-10", "au": "2021-12-20"},
        {"commune": None, "emprunteur": "On ne sait où"},
    ],
)
def test_far_or_late_or_nowhere_proposes_nothing(tree: Tree, change: dict[str, Any]) -> None:
    later = {key: value for key, value in (NEXT | change).items() if value}
    assert told(tree, FIRST, later) == []


def test_what_has_begun_is_no_proposal(tree: Tree) -> None:
    past = [FIRST | {"du": "2021-08-01", "au": "2021-08-20"},
            NEXT | {"du": "2021-09-01", "au": "2021-10-30"}]  # fmt: skip
    assert told(tree, *past) == []


def test_two_copies_are_two_itineraries(tree: Tree) -> None:
    apart = [FIRST | {"exemplaire": 1}, NEXT | {"exemplaire": 2}]
    assert told(tree, *apart, pret={"caisses": 2, "exemplaires": 2}) == []
