"""Every feed of the two sites, written once for all tests."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from demonstration import store_of
from plans import day_of
from portail.config import SiteConfig
from portail.day import Day
from portail.features.channels.flux.feeds import Address, Feed, feeds_of
from portail.features.channels.flux.output import plan_feeds
from portail.pipeline import run
from portail.resources import data_dir
from portail.site.site import Site

SITEURL = "https://portail.example.org/sciences"


class Written(NamedTuple):
    """A site and its feeds: each with one of its addresses and its text there."""

    site: Site
    files: tuple[tuple[Feed, Address, str], ...]


def files_of(site):
    return {one.url: one for one in plan_feeds(site)}


@pytest.fixture(
    scope="session",
    params=[pytest.param("content", marks=pytest.mark.long), "tests/sites/vitrine/content"],
)
def written(request, racine):
    """The demonstration, whose identifiers survive a change of domain; the vitrine, which has no
    ``PORTAIL_ETIQUETTE``."""
    label = "portail.example.org,2021" if request.param == "content" else ""
    config = SiteConfig(region="Hauts-de-France", siteurl=SITEURL, etiquette=label)
    content, day = racine / request.param, Day(day_of(request.param), True)
    site = run(content, data_dir(), config, day, store_of(content)).site
    files = files_of(site)
    told = [
        (feed, one, "".join(files[one.url].produce()))
        for feed in feeds_of(site).every
        for one in feed.adresses
    ]
    assert len(told) == len(files)
    return Written(site, tuple(told))
