"""The queries that the ranking is judged on, and how an answer is counted."""

import pytest

from portail.source.loader import list_content
from requetes import KEPT, SENTENCES, TUNED, queries


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
