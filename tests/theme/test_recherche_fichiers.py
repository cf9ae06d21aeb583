"""What the engine of the search reads: as little as it can, and from a site that is built again."""

import json

import pytest
from moteur_recherche import CONTENTS, Site, begin, numbers, searching

pytestmark = pytest.mark.chromium

LISTED = "termes/index.json"


@pytest.fixture(scope="module")
def held(browser, theme):
    """A site, and a tab there."""
    site = Site(CONTENTS)
    with searching(browser, site, theme) as tab:
        yield site, tab


@pytest.fixture
def site(held):
    """The site, whole, of which nothing was asked."""
    site, _ = held
    site.files = Site(CONTENTS).files
    site.asked.clear()
    return site


@pytest.fixture
def page(held, site):
    """The tab, whose engine has read nothing."""
    _, tab = held
    begin(tab)
    return tab


def attempt(page, q):
    """How many answers, or the cause of the failure."""
    return page.evaluate("(q) => essayer(q)", q)


def cards(page, *found):
    return page.evaluate(
        "(all) => fiches(all).then((those) => those.map(({ url }) => url), ({ cause }) => cause)",
        list(found),
    )


def changed(site, name, **values):
    site.files[name] = json.dumps(json.loads(site.files[name]) | values)


def test_only_the_files_of_what_is_asked_are_read_and_once(page, site):
    assert site.asked == []
    numbers(page, "planétarium", compter=False, tri="date")
    assert site.asked[0] == LISTED
    assert len(site.asked) == 2
    numbers(page, "planétarium", filtres={"theme": ["mer"]})
    assert site.asked[2:] == ["termes/valeurs.deflate"], "filters ask for it once"
    numbers(page, "planétarium", filtres={"theme": ["mer"]}, tri="date")
    assert cards(page, 1, 3, 256) == ["/1/", "/3/", "/256/"]
    assert cards(page, 3, 0) == ["/3/", "/0/"]
    assert sorted(site.asked[3:]) == ["fiches/0.deflate", "fiches/32.deflate"], "by eight"


def test_a_file_of_terms_that_is_gone_means_a_site_built_again(page, site):
    assert attempt(page, "planétarium") == 3
    later = Site(dict(list(CONTENTS.items())[:-1]), per_file=5)
    site.files = later.files
    assert numbers(page, "espace", exact=True) == []
    assert site.asked.count("termes/index.json") == 2
    assert attempt(page, "ciel") == 5


def test_an_index_of_another_version_is_read_again(page, site):
    good = site.files[LISTED]
    changed(site, LISTED, version=0)
    assert attempt(page, "ciel") == "reseau"
    assert site.asked.count(LISTED) == 2
    site.files[LISTED] = good
    assert attempt(page, "ciel") == 6, "the next try is a new one"


def test_what_does_not_arrive_is_told(page, site):
    good = site.files.pop("termes/index.json")
    assert attempt(page, "ciel") == "reseau"
    site.files["termes/index.json"] = "<html>"
    assert attempt(page, "ciel") == "reseau"
    site.files["termes/index.json"] = good
    assert attempt(page, "ciel") == 6


def test_terms_that_do_not_arrive_are_told_then_asked_again(page, site):
    terms = {name: body for name, body in site.files.items() if "termes" in json.loads(body)}
    for name in terms:
        del site.files[name]
    assert attempt(page, "ciel") == "reseau"
    site.files |= terms
    assert attempt(page, "ciel") == 6


def test_a_vocabulary_may_be_missing(page, site):
    changed(site, LISTED, vocabulaire="")
    assert attempt(page, "planetarum") == 0
    assert attempt(page, "planetarum ciel") == 6


def test_near_words_may_not_arrive(page, site):
    del site.files["termes/mots.deflate"]
    assert attempt(page, "orbite") == 1, "an answer does without them"
    assert attempt(page, "orbitte") == "reseau", "a correction does not"


def test_cards_of_another_order_are_not_shown(page, site):
    numbers(page, "ciel")
    good = site.files["fiches/0.deflate"]
    changed(site, "fiches/0.deflate", marque="autre0")
    assert cards(page, 3, 1) == "perime"
    assert site.asked.count("fiches/0.deflate") == 2
    site.files["fiches/0.deflate"] = good
    numbers(page, "ciel")
    assert cards(page, 3) == ["/3/"]
    del site.files["fiches/32.deflate"]
    assert cards(page, 260) == "reseau"
