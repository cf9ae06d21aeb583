"""The audit of calendars counts what a calendar holds, and tells what a program loses of it."""

import audit_agendas
from audit_agendas import Held, check_calendars, held

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
    (tmp_path / "agenda.ics").write_text(CALENDAR, encoding="utf-8", newline="")
    for found, told in ((Held(3, 2, 4), 0), (Held(3, 1, 4), 1)):
        monkeypatch.setattr(audit_agendas, "expanded", lambda paths: dict.fromkeys(paths, found))  # noqa: B023
        findings, count = check_calendars(tmp_path)
        assert (len(findings), count) == (told, 1)
    assert findings[0].startswith("agenda.ics — Held(components=3, events=1")
