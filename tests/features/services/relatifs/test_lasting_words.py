"""Which day a title speaks of: that under which its event is told."""

import pytest

from plans import entry


@pytest.mark.parametrize(
    "debut",
    ["2021-10-02 20:00", "2021-10-03 00:30", "2021-10-02"],
    ids=["evening", "night", "whole day"],
)
def test_this_evening_is_that_of_the_event(tree, debut):
    site = tree.site({"events/a": entry("events", titre="Ce soir", debut=debut)})
    title = site.items["events/a"].entry.titre
    assert title.replace("\u00a0", " ") == "Samedi 2 octobre au soir"
