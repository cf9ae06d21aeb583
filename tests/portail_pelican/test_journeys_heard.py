"""Journeys of one who listens and has a keyboard alone: what is announced, once; where the focus
goes; that nothing is behind a bar or out of reach."""

import re
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import expect

from doses import LONG
from oreille import listening

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("voix")]


SITE = "demonstration" if LONG else "vitrine"


@pytest.fixture(scope="module")
def ears(built, browser):
    """A function that opens an ear on a site; a telephone when its width is asked for."""
    with ExitStack() as stack:

        @cache
        def make(name=SITE, width=1280):
            return stack.enter_context(listening(browser, built(name), width))

        yield make


@pytest.fixture
def ear(ears):
    """The same: a tab is opened once, and nothing of a test is left to the next."""
    given = []

    def make(*asked, **named):
        given.append(ears(*asked, **named))
        return given[-1]

    yield make
    for one in given:
        one.leave()


@pytest.mark.long
def test_this_week_end_near_amiens(ear):
    """From the home page to the calendar of an event."""
    one = ear()
    one.go("/")
    one.page.get_by_role("combobox", name="Votre commune").focus()
    heard = []
    for letter in "Amiens":
        one.page.keyboard.type(letter)
        heard += one.announced(120)
    assert heard, "the number of suggestions is said"
    assert len(heard) < len("Amiens"), "a number that does not change is not said again"
    assert all(re.fullmatch(r"\d+ communes? ci-dessous", told) for told in heard)
    one.page.keyboard.press("ArrowDown")
    assert one.option().startswith("Amiens")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/agenda/#pres=Amiens**")
    one.until(r"\d+ événements?")
    week_end = one.page.get_by_role("radio", name=re.compile("^Ce week-end"))
    week_end.focus()
    one.page.keyboard.press("Space")
    told = one.until(r"(Aucun|\d+) événements?")
    assert len(told) == 1, told
    expect(week_end).to_be_focused()
    filters = one.page.get_by_role("button", name=re.compile("^Retirer : "))
    filters.first.focus()
    expect(filters.first).not_to_have_accessible_name(re.compile("×"))
    one.page.keyboard.press("Enter")
    one.until(r"\d+ événements?")
    assert one.focus().tag != "body", "the focus is not lost with the filter that it took away"
    link = one.page.locator("#Resultats article:visible a").first
    title = link.inner_text()
    link.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("heading", level=1)).to_be_visible()
    assert one.page.get_by_role("heading", level=1).inner_text() in title


def test_an_event_is_proposed_with_mistakes_until_none_is_left(ear):
    one = ear(width=390)
    one.go("/contribuer/evenement/")
    check = one.page.get_by_role("button", name="Vérifier et relire")
    check.focus()
    one.page.keyboard.press("Enter")
    expect(
        one.page.get_by_role("group", name=re.compile(r"^\d+ points à corriger"))
    ).to_be_focused()
    assert one.announced() == [], "what has the focus is heard already"
    title = one.page.get_by_role("textbox", name="Titre", exact=True)
    title.focus()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description(re.compile(r"Erreur\s: Donnez un titre"))
    one.page.keyboard.type("Nuit des chouettes")
    assert one.announced() == [], "nothing is said on each key"
    one.page.keyboard.press("Tab")
    assert len(one.until("Corrigé. Il reste")) == 1
    title.focus()
    expect(title).not_to_have_attribute("aria-invalid", "true")
    boxes = one.page.get_by_role("group", name=re.compile("^Format")).get_by_role("checkbox")
    described = boxes.evaluate_all("all => all.map((box) => box.getAttribute('aria-describedby'))")
    assert len(described) > 2 and "Erreur" not in "".join(filter(None, described[1:]))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        pytest.param("/", 200, marks=pytest.mark.long),
        ("/agenda/", 400),
        pytest.param("/contribuer/evenement/", 260, marks=pytest.mark.long),
    ],
)
def test_a_keyboard_goes_through_and_nothing_covers_it(ear, path, most):
    one = ear(width=390)
    one.go(path)
    stops = list(one.stops(most))
    assert 20 < len(stops) < most, "the page is left by its end: there is no trap"
    assert [stop for stop in stops if not stop.seen] == []
    assert [stop for stop in stops if stop.covered] == [], "behind the bar, or behind a header"


def test_consent_to_a_video(ear):
    """Its button says which; once asked for, the frame has the name and the focus."""
    one = ear("vitrine")
    one.page.route("https://tube.example.org/**", lambda route: route.fulfill(body="<p>Film"))
    one.go("/articles/episode-de-podcast/")
    name = "Lire la vidéo ici : Une nuit avec les lucioles"
    one.page.get_by_role("button", name=name).focus()
    one.page.keyboard.press("Enter")
    assert one.focus().tag == "iframe"
    assert one.page.locator("iframe").get_attribute("title") == "Une nuit avec les lucioles"
    expect(one.page.get_by_role("button", name=name)).to_have_count(0)


def test_a_choice_of_a_class_is_announced_once(ear):
    one = ear("vitrine")
    one.go("/classes/")
    box = one.page.get_by_role("checkbox", name=re.compile("^Collège"))
    box.focus()
    one.announced()
    one.page.keyboard.press("Space")
    assert len(one.until(r"\d+ propositions?")) == 1
    expect(box).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        "/agenda/",
        "/lieux/",
        *(pytest.param(one, marks=pytest.mark.long) for one in ("/classes/", "/")),
    ],
)
def test_points_between_facts_are_for_the_eyes(ear, path):
    """Drawn by templates or by scripts: never heard, seen and copied as before."""
    one = ear("vitrine")
    one.go(path)
    heard = one.page.locator("main").aria_snapshot().replace("Exemple · ", "")
    assert [line for line in heard.split("\n") if " · " in line] == []
    shown = one.page.locator("main :is(.meta, .sur):visible").all_inner_texts()
    assert any("\u00a0· " in text for text in shown) or path == "/"
