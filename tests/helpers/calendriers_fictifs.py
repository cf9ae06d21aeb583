"""Calendars made for tests, openly fictional, whose contents are known without our readers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
PLACES = ("Halle inventée", "Salle inventée\n2 rue de la Fiction, 80000 Amiens", "Maison, Lille")


@dataclass
class Made:
    """One VEVENT: its lines, and what must be found of each property, by its name."""

    lines: list = field(default_factory=list)
    said: dict = field(default_factory=dict)

    def put(self, name, value, *said):
        """Writes a property; ``said`` must be found for it (else it tells programs something)."""
        self.lines.append(f"{name}:{value}")
        if said:
            self.said[name.partition(";")[0]] = list(said)


def escaped(text):
    """A text as a property writes it (RFC 5545, § 3.3.11)."""
    for sign, written in (("\\", "\\\\"), ("\n", "\\n"), (",", "\\,"), (";", "\\;")):
        text = text.replace(sign, written)
    return text


def folded(line):
    """A line in pieces of 75 octets, which may cut a letter (§ 3.1)."""
    data = line.encode()
    pieces = [data[:75], *(data[at : at + 74] for at in range(75, len(data), 74))]
    return b"\r\n ".join(pieces).decode("latin-1")


def calendar(events, *before):
    """A calendar of these events, its lines folded."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fiction//FR", *before]
    for one in events:
        inside = one.lines if isinstance(one, Made) else one
        lines += ["BEGIN:VEVENT", *inside, "END:VEVENT"]
    return "\r\n".join(map(folded, [*lines, "END:VCALENDAR", ""])).encode("latin-1")


def made_events(count=220):
    """Events of a season, none of which is true."""
    return [_made(Random(f"ics-{rank}"), rank) for rank in range(1, count + 1)]


def _made(random, rank):
    made = Made()
    made.put("UID", f"{rank}@exemple.test", f"{rank}@exemple.test")
    made.put("DTSTAMP", "20210901T000000Z")
    start = datetime(2021, 10, 1, 18, tzinfo=PARIS) + timedelta(days=random.randrange(300))
    end = start + timedelta(minutes=90)
    first, last = f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"
    match rank % 4:
        case 0:
            made.put("DTSTART;VALUE=DATE", f"{start:%Y%m%d}", f"{start:%Y-%m-%d}")
            made.put("DTEND;VALUE=DATE", f"{start + timedelta(days=2):%Y%m%d}",
                     f"{start + timedelta(days=1):%Y-%m-%d}")  # fmt: skip
        case 1:
            made.put("DTSTART;TZID=Europe/Paris", f"{start:%Y%m%dT%H%M%S}", first)
            made.put("DTEND;TZID=Europe/Paris", f"{end:%Y%m%dT%H%M%S}", last)
        case 2:
            made.put("DTSTART", f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}", first)
            made.put("DURATION", "PT1H30M", last)
        case _:
            made.put("DTSTART", f"{start:%Y%m%dT%H%M%S}", first)
            days = [(start + timedelta(days=7 * week)).replace(tzinfo=None) for week in (1, 2)]
            made.put("RRULE", "FREQ=WEEKLY;COUNT=3", *(f"{day:%Y-%m-%d %H:%M}" for day in days))
    title, text = f"Événement inventé n° {rank}", f"Une phrase, puis une autre ; la {rank}e.\nFin"
    made.put("SUMMARY;LANGUAGE=fr", f"{escaped(title)}", title)
    made.put("DESCRIPTION", escaped(text), text)
    place = random.choice(PLACES)
    made.put("LOCATION", escaped(place), place)
    made.put("CATEGORIES", f"Atelier,Mot {rank}", "Atelier", f"Mot {rank}")
    made.put("URL;VALUE=URI", f"https://exemple.test/{rank}", f"https://exemple.test/{rank}")
    made.put("ATTACH;FMTTYPE=image/jpeg", f"https://exemple.test/{rank}.jpg",
             f"https://exemple.test/{rank}.jpg")  # fmt: skip
    cancelled = rank % 10 == 0
    made.put("STATUS", "CANCELLED" if cancelled else "CONFIRMED", *["annule"] * cancelled)
    made.put("CREATED", "20210701T223000Z", "2021-07-02")
    made.put("LAST-MODIFIED", "20210802T080000Z", "2021-08-02")
    made.put("ORGANIZER;CN=Structure inventée", "mailto:personne@exemple.test",
             "Structure inventée")  # fmt: skip
    if rank % 20 == 0:
        made.put("GEO", "50.5;2.25", "50.5;2.25")
    if rank % 25 == 0:
        made.put("RESOURCES", "Vidéoprojecteur", "Vidéoprojecteur")
    made.put("SEQUENCE", "0")
    made.put("TRANSP", "OPAQUE")
    return made
