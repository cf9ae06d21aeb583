"""Weeks (ISO 8601) and months as the agenda cuts time, and school holidays."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import yaml
from msgspec import Struct, field

from portail.diagnostics import DataError
from portail.resources import Folder, readable
from portail.text.dates import jour_court, mois, periode
from portail.text.normalise import is_number, iso_day, numbers_in

_DAY = timedelta(days=1)


class Week(Struct, frozen=True, order=True):
    """An ISO week; ``year`` is the year of its Thursday.

    Raises ``ValueError`` for a week that the year lacks.

    >>> Week.of(date(2021, 9, 27)).slug, Week.of(date(2021, 1, 3)).slug
    ('2021-s39', '2020-s53')
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, day: date) -> Week:
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, slug: str) -> Week | None:
        """The week of a slug (``2021-s39``), ``None`` when it is not one.

        >>> Week.parse("2021-s39"), Week.parse("2021-s53")
        (Week(year=2021, number=39), None)
        """
        with suppress(ValueError):
            return cls(*_parts(slug, "-s"))
        return None

    @classmethod
    def guess(cls, text: str) -> Week | None:
        """The week that ``text`` most likely means, to suggest; ``None`` when it names no year.

        >>> [Week.guess(text).slug for text in ("2021-39", "S9 de 2021", "2021-10-03", "2021-s54")]
        ['2021-s39', '2021-s09', '2021-s39', '2021-s52']
        """
        if day := iso_day(text.strip()):
            return cls.of(day)
        numbers = numbers_in(text)
        years = [number for number in numbers if len(number) == 4]
        weeks = [number for number in numbers if len(number) <= 2]
        if len(years) != 1 or len(weeks) > 1 or years == ["0000"]:
            return None
        asked = int(weeks[0]) if weeks else 1
        try:
            return cls(int(years[0]), max(asked, 1))
        except ValueError:
            return cls.of(date(int(years[0]), 12, 28))  # ISO 8601: always in its last week

    @property
    def slug(self) -> str:
        """Its name in addresses and files: ``2021-s39``."""
        return f"{self.year:04d}-s{self.number:02d}"

    @property
    def first(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + count * _DAY for count in range(7))

    @property
    def thursday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 4)

    @property
    def week_end(self) -> tuple[date, date]:
        return self.last - _DAY, self.last

    @property
    def next(self) -> Week:
        return Week.of(self.last + _DAY)

    @property
    def previous(self) -> Week:
        return Week.of(self.first - _DAY)

    @property
    def libelle(self) -> str:
        """Its name for readers.

        >>> Week(2021, 39).libelle
        'Semaine\\xa039'
        """
        return f"Semaine\u00a0{self.number}"

    @property
    def dates(self) -> str:
        """Its days for readers.

        >>> Week(2021, 39).dates
        'du 27\\xa0septembre au 3\\xa0octobre 2021'
        """
        return periode(self.first, self.last)

    @property
    def short_dates(self) -> str:
        """Its days for readers, in short.

        >>> Week(2021, 39).short_dates, Week(2021, 9).short_dates
        ('27\\xa0sept. – 3\\xa0oct.', '1er – 7\\xa0mars')
        """
        first, last = (
            jour_court(day, semaine=False, annee=False) for day in (self.first, self.last)
        )
        if self.first.month == self.last.month:
            first = first.partition("\u00a0")[0]
        return f"{first} – {last}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and Week.of(day) == self


class Month(Struct, frozen=True, order=True):
    """A month of the calendar. Raises ``ValueError`` for a month that does not exist.

    >>> Month.of(date(2021, 10, 9)).slug, Month(2021, 12).next
    ('2021/10', Month(year=2022, month=1))
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, slug: str) -> Month | None:
        """The month of a slug (``2021/10``), ``None`` when it is not one."""
        with suppress(ValueError):
            return cls(*_parts(slug, "/"))
        return None

    @property
    def slug(self) -> str:
        """Its place in addresses: ``2021/10``."""
        return f"{self.year:04d}/{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + count * _DAY for count in range(self.last.day))

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that share a day with it: the lines of its grid (4 to 6)."""
        weeks = [Week.of(self.first)]
        while weeks[-1].last < self.last:
            weeks.append(weeks[-1].next)
        return tuple(weeks)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def libelle(self) -> str:
        """Its name for readers: ``octobre 2021``."""
        return mois(self.first)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and Month.of(day) == self


def week_end(day: date) -> tuple[date, date]:
    """The Saturday and Sunday that ``day`` belongs to or that come next.

    >>> week_end(date(2021, 10, 10)) == week_end(date(2021, 10, 4))
    True
    """
    return Week.of(day).week_end


# School holidays, by zone: ``data/vacances.yml``.
#
# The zones are those of the Ministère de l’Éducation nationale, and the academies that have a
# calendar of their own, by name; an instance has that of its region.

HOLIDAYS_FILE = "vacances.yml"
_NAMES = {
    "Toussaint": "vacances de la Toussaint",
    "Noël": "vacances de Noël",
    "hiver": "vacances d’hiver",
    "printemps": "vacances de printemps",
    "été": "vacances d’été",
    "Carnaval": "vacances de Carnaval",
    "Pâques": "vacances de Pâques",
    "première période": "vacances après la première période",
    "été austral": "vacances d’été austral",
    "troisième période": "vacances après la troisième période",
    "quatrième période": "vacances après la quatrième période",
    "hiver austral": "vacances d’hiver austral",
}


class Holiday(Struct, frozen=True, order=True):
    """One of them: its first and last days without school, and its name for readers
    (« vacances de la Toussaint »)."""

    du: date
    au: date
    nom: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.du <= day <= self.au


class SchoolHolidays(Struct, frozen=True):
    """The holidays of each zone, in order of time, and the ``zone`` of the instance (``""`` when
    its region has none, as Nouvelle-Calédonie, or without a region).

    >>> october = Holiday(date(2021, 10, 23), date(2021, 11, 7), "vacances de la Toussaint")
    >>> SchoolHolidays({"B": (october,)}, "B").holidays("B", date(2021, 9, 27)) == october
    True
    """

    zones: Mapping[str, tuple[Holiday, ...]] = field(default_factory=dict)
    zone: str = ""

    @classmethod
    def load(cls, folder: Folder, region: str = "") -> SchoolHolidays:
        """Read ``vacances.yml`` of ``folder`` (``data/``), if it is there; ``region`` is the code
        of INSEE of the instance's.

        Raises ``DataError`` for another shape, an unknown zone or name, a region in two zones,
        holidays that end before they begin or overlap others of their zone.
        """
        path = folder / HOLIDAYS_FILE
        if not path.exists():
            return cls()
        try:
            text = readable(path.read_text(encoding="utf-8"))
            table = yaml.load(text, Loader=yaml.CSafeLoader)
            regions: dict[str, Any] = {}
            for zone, dates in table["zones"].items():
                for code in dates:
                    regions[str(code)] = zone
            if len(regions) < sum(map(len, table["zones"].values())):
                raise ValueError("a region has two zones")
            return cls(_by_zone(table["zones"], table["vacances"]), regions.get(region, ""))
        except (OSError, KeyError, TypeError, AttributeError, ValueError, yaml.YAMLError) as error:
            raise DataError(f"{path}: not a table of school holidays ({error})") from error

    @property
    def own(self) -> tuple[Holiday, ...]:
        return self.zones.get(self.zone, ())

    def holidays(self, zone: str, day: date) -> Holiday | None:
        """Those that run on ``day``, else the next ones that are known."""
        return next((holiday for holiday in self.zones.get(zone, ()) if holiday.au >= day), None)


def _by_zone(zones: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    by_zone: dict[str, list[Holiday]] = {zone: [] for zone in zones}
    for row in rows:
        du = row["du"]
        au = row["au"]
        if type(du) is not date or type(au) is not date or au < du:
            raise ValueError(f"no period: {du} – {au}")
        for zone in row["zones"]:
            by_zone[zone].append(Holiday(du, au, _NAMES[row["nom"]]))
    for zone, holidays in by_zone.items():
        holidays.sort()
        for holiday, after in pairwise(holidays):
            if after.du <= holiday.au:
                raise ValueError(f"zone {zone}: {after.du} is in the holidays before")
    return {zone: tuple(holidays) for zone, holidays in by_zone.items()}


def _parts(slug: str, sign: str) -> tuple[int, int]:
    """The year and the number that ``sign`` parts. Raises ``ValueError``."""
    year, _, number = slug.partition(sign)
    if (len(year), len(number)) != (4, 2) or not is_number(year + number):
        raise ValueError(slug)
    return int(year), int(number)
