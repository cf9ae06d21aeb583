"""Which places are close to each other, from commune to commune."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, radians
from typing import TypeAlias

from portail.geo.coordinates import KM_PER_DEGREE, LatLon, distance_km
from portail.geo.places import Commune

__all__ = ["Near", "nearby"]

Near: TypeAlias = tuple[str, int]
"""Name of a place, and how far it is in whole kilometres: 0 in the same commune only."""


def nearby(
    places: Iterable[tuple[str, Commune]], most: int = 4, reach: float = 30
) -> Mapping[str, tuple[Near, ...]]:
    """The ``most`` nearest others of each place within ``reach`` kilometres, by name.

    Distances are between centres of communes; a commune without one is left out. Places of one
    commune are all as near: each shows those whose names follow its own, round and round, so that
    a place is shown by few others however many share its commune.
    """
    towns: dict[Commune, list[str]] = defaultdict(list)
    for name, commune in places:
        if commune.lat is not None and commune.lon is not None:
            towns[commune].append(name)
    for names in towns.values():
        names.sort()
    ordered = sorted(towns, key=lambda one: (_centre(one), one.code))
    latitudes = [_centre(one)[0] for one in ordered]
    margin = reach / KM_PER_DEGREE
    found = {}
    for town in ordered:
        low, high = _centre(town)[0] - margin, _centre(town)[0] + margin
        band = ordered[bisect_left(latitudes, low) : bisect_right(latitudes, high)]
        around = _around(town, band, reach)
        for name in towns[town]:
            found[name] = tuple(_chosen(name, [(towns[one], km) for one, km in around], most))
    return found


def _centre(commune: Commune) -> LatLon:
    assert commune.lat is not None and commune.lon is not None
    return commune.lat, commune.lon


def _around(town: Commune, band: Iterable[Commune], reach: float) -> list[tuple[Commune, int]]:
    """Communes within reach, the commune itself first, then from near to far."""
    here = _centre(town)
    margin = reach / (KM_PER_DEGREE * cos(radians(here[0])))
    close = (one for one in band if one is not town and abs(_centre(one)[1] - here[1]) <= margin)
    measured = ((distance_km(here, _centre(one)), one) for one in close)
    kept = sorted((km, one.code, one) for km, one in measured if km <= reach)
    return [(town, 0), *((one, max(1, round(km))) for km, _, one in kept)]


def _chosen(name: str, around: Sequence[tuple[Sequence[str], int]], most: int) -> list[Near]:
    chosen: list[Near] = []
    for names, km in around:
        start = bisect_right(names, name)
        turned = (*names[start:], *names[:start])
        chosen += [(one, km) for one in turned if one != name][: most - len(chosen)]
        if len(chosen) == most:
            break
    return chosen
