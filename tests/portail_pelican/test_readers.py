"""What readers come to the agenda for, from the home page to what they leave with: in a real
browser, on a telephone and on a desk, with scripts and without.

The family and the museum try the showcase, which has something for them; the teacher tries both.
On the demonstration, what does not exist is said, with a way out.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.site, pytest.mark.chromium, pytest.mark.xdist_group("lecteurs")]

CLUB = "Club d’astronomie du premier samedi"


class Reader(NamedTuple):
    """A tab, the address of a site, and whether scripts run."""

    page: Page
    host: str
    scripts: bool

    def go(self, path):
        """Type an address."""
        self.page.goto(self.host + path)

    def follow(self, name, where="main"):
        """Follow a link that is shown, having unfolded what hides it."""
        link = self.page.locator(where).get_by_role("link", name=name).first
        self.unfold(where, link)
        link.click()

    def unfold(self, where, wanted):
        """Open the folds of a part of the page until something is shown."""
        self.page.wait_for_load_state()  # its sheet says which folds there are
        for summary in self.page.locator(where).locator("summary").all():
            folded = summary.locator("xpath=..").get_attribute("open") is None
            if folded and summary.is_visible() and not wanted.is_visible():
                summary.click()

    def choose(self, name):
        """Ask for one of the values of a filter."""
        value = self.page.locator("#Filtrage").get_by_label(re.compile(f"^{name}")).first
        self.unfold("#Filtrage", value)
        value.check()
        if self.page.locator("dialog.tiroir[open]").count():  # the sheet of a phone
            self.page.locator("#Voir").click()

    def results(self):
        """Lines of the agenda that are shown."""
        return self.page.locator("#Resultats article:visible")

    def title(self):
        """The heading of the page."""
        return " ".join(self.page.locator("h1").inner_text().split())


DEVICES = ("telephone", "bureau-sans-script", "bureau", "telephone-sans-script")


def on(*devices):
    """Tried on these devices at each change, on the others in the long run."""
    others = (pytest.param(one, marks=pytest.mark.long) for one in DEVICES if one not in devices)
    return pytest.mark.parametrize("context", [*devices, *others], indirect=True)


@pytest.fixture(scope="module")
def context(browser, request):
    """A tab of a telephone or of a desk, which keeps the sheets and fonts that it has read."""
    device, _, without = request.param.partition("-")
    narrow = device == "telephone"
    context = browser.new_context(
        viewport={"width": 390, "height": 844} if narrow else {"width": 1280, "height": 900},
        java_script_enabled=not without,
        has_touch=narrow,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(hosted, context, request):
    """A function that gives the tab on a site; an error of a script is the test's."""
    errors = []

    def hear(error):
        errors.append(str(error))

    context.on("pageerror", hear)
    yield lambda name: Reader(context, hosted(name), "sans-script" not in request.node.callspec.id)
    context.evaluate("() => [localStorage, sessionStorage].forEach((one) => one.clear())")
    context.emulate_media(media="screen")
    context.remove_listener("pageerror", hear)
    assert errors == []


def near(reader, commune, epci):
    """From the agenda, ask for what is near: by the name of the town, or by a page of its own."""
    if reader.scripts:
        field = reader.page.get_by_role("combobox", name="Près de chez moi")
        field.press_sequentially(commune)
        reader.page.get_by_role("option", name=re.compile(f"^{commune}")).first.click()
        expect(reader.page.locator("#Statut")).to_have_text(re.compile("événement"))
    else:
        reader.follow(re.compile(epci), "#Filtrage")


class TestFamily:
    @on("telephone", "bureau-sans-script")
    def test_this_week_end_near_saint_omer(self, opened):
        reader = opened("vitrine")
        reader.go("/")
        reader.follow("Tout l’agenda")
        near(reader, "Saint-Omer", "Pays de Saint-Omer")
        if reader.scripts:
            reader.choose("Ce week-end")
            expect(reader.page.locator("#Actifs li")).to_have_count(2)
        line = reader.results().filter(has_text=CLUB).first
        expect(line).to_be_visible()
        line.get_by_role("link").first.click()
        assert reader.title() == CLUB
        reader.page.go_back()
        expect(reader.results().filter(has_text=CLUB).first).to_be_visible()

    @on("telephone")
    def test_into_the_calendar(self, opened):
        reader = opened("vitrine")
        reader.go("/evenements/club-astronomie-du-premier-samedi/")
        with reader.page.expect_download() as download:
            reader.follow(re.compile("à mon agenda"))
        events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
        assert {str(one["SUMMARY"]) for one in events} == {CLUB}
        starts = {one["DTSTART"].dt for one in events}
        assert all(isinstance(one, datetime) and one.hour == 20 for one in starts)

    @on("telephone")
    def test_the_poster_of_the_month(self, opened):
        reader = opened("vitrine")
        reader.go("/affiches/")
        reader.page.locator("main a[href='/agenda/epci/ca-pays-de-saint-omer/affiche/2021-10/']"
                            ).first.click()  # fmt: skip
        text = reader.page.locator("main").inner_text()
        assert "Pays de Saint-Omer" in text
        assert CLUB in text
        assert reader.page.locator("main svg.qr, main .qr svg").count() == 1


class TestTeacher:
    @pytest.mark.parametrize(
        "name", ["vitrine", pytest.param("demonstration", marks=pytest.mark.long)]
    )
    @on("bureau-sans-script")
    def test_the_school_programme_in_the_oise(self, opened, name):
        rendezvous = {
            "demonstration": "Fête de la science",
            "vitrine": "Semaine fictive des étoiles",
        }[name]
        reader = opened(name)
        reader.go("/temps-forts/")
        reader.follow(rendezvous, "main table")
        if not reader.page.get_by_role("link", name="Programme scolaires").first.is_visible():
            reader.page.locator("summary", has_text="Le programme pour les classes").click()
        reader.follow("Programme scolaires")
        assert "scolaires" in reader.title().lower()
        reader.follow(re.compile("^Oise"))
        oise = reader.page.locator(
            "section", has=reader.page.get_by_role("heading", name=re.compile("^Oise"))
        )
        expect(oise).to_be_in_viewport()
        text = oise.inner_text()
        if name == "demonstration":
            assert "aucun événement pour les scolaires" in text and "Le plus proche" in text
            return
        assert "Parcours fictif des rivières" in text
        oise.get_by_role("link", name=re.compile("Parcours fictif des rivières")).first.click()
        reader.page.emulate_media(media="print")
        sheet = reader.page.locator(
            "section", has=reader.page.get_by_role("heading", name="Pour les classes")
        ).inner_text()
        for told in ("CM1", "30\u00a0personnes", "Car à prévoir"):
            assert told in sheet
