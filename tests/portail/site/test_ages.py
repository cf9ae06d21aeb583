"""Whom a content is for, in the search and in the agenda: one rule."""

import pytest

from doses import rows_of
from plans import Tree, entry
from portail.features.kinds.evenements.rows import event_values
from portail.site.facets import ages_of

# Fields, the ages that are understood, what the agenda has for « 7 à 9 ans ».
CASES = rows_of("portail/site/ages.yml")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """One event for each case."""
    files = {f"events/e{rank}": entry("events", **case[0]) for rank, case in enumerate(CASES)}
    return Tree(tmp_path_factory.mktemp("ages")).site(files)


@pytest.mark.parametrize("rank", range(len(CASES)))
def test_what_contradicts_goes_and_what_says_nothing_stays(site, rank):
    item = site.items[f"events/e{rank}"]
    _, ages, value = CASES[rank]
    assert ages_of(item.entry, site.vocabularies) == (ages and tuple(ages))
    told = {code for cle, code in event_values(item, site.vocabularies) if cle == "age"}
    assert told & {"7-9", "non-dit"} == ({value} if value else set())
