"""Calendars: what they say is found, or told as lost, whatever wrote them."""

from datetime import date

import pytest

from calendriers_fictifs import calendar, made_events
from doses import cases, ends, heavy, rows_of
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


@cases("parts", rows_of("portail_importer/tests/importer/hostiles.yml")["calendriers"])
def test_hostile_lines_end_and_are_said(parts):
    lines = ["UID:1", "SUMMARY:A", "DTSTART:20211009T100000", *heavy(parts).split("\n")]
    with ends():
        founds = reading(calendar([lines] * 2))
    for found in founds:
        assert len(found.quand.get("seances", ())) <= 800
        assert found.refused or found.quand


def test_a_calendar_that_is_cut_says_so():
    data = calendar([["UID:1", "SUMMARY:A", "DTSTART:20211009"]])
    (found,) = reading(data)
    assert not found.cut
    _, last = reading(data.replace(b"END:VCALENDAR", b""))
    assert last.cut and "END:VCALENDAR" in last.refused
