"""What readers come for, in how many actions: journeys on a phone through the demonstration.

An action is a press, or what is typed in a field; for who has a keyboard alone, a key, words
counting for one. Screens are how far one scrolls, in heights of the screen, over all pages. What
one presses on a phone may have to be in sight without a scroll.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tabs import OUT, shared

pytestmark = [
    pytest.mark.site,
    pytest.mark.chromium,
    pytest.mark.long,
    pytest.mark.xdist_group("demonstration"),
]

HEIGHT = 844
"""Pixels of the screen of a phone."""
LONG = 30
"""Signs of a text that is put in a field at once, not key by key."""
REACH = """(one) => {
  const bar = 90, { top, bottom } = one.getBoundingClientRect(), before = scrollY;
  if (top < 0 || bottom > innerHeight - bar)
    scrollBy({ top: bottom > innerHeight - bar ? bottom - innerHeight + bar : top - bar,
      behavior: 'instant' });
  return Math.abs(scrollY - before);
}"""
"""Scrolls no further than it must to see an element clear of the bar of a phone: how far."""
IN_SIGHT = """(one) => { const { top, bottom } = one.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight; }"""


class Reader:
    """A reader, and what they have done."""

    def __init__(self, page):
        self.page, self.done = page, []
        self.scrolled = 0.0

    @property
    def screens(self):
        """Heights of the screen that were scrolled."""
        return self.scrolled / HEIGHT

    def reach(self, what):
        """Scroll to the first of ``what`` that is seen."""
        target = what.locator("visible=true").first
        target.wait_for()
        self.scrolled += target.evaluate(REACH)
        return target

    def press(self, what, *, in_sight=False):
        """Press the first of ``what`` that is seen; ``in_sight``: without a scroll."""
        one = what.locator("visible=true").first
        one.wait_for()
        if in_sight:
            self.sees(one)
        self.reach(one)
        self.done.append(f"press {one.inner_text()!r}")
        if not (one.get_attribute("href") or "").startswith(OUT):
            one.click()

    def link(self, name, *, in_sight=False):
        """Press a link, a button or a fold by its words."""
        words = re.compile(name)
        named = self.page.get_by_role("link", name=words).or_(
            self.page.get_by_role("button", name=words)
        )
        self.press(named.or_(self.page.locator("summary", has_text=words)), in_sight=in_sight)

    def ask(self, field, text):
        """Type ``text`` in a field and send it."""
        self.done.append(f"type {text}")
        self.reach(self.page.locator(field)).press_sequentially(text)
        self.page.keyboard.press("Enter")

    def write(self, field, text):
        """Type ``text`` in a field."""
        self.done.append(f"type {text}")
        where = self.reach(self.page.locator(field))
        if where.get_attribute("type") in ("date", "time") or len(text) > LONG:
            where.fill(text)
        else:
            where.press_sequentially(text)

    def choose(self, field, text):
        """Choose in a list by its words."""
        self.done.append(f"choose {text}")
        self.reach(self.page.locator(field)).select_option(label=text)

    def keys(self, *names):
        """Press keys, or type words, which count for one."""
        for name in names:
            self.done.append(name)
            if " " in name:
                self.page.keyboard.type(name)
            else:
                self.page.keyboard.press(name)

    def sees(self, what):
        """It is on the screen, whole, and nobody scrolled."""
        expect(what).to_be_visible()
        assert what.evaluate(IN_SIGHT), (what.inner_text(), what.bounding_box(), self.done)


class Journey(NamedTuple):
    """Who, from where, on how wide a screen; most actions; what they do; most screens."""

    who: str
    start: str
    width: int
    most: int
    does: Callable[[Reader], None]
    screens: float = 6


@pytest.fixture(scope="module")
def tab(hosted, browser):
    """A tab at the demonstration: no script may fail, nothing is asked of another site."""
    with shared(browser, hosted("demonstration"), reduced_motion="reduce") as one:
        yield one


@pytest.fixture
def reader(page):
    """A function that sits a reader before a page."""

    def sit(start, width):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.goto(start)
        return Reader(page)

    return sit


NEXT = """() => {
  const text = document.querySelector('.prose').getBoundingClientRect();
  const next = document.querySelector('.ensuite article').getBoundingClientRect();
  return next.top - text.bottom;
}"""
CONTACT = "main :is(a[href^='tel:'], a[href^='mailto:']:not([href^='mailto:?']))"


def hours_by_keyboard(one):
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


def figures_and_a_person(one):
    one.press(one.page.locator(".pied summary", has_text="À propos"))
    one.link("^Presse$")
    one.page.wait_for_url("**/presse/")
    expect(one.page.locator(CONTACT).first).to_be_visible()
    assert re.search(r"\d", one.page.locator("main").inner_text())


def letter_of_a_departement(one):
    one.press(one.page.locator("main a[href='/newsletter/']"))
    one.link("^Pas-de-Calais$")
    one.page.wait_for_url("**/newsletter/pas-de-calais/")
    expect(one.page.get_by_role("heading", level=1)).to_contain_text("Pas-de-Calais")
    expect(one.page.locator("main a[href$='/pas-de-calais/'] >> visible=true").last).to_be_visible()


def hours_of_la_coupole(one):
    one.ask("#Mot", "coupole")
    one.press(one.page.locator("#Resultats a", has_text=re.compile("^La Coupole")))
    one.page.wait_for_url("**/lieux/la-coupole/")
    expect(one.page.locator(".infos .fait", has_text="Horaires")).to_contain_text("de 9 h à 18 h")
    expect(one.page.locator(".infos .boutons a[href^='http']").first).to_be_visible()


def hours_by_search(one):
    one.link("^Rechercher")
    one.ask("[type=search]", "la coupole")
    one.press(one.page.locator("#Resultats .premier h3 a"), in_sight=True)
    expect(one.reach(one.page.locator(".infos .fait", has_text="Horaires"))).to_be_visible()


def subscribes(one):
    one.press(one.page.locator("main a[href='/newsletter/']"))
    one.page.wait_for_url("**/newsletter/")
    one.press(one.page.locator("main :is(a, button).bouton", has_text="abonner"))


def stars_at_seven(one):
    one.link("^Rechercher")
    one.ask("[type=search]", "astronomie 7 ans")
    answers = one.page.locator("#Resultats h3 a")
    expect(answers.nth(2)).to_be_visible()
    first = [answers.nth(rank).get_attribute("href") for rank in range(3)]
    assert all(url and url.startswith(("/evenements/", "/lieux/")) for url in first), first


def class_without_a_car(one):
    one.link("^Rechercher")
    one.ask("[type=search]", "classe sans voiture")
    one.press(one.page.locator("#Resultats h3 a"))
    way = one.page.locator(".infos .fait", has_text="Sans voiture")
    expect(one.reach(way)).to_contain_text("dernier retour")
    book = one.page.locator(".infos .boutons a", has_text=re.compile("Réserver|Liste d’attente"))
    expect(one.reach(book)).to_be_visible()


def calm_for_an_autistic_child(one):
    one.link("^Rechercher")
    one.ask("[type=search]", "enfant autiste")
    one.press(one.page.locator("#Resultats a", has_text="Séances douces"), in_sight=True)
    one.page.wait_for_url("**/agenda/seances-douces/")
    one.press(one.page.locator("main a", has_text="Microcosmos"))
    calm = one.page.locator(".infos .fait", has_text="Séances douces")
    expect(one.reach(calm)).to_contain_text("jamais dans le noir", ignore_case=True)
    expect(one.page.locator("#Falc")).to_be_visible()


JOURNEYS = (
    Journey("hours of La Coupole", "/", 390, 3, hours_by_search, 1),
    Journey("a journalist, figures and someone", "/", 390, 2, figures_and_a_person, 10),
    Journey("a subscriber", "/", 390, 2, subscribes, 2),
    Journey("stars, seven years old", "/", 390, 2, stars_at_seven, 1),
    Journey("a keyboard, hours of La Coupole", "/", 320, 13, hours_by_keyboard),
    Journey("the letter of one's département", "/", 390, 2, letter_of_a_departement, 3),
    Journey("a teacher without a car", "/", 390, 3, class_without_a_car, 2),
    Journey("a family, an autistic child", "/", 390, 4, calm_for_an_autistic_child, 2),
    Journey("hours of La Coupole, in the directory", "/lieux/", 390, 2, hours_of_la_coupole),
)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.who)
def test_they_get_there(reader, journey):
    one = reader(journey.start, journey.width)
    journey.does(one)
    assert len(one.done) <= journey.most, one.done
    assert one.screens <= journey.screens, (one.screens, one.done)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_to_read_next_follows_the_last_line(reader, width):
    one = reader("/articles/cette-nuit-une-sonde-heurte-un-asteroide/", width)
    if width == 390:
        assert 0 < one.page.evaluate(NEXT) <= 200
    card = one.page.locator(".ensuite article").first.bounding_box()
    text = one.page.locator(".prose").bounding_box()
    assert card and text and 0 < card["y"] - text["y"] - text["height"] <= 200


def test_this_month_comes_first_among_yearly_rendezvous(
    reader,
):
    one = reader("/temps-forts/", 390)
    first = one.page.locator(".table-annee th").first
    one.sees(first)
    assert "ce mois-ci" in first.evaluate("one => getComputedStyle(one, '::after').content")
    lines = "all => all.map((one) => one.getClientRects().length)"
    assert {*one.page.locator(".table-annee th").evaluate_all(lines)} == {1}
