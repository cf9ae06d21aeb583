"""What is for those who make the network: where it is shown, and where it is not."""

import pytest

from plans import entry
from portail.features.channels.flux.feeds import feeds_of
from portail.features.services.calendriers.calendars import calendars_of
from portail.site.urls import TRADE

documents_of = pytest.importorskip("portail_recherche.records").documents_of

ARTICLE = "/articles/bilan/"
EVENT = "/evenements/rencontre/"
PUBLIC = "/articles/pain/"


def files(**reseau):
    """An article and an event for the network, with ``reseau``, beside some for everybody."""
    themes = {"themes": ["sciences-societe"], "mots_cles": ["réseau"]}
    author = {"auteurs": ["odile"]}
    return {
        "articles/bilan": entry(
            "articles", titre="Bilan du réseau", lieu="musee", **themes, **author, **reseau
        ),
        "articles/pain": entry("articles", titre="Le pain", lieu="musee", **themes, **author),
        "events/rencontre": entry(
            "events", titre="Rencontre du réseau", organisateurs=["musee"], **themes, **reseau
        ),
        "events/atelier": entry("events", titre="Atelier", organisateurs=["musee"], **themes),
        "lieux/musee": entry("lieux", titre="Musée"),
        "auteurs/odile": entry("auteurs", titre="Odile"),
        "dossiers/ensemble": entry("dossiers", elements=["articles/bilan", "articles/pain"]),
    }


def showing(pages, url):
    """Addresses of the pages that name ``url``, its own left out."""
    return {page for page, seen in pages.items() if url in repr(seen.view()) and page != url}


def test_it_leaves_the_lists_of_the_public_and_the_agenda_for_a_section(tree):
    pages = tree.pages(files(), siteurl="https://exemple.org")
    everywhere = {"/", "/articles/", "/themes/sciences-societe/", "/plan-du-site/"}
    assert everywhere <= showing(pages, ARTICLE)
    assert {"/", "/agenda/", "/agenda/2021/10/", "/agenda/2021-s40/"} <= showing(pages, EVENT)
    assert TRADE not in pages and TRADE not in repr(pages["/"].view().cadre)
    pages = tree.pages(files(reseau=True), siteurl="https://exemple.org")
    chosen = {TRADE, "/lieux/musee/"}
    assert showing(pages, ARTICLE) == {*chosen, "/auteurs/odile/", "/dossiers/ensemble/"}
    assert showing(pages, EVENT) == chosen
    assert TRADE in repr(pages["/"].view().cadre)
    for url in (ARTICLE, EVENT):
        assert [one.url for one in pages[url].view().fil] == ["/", TRADE]
    assert PUBLIC not in repr(pages[ARTICLE].view().blocs), "neither reads on to the other"


def test_feeds_calendars_and_the_letter_leave_it_out(tree):
    site = tree.site(files(reseau=True), siteurl="https://exemple.org")
    apart = {"articles/bilan", "events/rencontre"}
    # An author's or a place's own feed does tell what they did.
    others = [one for one in feeds_of(site).every if one.groupe not in OWN and one.page != TRADE]
    followed = {ref for one in others for ref in one.refs}
    assert followed and not apart & followed
    (own,) = feeds_of(site).of(TRADE)
    assert {*own.refs} == apart, "whose work it is follows it in a feed of its own"
    held = {ref for one in calendars_of(site).every if one.groupe not in OWN for ref in one.refs}
    assert held and not apart & held
    weeks = site.indexes.programme.weeks
    days = [day for one in weeks for day in site.indexes.programme.week(one).jours]
    assert weeks and not any(apart & day.refs for day in days)


OWN = frozenset({"lieu", "auteur", "dossier"})


def test_the_search_has_a_sort_of_its_own(tree):
    _, told, _ = documents_of(tree.site(files(reseau=True)))
    sorts = next(values for cle, _, values in told["facettes"] if cle == "sorte")
    assert ["reseau", "Le réseau"] in sorts
