"""School holidays, by zone: ``data/vacances.yml``.

The zones are those of the Ministère de l’Éducation nationale; an instance has that of its region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from portail.errors import DataError

__all__ = ["HOLIDAYS_FILE", "Holiday", "SchoolHolidays"]

HOLIDAYS_FILE = "vacances.yml"
_NAMES = {
    "Toussaint": "vacances de la Toussaint",
    "Noël": "vacances de Noël",
    "hiver": "vacances d’hiver",
    "printemps": "vacances de printemps",
    "été": "vacances d’été",
}


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """One of them: its first and last days without school, and its name for readers
    (« vacances de la Toussaint »)."""

    du: date
    au: date
    nom: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.du <= day <= self.au


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """The holidays of each zone, in order of time, and the ``zone`` of the instance (``""`` when
    its region has none: Corse, outre-mer, or no region).

    >>> october = Holiday(date(2021, 10, 23), date(2021, 11, 7), "vacances de la Toussaint")
    >>> SchoolHolidays({"B": (october,)}, "B").holidays("B", date(2021, 9, 27)) == october
    True
    """

    zones: Mapping[str, tuple[Holiday, ...]] = field(default_factory=dict)
    zone: str = ""

    @classmethod
    def load(cls, folder: Path, region: str = "") -> SchoolHolidays:
        """Read ``vacances.yml`` of ``folder`` (``data/``), if it is there; ``region`` is the code
        of INSEE of the instance's.

        Raises ``DataError`` for another shape, an unknown zone or name, a region in two zones,
        holidays that end before they begin or overlap others of their zone.
        """
        path = folder / HOLIDAYS_FILE
        if not path.exists():
            return cls()
        try:
            table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            regions = {str(code): zone for zone, some in table["zones"].items() for code in some}
            if len(regions) < sum(map(len, table["zones"].values())):
                raise ValueError("a region has two zones")
            return cls(_by_zone(table["zones"], table["vacances"]), regions.get(region, ""))
        except (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
            raise DataError(f"{path}: not a table of school holidays ({error})") from error

    @property
    def own(self) -> tuple[Holiday, ...]:
        """Those of the instance's zone."""
        return self.zones.get(self.zone, ())

    def holidays(self, zone: str, day: date) -> Holiday | None:
        """Those that run on ``day``, else the next ones that are known."""
        return next((one for one in self.zones.get(zone, ()) if one.au >= day), None)


def _by_zone(zones: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, list[Holiday]] = {zone: [] for zone in zones}
    for row in rows:
        du, au = row["du"], row["au"]
        if type(du) is not date or type(au) is not date or au < du:
            raise ValueError(f"no period: {du} – {au}")
        for zone in row["zones"]:
            found[zone].append(Holiday(du, au, _NAMES[row["nom"]]))
    for zone, some in found.items():
        some.sort()
        for one, after in pairwise(some):
            if after.du <= one.au:
                raise ValueError(f"zone {zone}: {after.du} is in the holidays before")
    return {zone: tuple(some) for zone, some in found.items()}
