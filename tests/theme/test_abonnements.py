"""Subscribing from a page, in a browser: with scripts and without, on a narrow screen."""

import pytest
from navigateur import ORIGIN

from drawn_pages import ADDRESS

PLACE = "/lieux/musee-exemple-des-sciences/"
HOST = ADDRESS.partition("://")[2]


@pytest.fixture
def visit(opened):
    """Opens the page of a place at a width."""

    def make(width, *, scripts=True):
        page = opened(width, java_script_enabled=scripts)
        page.goto(f"{ORIGIN}{PLACE}")
        return page

    return make


def test_addresses(trees):
    (fold,) = trees[PLACE].xpath("//details[@id='Suivre']")
    assert fold.xpath(".//a/@href")[:3] == [
        f"webcal://{HOST}{PLACE}agenda.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A//{HOST}{PLACE}agenda.ics",
        "/calendriers/#Comment",
    ]
    assert fold.findtext(".//code") == f"{ADDRESS}{PLACE}agenda.ics"
    links = trees[PLACE].xpath("//link[@rel='alternate'][@type='text/calendar']/@href")
    assert links == [f"{PLACE}agenda.ics"]


def test_the_file_of_an_event_opens_in_a_calendar(trees):
    """A ``download`` attribute would keep it among the files of an iPhone."""
    page = trees["/evenements/spectacle-complet/"]
    (link,) = page.xpath("//a[contains(., 'Ajouter à mon agenda')]")
    assert link.get("href") == "/evenements/spectacle-complet/evenement.ics"
    assert link.get("download") is None and "second" in link.get("class")


def test_a_preview_without_address_gives_the_file(planned, read):
    page = read((planned[PLACE].template, planned[PLACE].view()))
    assert not page.xpath("//@href[starts-with(., 'webcal:')]")
    files = page.xpath("//*[@class='suivre']//a/@href")
    assert [one for one in files if one.endswith("agenda.ics")]


def test_feeds_are_found_by_readers_and_by_people(trees):
    found = trees["/agenda/"].xpath("//link[@rel='alternate'][@type='application/rss+xml']")
    assert [(one.get("title"), one.get("href")) for one in found] == [
        ("Agenda, flux RSS", f"{ADDRESS}/agenda/flux.xml"),
        ("Prochains rendez-vous, flux RSS", f"{ADDRESS}/agenda/a-venir.xml"),
    ]
    assert seen(trees["/agenda/"]) == [
        ("Agenda, flux RSS", "/agenda/flux.xml"),
        ("Prochains rendez-vous, flux RSS", "/agenda/a-venir.xml"),
    ]
    assert seen(trees["/articles/"]) == [("Flux RSS", "/articles/flux.xml")]


def seen(page):
    """The links to feeds that people see."""
    links = page.xpath("//details[@class='suivre']//a[contains(@href, '.xml')]")
    return [(one.text_content(), one.get("href")) for one in links]


def test_each_form_of_a_feed_says_its_name(trees):
    links = trees["/flux/"].xpath("//main//ul[@class='formes']//a")
    assert [one.text_content() for one in links[:3]] == [
        "RSS\xa0: Tout le portail", "Atom\xa0: Tout le portail", "JSON\xa0: Tout le portail",
    ]  # fmt: skip


@pytest.mark.chromium
@pytest.mark.parametrize("scripts", [True, False])
def test_the_fold_opens(scripts, visit):
    page = visit(390, scripts=scripts)
    links = page.locator("#Suivre a[href^='webcal:']")
    assert not links.is_visible()
    page.locator("#Suivre > summary").click()
    assert links.is_visible()
    for one in page.locator(".suivre :is(summary, li a)").all():
        assert one.bounding_box()["height"] >= 44


@pytest.mark.chromium
def test_a_link_to_the_fold_opens_it(visit):
    """Where nothing is announced, a list leads to it."""
    page = visit(1280)
    page.evaluate("location.hash = 'Suivre'")
    page.locator("#Suivre a[href^='webcal:']").wait_for(state="visible")


def test_a_page_has_one_button_for_all_the_ways(planned, trees):
    for url, page in trees.items():
        if planned[url].template in OF_WAYS:
            continue
        buttons = page.xpath("//summary[contains(@class, 'bouton')]")
        told = [one.text_content().strip() for one in buttons if "uivre" in one.text_content()]
        assert told in ([], ["Suivre"]), url
        ways = page.xpath("//main//a[contains(@href, 'flux.xml') or starts-with(@href, 'webcal:')]")
        assert not [one for one in ways if not one.xpath("ancestor::*[@class='suivre']")], url


OF_WAYS = {"calendriers.html", "flux.html", "lettre.html", "lettres.html"}
"""Pages that are about them."""
