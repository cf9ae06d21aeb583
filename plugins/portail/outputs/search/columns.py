"""What the index of the search says of contents: values by which they are narrowed, columns.

The format is told in ``docs/technique/recherche.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portail.model.kinds import Kind
from portail.outputs.search.order import segments
from portail.outputs.search.rows import Codes, rows_of, sort_code
from portail.search.digits import digits
from portail.site.facet_values import values_of
from portail.site.facets import EVENT_FACETS
from portail.site.site import Site
from portail.text.typography import typographie

__all__ = ["index_document"]

_TITLES = {facet.cle: facet.titre for facet in EVENT_FACETS[:4]}
"""Facets that contents of any kind may have, in the order in which they are shown: fields
of a row."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A facet: its key in addresses, its title, the labels of its values by code, in the order in
    which they are shown."""

    cle: str
    titre: str
    labels: Mapping[str, str]

    @property
    def told(self) -> list[Any]:
        """As ``index.json`` says it."""
        values = [[code, typographie(label)] for code, label in self.labels.items()]
        return [self.cle, self.titre, values]

    def ranks(self, lists: Iterable[Codes]) -> Iterator[tuple[int, ...]]:
        """The ranks of each list of codes; a code that the facet lacks is not a value."""
        known = {code: rank for rank, code in enumerate(self.labels)}
        for codes in lists:
            yield tuple(sorted(known[code] for code in codes if code in known))


class _Lists:
    """Values that come back, each written once, the most frequent first; ``ranks`` of all."""

    def __init__(self, values: Iterable[Hashable]) -> None:
        found = list(values)
        count = Counter(found)
        self.lists = sorted(count, key=lambda one: (-count[one], repr(one)))
        known = {one: rank for rank, one in enumerate(self.lists)}
        self.ranks = [known[one] for one in found]


def index_document(site: Site) -> dict[str, Any]:
    """What ``index.json`` says of contents. Columns go sort after sort, which packs them a fifth
    tighter: each sort has, or lacks, publics and days in a way of its own."""
    numbered = rows_of(site)
    facets = {one.cle: one for one in _facets(site)}
    sortes = {code: rank for rank, code in enumerate(facets["sorte"].labels)}
    rows = sorted(numbered, key=lambda row: sortes[row.sorte])
    themes = _Lists(facets["theme"].ranks(row.theme for row in rows))
    publics = _Lists(facets["public"].ranks(row.public for row in rows))
    wide = facets["departement"].ranks(row.departement for row in rows)
    near = facets["epci"].ranks(row.epci for row in rows)
    around = _Lists(zip(wide, near, strict=True))
    before = min((row.jour for row in rows if row.jour), default=site.day.date.toordinal()) - 1
    return {
        "jour": site.day.date.isoformat(),
        "segments": [[one.number, len(one.refs), one.mark] for one in segments(site)],
        "facettes": [one.told for one in facets.values() if one.labels],
        "listes": {"theme": themes.lists, "public": publics.lists, "territoire": around.lists},
        "origine": date.fromordinal(before).isoformat(),
        "colonnes": {
            "sorte": digits(sortes[row.sorte] for row in numbered),
            "theme": digits(themes.ranks),
            "public": digits(publics.ranks),
            "territoire": digits(around.ranks),
            "jour": digits(_steps(row.jour and row.jour - before for row in rows)),
            "fin": digits(row.fin and row.fin - row.jour + 1 for row in rows),
        },
        "synonymes": site.vocabularies.synonymes.groups(),
    }


def _steps(values: Iterable[int]) -> Iterator[int]:
    """From each value to the next, from 0: twice as many upwards, one less than that downwards.

    >>> list(_steps([5, 7, 4]))
    [10, 4, 5]
    """
    former = 0
    for value in values:
        step = value - former
        yield 2 * step if step >= 0 else -2 * step - 1
        former = value


def _facets(site: Site) -> Iterator[_Facet]:
    """The facets, in the order in which they are shown; one of which no content has a value is
    empty."""
    rows = rows_of(site)
    used = {row.sorte for row in rows}
    kinds = {sort_code(kind): kind.info.plusieurs for kind in Kind}
    yield _Facet("sorte", "Sorte", {code: nom for code, nom in kinds.items() if code in used})
    for cle, titre in _TITLES.items():
        codes = {code for row in rows for code in getattr(row, cle)}
        values = values_of(cle, codes, site.vocabularies, site.geography)
        yield _Facet(cle, titre, dict(values))
