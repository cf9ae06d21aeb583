"""The season of a museum that does not exist, as its agenda and its spreadsheet say it."""

from __future__ import annotations

from datetime import date, timedelta

FIRST = date(2021, 10, 2)


def calendar(count: int = 39) -> bytes:
    """An ``.ics``: ``count`` dates of their own, every third day at 2 pm, then one that comes back
    each Wednesday."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//FR"]
    for rank in range(count):
        day = FIRST + timedelta(days=3 * rank)
        lines += _event(f"u{rank}", f"Fabrication fictive numéro {rank + 1}", day)
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20211221T230000Z"
    lines += _event("semaine", "Visite fictive du mercredi", date(2021, 10, 6), rule)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(uid: str, title: str, day: date, *more: str) -> list[str]:
    zone = "TZID=Europe/Paris"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@exemple.test",
        "DTSTAMP:20210901T000000Z",
        f"DTSTART;{zone}:{day:%Y%m%d}T140000",
        f"DTEND;{zone}:{day:%Y%m%d}T160000",
        f"SUMMARY:{title}",
        "DESCRIPTION:On fabrique un objet. Puis on l’observe.",
        "LOCATION:Salle fictive\\, 4 rue des Alouettes\\, 62500 Saint-Omer",
        *more,
        "END:VEVENT",
    ]
