"""By what each content is narrowed and sorted in the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from portail.geo.territories import Departement, Epci
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.territoire import Territoire
from portail.outputs.pages.ends import last_day
from portail.outputs.search.order import segments
from portail.site.facets import territory_pair
from portail.site.memo import per_site
from portail.site.site import Item, Site
from portail.site.territories import code_of

__all__ = ["Codes", "Row", "Rows", "rows_of", "sort_code"]

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


class Rows(NamedTuple):
    """The row of each content, in the order of numbers; names of territories by their code."""

    rows: tuple[Row, ...]
    names: Mapping[str, str]


def sort_code(kind: Kind) -> str:
    """The code of a kind in addresses.

    >>> sort_code(Kind.EVENT), sort_code(Kind.PAGE)
    ('evenements', 'pages')
    """
    return kind.info.segment or kind.info.folder


@per_site
def rows_of(site: Site) -> Rows:
    """The rows of all that can be found."""
    territories = _Territories(site)
    refs = (ref for segment in segments(site) for ref in segment.refs)
    found = tuple(_row(site.items[ref], territories) for ref in refs)
    return Rows(found, territories.names)


def _row(item: Item, territories: _Territories) -> Row:
    entry, last = item.entry, last_day(item)
    day = entry.publie_le
    if isinstance(entry, Event):
        day = item.montree.premier_jour if item.montree else None
    first = min(filter(None, (day, last)), default=None)
    return Row(
        sort_code(entry.kind),
        entry.themes,
        *territories.of(item),
        getattr(entry, "publics", ()),
        first.toordinal() if first else 0,
        last.toordinal() if last else 0,
    )


class _Territories:
    """Finds the territories of contents: those of its commune, else those that it names."""

    def __init__(self, site: Site) -> None:
        self._geography = site.geography
        self._known: dict[Codes, tuple[Codes, Codes]] = {}
        self.names: dict[str, str] = {}

    def of(self, item: Item) -> tuple[Codes, Codes]:
        """The départements of a content, then its EPCI."""
        commune, entry = item.commune, item.entry
        if commune:
            held: Codes = (commune.epci or "", commune.departement)
        else:
            held = tuple(code for code, _ in item.territoires)
        if isinstance(entry, Territoire):
            held = (code_of(entry), *held)
        if held not in self._known:
            wide = filter(None, map(self._geography.departement, held))
            near = filter(None, map(self._geography.epci, held))
            self._known[held] = self._codes(wide), self._codes(near)
        return self._known[held]

    def _codes(self, some: Iterable[Epci | Departement]) -> Codes:
        found = {territory_pair(one, self._geography)[1]: one.nom for one in some}
        self.names.update(found)
        return tuple(found)
