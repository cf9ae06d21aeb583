"""Every feed of the two sites, written once for all tests."""

from typing import NamedTuple

import pytest

from portail.features.channels.flux.feeds import feeds_of
from portail.features.channels.flux.output import plan_feeds


class Written(NamedTuple):
    """A site and its feeds: each with one of its addresses and its text there."""

    site: object
    files: tuple


@pytest.fixture(scope="session")
def written(whole_site):
    files = {one.url: one for one in plan_feeds(whole_site)}
    told = tuple(
        (feed, one, "".join(files[one.url].produce()))
        for feed in feeds_of(whole_site).every
        for one in feed.adresses
    )
    assert len(told) == len(files)
    return Written(whole_site, told)
