"""The clock of the portal: hours of any zone are kept, told and found again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest

from doses import cases, dose
from portail.agenda.occurrences import local
from portail.agenda.rrule import RuleError, parse_rule
from portail.clock import PARIS, portal_zone, set_portal_zone
from portail.config import site_config
from portail.day import Day, build_day
from portail.diagnostics import ConfigError
from portail.features.services.calendriers.events import timezone_text

FRENCH = (
    "America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon",
    "Etc/GMT+8", "Europe/Paris", "Indian/Kerguelen", "Indian/Mayotte", "Indian/Reunion",
    "Pacific/Gambier",
    "Pacific/Marquesas", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis",
)  # fmt: skip
OTHERS = ("Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")


@pytest.fixture(autouse=True)
def _as_before():
    yield
    set_portal_zone(None)


def test_settings_set_the_clock():
    assert site_config({}).fuseau == "Europe/Paris"
    assert portal_zone() is PARIS
    assert site_config({"TIMEZONE": "Indian/Reunion"}).fuseau == "Indian/Reunion"
    assert local(date(2021, 10, 9), time(18)).isoformat() == "2021-10-09T18:00:00+04:00"
    assert site_config({"TIMEZONE": "UTC"}).fuseau == "Europe/Paris"  # what Pelican puts by itself
    assert portal_zone() is PARIS


@cases("name", ["Indian/Renion", "Reunion", "/etc/passwd", "Europe/", 4, ["x"]])
def test_what_is_no_zone_is_refused_and_changes_nothing(name):
    set_portal_zone("Pacific/Noumea")
    with pytest.raises(ConfigError, match="TIMEZONE"):
        set_portal_zone(name)
    assert portal_zone().key == "Pacific/Noumea"


@cases("zone", FRENCH)
def test_the_day_of_a_moment_is_that_of_the_portal(zone):
    set_portal_zone(zone)
    midnight = datetime(2021, 9, 28, tzinfo=ZoneInfo(zone)).timestamp()
    for second, day in ((-1, date(2021, 9, 27)), (0, date(2021, 9, 28))):
        epoch = {"SOURCE_DATE_EPOCH": str(int(midnight) + second)}
        assert build_day(None, epoch, None, date(2000, 1, 1)) == Day(day)


@cases("name", sorted({*FRENCH, *OTHERS}))
def test_rules_of_a_zone_tell_its_hours(name):
    zone = ZoneInfo(name)
    text = timezone_text(zone)
    assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))
    component = icalendar.Timezone.from_ical(text)
    # dateutil, by which icalendar reads them, ends a rule of the past a year too early.
    rules, start = component.to_tz(lookup_tzid=False), datetime(2009, 1, 1)
    for count in range(10_000):  # up to 2036
        shown = start + timedelta(days=count, hours=4 + count % 20)
        assert rules.utcoffset(shown) == zone.utcoffset(shown), shown


def test_every_zone_has_rules():
    for name in sorted(one for one in available_timezones() if "/" in one)[:: dose(35, 7)]:
        text = timezone_text(ZoneInfo(name))
        assert icalendar.Timezone.from_ical(text)["TZID"] == name


@cases("name", FRENCH)
def test_hours_left_out_of_a_rule_are_of_the_clock_of_the_portal(name):
    rule = "FREQ=DAILY;COUNT=5\nEXDATE;TZID={}:20211010T180000"
    set_portal_zone(name)
    assert parse_rule(rule.format(name))
    with pytest.raises(RuleError):
        parse_rule(rule.format("America/New_York"))
