"""Zones by their names; what is unknown is never ready."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendriers_fictifs import calendar
from doses import cases, ends, rows_of
from portail.agenda.occurrences import exists
from portail.clock import PARIS, set_portal_zone
from portail_importer.importer.sources.calendar_parts import Zones, abbreviated, zone_named
from portail_importer.importer.sources.calendars import read
from portail_importer.importer.sources.moments import from_zone, of_iso

CASES = rows_of("portail_importer/tests/importer/fuseaux.yml")


@cases(("name", "hour"), CASES["noms"].items())
def test_a_zone_is_known_by_the_names_that_calendars_give_it_or_is_to_complete(name, hour):
    rows = ["UID:1", "SUMMARY:A", f'DTSTART;TZID="{name}":20271009T120000']
    (found,) = read(calendar([rows]), "a.ics", date(2027, 1, 1))
    assert found.quand == {"debut": f"2027-10-09 {hour or '12:00'}"}
    assert [(one.name, one.value) for one in found.doubts] == [("fuseau", name)] * (not hour)


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


@cases(("rule", "summer", "hour"), CASES["regles"])
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
    assert zone is None or zone.utcoffset(datetime(2027, 1, 10, 12)) is not None


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
