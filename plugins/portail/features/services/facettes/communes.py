"""Communes by their names, for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.outputs.spreadsheets import compact, lined

# Grows when a script for the former format could not read the new one.
_VERSION = 2
_PER_DEGREE = 100


def communes_text(geography: Geography, communes: Iterable[Commune]) -> Iterator[str]:
    """Postcodes, names (towns first), département where postcodes do not say it; then steps of
    latitude and longitude in hundredths of a degree; ranks of towns.
    """
    towns = {town.code: rank for rank, town in enumerate(geography.towns)}

    def order(commune: Commune) -> tuple[Any, ...]:
        size = towns.get(commune.code, len(towns))
        return commune.departement, commune.codes_postaux, size, commune.nom, commune.code

    ordered = sorted((commune for commune in communes if commune.lat is not None), key=order)
    rows = []
    lats = [0]
    lons = [0]
    for (dep, posts), some in groupby(
        ordered, key=lambda commune: (commune.departement, commune.codes_postaux)
    ):
        here = list(some)
        prefixed = not posts or posts[0][:2] != dep
        names = "|".join(commune.nom for commune in here)
        rows.append([" ".join(posts), names, *([dep] if prefixed else [])])
        lats += (round(_PER_DEGREE * commune.lat) for commune in here if commune.lat is not None)
        lons += (round(_PER_DEGREE * commune.lon) for commune in here if commune.lon is not None)
    steps = ([b - a for a, b in pairwise(degrees)] for degrees in (lats, lons))
    ranked = sorted(
        (towns[commune.code], rank) for rank, commune in enumerate(ordered) if commune.code in towns
    )
    cities = [rank for _, rank in ranked]
    yield compact({"version": _VERSION, "pas": list(steps), "villes": cities})[:-1]
    yield ',"lignes":['
    yield from lined(rows)
    yield "\n]}\n"
