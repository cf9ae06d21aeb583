"""What readers find in sources, as ``lectures.yml`` says it."""

import json
from datetime import date
from operator import attrgetter

import msgspec

from calendriers_fictifs import calendar
from checkout import ROOT
from doses import cases, rows_of
from portail_importer.importer.sources import calendars, feeds, openagenda, pages

DAY = date(2021, 9, 27)
SAMPLES = ROOT / "tests/samples"
SPACES = (
    'xmlns:ev="http://purl.org/rss/1.0/modules/event/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def source_of(row):
    """The module that reads the source of a row, and its bytes."""
    match row:
        case {"evenement": lines}:
            return calendars, calendar([["UID:1", "SUMMARY:Titre", *lines]])
        case {"calendrier": str() as text}:
            return calendars, text.encode()
        case {"calendrier": events}:
            return calendars, calendar(events)
        case {"export": export}:
            return openagenda, json.dumps(export).encode()
        case {"agenda": event}:
            events = [{"uid": 1, "title": {"fr": "Titre"}} | event]
            return openagenda, json.dumps(events).encode()
        case {"donnees": data}:
            script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
            return pages, f"<head>{script}</head>{row.get('suite', '')}".encode()
        case {"page": text}:
            return pages, text.encode()
        case {"flux": dict() as feed}:
            return feeds, json.dumps(feed).encode()
        case {"flux": items}:
            link = "<link>https://portail-imaginaire.example.org/</link>"
            return feeds, f"<rss {SPACES}><channel>{link}{items}</channel></rss>".encode()
        case {"flux_entier": text}:
            return feeds, text.encode()
    name = row["exemple"]
    return calendars if name.endswith(".ics") else pages, (SAMPLES / name).read_bytes()


@cases("row", rows_of("portail_importer/tests/importer/lectures.yml"))
def test_what_is_found(row):
    reader, data = source_of(row)
    found = [*reader.read(data, "source", DAY)]
    told = row.get("trouve", {})
    expected = told if isinstance(told, list) else [told]
    plain = json.loads(msgspec.json.encode(found, enc_hook=attrgetter("value")))
    assert [
        {key: one[key] for key in named} for one, named in zip(plain, expected, strict=True)
    ] == expected
    if "doutes" in row:
        assert [[one["name"], one["value"]] for one in plain[0]["doubts"]] == row["doutes"]
    if "pertes" in row:
        assert [one["name"] for one in plain[0]["losses"]] == row["pertes"]
    said = repr(found)
    assert [text for text in row.get("dit", ()) if text not in said] == []
    assert [text for text in row.get("tait", ()) if text in said] == []
