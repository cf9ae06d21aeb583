"""What readers come for, in how many actions: journeys on a phone through the demonstration.

An action is a press, or what is typed in a field and sent; for who has a keyboard alone, a key,
words counting for one. What one presses on a phone may have to be in sight without a scroll.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tabs import Tab, shared

if TYPE_CHECKING:
    from whole_sites import Hosted

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("demonstration")]

IN_SIGHT = """(one) => { const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight; }"""


class Reader:
    """A reader, and what they have done."""

    def __init__(self, page: Page) -> None:
        self.page, self.done = page, list[str]()

    def press(self, what: Locator, *, in_sight: bool = False) -> None:
        """Press the first of ``what`` that is seen; ``in_sight``: without a scroll."""
        one = what.locator("visible=true").first
        one.wait_for()
        if in_sight:
            self.sees(one)
        self.done.append(f"press {one.inner_text()!r}")
        one.click()

    def link(self, name: str, *, in_sight: bool = False) -> None:
        """Press a link, a button or a fold by its words."""
        words = re.compile(name)
        named = self.page.get_by_role("link", name=words).or_(
            self.page.get_by_role("button", name=words)
        )
        self.press(named.or_(self.page.locator("summary", has_text=words)), in_sight=in_sight)

    def ask(self, field: str, text: str) -> None:
        """Type ``text`` in a field and send it."""
        self.done.append(f"type {text}")
        self.page.locator(field).locator("visible=true").first.press_sequentially(text)
        self.page.keyboard.press("Enter")

    def keys(self, *names: str) -> None:
        """Press keys, or type words, which count for one."""
        for name in names:
            self.done.append(name)
            if " " in name:
                self.page.keyboard.type(name)
            else:
                self.page.keyboard.press(name)

    def sees(self, what: Locator) -> None:
        """It is on the screen, whole, and nobody scrolled."""
        expect(what).to_be_visible()
        assert what.evaluate(IN_SIGHT), (what.inner_text(), what.bounding_box(), self.done)


class Journey(NamedTuple):
    """Who, from where, on how wide a screen; most actions; what they do; what proves it."""

    who: str
    start: str
    width: int
    most: int
    does: Callable[[Reader], None]


@pytest.fixture(scope="module")
def tab(hosted: Hosted, browser: Browser) -> Iterator[Tab]:
    """A tab at the demonstration: no script may fail, nothing is asked of another site."""
    with shared(browser, hosted("demonstration"), reduced_motion="reduce") as one:
        yield one


@pytest.fixture
def reader(tab: Tab, page: Page) -> Iterator[Callable[[str, int], Reader]]:
    """A function that sits a reader before a page."""

    def sit(start: str, width: int) -> Reader:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(start)
        return Reader(page)

    yield sit
    # The last step of a journey may be to hand an address to another program: there is none.
    tab.wrong[:] = [one for one in tab.wrong if "webcal:" not in one]


CONTACT = "main :is(a[href^='tel:'], a[href^='mailto:']:not([href^='mailto:?']))"


def week_end_near_arras(one: Reader) -> None:
    one.press(one.page.locator("a[href='/agenda/week-end/']"))
    one.page.wait_for_url("**/agenda/week-end/")
    one.ask("#Commune", "Arras")
    one.page.wait_for_url("**pres=Arras*")
    expect(one.page.locator("#Resultats")).to_contain_text(re.compile("Arras|km|Aucun"))
    answer = one.page.locator("#Resultats :is(.vide h2, .carte-titre)").locator("visible=true")
    one.sees(answer.first)


def exhibition_on_water(one: Reader) -> None:
    one.link("^Rechercher")
    one.ask("[type=search]", "exposition eau")
    one.press(one.page.locator("#Resultats h3 a", has_text=re.compile("^Océan")))
    if not one.page.locator(CONTACT).locator("visible=true").count():
        one.link("Voir qui le prête|Ombelliscience")
    expect(one.page.locator(CONTACT).locator("visible=true").first).to_be_visible()


def hours_by_keyboard(one: Reader) -> None:
    one.keys("Tab", "Tab", "Enter")
    expect(one.page.locator("#Recherche")).to_be_focused()
    one.keys("la coupole", "Enter")
    expect(one.page.locator("#Resultats h2").first).to_be_focused()
    one.keys("Tab", "Enter")
    one.page.wait_for_url("**/lieux/la-coupole/")
    one.keys("Tab", "Enter")
    way = "aside:has(> #Infos) :is(a[href^='tel:'], a[href^='mailto:'], a[href^='https:'])"
    found = f'document.activeElement.matches("{way}")'
    while not one.page.evaluate(found) and len(one.done) < 20:
        one.keys("Tab")
    assert one.page.evaluate(found), one.done


def figures_and_a_person(one: Reader) -> None:
    one.press(one.page.locator(".pied summary", has_text="À propos"))
    one.link("^Presse$")
    one.page.wait_for_url("**/presse/")
    expect(one.page.locator(CONTACT).first).to_be_visible()
    assert re.search(r"\d", one.page.locator("main").inner_text())


def letter_of_a_departement(one: Reader) -> None:
    one.press(one.page.locator(".pied summary", has_text="Tout le portail"))
    one.press(one.page.locator("a[href='/newsletter/']"))
    one.link("^Pas-de-Calais$")
    one.page.wait_for_url("**/newsletter/pas-de-calais/")
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("Pas-de-Calais")
    expect(one.page.locator("main a[href$='/pas-de-calais/'] >> visible=true").last).to_be_visible()


def agenda_in_a_phone(one: Reader) -> None:
    one.link("^Suivre( l’agenda)?$", in_sight=True)
    calendar = one.page.locator("a[href^='webcal:'], a[href*='calendar.google']")
    one.press(calendar, in_sight=True)


JOURNEYS = (
    Journey("a family, this week-end near Arras", "/", 390, 3, week_end_near_arras),
    Journey("a teacher, water, near Soissons", "/", 390, 4, exhibition_on_water),
    Journey("a keyboard, hours of La Coupole", "/", 320, 12, hours_by_keyboard),
    Journey("a journalist, figures and someone", "/", 390, 2, figures_and_a_person),
    Journey("the letter of one's département", "/", 390, 3, letter_of_a_departement),
    Journey("the agenda in a phone", "/agenda/", 390, 2, agenda_in_a_phone),
)


PROVED = {week_end_near_arras, exhibition_on_water}
"""Whose steps are those of the filters, of the search and of the pages of tools."""


@pytest.mark.parametrize(
    "journey",
    [
        pytest.param(one, id=one.who, marks=[pytest.mark.long] if one.does in PROVED else [])
        for one in JOURNEYS
    ],
)
def test_they_get_there(reader: Callable[[str, int], Reader], journey: Journey) -> None:
    one = reader(journey.start, journey.width)
    journey.does(one)
    assert len(one.done) <= journey.most, one.done
