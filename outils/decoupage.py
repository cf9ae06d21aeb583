"""The package ``@etalab/decoupage-administratif``, as read, and the people that it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Decoupage", "Json", "People", "current", "read_package"]

CURRENT = "commune-actuelle"
CENSUSES = {"976": "2017"}
"""Code of a département → year of its populations, where it is not that of the others (README of
the package: Mayotte has a census of its own)."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decoupage:
    """The JSON files of the package, as read."""

    communes: Sequence[Json]
    arrondissements: Sequence[Json]
    epci: Sequence[Json]
    departements: Sequence[Json]
    regions: Sequence[Json]


def read_package(folder: Path) -> Decoupage:
    """Read the unpacked npm package; an ``OSError`` names the file that is missing."""

    def load(name: str) -> Sequence[Json]:
        text = (folder / "data" / f"{name}.json").read_text(encoding="utf-8")
        loaded: Sequence[Json] = json.loads(text)
        return loaded

    names = ("communes", "arrondissements", "epci", "departements", "regions")
    return Decoupage(*map(load, names))


def current(source: Decoupage) -> list[Json]:
    """The communes of the day, without their parts."""
    return [entry for entry in source.communes if entry["type"] == CURRENT]


@dataclass(frozen=True, slots=True)
class People:
    """Inhabitants (population municipale) of each commune; the year that most of them are of."""

    communes: Mapping[str, int | None]
    year: str

    @classmethod
    def of(cls, source: Decoupage, year: str) -> People:
        """Those of the package but for the overseas collectivities: it does not say their year."""
        counted = (commune for commune in current(source) if "collectiviteOutremer" not in commune)
        return cls({commune["code"]: commune.get("population") for commune in counted}, year)

    def cells(self, communes: Sequence[str], departement: str) -> tuple[str, str]:
        """How many live in these communes, and in which year; both empty when one is unknown."""
        counts = [self.communes.get(code) for code in communes]
        numbers = [count for count in counts if count is not None]
        if not numbers or len(numbers) < len(counts):
            return "", ""
        return str(sum(numbers)), CENSUSES.get(departement, self.year)
