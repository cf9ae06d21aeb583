"""The true places of the demonstration: a visitor finds the hours of each, or the way to them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from demonstration import ROOT, TODAY, contents
from plans import Tree
from portail.facts.base import Value
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.page import lieu_buttons, lieu_hours


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lieux")
    (folder / "content").symlink_to(ROOT / "content")
    return Tree(folder).site(day=TODAY, region="Hauts-de-France")


def lieux():
    """The sheets that are no examples."""
    return [one.entry for one in contents().values() if isinstance(one.entry, Lieu)]


def test_a_place_that_one_visits_leads_to_its_hours(site):
    types = site.vocabularies["types-lieux"]
    led = {
        lieu.slug: lieu.site
        for lieu in lieux()
        if types[lieu.type].extra.get("visitable") == "oui"
        and lieu.site
        and not lieu.horaires_ouverture
    }
    for slug, address in led.items():
        item = site.items[f"lieux/{slug}"]
        hours = lieu_hours(item, site)
        assert (hours.label, hours.values) == ("Horaires", (Value("Sur leur site"),))
        assert address in [button.url for button in lieu_buttons(item, site)]
    assert {"la-coupole", "nausicaa", "samara"} <= led.keys()


def test_the_site_that_a_text_cites_is_on_the_sheet_of_its_place():
    cited = [
        (reference.titre, urlsplit(reference.url))
        for content in contents().values()
        for reference in content.entry.references
        if reference.url
    ]
    pairs = {
        lieu.slug: (lieu.site, address.hostname)
        for lieu in lieux()
        for title, address in cited
        if title.startswith(lieu.titre) and address.path in ("", "/")
    }
    assert "la-coupole" in pairs
    assert {slug for slug, (known, host) in pairs.items() if host not in (known or "")} == set()
