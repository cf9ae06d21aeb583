"""The queries that the ranking is judged on, and how an answer is counted."""

import pytest

from portail.source.loader import list_content
from requetes import KEPT, SENTENCES, TUNED, Query, judge, queries


@pytest.mark.parametrize("name", [TUNED, KEPT, SENTENCES])
def test_expected_answers_are_contents(name, racine):
    listing = list_content(racine / "content", [])
    refs = {f"{one.kind.value}/{one.slug}" for one in listing.documents}

    asked = queries(name)
    assert len(asked) == len({query.text for query in asked}) > 0
    for query in asked:
        assert 1 <= len(query.expected) <= 3, query.text
        named = {one for one in query.expected if not one.startswith("/")}
        assert named <= refs, query.text


def test_no_query_is_both_tuned_on_and_kept_apart():
    assert not {one.text for one in queries(TUNED)} & {one.text for one in queries(KEPT)}


def test_judge():
    asked = [Query("a", "", ("x",)), Query("b", "", ("x", "y")), Query("c", "", ("z",))]

    judged = judge(asked, {"a": ["x"], "b": ["q", "r", "s", "y"]})

    assert (judged.found, judged.total, judged.success) == (1, 3, 1 / 3)
    assert judged.reciprocal == (1 + 1 / 4) / 3
    assert judged.missed == ("b: 4; first q, r, s", "c: never; first ")
