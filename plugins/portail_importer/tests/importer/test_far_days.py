"""Days at both ends of time: whatever a source writes, it is read or told, and the rest comes."""

from datetime import date
from itertools import product

import pytest

from calendriers_fictifs import calendar
from portail.cli import main
from tableurs import FORMATS

DAY = "2026-11-25"
_FAR = ["0001-01-01", "0001-01-03", "1899-12-31", "2100-12-31", "2101-01-01", "9999-12-30",
        "9999-12-31"]  # fmt: skip


def bring(site, name, data):
    (site.parent / name).write_bytes(data)
    assert main(["importer", str(site.parent / name), "--date", DAY, "--simuler"]) in (0, 1)


_ZONE = """BEGIN:VTIMEZONE
TZID:Ailleurs
BEGIN:STANDARD
DTSTART:{stamp}T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=1
TZOFFSETFROM:+1400
TZOFFSETTO:-1200
END:STANDARD
END:VTIMEZONE"""
_PROPERTIES = [
    "DTSTART:{}T000000Z", "DTSTART;VALUE=DATE:{}", "DTSTART;TZID=Pacific/Kiritimati:{}T000000",
    "DTSTART;TZID=Ailleurs:{}T233000", "DTSTART;TZID=America/Adak:{}T233000",
]  # fmt: skip
_MORE = [
    "", "DTEND:{}T235959Z", "DURATION:P9999W", "RRULE:FREQ=WEEKLY;WKST=SU", "RRULE:FREQ=DAILY",
    "RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=9", "RRULE:FREQ=YEARLY;UNTIL={}T235959Z",
    "RDATE:{}T000000Z", "EXDATE:{}T000000Z", "RECURRENCE-ID;TZID=Ailleurs:{}T000000",
    "CREATED:{}T000000Z",
]  # fmt: skip


@pytest.mark.parametrize("day", _FAR)
def test_a_calendar(day, site, output):
    stamp = day.replace("-", "")
    near = ["DTSTART;TZID=Ailleurs:20261210T180000", "SUMMARY:Le proche", "UID:proche"]
    rows = [*product(_PROPERTIES, _MORE), *product(["DTSTART:20261210T180000Z"], _MORE)]
    events = [
        [
            f"UID:{rank}-{stamp}",
            f"SUMMARY:Titre {rank}",
            *(row.format(stamp) for row in pair if row),
        ]
        for rank, pair in enumerate(rows)
    ]
    bring(site, "loin.ics", calendar([*events, near], *_ZONE.format(stamp=stamp).split("\n")))
    said = output()
    assert f"{len(events) + 1} lus" in said and "le-proche.md" in said


_FEED = """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>
<item><title>A</title><guid>a</guid><description>Un texte.</description>
<pubDate>{0}T00:00:00+14:00</pubDate><updated>{0}</updated></item>
<item><title>B</title><guid>b</guid><description>Un texte.</description>
<ev:startdate>{0}T23:59:59-12:00</ev:startdate><ev:enddate>{0}</ev:enddate></item>
<item><title>C</title><guid>c</guid><description>Un texte.</description>
<pubDate>Mon, {3} {2} {1} 23:59:59 -1200</pubDate></item></channel></rss>"""
_PAGE = """<!doctype html><script type="application/ld+json">[
{{"@type": "Event", "name": "A", "startDate": "{0}T00:00+14:00", "endDate": "{0}", "url": "http://e.org/a"}},
{{"@type": "Event", "name": "B", "eventSchedule": {{"startDate": "{0}", "endDate": "{0}", "byDay":
"Monday", "exceptDate": "{0}"}}, "datePublished": "{0}", "url": "http://e.org/b"}}]</script>"""
_AGENDA = """{{"events": [{{"uid": 1, "title": "A", "state": 2, "createdAt": "{0}T00:00:00Z",
"timings": [{{"begin": "{0}T00:00:00+14:00", "end": "{0}T23:59:59-12:00"}}]}}]}}"""


@pytest.mark.parametrize("day", _FAR)
@pytest.mark.parametrize("source", [_FEED, _PAGE, _AGENDA], ids=["feed", "page", "agenda"])
def test_what_is_on_the_web(source, day, site):
    year, month, number = day.split("-")
    name = date(2026, int(month), 1).strftime("%b")
    bring(site, "loin", source.format(day, year, name, number).encode())


@pytest.mark.parametrize(
    ("form", "day"), [*product(["csv"], _FAR), *product(["ods", "xlsx"], [_FAR[0], _FAR[-1]])]
)
def test_a_table(form, day, site):
    heads = ["Titre", "Résumé", "Format", "Date", "Fin", "Commune", "Publié le"]
    year, month, number = day.split("-")
    for rank, written in enumerate(
        (day, f"{number}/{month}/{year}", f"du {number}/{month}/{year}")
    ):
        row = [f"Titre {rank}", "Un résumé.", "atelier", written, written, "Amiens", day]
        bring(site, f"loin-{rank}.{form}", FORMATS[form]([heads, row]))
