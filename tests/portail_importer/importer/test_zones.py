"""Zones by their names; what is unknown is never ready."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendriers_fictifs import calendar
from doses import cases, ends
from portail.agenda.occurrences import exists
from portail.clock import PARIS, set_portal_zone
from portail_importer.importer.sources.calendar_parts import Zones, abbreviated, zone_named
from portail_importer.importer.sources.calendars import read
from portail_importer.importer.sources.moments import from_zone, of_iso

DAYS = [datetime(2027, month, 10, 12) for month in (1, 3, 7, 10)]


def in_zone(name):
    rows = ["UID:1", "SUMMARY:A", f'DTSTART;TZID="{name}":20271009T120000']
    (found,) = read(calendar([rows]), "a.ics", date(2027, 1, 1))
    return found


@cases(
    ("name", "hour"),
    [
        ("Romance Standard Time", "12:00"),
        ("Romance Daylight Time", "12:00"),
        ("Eastern Standard Time", "18:00"),
        ("W. Europe Standard Time", "12:00"),
        ("GMT Standard Time", "13:00"),
        ("Mauritius Standard Time", "10:00"),
        ("SA Western Standard Time", "18:00"),
        ("Central Pacific Standard Time", "03:00"),
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


RULED = """BEGIN:VTIMEZONE
TZID:Ici\\, là
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:{rule};BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:{summer}
RRULE:{rule};BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@cases(
    ("rule", "summer", "hour"),
    [
        ("FREQ=YEARLY;BYDAY=-1SU", "+0200", "12:00"),
        ("FREQ=YEARLY;BYDAY=-1SU;BYHOUR=2;BYMINUTE=0", "+0200", "12:00"),
        ("FREQ=YEARLY;BYDAY=-1SU", "+0300", "11:00"),
        ("FREQ=YEARLY;BYDAY=-1SU;UNTIL=20101031T010000Z", "+0300", "13:00"),
        # Not understood: the zone is unknown.
        ("FREQ=YEARLY;BYDAY=-1SU", "deux heures", ""),
        ("FREQ=SECONDLY;BYMONTHDAY=30", "+0200", ""),
        ("FREQ=YEARLY;BYDAY=XX", "+0200", ""),
    ],
)
def test_a_zone_is_told_by_the_rules_of_its_calendar(rule, summer, hour):
    rows = ["UID:1", "SUMMARY:A", 'DTSTART;TZID="Ici, là":20270709T120000']
    before = RULED.format(rule=rule, summer=summer).split("\n")
    with ends():
        (found,) = read(calendar([rows], *before), "a.ics", date(2027, 1, 1))
    assert found.quand == {"debut": f"2027-07-09 {hour or '12:00'}"}
    assert [one.value for one in found.doubts] == ["Ici, là"] * (not hour)
    # Another calendar does not know it.
    (found,) = read(calendar([rows]), "b.ics", date(2027, 1, 1))
    assert [one.value for one in found.doubts] == ["Ici, là"]


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
