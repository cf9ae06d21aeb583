"""The audit of calendars counts what a calendar holds, and tells what a program loses of it."""

import sys

import pytest

import audit_agendas
from audit_agendas import Held, by_calcurse, check_calendars, differences, held, run
from npm import ToolMissing

EVENT = """BEGIN:VEVENT\r
UID:{uid}\r
DTSTART:{day}T180000Z\r
DTEND:{day}T190000Z\r
{more}SUMMARY:Nuit\r
END:VEVENT\r
"""
WEEKLY = EVENT.format(uid="a", day="20261003", more="RRULE:FREQ=WEEKLY;COUNT=3\r\n")
MOVED = EVENT.format(uid="a", day="20261011", more="RECURRENCE-ID:20261010T180000Z\r\n")
OTHER = EVENT.format(uid="b", day="20260901", more="")
CALENDAR = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{WEEKLY}{MOVED}{OTHER}END:VCALENDAR\r\n"


def test_what_a_calendar_holds():
    assert held(CALENDAR.encode()) == Held(3, 2, 4)


def test_what_a_program_loses_is_told(tmp_path, monkeypatch):
    path = tmp_path / "agenda.ics"
    path.write_text(CALENDAR, encoding="utf-8", newline="")
    calendars = {path: held(CALENDAR.encode())}
    assert [*differences(("components", "events"), calendars, {path: (3, 2)})] == []
    loses = (("events",), lambda output, folder, all_: {path: [1]})
    keeps = (("occurrences",), lambda output, folder, all_: {path: [4]})
    monkeypatch.setattr(audit_agendas, "READERS", {"un": loses, "deux": keeps})
    assert check_calendars(tmp_path) == (["agenda.ics — un: 1 events of 2"], 1)


@pytest.mark.parametrize(
    ("said", "count"),
    [("46 apps / 4 events / 0 todos / 0 skipped", 50), ("1 app / 1 event", 2), ("", 0)],
)
def test_what_calcurse_says(tmp_path, monkeypatch, said, count):
    monkeypatch.setattr(audit_agendas, "run", lambda command: f"Import process report\n{said}\n")
    path = tmp_path / "agenda.ics"
    assert by_calcurse(tmp_path, tmp_path, {path: Held(0, 0, 0)}) == {path: [count]}


def test_a_program_that_is_missing_or_fails_has_not_passed():
    with pytest.raises(ToolMissing, match="absent is missing"):
        run(["absent"])
    with pytest.raises(ToolMissing, match="failed:\nnon"):
        run([sys.executable, "-c", "raise SystemExit('non')"])
