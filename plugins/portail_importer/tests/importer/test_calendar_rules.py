"""Repetitions of calendars, judged by two readers that are not ours."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from calendriers_fictifs import calendar
from doses import cases, rows_of
from portail.clock import set_portal_zone
from portail_importer.importer.sources.calendars import read

CASES = rows_of("portail_importer/tests/importer/repetitions.yml")

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
RFC_DAY = date(1997, 9, 1)


def reading(lines, day):
    (found,) = read(calendar([["UID:1", "SUMMARY:A", *lines]]), "a.ics", day)
    return found


def starts(quand):
    """Beginnings that a front matter says, read by a loop of our own."""
    if "horaires" not in quand:
        return [one["debut"] for one in quand.get("seances", [quand])]
    told = quand["horaires"]
    day, last = date.fromisoformat(told["du"]), date.fromisoformat(told["au"])
    found = []
    while day <= last:
        if DAYS[day.weekday()] in told["tous_les"] and str(day) not in told.get("sauf", ()):
            found.append(f"{day} {told['de']}")
        day += timedelta(days=1)
    return found


@cases(("first", "rule"), CASES["rfc"])
def test_rules_of_the_rfc_that_are_to_complete_instead(first, rule):
    found = reading([f"DTSTART;TZID=America/New_York:{first}T090000", f"RRULE:{rule}"], RFC_DAY)
    assert len(starts(found.quand)) == 1
    assert [(doubt.name, doubt.value) for doubt in found.doubts] == [("RRULE", rule)]


WEEKDAYS = st.lists(st.sampled_from("MO TU WE TH FR SA SU".split()), min_size=1, unique=True)


@st.composite
def repeated(draw):
    """An event that repeats, in one zone or another, some of its dates being out or moved."""
    zone = draw(st.sampled_from(["Europe/Paris", "America/New_York", "UTC"]))
    tzid = "" if zone == "UTC" else f";TZID={zone}"
    z = "Z" if zone == "UTC" else ""
    day = date(2021, 9, 1) + timedelta(days=draw(st.integers(0, 200)))
    hour = draw(st.sampled_from(["040000", "143000", "220000"]))
    days = draw(WEEKDAYS)
    name = "MO TU WE TH FR SA SU".split()[day.weekday()]
    rule = f"FREQ=WEEKLY;INTERVAL={draw(st.integers(1, 3))};COUNT={draw(st.integers(1, 40))}"
    rule += f";BYDAY={','.join({name: 0} | dict.fromkeys(days))}"
    lines = [f"DTSTART{tzid}:{day:%Y%m%d}T{hour}{z}", "DURATION:PT1H", f"RRULE:{rule}"]
    weeks = draw(st.lists(st.integers(1, 8), max_size=3, unique=True))
    out = [("EXDATE", 7 * week) for week in weeks]
    extra = draw(st.lists(st.integers(300, 320), max_size=2, unique=True))
    rows = [*out, *(("RDATE", days) for days in extra)]
    more = [f"{kind}{tzid}:{day + timedelta(days=far):%Y%m%d}T{hour}{z}" for kind, far in rows]
    return [*lines, *more]


@given(repeated())
def test_repetitions_are_those_of_another_reader(lines):
    data = calendar([["UID:1", "SUMMARY:A", *lines]])
    others = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).all()
    expected = sorted(
        f"{one['DTSTART'].dt.astimezone(UTC).astimezone(PARIS):%Y-%m-%d %H:%M}" for one in others
    )
    (found,) = read(data, "a.ics", date(2021, 9, 1))
    assert starts(found.quand) == expected
    assert not found.losses


@cases(("lines", "expected"), CASES["regles"])
def test_rules_as_programs_write_them(lines, expected):
    lines = ["DTSTART;TZID=Europe/Paris:20211005T180000", *lines]
    found = reading(lines, date(2021, 9, 1))
    assert [one[8:10] for one in starts(found.quand)] == expected
    assert not found.losses + found.doubts


@cases(("hour", "named"), CASES["seances"])
def test_a_session_is_named_by_its_hour_or_its_day(hour, named):
    """A day by any midnight, as Exchange does."""
    head = ["UID:1", "SUMMARY:A"]
    series = [*head, f"DTSTART:20270107{hour}", "RRULE:FREQ=WEEKLY;COUNT=3"]
    moved = [*head, f"RECURRENCE-ID{named}", f"DTSTART:20270115{hour}"]
    for rows, expected in (
        ([series, moved], [("07", ""), ("15", ""), ("21", "")]),
        ([series, [*moved, "STATUS:CANCELLED"]], [("07", ""), ("15", "annule"), ("21", "")]),
        ([[*series, f"EXDATE{named}"]], [("07", ""), ("21", "")]),
    ):
        (found,) = read(calendar(rows), "a.ics", date(2026, 11, 25))
        sessions = [(one["debut"][8:10], one.get("etat", "")) for one in found.quand["seances"]]
        assert sessions == expected and not found.losses + found.doubts


@cases("name", ["Europe/Paris", "Romance Standard Time"])
def test_hours_that_float_are_those_of_the_calendar(name):
    set_portal_zone("Indian/Reunion")
    try:
        rows = [["UID:1", "SUMMARY:A", "DTSTART:20271009T120000"]]
        (found,) = read(calendar(rows, f"X-WR-TIMEZONE:{name}"), "a.ics", date(2027, 1, 1))
    finally:
        set_portal_zone(None)
    assert (found.quand, found.doubts) == ({"debut": "2027-10-09 14:00"}, ())


# What changes when an event takes place: not read, or read in two ways.
KINDS = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")


def changed(line):
    """A weekly series that one more line changes."""
    series = ["UID:1", "SUMMARY:A", "DTSTART:20211005T180000", "RRULE:FREQ=WEEKLY;COUNT=3"]
    rows = [[*series, line]]
    if line.startswith("RECURRENCE-ID"):
        rows = [series, [*series[:3], line]]
    return [*read(calendar(rows), "a.ics", date(2021, 9, 1))]


@cases("line", CASES["douteux"])
def test_what_changes_when_it_takes_place_is_a_doubt(line):
    (found,) = changed(line)
    names = {doubt.name for doubt in found.doubts}
    assert names & {line.partition(":")[0].partition(";")[0], "fuseau"}


@given(
    st.sampled_from(KINDS),
    st.sampled_from(["", ";VALUE=DATE", ";TZID=Nulle/Part", ';TZID="x', ";VALUE=PERIOD"]),
    st.text("0123456789TZP:;=-/,WMOUFREQ", max_size=24),
)
def test_what_changes_when_it_takes_place_is_never_a_loss(name, parameters, value):
    for found in changed(f"{name}{parameters}:{value}"):
        assert {loss.name for loss in found.losses}.isdisjoint(KINDS)
