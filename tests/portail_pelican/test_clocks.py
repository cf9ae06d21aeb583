"""Small portals of several time zones: 18:00 is 18:00 on the clocks of whoever goes there."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from playwright.sync_api import expect

from doses import dose
from open_data import records
from pages import LOCAL_ADDRESS
from projects import Project, tree
from serving import served
from tabs import shared

ZONES = ("Pacific/Noumea", "Europe/Paris", "Indian/Reunion", "America/Guadeloupe")
EVENING = datetime(2021, 10, 9, 18)
# The place is one alone, whatever the clock: nothing of its sky.
SETTINGS = 'TIMEZONE = "%s"\nPORTAIL_COURRIEL = "a@example.org"\nPORTAIL_CIEL = False\n'
EPOCH = "1632740400"
"""27 September 2021, 11:00 in Greenwich: the same day everywhere."""
FILES = {
    "content/newsletters/2021-s39.md": """---
titre: Le ciel
epingles: [articles/une-nouvelle]
---

Bonne lecture.
""",
    "content/events/2021-10-09-soiree.md": """---
titre: Soirée des étoiles
resume: On regarde le ciel.
publie_le: 2021-09-20
debut: 2021-10-09 18:00
fin: 2021-10-09 20:30
adresse: {commune: Lille}
format: atelier
---

On regarde le ciel.
""",
    "content/events/2021-10-12-club.md": """---
titre: Club du mardi
resume: Chaque mardi, même heure.
publie_le: 2021-09-20
debut: 2021-10-12 18:00
fin: 2021-10-12 19:00
rrule: FREQ=WEEKLY;COUNT=8
adresse: {commune: Lille}
format: atelier
---

Chaque mardi.
""",
    "content/lieux/musee.md": """---
titre: Musée des nuages
resume: Des nuages.
type: musee
adresse: {commune: Lille}
horaires_ouverture: Mo-Su 09:00-17:00
---

Des nuages.
""",
    "content/articles/2021-09-24-une-nouvelle.md": """---
titre: Une nouvelle
resume: Du jour.
publie_le: 2021-09-24
---

Une nouvelle.
""",
}


class Portal(NamedTuple):
    zone: ZoneInfo
    project: Project

    @property
    def output(self):
        return self.project.output

    def evening(self):
        """The evening as an instant, told without our code."""
        return EVENING.replace(tzinfo=self.zone)


@pytest.fixture(
    scope="module",
    params=[*ZONES[:1], *(pytest.param(zone, marks=pytest.mark.long) for zone in ZONES[1:])],
)
def portal(request, tmp_path_factory):
    return Portal(ZoneInfo(request.param), made(tmp_path_factory.mktemp("portail"), request.param))


def made(root, zone):
    """A portal of a zone, built in a folder that may be that of another's."""
    project = Project(root, SETTINGS % zone)
    project.write(FILES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        project.build(SITEURL=LOCAL_ADDRESS, PORTAIL_DATE=None, PORTAIL_SEUIL_LISTES=1)
    return project


def page_of(portal, path):
    return (portal.output / path / "index.html").read_text("utf-8")


def test_pages_tell_the_hour_of_the_place_and_machines_its_instant(portal):
    text = page_of(portal, "evenements/soiree")
    assert re.search(r"18\s*h", text)
    (data,) = re.findall(r'application/ld\+json">(.*?)</script>', text, re.DOTALL)
    told = {
        datetime.fromisoformat(start)
        for start in re.findall(r'"startDate":\s*"([^"]+T[^"]+)"', data)
    }
    assert {one.astimezone(UTC) for one in told} == {portal.evening().astimezone(UTC)}
    assert {one.utcoffset() for one in told} == {portal.evening().utcoffset()}


def test_calendars_are_understood_by_others(portal):
    start, end = datetime(2021, 9, 1, tzinfo=UTC), datetime(2022, 3, 1, tzinfo=UTC)
    found = set()
    for file in portal.output.rglob("*.ics"):
        text = file.read_text("utf-8")
        assert set(re.findall(r"TZID[=:]([^:\r\n]+)", text)) <= {portal.zone.key}, file
        calendar = icalendar.Calendar.from_ical(text)
        (zone,) = (part for part in calendar.walk("VTIMEZONE"))
        rules = zone.to_tz(lookup_tzid=False)
        for event in recurring_ical_events.of(calendar).between(start, end):
            shown = event["DTSTART"].dt
            found.add(shown.astimezone(UTC))
            # Who knows the zone by its rules alone reads the same instant.
            assert rules.utcoffset(shown.replace(tzinfo=None)) == shown.utcoffset()
    club = [datetime(2021, 10, 12, 18, tzinfo=portal.zone) + timedelta(7 * n) for n in range(8)]
    assert found == {one.astimezone(UTC) for one in (portal.evening(), *club)}


def test_open_data_and_exports_have_the_offset_of_the_clock(portal):
    rows = records(lambda url: (portal.output / url[1:]).read_text("utf-8"), "evenements.json")
    begins = {row["titre"]: row["calcule"]["occurrences"][0]["debut"] for row in rows}
    told = datetime.fromisoformat(begins["Soirée des étoiles"])
    assert (told, told.utcoffset()) == (portal.evening(), portal.evening().utcoffset())
    years = (portal.output / "api/v1").rglob("*.json")
    dates = {date for file in years for date in _instants(file.read_text("utf-8"))}
    assert dates
    for date in dates:
        there = datetime.fromisoformat(date)
        assert there.utcoffset() == there.astimezone(portal.zone).utcoffset(), date


def _instants(text):
    return set(re.findall(r'"(20\d\d-\d\d-\d\dT[\d:]+[+-][\d:]+)"', text))


def test_feeds_are_dated_by_the_clock(portal):
    found = set()
    for file in portal.output.rglob("*.xml"):
        text = file.read_bytes()
        if b"http://www.w3.org/2005/Atom" in text:
            root = ET.fromstring(text)
            found |= {one.text for one in root.iter("{http://www.w3.org/2005/Atom}updated")}
    assert found
    for date in found:
        there = datetime.fromisoformat(str(date))
        assert there.utcoffset() == there.astimezone(portal.zone).utcoffset(), date


def test_letters_leave_at_eight_where_the_portal_is(portal):
    files = [*portal.output.rglob("*.eml")]
    assert files
    for file in files:
        date = message_from_bytes(file.read_bytes(), policy=policy.default)["Date"].datetime
        there = date.astimezone(portal.zone)
        assert (there.hour, there.minute, there.utcoffset()) == (8, 0, date.utcoffset())


def test_the_day_of_the_reader_is_that_of_the_portal(portal, browser):
    midnight, minute = datetime(2021, 9, 28, tzinfo=portal.zone), timedelta(minutes=1)
    dawn = midnight.replace(hour=5)  # the night is of the day before
    days = ((dawn - minute, "2021-09-27"), (dawn + minute, "2021-09-28"))
    hours = ((8, "Fermé"), (10, "Ouvert maintenant"))
    with served(portal.output) as host:
        for zone in ("America/Los_Angeles", "Asia/Tokyo")[: dose(1, 2)]:
            with shared(browser, host, timezone_id=zone) as tab:
                for moment, day in days:
                    tab.page.clock.set_fixed_time(moment)
                    tab.page.goto("/")
                    expect(tab.page.locator("html"), zone).to_have_attribute("data-auj", day)
                for hour, said in hours:
                    tab.page.clock.set_fixed_time(midnight.replace(hour=hour, minute=30))
                    tab.page.goto("/lieux/musee/")
                    expect(tab.page.locator(".ouvert"), zone).to_contain_text(said)


def test_a_change_of_zone_makes_everything_again(portal, tmp_path):
    before = ZONES[2] if portal.zone.key != ZONES[2] else ZONES[0]
    assert tree(made(tmp_path, before).output) != tree(portal.output)
    assert tree(made(tmp_path, portal.zone.key).output) == tree(portal.output)
