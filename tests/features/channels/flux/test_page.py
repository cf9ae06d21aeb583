"""The page of feeds, the file that holds them all, and the feeds that pages tell of."""

import pytest

from doses import rows_of
from plans import Tree, contents, entry
from plans import pages_of as pages_of_plan
from portail.features.channels.flux.feeds import feeds_of, plan_page
from portail.features.pages.accueil.page import plan_home
from portail.features.services.agenda.periods import plan_periods
from portail.outputs.base import Plan
from portail.outputs.kernel import plan_pages

SITE = "https://exemple.org/portail"
TOLD = rows_of("features/channels/flux/suivis.yml")
FILES = contents(TOLD["contenus"])


@pytest.fixture
def site(tmp_path):
    return Tree(tmp_path).site(FILES, siteurl=SITE)


def pages_of(site):
    return pages_of_plan(
        Plan([*plan_home(site), *plan_pages(site), *plan_periods(site), *plan_page(site)])
    )


def flux_of(site):
    return pages_of(site)["/flux/"].view()


def test_the_page_lists_every_form_of_every_feed(site):
    view = flux_of(site)
    listed = [link.url for group in view.groupes for one in group.flux for link in one.formes]
    assert listed == [one.url for feed in feeds_of(site).every for one in feed.adresses]
    assert [one.titre for one in view.groupes] == [
        "Le portail et ses rubriques", "Thèmes", "Territoires", "Communautés",
    ]  # fmt: skip
    assert [one.formats for one in view.groupes] == [True, False, False, False]


def test_long_lists_are_folded(tree):
    files = {f"communautes/amis-{rank}": FILES["communautes/amis"] for rank in range(13)}
    view = flux_of(tree.site(FILES | files, siteurl=SITE))
    assert [one.plie for one in view.groupes] == [False, False, False, True]


def test_other_ways_are_told_when_there_are(site, tmp_path):
    assert "/calendriers/" in [one.url for one in flux_of(site).aussi]
    without = Tree(tmp_path / "x").site({"articles/nuit": FILES["articles/nuit"]}, siteurl=SITE)
    assert "/calendriers/" not in [one.url for one in flux_of(without).aussi]


def test_pages_tell_of_their_feeds(site):
    pages = pages_of(site)
    known = {one.url: one.type for feed in feeds_of(site).every for one in feed.adresses}
    for url, feeds in TOLD["annonces"].items():
        told = pages[url].view().flux
        assert [one.url for one in told] == feeds
        assert all(known[one.url] == one.type for one in told)
        assert {one.propre for one in told} == {feeds[0] == f"{url}flux.xml" or "2021" in url}


def test_without_address_nothing_is_said(tree):
    site = tree.site(FILES)
    pages = pages_of(site)
    assert "/flux/" not in pages
    assert "/flux/" not in pages["/"].view().cadre.urls
    assert {pages[url].view().flux for url in ("/", "/articles/", "/lieux/musee/")} == {()}


def test_an_empty_list_says_how_to_be_told(tree):
    over = entry("annonces", publie_le="2021-06-01", echeance="2021-07-01")
    old = entry("events", debut="2021-06-09 14:00", publie_le="2021-05-01")
    files = {"annonces/une": over, "events/un": old}

    def told(url, siteurl):
        view = pages_of(tree.site(files, siteurl=siteurl))[url].view()
        return [one.texte for one in view.vide.issues if one.url == "#Suivre"]

    assert told("/annonces/", SITE) == ["Être prévenu : flux"]
    assert told("/agenda/", SITE) == ["Être prévenu : flux, calendrier"]
    assert told("/agenda/week-end/", SITE) == ["Être prévenu : flux, calendrier"]
    assert told("/annonces/", "") == []
    assert told("/agenda/", "") == ["Être prévenu : calendrier"]
