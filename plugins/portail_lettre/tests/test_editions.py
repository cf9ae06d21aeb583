"""Editions that a content which is everywhere concerns."""

import pytest

from plans import entry
from portail_lettre.choice import (
    ELSEWHERE,
    EVERYWHERE,
    LOCAL,
    WIDE,
    departement_of,
    level,
)
from portail_lettre.settings import Edition


@pytest.mark.parametrize(
    ("territoires", "filtre", "expected"),
    [
        ((), ("departement", "aisne"), WIDE),
        ((), ("epci", "ca-amiens-metropole"), WIDE),
        (("aisne",), ("departement", "aisne"), LOCAL),
        (("aisne",), ("departement", "somme"), ELSEWHERE),
        (("oise", "aisne"), ("epci", "ca-pays-de-laon"), LOCAL),
        (("ca-amiens-metropole",), ("departement", "somme"), LOCAL),
        (("ca-amiens-metropole",), ("epci", "ca-pays-de-laon"), ELSEWHERE),
    ],
)
def test_letters_of_the_territories_that_a_content_covers_tell_it(
    tree, territoires, filtre, expected
):
    named = {"territoires": list(territoires)} if territoires else {}
    site = tree.site({"events/ciel": entry("events", partout=True, **named)})
    item = site.items["events/ciel"]
    assert level(Edition("x", "X", filtre), item, site) == expected
    assert departement_of(item, site) == EVERYWHERE
