"""Both sites, read once: the demonstration and the one that shows every state."""

from __future__ import annotations

from pathlib import Path

import pytest

from demonstration import store_of
from plans import day_of
from portail.config import SiteConfig
from portail.day import Day
from portail.pipeline import run
from portail.resources import data_dir
from portail.site.site import Site

ROOT = Path(__file__).resolve().parents[4]
CONTENTS = {"demonstration": ROOT / "content", "vitrine": ROOT / "tests/sites/vitrine/content"}


@pytest.fixture(
    scope="session",
    params=[pytest.param("demonstration", marks=pytest.mark.long), "vitrine"],
)
def whole_site(request: pytest.FixtureRequest) -> Site:
    """The showcase, which has every state, or the demonstration in the long run, with an
    address."""
    config = SiteConfig(
        region="Hauts-de-France",
        siteurl="https://portail.example.org",
        etiquette="exemple.org,2021",
    )
    content = CONTENTS[request.param]
    day = Day(day_of(content), pinned=True)
    found = run(content, data_dir(), config, day, store_of(content)).site
    assert found is not None
    return found
