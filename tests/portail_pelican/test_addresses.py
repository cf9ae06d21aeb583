"""Each address of the showcase that one of its texts writes is that of a file, each format being
read by its own reader: data, calendars, feeds, mails, Markdown."""

import csv
import json
import re
from urllib.parse import unquote, urlsplit

import icalendar
import pytest
from lxml import etree, html
from markdown import markdown

from pages import LOCAL_ADDRESS, address, html_pages

pytestmark = pytest.mark.site

OWN = re.compile(re.escape(LOCAL_ADDRESS) + r"(?![\w.-])[^\s\"'<>()\[\]|]*")
RETIRED = "/evenements/atelier-retire/"
"""Announced by a letter that was sent, as its feed still says."""


def in_json(path):
    """Texts of any depth."""
    waiting = [json.loads(path.read_bytes())]
    while waiting:
        match waiting.pop():
            case dict(one):
                waiting += [*one, *one.values()]
            case list(some):
                waiting += some
            case str(text):
                yield text


def in_csv(path):
    """Cells."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream, delimiter=";"):
            yield from row


def in_calendar(path):
    """Values of properties."""
    for component in icalendar.Calendar.from_ical(path.read_bytes()).walk():
        yield from map(str, component.values())


def in_xml(path):
    """Texts and attributes, where HTML may be written as text."""
    for element in etree.parse(path).iter(etree.Element):
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def in_html(text):
    """Texts and attributes."""
    for element in html.document_fromstring(text).iter(etree.Element):
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def in_text(path):
    """The whole of it."""
    yield path.read_text(encoding="utf-8")


READERS = {
    ".csv": in_csv,
    "courriel.html": lambda path: in_html(path.read_text(encoding="utf-8")),
    ".geojson": in_json,
    ".ics": in_calendar,
    ".json": in_json,
    ".md": lambda path: in_html(markdown(path.read_text(encoding="utf-8"))),
    ".txt": in_text,
    ".xml": in_xml,
}


def is_file(site, place):
    """Whether a server finds something at a path of the site."""
    file = site / place.lstrip("/")
    return (file / "index.html" if file.is_dir() else file).is_file()


@pytest.mark.parametrize("ending", READERS)
def test_every_address_in_a_text_is_that_of_a_file(built, ending):
    site = built("vitrine")
    dead = set()
    count = 0
    for path in sorted(site.rglob(f"*{ending}")):
        for url in {one for text in READERS[ending](path) for one in OWN.findall(text)}:
            count += 1
            place = unquote(urlsplit(url).path)
            if "{" not in url and not is_file(site, place):
                dead.add((path.relative_to(site).as_posix(), place.rstrip(".,;:")))
    assert {one for one in dead if one[1] != RETIRED} == set()
    assert count


def test_an_address_that_moved_leads_to_a_file_in_one_step(built):
    site = built("vitrine")
    rules = dict(
        line.split(" ")[:2]
        for line in (site / "_redirects").read_text(encoding="utf-8").splitlines()
        if ":" not in line.split(" ")[0]
    )
    targets = {unquote(urlsplit(one).path) for one in rules.values()}
    assert targets.isdisjoint(map(unquote, rules))
    assert {one for one in targets if not is_file(site, one)} == set()
    assert len(rules) > 50


def test_every_table_has_a_name(built):
    """Its own or that of its frame, which says more than « Tableau » (RGAA 5.4)."""
    site = built("vitrine")
    unnamed = {
        address(site, path)
        for path in html_pages(site)
        for table in html.parse(path).iter("table")
        if table.find("caption") is None
        and table.get("aria-labelledby") is None
        and not {table.get("aria-label"), table.getparent().get("aria-label")} - {None, "Tableau"}
    }
    assert unnamed == set()
