"""Which places are close to each other, from commune to commune."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, hypot, radians
from typing import TypeAlias

from portail.geo.coordinates import KM_PER_DEGREE
from portail.geo.places import Commune

# Name of a place, and how far it is in whole kilometres: 0 in the same commune only.
Near: TypeAlias = tuple[str, int]

# Latitude, longitude, code, names of its places in order.
_Town: TypeAlias = tuple[float, float, str, Sequence[str]]

# Side of the cells in which communes are sorted, in kilometres.
_CELL = 6.0


def nearby(
    places: Iterable[tuple[str, Commune]], most: int = 4, reach: float = 30
) -> Mapping[str, tuple[Near, ...]]:
    """The ``most`` nearest others of each place within ``reach`` kilometres, by name.

    Distances are between centres of communes, on a plane right around each (1 % at 30 km). Places
    of one commune are all as near: each shows those whose names follow its own, round and round.
    """
    named: dict[str, list[str]] = defaultdict(list)
    centres: dict[str, tuple[float, float]] = {}
    for name, commune in places:
        if commune.lat is not None and commune.lon is not None:
            named[commune.code].append(name)
            centres[commune.code] = commune.lat, commune.lon
    grid = _Grid([(*centres[code], code, sorted(names)) for code, names in named.items()])
    by_name = {}
    for town in grid.towns:
        around = grid.around(town, most, reach)
        for name in town[3]:
            by_name[name] = tuple(_chosen(name, around, most))
    return by_name


class _Grid:
    """Communes by cell: the nearest are found without looking at all."""

    def __init__(self, towns: list[_Town]) -> None:
        self.towns = towns
        middle = sum(town[0] for town in towns) / len(towns) if towns else 0.0
        self.height = _CELL / KM_PER_DEGREE
        self.width = self.height / cos(radians(middle))
        self.cells: dict[tuple[int, int], list[_Town]] = defaultdict(list)
        for town in towns:
            self.cells[self._cell(town)].append(town)

    def _cell(self, town: _Town) -> tuple[int, int]:
        return int(town[0] // self.height), int(town[1] // self.width)

    def around(self, town: _Town, most: int, reach: float) -> list[tuple[Sequence[str], int]]:
        # Places of the commune itself, then of others from near to far; enough to choose ``most``.
        lat, lon = town[:2]
        degree = KM_PER_DEGREE * cos(radians(lat))
        step = min(_CELL, self.width * degree)
        near: list[tuple[float, _Town]] = []
        ring = 0
        while True:
            for place in self._ring(self._cell(town), ring):
                km = hypot((place[0] - lat) * KM_PER_DEGREE, (place[1] - lon) * degree)
                if km <= reach:
                    near.append((km, place))
            complete = ring * step  # nothing nearer is in a cell further away
            if (
                complete >= reach
                or sum(len(place[3]) for km, place in near if km <= complete) > most
            ):
                break
            ring += 1
        near.sort(key=lambda row: (row[1] is not town, row[0], row[1][2]))
        return [(place[3], 0 if place is town else max(1, round(km))) for km, place in near]

    def _ring(self, centre: tuple[int, int], ring: int) -> Iterator[_Town]:
        # Communes of the cells at ``ring`` cells of a cell.
        row, column = centre
        for up in range(-ring, ring + 1):
            edge = abs(up) == ring
            for across in range(-ring, ring + 1) if edge else (-ring, ring):
                yield from self.cells.get((row + up, column + across), ())


def _chosen(name: str, around: Sequence[tuple[Sequence[str], int]], most: int) -> list[Near]:
    chosen: list[Near] = []
    for names, km in around:
        start = bisect_right(names, name)
        turned = (*names[start:], *names[:start])
        chosen += [(near, km) for near in turned if near != name][: most - len(chosen)]
        if len(chosen) == most:
            break
    return chosen
