"""A state is seen wherever its day is shown: the vitrine is built, and every page, calendar and
file of data that tells a séance that day is found and read. Nothing is listed by hand: an output
that is new is read too."""

import json
import re
from collections import Counter
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import pytest
from icalendar import Calendar
from lxml import html

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("etats")]

BOXES = {"li", "article", "tr", "dd"}
NOT_DATED = {"plan-du-site/index.html"}
SENT = re.compile(r"newsletter/(?:2021-s38/|\D)")
"""A letter that was sent says what was announced: the next one has the erratum."""


class State(NamedTuple):
    """What must be read of an event on a day, and the fewest pages that must say it; ``statut`` is
    that of its calendars, ``chez_lui`` what its own page says of a day that is no longer one of
    its own."""

    slug: str
    jour: date
    mot: str
    pages: int
    statut: str = ""
    chez_lui: str = ""


STATES = (
    State("observation-annulee", date(2021, 10, 1), "annulé", 8, "CANCELLED"),
    State("visites-de-la-reserve", date(2021, 10, 2), "annulé", 9, "CANCELLED"),
    State("seances-de-planetarium", date(2021, 10, 9), "annulé", 7, "CANCELLED"),
    State("seances-de-planetarium", date(2021, 10, 2), "complet", 9),
    State("spectacle-complet", date(2021, 10, 2), "complet", 6),
    State(
        "seances-de-planetarium",
        date(2021, 10, 16),
        "reporté",
        6,
        "",
        "d’abord annoncée le 16 octobre",
    ),
    State("seances-de-planetarium", date(2021, 10, 23), "reprogrammé", 6),
    State("conference-reportee", date(2021, 10, 14), "reporté", 6),
    State("atelier-reprogramme", date(2021, 11, 18), "reprogrammé", 6),
    State(
        "atelier-reprogramme",
        date(2021, 10, 21),
        "reporté",
        5,
        "",
        "d’abord annoncé : jeudi 21 octobre",
    ),
    State("debat-deplace-en-ligne", date(2021, 10, 12), "en ligne", 6),
)


class Vitrine:
    """The built vitrine: its pages, read once."""

    def __init__(self, root):
        self.root = root
        self.pages = {}
        for path in sorted(root.rglob("*.html")):
            page = html.document_fromstring(path.read_bytes()).find(".//main")
            if page is not None:
                self.pages[path.relative_to(root).as_posix()] = page

    @cached_property
    def events(self):
        """Every event of every calendar that tells a state: its file, address, day, itself."""
        return [
            (path, str(event.get("URL")), day_of(event), event)
            for path in sorted(self.root.rglob("*.ics"))
            for data in [path.read_bytes()]
            if any(f"/{one.slug}/".encode() in data.replace(b"\r\n ", b"") for one in STATES)
            for event in Calendar.from_ical(data).walk("VEVENT")
        ]

    @cached_property
    def named(self):
        """What may name an event: the page, the element, where it leads, else what it says."""
        return [
            (name, one, one.get("href") or "", text_of(one) if one.find(".//a") is None else "")
            for name, page in self.pages.items()
            if name not in NOT_DATED and not SENT.match(name)
            for one in page.iter("a", "b", "strong", "p", "span", "h2", "h3", "h4")
        ]

    def boxes(self, slug):
        """What shows an event in the pages of others: around its title, told as a link or not."""
        own = f"evenements/{slug}/index.html"
        title = text_of(self.pages[own].find(".//h1"))
        for name, one, href, text in self.named:
            if name != own and (text == title or f"/evenements/{slug}/" in href):
                yield name, box_of(one)


def text_of(element):
    """Its words, on one line."""
    return " ".join(element.text_content().split()) if element is not None else ""


def box_of(element):
    """The nearest thing of a list that holds an element; itself in a sentence."""
    around = (one for one in element.iterancestors() if one.tag in BOXES)
    return next(around, element)


def days_of(box):
    """The day that a box tells, else that of the nearest thing around it that tells one or has a
    heading of its own."""
    for one in (box, *box.iterancestors()):
        written = one.xpath(".//time/@datetime")
        found = {date.fromisoformat(day[:10]) for day in written if len(day) >= len("2021-10-01")}
        if one.tag == "td" and one.get("data-jour"):
            found.add(date.fromisoformat(one.get("data-jour")))
        if found or one.tag == "main" or (one is not box and one.find("h2") is not None):
            return found
    return set()


@pytest.fixture(scope="module")
def vitrine(built):
    return Vitrine(built("vitrine"))


@pytest.mark.parametrize("state", STATES, ids=lambda one: f"{one.slug}-{one.jour:%d-%m}")
def test_a_state_is_said_wherever_its_day_is_shown(vitrine, state):
    told = Counter()
    silent = []
    for name, box in vitrine.boxes(state.slug):
        if days_of(box) == {state.jour}:
            told[name] += 1
            if state.mot not in text_of(box).lower():
                silent.append((name, text_of(box)))
    assert not silent
    assert len(told) >= state.pages, sorted(told)
    # Its own page.
    page = vitrine.pages[f"evenements/{state.slug}/index.html"]
    band = " ".join(text_of(one) for one in page.find_class("message"))
    rows = [text_of(one) for one in page.iter("li") if state.jour in days_of(one)]
    if state.chez_lui:
        assert state.chez_lui in text_of(page).lower()
    else:
        assert state.mot in " ".join((band, *rows)).lower()
    # Calendars.
    calendars = 0
    for path, url, day, event in vitrine.events:
        if f"/{state.slug}/" in url and day == state.jour:
            calendars += 1
            if state.statut:
                assert str(event["STATUS"]) == state.statut, path
                assert state.mot in str(event["SUMMARY"]).lower()
    assert calendars >= 3 or not state.statut
    # The data of filters.
    data = json.loads((vitrine.root / "agenda/facettes.json").read_text(encoding="utf-8"))
    rank = (state.jour - date.fromisoformat(data["jour"])).days
    row = next(one for one in data["lignes"] if one[0] == f"/evenements/{state.slug}/")
    labelled = [
        data["etiquettes"][labels] for _, labels, _, *steps in row[7] if rank in accumulate(steps)
    ]
    assert labelled
    assert all(any(state.mot in one[0].lower() for one in labels) for labels in labelled)


def day_of(event):
    start = event["DTSTART"].dt
    return start.date() if hasattr(start, "date") else start


@pytest.mark.parametrize(
    ("slug", "word"),
    [("observation-annulee", "Annulé"), ("spectacle-complet", "Complet"), ("atelier-fusees", "")],
)
def test_a_shared_title_says_it(vitrine, slug, word):
    folder = next((vitrine.root / "evenements").glob(f"{slug}*"))
    page = html.parse(str(folder / "index.html"))
    shared = page.xpath("string(//meta[@property='og:title']/@content)")
    head = page.findtext(".//title")
    start = f"{word}\u00a0: " if word else "Atelier"
    assert shared.startswith(start) and head.startswith(start)


@pytest.mark.parametrize("slug", ["sous-la-peau-du-ciel", "permanence-tous-les-jours"])
def test_what_lasts_is_never_told_day_after_day(vitrine, slug):
    shown = Counter(name for name, _ in {(n, b) for n, b in vitrine.boxes(slug)})
    assert len(shown) > 10
    lists = {name: count for name, count in shown.items() if count > 2}
    assert not lists, "an exhibition comes back on a page"
    days = {
        name
        for name, box in vitrine.boxes(slug)
        if name.startswith("agenda/") and len(days_of(box)) == 1 and box.tag == "li"
    }
    assert not days, "an exhibition stands among the rendez-vous of a day"
