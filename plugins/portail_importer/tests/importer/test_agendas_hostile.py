"""Whatever an agenda holds, it is read or refused: no other error, nothing that no file holds."""

import json
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from found_values import leaves
from portail_importer.importer.sources import calendars, openagenda
from portail_importer.importer.sources.record import names_of

DAY = date(2021, 9, 27)
KEYS = [name for names in names_of("openagenda").champs.values() for name in names]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["2021-10-09T14:00:00Z", "https://exemple.test/", "9999-12-31T23:59:59-14:00"]),
)
INNER = ["fr", "en", "label", "id", "begin", "end", "name", "value", "type", "key", "min", "lat"]
VALUES = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(INNER), inside, max_size=3)
    ),
    max_leaves=6,
)
EVENTS = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), VALUES, max_size=8)

NAMES = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY"]
NAMES += ["UID", "STATUS", "ATTACH", "GEO", "ORGANIZER", "CREATED", "CATEGORIES", "BEGIN", "END"]
PIECES = [
    "20211009T140000",
    "20211009",
    "99991231T235959Z",
    "00010101T000000",
    "FREQ=WEEKLY",
    "P1D",
]
PIECES += ["FREQ=DAILY;COUNT=3", "BYDAY=MO", "UNTIL=20211231", ";TZID=Europe/Paris", "VEVENT", ","]
PIECES += ["VTIMEZONE", "VALARM", "VCALENDAR", ":", ";", "=", '"', "\\n", "/", " ", "\n ", "é"]
LINES = st.builds(
    lambda name, pieces: f"{name}:{''.join(pieces)}",
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(PIECES), max_size=4),
)


@given(st.lists(EVENTS | VALUES, max_size=3))
@example([{"firsttimingbegin": [True]}])
def test_any_json_is_read_or_refused(events):
    rows = [{"title": "A", **one} if isinstance(one, dict) else one for one in events]
    for value in (rows, {"events": rows}):
        for found in openagenda.read(json.dumps(value).encode(), "a.json", DAY):
            for text in leaves(found):
                text.encode()


@given(st.lists(LINES, max_size=12))
def test_any_lines_are_read_or_refused(lines):
    head = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:A", "DTSTART:20211009T140000"]
    data = "\n".join([*head, *lines, "END:VEVENT", "END:VCALENDAR"]).encode()
    for found in calendars.read(data, "a.ics", DAY):
        assert found.refused or found.quand
        for text in leaves(found):
            text.encode()
