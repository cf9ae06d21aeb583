"""Tables of open data: the records of events and lieux, one a line, for spreadsheets (RFC 4180).

Semicolons and a byte order mark: what a French spreadsheet opens with a double click, accents
right, columns apart, and what the national dataset uses; parsers guess both, or are told by
``text/csv; charset=utf-8`` and the dictionary.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import TextFile
from portail.outputs.opendata.catalogue import Fichier, published
from portail.outputs.opendata.cells import Column, Row
from portail.outputs.opendata.columns import COLUMNS
from portail.outputs.opendata.records import Record, key_of, record_of
from portail.site.site import Item, Site
from portail.site.urls import file_of

__all__ = ["table", "written"]

_BOM = "\ufeff"
_LINES = 200


def table(fichier: Fichier, site: Site) -> TextFile:
    """The table of a kind: a row of ``catalogue``, of format ``csv``."""
    assert fichier.kind is not None
    columns, items = COLUMNS[fichier.nom], published(site, fichier.kind)
    seen = [key_of(one, site) for item in items for one in (item, _lieu(item, site)) if one]
    key = digest_of(site.config.siteurl, site.config.etiquette, *seen)
    return TextFile(file_of(fichier.url), fichier.url, (key,), _produce(columns, items, site))


def _lieu(item: Item, site: Site) -> Item | None:
    name = getattr(item.entry, "lieu", None)
    return site.find(name, Kind.LIEU) if name else None


def _produce(
    columns: Sequence[Column], items: Sequence[Item], site: Site
) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[list[str]]:
        known: dict[str, Record] = {}
        for item in items:
            lieu = _lieu(item, site)
            if lieu and lieu.ref not in known:
                known[lieu.ref] = record_of(lieu, site)
            row = Row(record_of(item, site), known[lieu.ref] if lieu else {}, site.vocabularies)
            yield [column.cell(row) for column in columns]

    def produce() -> Iterator[str]:
        yield _BOM
        yield from written([[column.nom for column in columns]])
        yield from written(lines())

    return produce


def written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as RFC 4180 writes them, some at a time."""
    left = iter(rows)
    while some := list(islice(left, _LINES)):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(some)
        yield text.getvalue()
