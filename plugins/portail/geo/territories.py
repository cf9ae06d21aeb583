"""From the name of a commune, as people write it, to the commune and the territories around it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portail.errors import DataError
from portail.geo.places import Commune, Departement, Epci, Region, Territoire, territoire_slug
from portail.geo.tables import Row, Tables, read_tables
from portail.text.normalise import name_key
from portail.text.suggest import nearest

__all__ = [
    "Ambiguous", "Commune", "Departement", "Epci", "Geography", "Region", "Territoire", "Unknown",
    "territoire_slug",
]  # fmt: skip

_LONGEST = 100
_SHOWN = 3
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_QUALIFIED = re.compile(r"([^()]+)\(([^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several communes share the name; ``candidates`` are sorted by code."""

    candidates: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No commune has the name; each of ``nearest`` can be written instead."""

    nearest: tuple[str, ...] = ()


class Geography:
    """Communes, EPCI, départements and regions.

    Made cheaply from rows: objects and indexes of names appear when first asked for.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = {row[0]: row for row in tables.communes}
        self._communes: dict[str, Commune] = {}
        self._epci = {row[0]: Epci(*row) for row in tables.epci}
        self._departements = {row[0]: Departement(*row) for row in tables.departements}
        self._regions = {row[0]: Region(*row) for row in tables.regions}

    @classmethod
    def load(cls, folder: Path) -> Geography:
        """Read the tables of ``folder`` (``data/``). Raises ``DataError``."""
        return cls(read_tables(folder))

    def commune(self, text: str) -> Commune | Ambiguous | Unknown:
        """The commune that ``text`` names.

        Understood: an INSEE code; a name, whatever its case, accents, hyphens and *St*; a name and,
        in brackets, the code or name of its département, or its INSEE code. The exact official
        spelling wins over others, and communes over the former ones of ``communes-alias.csv``.
        """
        text = " ".join(text.split())
        if not text or len(text) > _LONGEST:
            return Unknown()
        if _INSEE.fullmatch(text.upper()):
            return self.by_code(text.upper()) or Unknown(self._of_postcode(text))
        qualified = _QUALIFIED.fullmatch(text)
        name, inside = qualified.groups() if qualified else (text, None)
        codes = self._named(name.strip())
        wanted = None if inside is None else self._code_in_brackets(inside.strip())
        kept = [code for code in codes if wanted in (None, code, self._rows[code][3])]
        if len(kept) == 1:
            return self._made(kept[0])
        if kept:
            return Ambiguous(tuple(map(self._made, sorted(kept))))
        return Unknown(tuple(map(self._label, sorted(codes)[:_SHOWN])) or self._near(name, wanted))

    def by_code(self, code: str) -> Commune | None:
        """The commune of an INSEE code."""
        return self._made(code) if code in self._rows else None

    def epci(self, siren: str) -> Epci | None:
        """The EPCI of a SIREN."""
        return self._epci.get(siren)

    def departement(self, code: str) -> Departement | None:
        """The département of a code (``62``, ``2A``, ``974``)."""
        return self._departements.get(code)

    def region(self, code: str) -> Region | None:
        """The region of a code of INSEE."""
        return self._regions.get(code)

    def region_of(self, departement: str) -> str | None:
        """Code of the region of a département, given by its code."""
        found = self._departements.get(departement)
        return found.region if found else None

    def territoires_of(self, commune: Commune) -> tuple[Territoire, ...]:
        """What holds a commune, from near to far: EPCI, département, region; those known."""
        around = (
            self.epci(commune.epci or ""),
            self.departement(commune.departement),
            self.region(self.region_of(commune.departement) or ""),
        )
        return tuple(territoire for territoire in around if territoire is not None)

    def communes_of(self, territoire: Territoire) -> tuple[Commune, ...]:
        """Communes of a territory, in the order of the table."""
        match territoire:
            case Epci(siren=siren):
                codes: Iterable[str] = self._by_epci.get(siren, ())
            case Departement(code=code):
                codes = self._by_departement.get(code, ())
            case Region(code=code):
                inside = [one.code for one in self._departements.values() if one.region == code]
                codes = (each for one in inside for each in self._by_departement.get(one, ()))
        return tuple(map(self._made, codes))

    def slug(self, territoire: Territoire) -> str:
        """The slug of a territory; EPCI that would share one get their département, or their SIREN.

        Raises ``KeyError`` for a territory of another table.
        """
        return self._slugs[territoire]

    def territoire(self, text: str) -> Territoire | None:
        """The territory of a slug, of an official name, or of a SIREN.

        >>> from portail.geo.tables import Tables
        >>> country = Geography(Tables((), departements=(("62", "Pas-de-Calais", "32"),)))
        >>> country.territoire("departement-62") == country.territoire("pas-de-calais")
        True
        """
        return self._territoires.get(name_key(text)) or self._epci.get(text)

    @property
    def territoires(self) -> tuple[Territoire, ...]:
        """Every territory: EPCI, départements, regions, each in the order of its table."""
        return (*self._epci.values(), *self._departements.values(), *self._regions.values())

    def _made(self, code: str) -> Commune:
        commune = self._communes.get(code)
        if commune is None:
            commune = self._communes[code] = _commune(self._rows[code])
        return commune

    def _named(self, name: str) -> Sequence[str]:
        """Codes of the communes of a name, exact spelling first, former communes last."""
        key = name_key(name)
        return self._exact.get(name) or self._keys.get(key) or self._former.get(key) or ()

    def _code_in_brackets(self, inside: str) -> str:
        """A département's code from its name, or the code that is written."""
        return self._departement_keys.get(name_key(inside), inside.upper())

    def _label(self, code: str) -> str:
        """What to write for a commune: its name, told by its département or code when shared."""
        _, nom, _, departement, *_ = self._rows[code]
        shared = [self._rows[other][3] for other in self._exact[nom]]
        if len(shared) == 1:
            return nom
        return f"{nom} ({departement if shared.count(departement) == 1 else code})"

    def _of_postcode(self, text: str) -> tuple[str, ...]:
        found = [code for code, row in self._rows.items() if text in row[2].split()]
        return tuple(map(self._label, sorted(found)[:_SHOWN]))

    def _near(self, name: str, departement: str | None) -> tuple[str, ...]:
        """Names like ``name``, those of the département first; a postcode before it is dropped."""
        word = name_key(name.strip(" 0123456789"))
        codes = self._by_departement.get(departement or "", [])
        inside = {name_key(self._rows[code][1]) for code in codes}
        around = nearest(word, self._keys, 4 * _SHOWN, key=str)
        ordered = sorted(around, key=lambda key: key not in inside)
        keys = dict.fromkeys((*nearest(word, inside, 1, key=str), *ordered))
        codes = [code for key in keys for code in sorted(self._keys[key])]
        return tuple(map(self._label, codes[:_SHOWN]))

    @cached_property
    def _exact(self) -> Mapping[str, list[str]]:
        return _grouped((row[1], row[0]) for row in self._tables.communes)

    @cached_property
    def _keys(self) -> Mapping[str, list[str]]:
        return _grouped((name_key(row[1]), row[0]) for row in self._tables.communes)

    @cached_property
    def _former(self) -> Mapping[str, list[str]]:
        known = [(name_key(row[0]), row[1]) for row in self._tables.alias if row[1] in self._rows]
        return _grouped(dict.fromkeys(known))

    @cached_property
    def _departement_keys(self) -> Mapping[str, str]:
        return {name_key(one.nom): one.code for one in self._departements.values()}

    @cached_property
    def _by_epci(self) -> Mapping[str, list[str]]:
        return _grouped((row[4], row[0]) for row in self._tables.communes)

    @cached_property
    def _by_departement(self) -> Mapping[str, list[str]]:
        return _grouped((row[3], row[0]) for row in self._tables.communes)

    @cached_property
    def _slugs(self) -> Mapping[Territoire, str]:
        slugs = {territoire: territoire_slug(territoire) for territoire in self.territoires}
        for told_by in ("departement", "siren"):
            shared = {slug for slug, count in Counter(slugs.values()).items() if count > 1}
            for one, slug in slugs.items():
                if slug in shared and isinstance(one, Epci):
                    slugs[one] = f"{territoire_slug(one)}-{getattr(one, told_by).lower()}"
        return slugs

    @cached_property
    def _territoires(self) -> Mapping[str, Territoire]:
        # Later ones win: a slug over a name, whoever has the name.
        named = {name_key(one.nom): one for one in self.territoires}
        return named | {name_key(slug): one for one, slug in self._slugs.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _commune(row: Row) -> Commune:
    code, nom, postcodes, departement, epci, lat, lon = row
    try:
        place = (float(lat), float(lon)) if lat and lon else (None, None)
    except ValueError as error:
        raise DataError(f"communes.csv: {code}: {error}") from error
    return Commune(code, nom, tuple(postcodes.split()), departement, epci or None, *place)
