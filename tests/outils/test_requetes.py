"""The queries that the ranking is judged on, and how an answer is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from portail.source.loader import list_content
from requetes import KEPT, SENTENCES, TUNED, Query, judge, queries


def test_sets() -> None:
    tuned, kept = queries(TUNED), queries(KEPT)

    assert len(tuned) >= 60
    assert len(kept) == 31
    assert len({one.text for one in (*tuned, *kept)}) == len(tuned) + len(kept)
    assert {one.sort for one in kept} == {one.sort for one in tuned}


@pytest.mark.parametrize("name", [TUNED, KEPT, SENTENCES])
def test_expected_answers_are_contents(name: str, racine: Path) -> None:
    listing = list_content(racine / "content", [])
    refs = {f"{one.kind.value}/{one.slug}" for one in listing.documents}

    for query in queries(name):
        assert 1 <= len(query.expected) <= 3, query.text
        named = {one for one in query.expected if not one.startswith("/")}
        assert named <= refs, query.text


def test_judge() -> None:
    asked = [Query("a", "", ("x",)), Query("b", "", ("x", "y")), Query("c", "", ("z",))]

    judged = judge(asked, {"a": ["x"], "b": ["q", "r", "s", "y"]})

    assert (judged.found, judged.total, judged.success) == (1, 3, 1 / 3)
    assert judged.reciprocal == (1 + 1 / 4) / 3
    assert judged.missed == ("b: 4; first q, r, s", "c: never; first ")
