"""What pages tell engines is in the vocabulary: each property is one that its type has.

``tests/data/schema.org.json`` holds, of the vocabulary that it names, the types that we use and
those above them: the types just above, and the properties that are its own.
"""

import json
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import pytest

from plans import Tree, day_of, entry
from portail.config import SiteConfig
from portail.features.services.referencement.nodes import graph

SITE = "https://exemple.org/portail"
CONFIG = SiteConfig(region="Hauts-de-France", siteurl=SITE)


@pytest.fixture(scope="module")
def types(racine):
    table = json.loads((racine / "tests/data/schema.org.json").read_text("utf-8"))
    return dict(table["types"])


def properties(name, types):
    """All that a type has, its own and what is above it."""
    one = types[name]
    return set(one["own"]).union(*(properties(each, types) for each in one["above"]))


def nodes(value):
    """Every node of a graph."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


def leaves(value, key=""):
    """Every scalar of a graph, with its key."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, name)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one, key)
    else:
        yield key, value


def sound(graph):
    """Absolute addresses, real dates, nothing empty."""
    for key, value in leaves(graph):
        assert value not in (None, ""), key
        if key in ("url", "item", "@id", "license"):
            assert urlsplit(str(value)).scheme in ("http", "https"), (key, value)
        if (key.endswith("Date") or key.startswith("date")) and not str(value).isdecimal():
            assert datetime.fromisoformat(str(value)), (key, value)


def graphs(content, folder):
    """Template and graph of each page of a site that tells engines something."""
    folder.mkdir()
    (folder / "content").symlink_to(content)
    for page in Tree(folder).pages(siteurl=SITE, day=day_of(content)).values():
        if page.template.endswith(".html") and page.template != "embarque.html":
            yield page.template, graph(page.view(), CONFIG)["@graph"]


@pytest.mark.parametrize(
    "content", [pytest.param("content", marks=pytest.mark.long), "tests/sites/vitrine/content"]
)
def test_graphs_are_sound_and_their_properties_those_of_their_type(
    content, types, racine, tmp_path
):
    known = cache(lambda name: properties(name, types))
    seen = set()
    foreign = set()
    for template, found in graphs(racine / content, tmp_path / "site"):
        sound(found)
        for node in nodes(found):
            name = node["@type"]
            seen.add(name)
            # https://schema.org/docs/actions.html: what an action is given has no row of its own.
            said = {key for key in node if key[0] != "@" and not key.endswith("-input")}
            foreign |= {(name, key) for key in said - known(name)}
        if template == "edition.html":
            for event in (found[0], *found[0].get("subEvent", ())):
                assert event["eventStatus"].startswith("https://schema.org/Event")
                places = event["location"]
                for place in places if isinstance(places, list) else [places]:
                    assert place["@type"] == "VirtualLocation" or place["address"], event
    assert not foreign
    assert {"BreadcrumbList", "Festival", "MonetaryGrant", "Museum", "NewsArticle"} <= seen
    assert {"Person", "SearchAction", "WebSite"} <= seen


def test_events_and_articles_have_the_picture_of_shared_links(tree):
    files = {
        "events/essai": entry("events", themes=["mathematiques"]),
        "articles/essai": entry("articles"),
        "temps-forts/fete": entry("temps-forts", editions={"2020": {"chiffres": []}}),
        "events/autre": entry("events", debut="2020-10-03", temps_fort="fete", edition=2020),
    }
    for url in ("/evenements/essai/", "/articles/essai/", "/temps-forts/fete/2020/"):
        machine = tree.view(url, files, siteurl=SITE).machine
        picture = machine.donnees[0]["image"]
        assert picture["url"] == f"{SITE}{machine.image.url}", url
        assert (picture["width"], picture["height"]) == (1200, 630)
