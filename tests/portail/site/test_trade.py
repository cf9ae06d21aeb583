"""What is for those who make the network: where it is shown, and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans import Tree, entry
from portail.features.channels.flux.feeds import feeds_of
from portail.features.pages.recherche.records import index_document
from portail.features.services.calendriers.calendars import calendars_of
from portail.site.urls import TRADE

ARTICLE = "/articles/bilan/"
EVENT = "/evenements/rencontre/"
PUBLIC = "/articles/pain/"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def files(**reseau: bool) -> dict[str, str]:
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


def showing(tree: Tree, url: str, **reseau: bool) -> set[str]:
    """Addresses of the pages that name ``url``, its own left out."""
    pages = tree.pages(files(**reseau), siteurl="https://exemple.org")
    return {page for page, seen in pages.items() if url in repr(seen.view()) and page != url}


CHOSEN = {TRADE, "/lieux/musee/"}


def test_an_article_leaves_the_lists_of_the_public(tree: Tree) -> None:
    before = showing(tree, ARTICLE)
    assert {"/", "/articles/", "/themes/sciences-societe/", "/plan-du-site/"} <= before
    assert showing(tree, ARTICLE, reseau=True) == {
        *CHOSEN,
        "/auteurs/odile/",
        "/dossiers/ensemble/",
    }


def test_an_event_leaves_the_agenda(tree: Tree) -> None:
    before = showing(tree, EVENT)
    assert {"/", "/agenda/", "/agenda/2021/10/", "/agenda/2021-s40/"} <= before
    assert showing(tree, EVENT, reseau=True) == CHOSEN


def test_neither_reads_on_to_the_other(tree: Tree) -> None:
    pages = tree.pages(files(reseau=True))
    assert PUBLIC not in repr(pages[ARTICLE].view().blocs)
    assert ARTICLE not in repr(pages[PUBLIC].view().blocs)


def test_its_page_stands_in_the_section(tree: Tree) -> None:
    pages = tree.pages(files(reseau=True))
    assert [one.url for one in pages[ARTICLE].view().fil] == ["/", TRADE]
    assert [one.url for one in pages[EVENT].view().fil] == ["/", TRADE]
    assert TRADE in repr(pages["/"].view().cadre)


def test_without_any_there_is_no_section(tree: Tree) -> None:
    pages = tree.pages(files())
    assert TRADE not in pages and TRADE not in repr(pages["/"].view().cadre)


def test_feeds_calendars_and_the_letter_leave_it_out(tree: Tree) -> None:
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


def test_the_search_has_a_sort_of_its_own(tree: Tree) -> None:
    told = index_document(tree.site(files(reseau=True)))
    sorts = next(values for cle, _, values in told["facettes"] if cle == "sorte")
    assert ["reseau", "Le réseau"] in sorts
