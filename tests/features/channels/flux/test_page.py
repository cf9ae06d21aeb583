"""The page of feeds, the file that holds them all, and the feeds that pages tell of."""

import pytest

from doses import rows_of
from plans import Tree, contents, entry
from portail.features.channels.flux.feeds import feeds_of

SITE = "https://exemple.org/portail"
TOLD = rows_of("features/channels/flux/suivis.yml")
FILES = contents(TOLD["contenus"])


@pytest.fixture
def pages(tree):
    return tree.pages(FILES, siteurl=SITE)


@pytest.fixture
def feeds(tree):
    return feeds_of(tree.site(FILES, siteurl=SITE)).every


def test_the_page_lists_every_form_of_every_feed(pages, feeds):
    view = pages["/flux/"].view()
    listed = [link.url for group in view.groupes for one in group.flux for link in one.formes]
    assert listed == [one.url for feed in feeds for one in feed.adresses]
    assert [one.titre for one in view.groupes] == [
        "Le portail et ses rubriques", "Thèmes", "Territoires", "Communautés",
    ]  # fmt: skip
    assert [one.formats for one in view.groupes] == [True, False, False, False]


def test_long_lists_are_folded(tree):
    files = {f"communautes/amis-{rank}": FILES["communautes/amis"] for rank in range(13)}
    view = tree.view("/flux/", FILES | files, siteurl=SITE)
    assert [one.plie for one in view.groupes] == [False, False, False, True]


def test_other_ways_are_told_when_there_are(pages, tmp_path):
    assert "/calendriers/" in [one.url for one in pages["/flux/"].view().aussi]
    text = {"articles/nuit": FILES["articles/nuit"]}
    without = Tree(tmp_path / "x").view("/flux/", text, siteurl=SITE)
    assert "/calendriers/" not in [one.url for one in without.aussi]


def test_pages_tell_of_their_feeds(pages, feeds):
    known = {one.url: one.type for feed in feeds for one in feed.adresses}
    for url, own in TOLD["annonces"].items():
        told = pages[url].view().flux
        assert [one.url for one in told] == own
        assert all(known[one.url] == one.type for one in told)
        assert {one.propre for one in told} == {own[0] == f"{url}flux.xml" or "2021" in url}


def test_without_address_nothing_is_said(tree):
    pages = tree.pages(FILES)
    assert "/flux/" not in pages
    assert "/flux/" not in pages["/"].view().cadre.urls
    assert {pages[url].view().flux for url in ("/", "/articles/", "/lieux/musee/")} == {()}


def test_an_empty_list_says_how_to_be_told(tree):
    over = entry("annonces", publie_le="2021-06-01", echeance="2021-07-01")
    old = entry("events", debut="2021-06-09 14:00", publie_le="2021-05-01")
    files = {"annonces/une": over, "events/un": old}

    def told(url, siteurl):
        view = tree.view(url, files, siteurl=siteurl)
        return [one.texte for one in view.vide.issues if one.url == "#Suivre"]

    assert told("/annonces/", SITE) == ["Être prévenu : flux"]
    assert told("/agenda/", SITE) == ["Être prévenu : flux, calendrier"]
    assert told("/agenda/week-end/", SITE) == ["Être prévenu : flux, calendrier"]
    assert told("/annonces/", "") == []
    assert told("/agenda/", "") == ["Être prévenu : calendrier"]
