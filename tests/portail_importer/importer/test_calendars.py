"""Calendars: what they say is found, or told as lost, whatever wrote them."""

from datetime import date

import pytest

from calendriers_fictifs import calendar, made_events
from doses import cases, ends
from found_values import leaves
from portail.diagnostics import Refused
from portail_importer.importer.sources.calendars import read, recognised
from portail_importer.importer.sources.leftovers import publishable
from remake import replace

DAY = date(2021, 9, 27)


def reading(data):
    """What is read of a calendar."""
    return [*read(data, "saison.ics", DAY)]


def test_every_property_is_found_or_told():
    made = made_events()
    founds = reading(calendar(made))
    assert len(founds) == len(made) >= 200
    missing = written = 0
    for one_made, found in zip(made, founds, strict=True):
        assert not found.refused
        told = set(leaves(replace(found, untaken=())))
        absent = [name for name, said in one_made.said.items() if not told.issuperset(said)]
        missing, written = missing + len(absent), written + len(one_made.said)
        assert set(absent) <= {*dict(found.untaken)}
    assert missing / written <= 0.05


def test_what_is_private_damaged_or_cut_says_so():
    data = calendar([
        ["UID:1", "SUMMARY:Public", "DTSTART:20211009"],
        ["UID:2", "SUMMARY:Public", "DTSTART:20211010", "CLASS:PRIVATE"],
        ["UID:3", "DTSTART:20211009"], ["UID:4", "SUMMARY:Sans date"],
        ["UID:5", "SUMMARY:Faux", "DTSTART:20210230T100000"],
    ])  # fmt: skip
    damaged = data.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\r\nSUMMARY:Coup")
    founds = [publishable(one, DAY) for one in reading(damaged)]
    assert [bool(one.refused) for one in founds] == [False, True, True, True, True, True]
    for found, word in zip(
        founds[1:], ("PRIVATE", "titre", "date", "20210230", "END:VEVENT"), strict=True
    ):
        assert word in found.refused
    assert founds[0].quand == {"debut": "2021-10-09"}
    assert [one.cut for one in founds] == [False] * 5 + [True]


@cases("row", ["X-CALENDARSERVER-ACCESS:CONFIDENTIAL", "CLASS:PRIVATE"])
def test_what_a_calendar_says_of_who_reads_it_is_of_its_events(row):
    event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Le vent\nDTSTART:20271010T100000\nEND:VEVENT\n"
    calendars = f"BEGIN:VCALENDAR\n{row}\n{event}END:VCALENDAR\n"
    open_ = f"BEGIN:VCALENDAR\n{event.replace('UID:1', 'UID:2')}END:VCALENDAR\n"
    kept = [publishable(found, DAY) for found in reading(f"{calendars}{open_}".encode())]
    assert [bool(found.refused) for found in kept] == [True, False]


def test_what_is_no_event_is_counted():
    alarm = ["BEGIN:VALARM", "TRIGGER:-PT5M", "DESCRIPTION:Rappel", "END:VALARM"]
    others = ["BEGIN:VTODO", "SUMMARY:A", "END:VTODO"] * 3 + ["BEGIN:VJOURNAL", "END:VJOURNAL"]
    rows = ["UID:1", "SUMMARY:A", "DTSTART:20211009", *alarm]
    event, tasks, notes = reading(calendar([rows], *others))
    assert event.texte == "" and not event.losses
    assert tasks.refused.startswith("3 tâches") and notes.refused.startswith("1 note")


@cases(
    ("rows", "count"),
    [
        # Editions of years, seminars of one title: each has its identifier, its page or its text.
        ([[f"UID:{year}@x", f"DTSTART:{year}1005"] for year in range(2019, 2028)], 9),
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}", f"DESCRIPTION:T{n}"] for n in (1, 2, 3)], 3),
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}", f"URL:https://x.test/{n}"] for n in (1, 2)], 2),
        ([[f"DTSTART:2021100{n}T180000"] for n in (1, 2)], 2),
        ([[f"UID:{year}0503-17@x", f"DTSTART:{year}0503"] for year in (2019, 2020, 2021)], 3),
        # Dates of one event: numbered, by their hour, or by one identifier.
        ([[f"UID:s-{n}@x", f"DTSTART:2021100{n}T180000"] for n in (1, 2, 3)], 1),
        ([["UID:8-1633694400@x", "DTSTART:20211008T140000"],
          ["UID:8-1633780800@x", "DTSTART:20211009T140000"]], 1),
        ([["UID:8@x", f"DTSTART:2021100{n}T180000", f"DESCRIPTION:T{n}"] for n in (1, 2)], 1),
    ],
)  # fmt: skip
def test_events_are_one_under_one_identifier(rows, count):
    founds = reading(calendar([["SUMMARY:A", "LOCATION:Lille", *row] for row in rows]))
    assert len(founds) == count
    assert sum(len(one.quand.get("seances", [1])) for one in founds) == len(rows)


EVENT = b"BEGIN:VEVENT\r\nSUMMARY:A\r\nEND:VEVENT\r\n"


@cases(
    "data",
    [
        b"", b"Bonjour", b"BEGIN:VCARD\nEND:VCARD", b"\x89PNG\0\0", b"{}",
        calendar([["SUMMARY:A"]]).replace(EVENT, EVENT * 20_001),
        calendar([["SUMMARY:A"]]).replace(b"VERSION:2.0", b"VERSION:1.0"),
        calendar([["SUMMARY;ENCODING=QUOTED-PRINTABLE:F=C3=AAte"]]),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(Refused):
        reading(data)


@cases("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Été à Wœrth\nDTSTART:20211009\nEND:VEVENT\n"
    assert recognised(text)
    assert reading(text.encode(encoding))[0].titre == "Été à Wœrth"


HOSTILE = (
    ["RRULE:FREQ=SECONDLY"], ["RRULE:FREQ=DAILY;COUNT=999999999999999999999"],
    ["RRULE:FREQ=DAILY;INTERVAL=0"], ["RRULE:" + "BYDAY=MO;" * 2_000], ["RRULE:"],
    ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], ["RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"],
    ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"], ["RDATE:" + "20211010T100000," * 9_000 + "x"],
    ["EXDATE:hier,20211009T100000"], ["DURATION:P999999999D"], ["DURATION:P9999999999999D"],
    ["DTEND:99991231T235959Z"],
    ["RECURRENCE-ID:20211009T100000"], ["STATUS:PEUT-ÊTRE"], ["DESCRIPTION" + ";X=\"" * 500 + ":a"],
    ["DESCRIPTION;" + "A=,," * 5_000], ["BEGIN:VALARM"] * 2_000, ["URL:javascript:alert(1)"],
    ["DTSTART;TZID=../../etc/passwd:20211009T100000"], ["SUMMARY:\x07\x1b[31mrouge"],
)  # fmt: skip


@cases("lines", HOSTILE)
def test_hostile_lines_end_and_are_said(lines):
    with ends():
        founds = reading(calendar([["UID:1", "SUMMARY:A", "DTSTART:20211009T100000", *lines]] * 2))
    for found in founds:
        assert len(found.quand.get("seances", ())) <= 800
        assert found.refused or found.quand


def test_a_calendar_that_is_cut_says_so():
    data = calendar([["UID:1", "SUMMARY:A", "DTSTART:20211009"]])
    (found,) = reading(data)
    assert not found.cut
    _, last = reading(data.replace(b"END:VCALENDAR", b""))
    assert last.cut and "END:VCALENDAR" in last.refused
