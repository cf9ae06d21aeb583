"""No output of the showcase gives a commune to an event that is everywhere: pages, calendars,
feeds, tables, data of scripts, JSON-LD."""

import csv
import json
import re

import pytest
from lxml import etree, html

from open_data import records

pytestmark = pytest.mark.site

SLUGS = ("compter-les-lumieres-de-la-nuit", "grand-comptage-fictif-des-chouettes")
TITLES = ("Compter les lumières de la nuit", "Grand comptage fictif des chouettes")
ONE_OF_THEM = re.compile("|".join((*SLUGS, *TITLES)))
ROWS = "self::li or self::article or self::tr or self::dd or self::section or self::a"
TABLE = 30
"""A list of so many texts is the vocabulary of a file: it tells nothing of one event."""


@pytest.fixture(scope="module")
def towns(showcase):
    """The communes where the showcase has something."""
    found = set()
    for name in ("evenements", "lieux"):
        rows = records(lambda url: (showcase / url[1:]).read_text("utf-8"), f"{name}.json")
        found |= {row["calcule"]["commune"]["nom"] for row in rows if "commune" in row["calcule"]}
    assert len(found) > 5
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(found)))})\b")


def files(showcase, suffix):
    """The path and text of the files that tell of one of these events."""
    for path in sorted(showcase.rglob(f"*{suffix}")):
        text = path.read_text("utf-8")
        if ONE_OF_THEM.search(text):
            yield path.relative_to(showcase).as_posix(), text


def told(node):
    return " ".join("".join(node.itertext()).split())


def rows_of(text):
    """The smallest row of a page that leads to each."""
    page = html.document_fromstring(text)
    for link in page.iter("a"):
        if any(f"/evenements/{slug}/" in link.get("href", "") for slug in SLUGS):
            above = link.xpath(f"ancestor-or-self::*[{ROWS}]")
            row = next((one for one in reversed(above) if one is not link), link)
            others = [one for one in row.iter("a") if "/evenements/" in one.get("href", "")]
            yield told(row if len({one.get("href") for one in others}) == 1 else link)


def test_pages(showcase, towns):
    seen = 0
    for path, text in files(showcase, ".html"):
        for row in rows_of(text):
            seen += 1
            assert not towns.search(row), f"{path}: {row}"
    assert seen > 30


@pytest.mark.parametrize("slug", SLUGS)
def test_its_own_page(showcase, slug):
    page = html.parse(showcase / "evenements" / slug / "index.html").getroot()
    (box,) = page.xpath("//*[contains(concat(' ', @class, ' '), ' infos ')]")
    where = told(box.xpath(".//dt[normalize-space()='Où']/following-sibling::dd[1]")[0])
    assert where in ("Partout, de chez vous", "Partout dans l’Aisne et dans la Somme")
    assert "Itinéraire" not in told(box)
    assert not page.xpath("//a[starts-with(@href, 'geo:')]")
    assert "inconnu" not in told(box)


def dicts(value):
    """Each object and row of a document that says one of these events itself."""
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) or len(value) < TABLE:
        own = [one for one in inside if isinstance(one, str)]
        if any(ONE_OF_THEM.search(one) for one in own):
            yield value
    for one in inside:
        if isinstance(one, dict | list):
            yield from dicts(one)


def test_documents(showcase, towns):
    seen = set()
    for path, text in files(showcase, ".json"):
        for row in dicts(json.loads(text)):
            seen.add(path)
            row = {**row, "texte": "", "lettre": ""} if isinstance(row, dict) else row
            assert not towns.search(json.dumps(row, ensure_ascii=False)), path
    assert "api/v1/evenements/2021.json" in seen


def test_filters_have_no_commune_for_them(showcase):
    data = json.loads((showcase / "agenda/facettes.json").read_text("utf-8"))
    rows = {row[0]: (rank, row[6]) for rank, row in enumerate(data["lignes"])}
    held = dict(map(tuple, data["partout"]))
    for slug, covered in zip(SLUGS, ([], ["02", "80"]), strict=True):
        rank, commune = rows[f"/evenements/{slug}/"]
        assert commune == -1
        assert held[rank] == covered


def test_linked_data(showcase):
    for slug in SLUGS:
        text = (showcase / "evenements" / slug / "index.html").read_text("utf-8")
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
        assert "addressLocality" not in data
        assert '"geo"' not in data
        (event,) = (one for one in json.loads(data)["@graph"] if one["@type"] == "Event")
        places = [one for one in event["location"] if one["@type"] != "VirtualLocation"]
        virtual = len(places) < len(event["location"])
        assert {one["address"]["addressRegion"] for one in places} == {"Hauts-de-France"}
        assert event["eventAttendanceMode"].endswith(
            "MixedEventAttendanceMode" if virtual else "OfflineEventAttendanceMode"
        )


def test_calendars(showcase):
    seen = 0
    for path, text in files(showcase, ".ics"):
        for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text.replace("\r\n ", ""), re.DOTALL):
            if ONE_OF_THEM.search(event):
                seen += 1
                where = re.findall(r"^LOCATION[^:]*:(.*)$", event, re.MULTILINE)
                assert all(one.startswith("En ligne") for one in where), path
                assert "GEO:" not in event
                assert "Partout" in event
    assert seen > 5


def test_tables(showcase):
    keys = ("commune.nom", "adresse.nom", "adresse.commune", "position.latitude")
    table = (showcase / "api/v1/evenements.csv").read_text("utf-8-sig").splitlines(keepends=True)
    found = [row for row in csv.DictReader(table, delimiter=";") if row["titre"] in TITLES]
    assert len(found) == len(TITLES)
    for row in found:
        assert row["partout"] == "oui"
        assert not any(row[f"calcule.{key}"] for key in keys)


def test_feeds(showcase, towns):
    seen = 0
    for path, text in files(showcase, ".xml"):
        for entry in etree.fromstring(text.encode()).iter("{*}item", "{*}entry"):
            if ONE_OF_THEM.search(told(entry.find("{*}title"))):
                seen += 1
                assert not towns.search(told(entry)), path
    assert seen
