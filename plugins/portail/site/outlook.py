"""What is on from the day of the build on: of everything, and of each value of a facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from portail.agenda.programme import Dated, Lasting, Programme, lasting, upcoming
from portail.model.kinds import is_called_event

from .facets import RESERVED, TERRITORIES, Facet, Facets, Pair, Value
from .indexes import Indexes

# Two weeks: what lasts and begins later is told on the day when it begins.
_WINDOW = timedelta(days=13)


class Outlook(NamedTuple):
    """What is on, in the order of time, and apart what lasts and is on within two weeks."""

    rows: tuple[Dated, ...]
    lasting: tuple[Lasting, ...]

    def __bool__(self) -> bool:
        return bool(self.rows or self.lasting)

    @property
    def refs(self) -> set[str]:
        return {row[1].ref for row in self.rows} | {stay.ref for stay in self.lasting}


class Tally(NamedTuple):
    """How many events are somewhere, how many more are everywhere, how many other dated things."""

    ici: int
    partout: int = 0
    autres: int = 0

    @classmethod
    def among(cls, refs: Collection[str], away: int = 0) -> Tally:
        """That of what is somewhere, besides what is everywhere."""
        events = sum(map(is_called_event, refs))
        return cls(events, away, len(refs) - events)


class Ahead:
    """What is on from ``today`` on; ``window`` is the last day of its first two weeks."""

    def __init__(self, indexes: Indexes, facets: Callable[[], Facets], today: date) -> None:
        self._indexes = indexes
        self._find_facets = facets
        self.today = today
        self.window = today + _WINDOW

    @property
    def _facets(self) -> Facets:
        return self._find_facets()

    @cached_property
    def all(self) -> Outlook:
        return self._outlook(self._indexes.programme)

    @property
    def every(self) -> Outlook:
        """What is reserved to some too."""
        more = self.of(RESERVED)
        rows = sorted((*self.all.rows, *more.rows), key=lambda row: row[0])
        if more:
            return Outlook(tuple(rows), (*self.all.lasting, *more.lasting))
        return self.all

    def _outlook(self, programme: Programme) -> Outlook:
        return Outlook(
            tuple(upcoming(programme, self.today, self.window)),
            tuple(lasting(programme, self.today, self.window)),
        )

    def of(self, pair: Pair) -> Outlook:
        """Events of one value; nothing for a value that no coming event has."""
        return self._by_pair.get(pair, _NOTHING)

    def tally(self, pair: Pair) -> Tally:
        """How much a value holds; of a territory, what is everywhere apart."""
        refs = self.of(pair).refs
        away = refs & self._facets.partout.keys() if pair[0] in TERRITORIES else set()
        return Tally.among(refs - away, len(away))

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Values that hold something, with their facets, in the order in which they are shown."""
        for facet, value in self._facets.pairs():
            if self.of((facet.cle, value.code)):
                yield facet, value

    def page_of(self, pair: Pair) -> str:
        """Site path of the page of a value, ``""`` while it holds nothing, or when it has none."""
        return self._facets.page_of(pair) if self.of(pair) else ""

    @cached_property
    def _by_pair(self) -> Mapping[Pair, Outlook]:
        rows: dict[Pair, list[Dated]] = defaultdict(list)
        bars: dict[Pair, list[Lasting]] = defaultdict(list)
        by_ref = self._facets.by_ref
        for row in self.all.rows:
            for pair in by_ref.get(row[1].ref, ()):
                rows[pair].append(row)
        for stay in self.all.lasting:
            for pair in by_ref.get(stay.ref, ()):
                bars[pair].append(stay)
        outlooks = {
            pair: Outlook(tuple(rows[pair]), tuple(bars[pair])) for pair in {**rows, **bars}
        }
        for pair, sessions in self._facets.seances.items():
            outlooks[pair] = self._outlook(Programme(sessions.items()))
        return {**outlooks, RESERVED: self._outlook(self._indexes.reserved)}


_NOTHING = Outlook((), ())
