"""The page of feeds, the file that holds them all, and the feeds that pages tell of."""

import pytest

from plans import Tree, entry
from plans import pages_of as pages_of_plan
from portail.features.channels.flux.feeds import feeds_of, plan_page
from portail.features.pages.accueil.page import plan_home
from portail.features.services.agenda.periods import plan_periods
from portail.outputs.base import Plan
from portail.outputs.kernel import plan_pages

SITE = "https://exemple.org/portail"
LIEU = entry("lieux", titre="Musée", publie_le="2021-09-02")
AMIS = entry("communautes", titre="Amis *Exemple* & « Cie »", regle={"theme": "numerique"})
ARTICLE = entry("articles", themes=["numerique"])
FILES = {
    "lieux/musee": LIEU,
    "lieux/autre": LIEU,
    "communautes/amis": AMIS,
    "articles/nuit": ARTICLE,
    "events/visite": entry("events", lieu="musee", themes=["numerique"]),
    "newsletters/2021-s39": entry("newsletters"),
    "pages/a-propos": entry("pages"),
}


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
        "Le portail et ses rubriques", "Thèmes", "Communautés",
    ]  # fmt: skip
    assert [one.formats for one in view.groupes] == [True, False, False]


def test_long_lists_are_folded(tree):
    files = {f"communautes/amis-{rank}": AMIS for rank in range(13)} | {"articles/nuit": ARTICLE}
    view = flux_of(tree.site(files, siteurl=SITE))
    assert [one.plie for one in view.groupes] == [False, False, True]


def test_other_ways_are_told_when_there_are(site, tmp_path):
    assert "/calendriers/" in [one.url for one in flux_of(site).aussi]
    without = Tree(tmp_path / "x").site({"articles/nuit": ARTICLE}, siteurl=SITE)
    assert "/calendriers/" not in [one.url for one in flux_of(without).aussi]


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        ("/", ["/flux.xml", "/atom.xml", "/flux.json"]),
        ("/articles/", ["/articles/flux.xml"]),
        ("/articles/nuit/", ["/articles/flux.xml"]),
        ("/lieux/musee/", ["/lieux/flux.xml"]),
        ("/lieux/autre/", ["/lieux/flux.xml"]),
        ("/a-propos/", ["/flux.xml"]),
        ("/themes/", ["/flux.xml"]),
        ("/themes/numerique/", ["/themes/numerique/flux.xml"]),
        ("/agenda/theme/numerique/", ["/agenda/flux.xml"]),
        ("/evenements/visite/", ["/agenda/flux.xml"]),
        *((url, ["/agenda/flux.xml", "/agenda/a-venir.xml"])
          for url in ("/agenda/", "/agenda/2021-s40/", "/agenda/2021/10/", "/agenda/2021/")),
    ],
)  # fmt: skip
def test_pages_tell_of_their_feeds(site, url, feeds):
    view = pages_of(site)[url].view()
    assert [one.url for one in view.flux] == feeds
    known = {one.url: one.type for feed in feeds_of(site).every for one in feed.adresses}
    assert all(known[one.url] == one.type for one in view.flux)
    assert {one.propre for one in view.flux} == {feeds[0] == f"{url}flux.xml" or "2021" in url}


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
