"""Which reader a source is for, by its first bytes: names and types of files are not believed.

What no import reads, told with its name and what to do of it (``inconnus.yml``).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from portail.diagnostics import Refused
from portail.resources import table
from portail_importer.tableurs.reading import is_workbook

from . import archives, calendars, feeds, openagenda, pages
from .items import SourceItem
from .prose import decoded, listed, one_line
from .saved import read_site

_BEGINNING = 8_192
_COPY = (
    "il ne se lit pas ici. Ouvrez-le, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez "
    "le texte dans le formulaire du portail."
)
_OTHER = (
    "qui ne se lit pas. Donnez plutôt un flux de ce site (RSS), ses pages enregistrées, ou un "
    "tableur : portail importer --modele evenements"
)


@dataclass(frozen=True, slots=True)
class _Document:
    nom: str
    debut: str
    contient: str = ""
    suffixe: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    documents: Sequence[_Document]


@cache
def _table() -> _Table:
    return table("inconnus", _Table, feature="portail_importer.importer")


def refuse_documents(data: bytes, name: str) -> None:
    for it in _table().documents:
        begins = data.startswith(it.debut.encode("latin-1"))
        held = it.contient.encode() in data and name.lower().endswith(it.suffixe)
        if begins and held:
            raise Refused(f"« {name} » est {it.nom} : {_COPY}")


def refuse_data(text: str, name: str) -> None:
    """Refuse JSON, and XML that is no page: it may be of any sort."""
    begun = text.lstrip("\ufeff \t\r\n")[:_BEGINNING]
    sort = "JSON" if begun[:1] in ("{", "[") else "XML" * begun.startswith("<?xml")
    if sort == "JSON" or (sort and "<html" not in begun.lower()):
        raise Refused(f"« {name} » est du {sort}, d’un format {_OTHER}")


def as_table(data: bytes, name: str) -> bytes:
    """A list of flat objects, as sites of associations keep what they announce, as a table of its
    keys and values; other data as they are."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return _table_of(decoded(data, name)) or data
    return data


def _table_of(text: str) -> bytes:
    try:
        value = _json_of(text)
    except (ValueError, RecursionError):
        return b""
    inside = [*value.values()] if isinstance(value, dict) else [value]
    lists = [[it for it in one if isinstance(it, dict)] for one in inside if isinstance(one, list)]
    most = max(lists, key=len, default=[])
    names = {*chain.from_iterable(most)}
    # « à venir » and « passés » are of one table; what has other keys is not.
    alike = (one for one in lists if one and len(names & one[0].keys()) > len(one[0]) / 2)
    rows = [*map(_flat, chain.from_iterable(alike))]
    if not rows:
        return b""
    heads = dict.fromkeys(chain.from_iterable(rows))
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(heads)
    for row in rows:
        cells = ([one_line(it) for it in listed(row.get(head))] for head in heads)
        table.writerow(", ".join(filter(None, cell)) for cell in cells)
    return out.getvalue().encode()


def _json_of(text: str) -> Any:
    # A value, or one a line. Raises ``ValueError``.
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return [json.loads(line, strict=False) for line in text.splitlines() if line.strip()]


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    # What an object says, one in it too: of several languages, in ours.
    flat: dict[str, Any] = {}
    for name, value in row.items():
        inner = value if isinstance(value, dict) else {name: value}
        told = {name: inner["fr"]} if "fr" in inner else inner
        flat |= {key: it for key, it in told.items() if key not in flat}
    return flat


_START = 8_192
_HEAD = 65_536
_LINKED = ('"@context"', '"@type"', '"@graph"', '"takesPlaceAt"')


class Reader(Struct, frozen=True):
    """A format that is read item by item."""

    name: str
    # What its ``SourceItem.row`` counts.
    unit: str
    read: Callable[..., Iterator[SourceItem]]
    # The name that a source gives itself; "" for none.
    called: Callable[[bytes], str] = lambda data: ""
    # Whether addresses in it are read from the one where it was.
    is_addressed: bool = False

    def items(self, data: bytes, name: str, day: date, address: str) -> Iterator[SourceItem]:
        """What it says, where it was at ``address``, if that is one of the web."""
        if self.is_addressed and "://" in address:
            return self.read(data, name, day, address=address)
        return self.read(data, name, day)


_CALENDAR_READER = Reader("calendrier iCalendar", "ligne", calendars.read, calendars.called)
_OPENAGENDA = Reader("export d’OpenAgenda", "élément", openagenda.read)
_FEED = Reader("flux", "élément", feeds.read, feeds.called, is_addressed=True)
_ARCHIVE = Reader("archive de DATAtourisme", "élément", archives.read)
_PAGE = Reader("page", "élément", pages.read, is_addressed=True)
# A folder: it has no bytes, its name is its path.
SAVED = Reader("site enregistré", "page", lambda data, name, day: read_site(Path(name)))


def reader_of(data: bytes, name: str) -> Reader | None:
    """The reader of ``data``; ``None`` for what is, or may be, a spreadsheet. Raises ``Refused``,
    for what only the team of a site reads too."""
    if archives.recognised(data):
        return _ARCHIVE
    if is_workbook(data, name):
        return None
    if b"<rss" in data[:_HEAD] and b"wordpress.org/export/" in data[:_HEAD]:
        raise Refused(
            f"« {name} » est un export de WordPress : il tient ce que les lecteurs du site n’ont "
            "jamais vu. Donnez l’adresse de son flux (https://…/feed/), ou le site, enregistré par "
            "wget."
        )
    text = decoded(data, name, folded=True)
    head = text[:_START]
    if head.lstrip()[:7].upper() == "BEGIN:V" and calendars.recognised(head):
        return _CALENDAR_READER
    if "code_epci" in head.partition("\n")[0].replace(";", ",").split(
        ","
    ):  # a spreadsheet, with more columns than OpenAgenda's
        return None
    if openagenda.recognised(text):
        return _OPENAGENDA
    if feeds.recognised(text):
        return _FEED
    if any(name in head for name in _LINKED) and text.lstrip()[:1] in ("{", "["):
        return _LINKED_DATA
    if _table_of(text) and text.lstrip()[:1] in ("[", "{"):
        return None
    refuse_data(text, name)
    if pages.recognised(text):
        return _PAGE
    return None


def _linked_data(data: bytes, name: str, day: date, address: str = "") -> Iterator[SourceItem]:
    inside = decoded(data, name).replace("</", "<\\/")
    page = f'<!doctype html><script type="application/ld+json">{inside}</script>'
    return pages.read(page.encode(), name, day, address=address)


_LINKED_DATA = Reader("données schema.org", "élément", _linked_data, is_addressed=True)
