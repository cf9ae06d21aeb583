"""Zones by their names: all of Windows, as icalendar knows them; what is unknown is never ready."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendriers_fictifs import calendar
from doses import cases
from portail.agenda.occurrences import exists
from portail.clock import PARIS, set_portal_zone
from portail_importer.importer.sources.calendar_parts import Zones
from portail_importer.importer.sources.calendars import read
from portail_importer.importer.sources.moments import from_zone, of_iso
from portail_importer.importer.sources.zones import abbreviated, zone_named

DAYS = [datetime(2027, month, 10, 12) for month in (1, 3, 7, 10)]


def in_zone(name):
    rows = ["UID:1", "SUMMARY:A", f'DTSTART;TZID="{name}":20271009T120000']
    (found,) = read(calendar([rows]), "a.ics", date(2027, 1, 1))
    return found


@cases("name", sorted(WINDOWS_TO_OLSON))
def test_each_zone_of_windows_is_that_of_icalendar(name):
    theirs = ZoneInfo(WINDOWS_TO_OLSON[name])
    ours = zone_named(name)
    assert ours is not None
    assert [ours.utcoffset(day) for day in DAYS] == [theirs.utcoffset(day) for day in DAYS]


@cases(
    ("name", "hour"),
    [
        ("Romance Standard Time", "12:00"),
        ("Romance Daylight Time", "12:00"),
        ("Eastern Standard Time", "18:00"),
        ("Paris, Madrid", "12:00"),
        ("tzone://Microsoft/Utc", "14:00"),
        ("GMT+0200", "12:00"),
        ("UTC+01:00", "13:00"),
        ("+0530", "08:30"),
        ("CET", "12:00"),
        ("Europe/Paris", "12:00"),
        ("/freeassociation.sourceforge.net/Europe/London", "13:00"),
    ],
)
def test_a_zone_is_known_by_the_names_that_calendars_give_it(name, hour):
    found = in_zone(name)
    assert (found.quand, found.doubts) == ({"debut": f"2027-10-09 {hour}"}, ())


@cases(
    "name",
    [
        "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris",
        "Heure de nulle part",
        "tzone://Microsoft/Custom",
        "Customized Time Zone",
        "(UTC+01:00) Paris, New York",  # their clocks do not agree
        "Europe/Nulle_part",
        "UTC+99:00",
        "localtime",
        "posixrules",
        "../../etc/passwd",
    ],
)
def test_what_is_in_an_unknown_zone_is_to_complete(name):
    found = in_zone(name)
    assert found.quand == {"debut": "2027-10-09 12:00"}
    assert [(one.name, one.value) for one in found.doubts] == [("fuseau", name)]


def test_rules_of_a_calendar_that_are_not_understood_make_its_zone_unknown():
    half = b"""BEGIN:VCALENDAR
BEGIN:VTIMEZONE
TZID:Ici
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:deux heures
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
SUMMARY:A
DTSTART;TZID=Ici:20270709T120000
END:VEVENT
END:VCALENDAR
"""
    (found,) = read(half, "a.ics", date(2027, 1, 1))
    assert [one.value for one in found.doubts] == ["Ici"]


@given(st.text(max_size=60))
def test_any_name_is_a_zone_or_none(name):
    zone = zone_named(name)
    assert zone is None or zone.utcoffset(DAYS[0]) is not None


def test_letters_of_dates():
    assert str(abbreviated("CEST")) == "UTC+02:00"
    assert abbreviated("ABC") is None


FRENCH = (
    "America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon",
    "Etc/GMT+8", "Europe/Paris", "Indian/Kerguelen", "Indian/Mayotte", "Indian/Reunion",
    "Pacific/Gambier",
    "Pacific/Marquesas", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis",
)  # fmt: skip
OTHERS = ("Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")


@pytest.fixture
def _as_before():
    yield
    set_portal_zone(None)


@pytest.mark.usefixtures("_as_before")
@given(
    st.sampled_from(FRENCH + OTHERS),
    st.sampled_from(FRENCH + OTHERS),
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
)
def test_what_other_clocks_show_is_told_on_ours(ours, theirs, shown):
    set_portal_zone(ours)
    shown = shown.replace(second=0, microsecond=0)
    instant = shown.replace(tzinfo=ZoneInfo(theirs)).astimezone(UTC)
    expected = f"{instant.astimezone(ZoneInfo(ours)):%Y-%m-%d %H:%M}"
    assert from_zone(shown, ZoneInfo(theirs)) == expected
    assert of_iso(f"{instant:%Y-%m-%dT%H:%M}Z") == expected
    assert of_iso(f"{shown:%Y-%m-%dT%H:%M}") == f"{shown:%Y-%m-%d %H:%M}"
    if exists(shown.date(), shown.time()):
        assert from_zone(shown, None) == f"{shown:%Y-%m-%d %H:%M}"
    # Names that Windows gives to the hour of Paris are of Paris, wherever the portal is.
    assert Zones().of("Romance Standard Time") is PARIS
