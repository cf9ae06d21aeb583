"""Repetitions of calendars, judged by two readers that are not ours."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from calendriers_fictifs import calendar
from doses import cases
from portail.clock import set_portal_zone
from portail_importer.importer.sources.calendars import read

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
RFC_DAY = date(1997, 9, 1)

# Rules of RFC 5545, § 3.8.5.3, from 2 September 1997 at 9 in New York, that no file can say.
TOLD = [
    ("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
    ("19970902", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"),
    ("19970902", "FREQ=MINUTELY;INTERVAL=15;COUNT=6"),
    ("19970902", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"),
]


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


@cases(("first", "rule"), TOLD)
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


def test_an_endless_rule_is_cut_and_told():
    day = date(2021, 9, 27)
    weekly = reading(["DTSTART:20150107T100000", "RRULE:FREQ=WEEKLY"], day)
    assert weekly.quand["horaires"]["au"] == "2022-09-21"
    assert weekly.quand["horaires"]["du"] == "2021-09-29"
    monthly = reading(["DTSTART:20150107T100000", "RRULE:FREQ=MONTHLY;BYDAY=1WE"], day)
    assert len(monthly.quand["seances"]) == 12
    for found in (weekly, monthly):
        assert any("pas de fin" in loss.reason for loss in found.losses)


def test_periods_are_dates_with_their_own_end():
    found = reading(["DTSTART:20211005T100000", "DURATION:PT1H",
                     "RDATE;VALUE=PERIOD:20211006T100000/20211006T120000,20211007T100000/PT3H"],
                    date(2021, 9, 1))  # fmt: skip
    assert [one["fin"][11:] for one in found.quand["seances"]] == ["11:00", "12:00", "13:00"]


def test_many_years_are_cut_at_three():
    found = reading(["DTSTART:20200101T100000", "RRULE:FREQ=MONTHLY;COUNT=120"], date(2021, 9, 27))
    kept = starts(found.quand)
    assert kept[0] == "2021-10-01 10:00" and kept[-1] == "2024-10-01 10:00"
    assert any("3 ans" in loss.reason for loss in found.losses)
    rare = reading(["DTSTART:20200101T100000", "RRULE:FREQ=YEARLY;COUNT=9"], date(2021, 9, 27))
    assert any("2024" in loss.reason for loss in rare.losses)


@cases(
    ("lines", "expected"),
    [
        # The first date is one, whatever its rule says (RFC 5545, § 3.8.5.3).
        (["RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=3"], ["05", "09", "16", "23"]),
        (["RRULE:FREQ=WEEKLY;BYDAY=SA,TU;COUNT=3"], ["05", "09", "12"]),
        (["RRULE:", "EXDATE:"], ["05"]),
        # Rules that say the same, or the hour of the first date, are one.
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:COUNT=2;FREQ=WEEKLY;"], ["05", "12"]),
        (["RRULE:FREQ=WEEKLY;COUNT=2;BYHOUR=18;BYMINUTE=0;BYSECOND=00"], ["05", "12"]),
        # The last day of a rule is one, whatever its hour.
        (["RRULE:FREQ=WEEKLY;UNTIL=20211019"], ["05", "12", "19"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20211019T160000Z"], ["05", "12", "19"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20211019T155959Z"], ["05", "12"]),
        # A day takes out its session, in whatever zone.
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20211012"], ["05", "19"]),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20211012T160000Z"], ["05", "19"]),
    ],
)
def test_rules_as_programs_write_them(lines, expected):
    lines = ["DTSTART;TZID=Europe/Paris:20211005T180000", *lines]
    found = reading(lines, date(2021, 9, 1))
    assert [one[8:10] for one in starts(found.quand)] == expected
    assert not found.losses + found.doubts


@cases(
    ("hour", "named"),
    [
        ("", ";TZID=Romance Standard Time:20270114T000000"),
        ("", ":20270113T230000Z"),
        ("", ";VALUE=DATE:20270114"),
        ("", ":20270114T000000"),
        ("", ";TZID=America/New_York:20270114T000000"),
        ("T180000", ":20270114T180000"),
        ("T180000", ":20270114T170000Z"),
        ("T180000", ";TZID=America/New_York:20270114T120000"),
        ("T180000", ";VALUE=DATE:20270114"),
    ],
)
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


def test_a_date_of_the_past_that_is_put_off_is_one():
    head = ["UID:1", "SUMMARY:A"]
    rows = [[*head, "DTSTART:20150107T100000", "RRULE:FREQ=MONTHLY;BYDAY=1WE"],
            [*head, "RECURRENCE-ID:20210901T100000", "DTSTART:20210929T100000"]]  # fmt: skip
    (found,) = read(calendar(rows), "a.ics", date(2021, 9, 27))
    assert starts(found.quand)[0] == "2021-09-29 10:00" and not found.doubts


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
UNREAD = [
    "DTSTART:20211006T180000", "DTEND:20210230T100000", "DTEND:hier", "DTEND:PT1H",
    "DTEND:20211005T170000", 'DTEND;TZID="x:20211005T190000',
    "DTEND;TZID=Nulle/Part:20211005T190000", "DURATION:-PT2H", "DURATION:une heure",
    "DURATION:20211005", "RRULE:FREQ=HOURLY;COUNT=2", "RRULE:W1 SA #10", "RRULE:FREQ=WEEKLY;NON",
    "RRULE:FREQ=DAILY;COUNT=3;BYHOUR=9,10", "EXRULE:FREQ=DAILY",
    "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20211012", "RDATE:20211012T10", "RDATE:20211013",
    "RDATE:20211013T100000,hier", "RDATE;VALUE=PERIOD:20211013T100000/hier",
    "EXDATE:hier,20211012T180000", "EXDATE:PT1H", "EXDATE:20211012T010000", "RECURRENCE-ID:hier",
    "RECURRENCE-ID:20211013T180000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20211012T180000",
]  # fmt: skip


def changed(line):
    """A weekly series that one more line changes."""
    series = ["UID:1", "SUMMARY:A", "DTSTART:20211005T180000", "RRULE:FREQ=WEEKLY;COUNT=3"]
    rows = [[*series, line]]
    if line.startswith("RECURRENCE-ID"):
        rows = [series, [*series[:3], line]]
    return [*read(calendar(rows), "a.ics", date(2021, 9, 1))]


@cases("line", UNREAD)
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
