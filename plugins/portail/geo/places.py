"""Communes and the territories that hold them, read from the tables of ``data/``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias, overload

from msgspec import Struct

from portail.diagnostics import DataError
from portail.late import expression
from portail.resources import Folder
from portail.text.normalise import slugify

from .coordinates import LatLon


class Commune(Struct, frozen=True):
    """A commune: ``code`` is INSEE's; ``epci`` a SIREN; ``lat`` and ``lon`` degrees (WGS 84) of its
    centre, both ``None`` when unknown. A town of another country (``pays``, its French name) says
    it in its name, and has a code of ours."""

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    epci: str | None
    lat: float | None
    lon: float | None
    pays: str = ""
    habitants: int | None = None

    @property
    def point(self) -> LatLon | None:
        """Its centre, if it is known."""
        if self.lat is None or self.lon is None:
            return None
        return self.lat, self.lon

    @property
    def ville(self) -> str:
        """Its name alone, without that of its country."""
        if self.pays:
            return self.nom.removesuffix(f" ({self.pays})")
        return self.nom


def commune_abroad(nom: str, pays: str, lat: float | None, lon: float | None) -> Commune:
    """A town of another country, at a point.

    >>> commune_abroad("Tournai", "Belgique", 50.6, 3.4).nom
    'Tournai (Belgique)'
    """
    code = f"{slugify(pays)}-{slugify(nom)}"
    name = f"{nom} ({pays})"
    return Commune(code, name, (), departement="", epci=None, lat=lat, lon=lon, pays=pays)


class Population(NamedTuple):
    """How many live in a territory (population municipale, INSEE), and in which year."""

    habitants: int
    annee: int


class Epci(Struct, frozen=True):
    """An intercommunality; ``type`` is a code of the vocabulary ``types-territoires`` (``cc``,
    ``ca``, ``cu``, ``metropole``), ``departement`` the one of most of its communes."""

    siren: str
    nom: str
    type: str
    departement: str
    population: Population | None = None


class Departement(Struct, frozen=True):
    """A département; ``region`` is the code of its region, ``feries`` its public holidays besides
    those of the country, as ``services/horaires`` reads them."""

    code: str
    nom: str
    region: str
    population: Population | None = None
    feries: str = ""


class Region(Struct, frozen=True):
    """A region; ``code`` is INSEE's, ``chef_lieu`` that of the commune of its prefect, ``""`` in
    those that have no commune for it."""

    code: str
    nom: str
    population: Population | None = None
    chef_lieu: str = ""


Territoire: TypeAlias = Epci | Departement | Region

_TITLES = {
    "cc": "communaute-de-communes",
    "ca": "communaute-d-agglomeration",
    "cu": "communaute-urbaine",
}
TITLES = (
    "Communauté de communes ",
    "Communauté d'agglomération ",
    "Communauté d’agglomération ",
    "Communauté urbaine ",
)
_OF = ("de l'", "de l’", "d'", "d’", "de la ", "des ", "du ", "de ")
_LINKS = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))


def territoire_slug(territoire: Territoire) -> str:
    """The slug of a territory: its official name without title nor linking words.

    Two EPCI of the country may share it: ``Geography.slug`` tells them apart.

    >>> territoire_slug(Epci("200069037", "Communauté d'agglomération du Pays d'Omer", "ca", "62"))
    'ca-pays-d-omer'
    >>> territoire_slug(Epci("200093201", "Métropole Européenne de Lille", "metropole", "59"))
    'metropole-europeenne-de-lille'
    >>> territoire_slug(Departement("62", "Pas-de-Calais", "32"))
    'departement-62'
    >>> territoire_slug(Region("32", "Hauts-de-France"))
    'hauts-de-france'
    """
    match territoire:
        case Region(nom=nom):
            return slugify(nom)
        case Departement(code=code):
            return f"departement-{code.lower()}"
        case Epci(nom=nom, type=kind):
            return _epci_slug(slugify(nom), kind)


def short_name(territoire: Territoire) -> str:
    """The name of a territory without its title, for a map.

    >>> short_name(Epci("200069037", "Communauté d'agglomération du Pays d'Omer", "ca", "62"))
    "Pays d'Omer"
    >>> short_name(Epci("2", "Communauté d'agglomération du Caudrésis et du Catésis", "ca", "59"))
    'Caudrésis et Catésis'
    >>> short_name(Departement("62", "Pas-de-Calais", "32"))
    'Pas-de-Calais'
    """
    if not isinstance(territoire, Epci):
        return territoire.nom.partition(" (")[0]
    name = territoire.nom
    if title := next(filter(name.startswith, TITLES), ""):
        below = name.removeprefix(title)
        named = below.removeprefix(next(filter(below.startswith, _OF), ""))
        name = named.replace(" et du ", " et ")
    return name.partition(" (")[0]


def _epci_slug(name: str, kind: str) -> str:
    title = _TITLES.get(kind)
    if title is None:
        if kind in name.split("-"):
            return name
        return f"{kind}-{name}"
    words = name.removeprefix(f"{title}-").removeprefix(f"{kind}-").split("-")
    while len(words) > 1 and words[0] in _LINKS:
        del words[0]
    return slugify(f"{kind}-{'-'.join(words)}")


# The tables of ``data/`` that describe the country, read as rows and not interpreted further.

# One line of a table, its columns in the order of the header.
Row: TypeAlias = tuple[str, ...]

# Columns of each table, in the order of ``Tables``.
_COLUMNS = {
    "communes": ("code", "nom", "codes_postaux", "departement", "epci", "lat", "lon", "population"),
    "epci": ("siren", "nom", "type", "departement", "population", "annee"),
    "departements": ("code", "nom", "region", "population", "annee", "feries"),
    "regions": ("code", "nom", "population", "annee", "chef_lieu"),
    "communes-alias": ("nom", "code", "nature"),
    "villes": ("code", "population"),
    "decoupage": ("millesime",),
}
_OPTIONAL = frozenset({"communes-alias", "villes", "decoupage"})


class Lines(Sequence[Row]):
    """Rows kept as lines, cut into columns when asked for: a build looks at few of 35,000 communes.

    No cell is quoted. Asking for a row of another length than ``width`` raises ``DataError``.
    """

    __slots__ = ("_columns", "_lines", "_path", "_width")

    def __init__(self, path: Path, lines: Sequence[str], width: int) -> None:
        self._path = path
        self._lines = lines
        self._width = width
        self._columns: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return Lines(self._path, self._lines[at], self._width)
        row = tuple(self._lines[at].split(","))
        if len(row) != self._width:
            raise DataError(
                f"{self._path} : il faut {self._width} colonnes, et « {self._lines[at]} » n’en a "
                f"pas autant."
            )
        return row

    def column(self, rank: int) -> list[str]:
        """Cells of a column (from 0), in the order of the lines. ``DataError`` for a short line."""
        if rank not in self._columns:
            try:
                cells = [line.split(",", rank + 1)[rank] for line in self._lines]
                if rank > 1:  # few départements and EPCI, in 35,000 lines; as many codes and names
                    same = dict[str, str]().setdefault
                    cells = [same(cell, cell) for cell in cells]
            except IndexError:
                raise DataError(
                    f"{self._path} : une ligne n’a pas de colonne {rank + 1}."
                ) from None
            self._columns[rank] = cells
        return self._columns[rank]

    def having(self, rank: int, cells: frozenset[str]) -> Sequence[Row]:
        """See ``having``: other lines are not cut."""
        likely = re.compile(f",(?:{'|'.join(map(re.escape, cells))}),").search
        lines = [*filter(likely, self._lines)]
        values = Lines(self._path, lines, self._width).column(rank)
        matching = [line for line, cell in zip(lines, values, strict=True) if cell in cells]
        return Lines(self._path, matching, self._width)


def column(rows: Sequence[Row], rank: int) -> list[str]:
    if isinstance(rows, Lines):
        return rows.column(rank)
    return [row[rank] for row in rows]


def having(rows: Sequence[Row], rank: int, cells: frozenset[str]) -> Sequence[Row]:
    """The rows of which a cell, neither the first nor the last, is one of ``cells``, in order."""
    if isinstance(rows, Lines):
        return rows.having(rank, cells)
    return [row for row in rows if row[rank] in cells]


class Tables(Struct, frozen=True):
    """Rows of each table, in the order of its file."""

    communes: Sequence[Row]
    epci: Sequence[Row] = ()
    departements: Sequence[Row] = ()
    regions: Sequence[Row] = ()
    alias: Sequence[Row] = ()
    villes: Sequence[Row] = ()
    decoupage: Sequence[Row] = ()


def read_tables(folder: Folder) -> Tables:
    """Read ``communes.csv``, ``epci.csv``, ``departements.csv``, ``regions.csv`` and, if there are
    any, ``communes-alias.csv``, ``villes.csv`` and ``decoupage.csv``.

    Raises ``DataError`` for a missing file, another header, a line of another length, a code
    that two lines share.
    """
    return Tables(*(_read(folder / f"{name}.csv", columns) for name, columns in _COLUMNS.items()))


def _read(path: Path, columns: Row) -> Sequence[Row]:
    if path.stem in _OPTIONAL and not path.exists():
        return ()
    try:
        text = path.read_bytes().decode("utf-8")
        header, rows = _quoted(text) if '"' in text or "\r" in text else _plain(path, text, columns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: {error}") from error
    if header != columns:
        raise DataError(
            f"{path}:1 : ses colonnes sont « {','.join(header)} ». Écrivez, dans cet ordre : "
            f"« {','.join(columns)} » ; une case dont vous ne savez rien reste vide."
        )
    # In a table without quotes, counting the commas of the whole text is enough.
    if not isinstance(rows, Lines):
        for number, row in enumerate(rows, 2):
            if len(row) != len(columns):
                raise DataError(
                    f"{path}:{number} : il faut {len(columns)} colonnes, il y en a {len(row)}."
                )
    if columns[0] != "nom" and len(set(column(rows, 0))) < len(rows):
        raise DataError(f"{path} : deux lignes ont le même « {columns[0]} ».")
    return rows


def _quoted(text: str) -> tuple[Row, Sequence[Row]]:
    header, *rows = [*map(tuple, csv.reader(io.StringIO(text, newline="")))] or [()]
    return header, rows


def _plain(path: Path, text: str, columns: Row) -> tuple[Row, Sequence[Row]]:
    # Header and rows of a text without quotes: lines when each seems to have its columns.
    header, *lines = text.removesuffix("\n").split("\n")
    commas = (len(columns) - 1) * len(lines)
    if text.count(",") - header.count(",") == commas:
        return tuple(header.split(",")), Lines(path, lines, len(columns))
    return tuple(header.split(",")), [tuple(line.split(",")) for line in lines]


# From the rows of the tables of ``data/`` to communes and territories.
#
# Every function raises ``DataError`` for a cell that is no number where one is expected.


def epci_of(siren: str, nom: str, kind: str, departement: str, *people: str) -> Epci:
    return Epci(siren, joined(nom), kind, departement, _people(people))


_BEFORE_NAMES = expression(
    r"(?:Communauté|Métropole) (?:urbaine|de communes|d'agglomération)? ?"
    r"(?:d[eu]s? (?:la |l')?|d')?"
)


def joined(name: str) -> str:
    """A name of names as French writes it, where the table puts a hyphen between two spaces: a
    hyphen alone between words, a dash between spaces when one of the names has several.

    >>> joined("Communauté d'agglomération de Lens - Liévin")
    "Communauté d'agglomération de Lens-Liévin"
    >>> joined("Communauté de communes du Pays de Saint-Fulgent - Les Essarts")
    'Communauté de communes du Pays de Saint-Fulgent – Les Essarts'
    """
    if " - " not in name:
        return name
    simple = " " not in _BEFORE_NAMES.sub("", name).replace(" - ", "")
    return name.replace(" - ", "-" if simple else " – ")


def departement_of(
    code: str, nom: str, region: str, population: str = "", annee: str = "", feries: str = ""
) -> Departement:
    return Departement(code, nom, region, _people((population, annee)), feries)


def region_of(
    code: str, nom: str, population: str = "", annee: str = "", chef_lieu: str = ""
) -> Region:
    return Region(code, nom, _people((population, annee)), chef_lieu)


def _people(cells: Row) -> Population | None:
    if not any(cells):
        return None
    try:
        return Population(*map(int, cells))
    except (ValueError, TypeError):
        told = ", ".join(cells)
        raise DataError(f"« {told} » n’est pas une population, puis son année.") from None


def commune_of(row: Row) -> Commune:
    code, nom, postcodes, departement, epci, lat, lon, *people = row
    try:
        north, east = (float(lat), float(lon)) if lat and lon else (None, None)
        habitants = int(people[0]) if any(people) else None
    except ValueError:
        told = ", ".join((lat, lon, *people))
        raise DataError(
            f"communes.csv : {code} : « {told} » n’est pas une latitude, une longitude, un nombre "
            "d’habitants."
        ) from None
    codes = tuple(postcodes.split())
    return Commune(
        code,
        nom,
        codes,
        departement=departement,
        epci=epci or None,
        lat=north,
        lon=east,
        habitants=habitants,
    )
