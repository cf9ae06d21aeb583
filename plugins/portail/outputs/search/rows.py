"""By what each content is narrowed and sorted in the search."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.pages.ends import last_day
from portail.outputs.search.order import segments
from portail.site.facet_values import ValueReader
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["Codes", "Row", "rows_of", "sort_code"]

Codes: TypeAlias = tuple[str, ...]


class Row(NamedTuple):
    """By what one content is narrowed: codes of values; by what it is sorted: the day ``jour`` of
    its next occurrence (else of its last one), or of its publication, and its last day ``fin``;
    both are ordinals, 0 for none."""

    sorte: str
    theme: Codes
    departement: Codes
    epci: Codes
    public: Codes
    jour: int
    fin: int


def sort_code(kind: Kind) -> str:
    """The code of a kind in addresses.

    >>> sort_code(Kind.EVENT), sort_code(Kind.PAGE)
    ('evenements', 'pages')
    """
    return kind.info.segment or kind.info.folder


@per_site
def rows_of(site: Site) -> tuple[Row, ...]:
    """The row of each content, in the order of numbers."""
    reader = ValueReader(site.geography)
    refs = (ref for segment in segments(site) for ref in segment.refs)
    return tuple(_row(site.items[ref], reader) for ref in refs)


def _row(item: Item, reader: ValueReader) -> Row:
    held: dict[str, Codes] = dict.fromkeys(("theme", "departement", "epci", "public"), ())
    for cle, code in reader.common(item):
        held[cle] += (code,)
    entry, last = item.entry, last_day(item)
    day = entry.publie_le
    if isinstance(entry, Event):
        day = item.montree.premier_jour if item.montree else None
    first = min(filter(None, (day, last)), default=None)
    return Row(
        sort_code(entry.kind),
        *(held["theme"], held["departement"], held["epci"], held["public"]),
        first.toordinal() if first else 0,
        last.toordinal() if last else 0,
    )
