"""Which day a title speaks of: that under which its event is told."""

import pytest

from plans import entry


@pytest.mark.parametrize(
    ("debut", "told"),
    [
        ("2021-10-02 20:00", "Samedi 2 octobre au soir"),
        ("2021-10-03 00:30", "Samedi 2 octobre au soir"),
        ("2021-10-02", "Samedi 2 octobre au soir"),
    ],
    ids=["evening", "night", "whole day"],
)
def test_this_evening_is_that_of_the_event(tree, debut, told):
    site = tree.site({"events/a": entry("events", titre="Ce soir", debut=debut)})
    assert site.items["events/a"].entry.titre.replace("\u00a0", " ") == told
