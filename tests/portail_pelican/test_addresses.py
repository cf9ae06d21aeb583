"""Each address of the showcase that one of its texts writes is that of a file, each format being
read by its own reader: data, calendars, feeds, mails, Markdown."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import icalendar
import pytest
from lxml import etree, html
from markdown import markdown

from pages import LOCAL_ADDRESS

if TYPE_CHECKING:
    from conftest import Built

pytestmark = pytest.mark.site

OWN = re.compile(re.escape(LOCAL_ADDRESS) + r"(?![\w.-])[^\s\"'<>()\[\]|]*")
RETIRED = "/evenements/atelier-retire/"
"""Announced by a letter that was sent, as its feed still says."""


def in_json(path: Path) -> Iterator[str]:
    """Texts of any depth; a picture of an event for OpenAgenda has its folder and its name."""
    waiting = [json.loads(path.read_bytes())]
    while waiting:
        match waiting.pop():
            case {"base": str(base), "filename": str(name)}:
                yield base + name
            case dict(one):
                waiting += [*one, *one.values()]
            case list(some):
                waiting += some
            case str(text):
                yield text


def in_csv(path: Path) -> Iterator[str]:
    """Cells."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream, delimiter=";"):
            yield from row


def in_calendar(path: Path) -> Iterator[str]:
    """Values of properties."""
    for component in icalendar.Calendar.from_ical(path.read_bytes()).walk():
        yield from map(str, component.values())


def in_xml(path: Path) -> Iterator[str]:
    """Texts and attributes, where HTML may be written as text."""
    for element in etree.parse(path).iter(etree.Element):
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def in_html(text: str) -> Iterator[str]:
    """Texts and attributes."""
    for element in html.document_fromstring(text).iter(etree.Element):
        yield from (element.text or "", element.tail or "", *element.attrib.values())


def in_text(path: Path) -> Iterator[str]:
    """The whole of it."""
    yield path.read_text(encoding="utf-8")


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".csv": in_csv,
    "courriel.html": lambda path: in_html(path.read_text(encoding="utf-8")),
    ".geojson": in_json,
    ".ics": in_calendar,
    ".json": in_json,
    ".md": lambda path: in_html(markdown(path.read_text(encoding="utf-8"))),
    ".opml": in_xml,
    ".txt": in_text,
    ".xml": in_xml,
}


@pytest.mark.parametrize("ending", READERS)
def test_every_address_in_a_text_is_that_of_a_file(built: Built, ending: str) -> None:
    site = built("vitrine")
    dead = set()
    count = 0
    for path in sorted(site.rglob(f"*{ending}")):
        for address in sorted({one for text in READERS[ending](path) for one in OWN.findall(text)}):
            count += 1
            place = unquote(urlsplit(address).path)
            file = site / place.lstrip("/")
            if (
                "{" not in address
                and not (file / "index.html" if file.is_dir() else file).is_file()
            ):
                dead.add((path.relative_to(site).as_posix(), place.rstrip(".,;:")))
    assert {one for one in dead if one[1] != RETIRED} == set()
    assert count
