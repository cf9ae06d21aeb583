"""Subscribing from a page, in a browser: with scripts and without, on a narrow screen."""

import pytest
from abonnements import abonnements
from lxml import html
from navigateur import ORIGIN, hold


@pytest.fixture(scope="module")
def pages(rendu_sur):
    """The cases of calendars, published at the address of the browser's tests."""
    rendu = rendu_sur(ORIGIN)
    return {name: rendu(template, vue) for name, (template, vue) in abonnements().items()}


@pytest.fixture
def visit(pages, opened):
    """Opens a case at a width."""

    def make(name, width, *, scripts=True):
        hold(f"/{name}", pages[name])
        page = opened(width, java_script_enabled=scripts)
        page.goto(f"{ORIGIN}/{name}")
        return page

    return make


def test_addresses(pages):
    page = html.document_fromstring(pages["lieux-calendrier"])
    (fold,) = page.xpath("//details[@id='Suivre']")
    host = ORIGIN.partition("://")[2]
    assert fold.xpath(".//a/@href") == [
        f"webcal://{host}/lieux/la-coupole/agenda.ics",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A//{host}/lieux/la-coupole/agenda.ics",
        "/calendriers/#Comment",
        "/lieux/la-coupole/flux.xml",
    ]
    assert fold.findtext(".//code") == f"{ORIGIN}/lieux/la-coupole/agenda.ics"
    links = page.xpath("//link[@rel='alternate'][@type='text/calendar']/@href")
    assert links == ["/lieux/la-coupole/agenda.ics"]


def test_the_file_of_an_event_opens_in_a_calendar(pages):
    """A ``download`` attribute would keep it among the files of an iPhone."""
    page = html.document_fromstring(pages["events-calendrier"])
    (link,) = page.xpath("//a[contains(., 'Ajouter à mon agenda')]")
    assert link.get("href") == "/evenements/nuit/evenement.ics"
    assert link.get("download") is None and "second" in link.get("class")


def test_a_preview_without_address_gives_the_file(rendu):
    for name, (template, vue) in abonnements().items():
        page = html.document_fromstring(rendu(template, vue))
        assert not page.xpath("//@href[starts-with(., 'webcal:')]"), name
        if vue.calendrier:
            files = page.xpath("//*[@class='suivre']//a/@href")
            assert [one for one in files if one.endswith("agenda.ics")], name


def test_feeds_are_found_by_readers_and_by_people(pages):
    page = html.document_fromstring(pages["agenda-flux"])
    found = page.xpath("//link[@rel='alternate'][not(@type='text/calendar')]")
    assert [(one.get("type"), one.get("title"), one.get("href")) for one in found] == [
        ("application/rss+xml", "Agenda, flux RSS", f"{ORIGIN}/agenda/flux.xml"),
        ("application/rss+xml", "Prochains rendez-vous, flux RSS", f"{ORIGIN}/agenda/a-venir.xml"),
    ]
    shown = {name: seen(pages[name]) for name in ("agenda-flux", "liste-flux", "dossiers-flux")}
    assert shown == {
        "agenda-flux": [
            ("Agenda, flux RSS", "/agenda/flux.xml"),
            ("Prochains rendez-vous, flux RSS", "/agenda/a-venir.xml"),
        ],
        "liste-flux": [("Flux RSS", "/lieux/la-coupole/flux.xml")],
        "dossiers-flux": [("Flux RSS", "/lieux/la-coupole/flux.xml")],
    }


def seen(text):
    """The links to feeds that people see."""
    page = html.document_fromstring(text)
    links = page.xpath("//details[@class='suivre']//a[contains(@href, '.xml')]")
    return [(one.text_content(), one.get("href")) for one in links]


def test_each_form_of_a_feed_says_its_name(pages):
    page = html.document_fromstring(pages["flux"])
    links = page.xpath("//main//ul[@class='formes']//a")
    assert [one.text_content() for one in links[:3]] == [
        "RSS\xa0: Tout le portail", "Atom\xa0: Tout le portail", "JSON\xa0: Tout le portail",
    ]  # fmt: skip
    (lone,) = page.xpath("//section[h2[.='Communautés']]//a")
    assert lone.text_content() == "Lieu 0, flux RSS"
    assert page.xpath("//details[@class='plus']//li")


@pytest.mark.chromium
@pytest.mark.parametrize("scripts", [True, False])
def test_the_fold_opens(scripts, visit):
    page = visit("lieux-calendrier", 390, scripts=scripts)
    links = page.locator("#Suivre a[href^='webcal:']")
    assert not links.is_visible()
    page.locator("#Suivre > summary").click()
    assert links.is_visible()
    for one in page.locator(".suivre :is(summary, li a)").all():
        assert one.bounding_box()["height"] >= 44


@pytest.mark.chromium
def test_a_link_to_the_fold_opens_it(visit):
    """Where nothing is announced, a list leads to it."""
    page = visit("lieux-calendrier", 1280)
    page.evaluate("location.hash = 'Suivre'")
    page.locator("#Suivre a[href^='webcal:']").wait_for(state="visible")


def test_a_page_has_one_button_for_all_the_ways(pages):
    for name, text in pages.items():
        page = html.document_fromstring(text)
        buttons = page.xpath("//summary[contains(@class, 'bouton')]")
        told = [one.text_content().strip() for one in buttons if "uivre" in one.text_content()]
        assert told == ([] if name in ("calendriers", "flux") else ["Suivre"]), name
        ways = page.xpath("//main//a[contains(@href, 'flux.xml') or starts-with(@href, 'webcal:')]")
        away = [one for one in ways if not one.xpath("ancestor::*[@class='suivre']")]
        assert not away or name in ("calendriers", "flux"), name
