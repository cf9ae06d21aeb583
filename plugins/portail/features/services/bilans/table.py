"""Tables of figures, and the « bilan » that holds some: what is counted, whoever shows it.

``tables.yml`` says how the rows that were found are shown. A value is a number, a text, or ``None``
for what is not known, which is shown by a dash and never counts as nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from portail.body.charts import bar_class
from portail.resources import rows_of
from portail.site.site import Site
from portail.text.typography import nombre, plain

Value: TypeAlias = int | float | str | None

Drawing: TypeAlias = Literal["", "barres", "colonnes"]

# Columns that half a page holds.
_WIDE = 4

# What is shown where nothing is known.
UNKNOWN = "–"


class Column(NamedTuple):
    """What a column counts, and in which unit (« % », « km », « j »)."""

    label: str
    unit: str = ""


class Row(NamedTuple):
    """What a row tells of, its values in the order of the columns, the page of what it names."""

    label: str
    values: tuple[Value, ...]
    url: str = ""


class Table(Struct, frozen=True):
    """Figures of one subject. ``colonnes`` name the values, ``lignes`` hold them."""

    # Its name in addresses and anchors: ``themes``.
    code: str
    titre: str
    # What the rows are: « Thème ».
    premiere: str
    colonnes: tuple[Column, ...]
    lignes: tuple[Row, ...]
    # How its first column is drawn: bars in its cells, or columns above it, for what follows time
    # (the second one beside it, if it counts the same).
    dessin: Drawing = ""
    # How it is counted, what does not add up.
    note: str = ""
    # Where it comes from, if not from the contents.
    source: str = ""

    @property
    def large(self) -> bool:
        """Whether it takes the whole width of a page."""
        return len(self.colonnes) > _WIDE

    @property
    def shown(self) -> Iterator[tuple[Row, tuple[str, ...], str]]:
        numbers = self.numbers() if self.dessin == "barres" else ()
        most = max(numbers, default=0)
        for rank, row in enumerate(self.lignes):
            pairs = zip(row.values, self.colonnes, strict=True)
            values = tuple(shown(value, column.unit) for value, column in pairs)
            yield row, values, bar_class(int(100 * numbers[rank] / most + 0.5)) if most else ""

    @property
    def chart(self) -> Chart | None:
        """Its columns, where it has some and they say something."""
        if self.dessin == "colonnes":
            return columns_of(self)
        return None

    def numbers(self, rank: int = 0) -> tuple[float, ...]:
        values = (row.values[rank] for row in self.lignes)
        return tuple(value if isinstance(value, int | float) else 0 for value in values)

    def __bool__(self) -> bool:
        return any(isinstance(value, str) or value for row in self.lignes for value in row.values)


class Key(NamedTuple):
    """A figure set large: what it counts, with its unit, what it is compared with."""

    label: str
    value: Value
    unit: str = ""
    note: str = ""
    source: str = ""

    @property
    def shown(self) -> str:
        return shown(self.value, self.unit)


class Bilan(Struct, frozen=True):
    """Figures of something for one year: sentences, key figures, tables, how all of it is
    counted.
    """

    titre: str
    annee: int
    phrases: tuple[str, ...] = ()
    cles: tuple[Key, ...] = ()
    tables: tuple[Table, ...] = ()
    methode: tuple[str, ...] = ()

    def table(self, code: str) -> Table | None:
        return next((table for table in self.tables if table.code == code), None)


def shown(value: Value, unit: str = "") -> str:
    """A value as it is read, with its unit.

    >>> shown(12981), shown(59, "%"), shown(None, "km"), shown("Arras")
    ('12\\xa0981', '59\\xa0%', '–', 'Arras')
    """
    if value is None:
        return UNKNOWN
    text = value if isinstance(value, str) else nombre(value)
    if unit:
        return f"{text}\u00a0{unit}"
    return text


def counted(count: float, noun: str, several: str = "") -> str:
    """A count and its noun, which agrees: « 1 trajet connu », « 2 trajets connus ».

    >>> counted(1, "trajet connu"), counted(2, "trajet connu"), counted(2, "jeu", "jeux")
    ('1 trajet connu', '2 trajets connus', '2 jeux')
    """
    plural = several or f"{noun.replace(' ', 's ')}s"
    return f"{nombre(count)} {plural if count > 1 else noun}"


def uncounted(examples: int, name: str) -> str:
    """What a page says of the examples that it does not count; nothing when there is none."""
    if examples:
        return f"Les {name}s donnés en exemple ne sont pas comptés."
    return ""


def share(part: float, whole: float) -> int | None:
    """Hundredths that a part is of a whole, halves rounded up; ``None`` of nothing.

    >>> share(49, 83), share(1, 200), share(0, 0)
    (59, 1, None)
    """
    if whole:
        return int(100 * part / whole + 0.5)
    return None


def change(now: float, before: float, year: int) -> str:
    """What a count became since the year before: « 12 de plus qu’en 2020 ».

    >>> change(5, 3, 2020), change(3, 3, 2020), change(1, 3, 2020)
    ('2 de plus qu’en 2020', 'autant qu’en 2020', '2 de moins qu’en 2020')
    """
    if now == before:
        return f"autant qu’en {year}"
    return f"{nombre(abs(now - before))} de {'plus' if now > before else 'moins'} qu’en {year}"


# Columns of the file of a bilan.
CELLS = ("tableau", "ligne", "colonne", "valeur")


def all_cells(bilan: Bilan) -> Iterator[tuple[str, ...]]:
    """What its sentences say, then every figure on a line of its own, which a spreadsheet
    filters.
    """
    yield from (("En bref", "", "", plain(phrase)) for phrase in bilan.phrases)
    rows = tuple(Row(key.label, (key.value, key.note or None)) for key in bilan.cles)
    keys = Table("cles", "Chiffres clés", "", (Column("Valeur"), Column("Note")), rows)
    for table in (keys, *bilan.tables):
        for row in table.lignes:
            for (label, unit), value in zip(table.colonnes, row.values, strict=True):
                if cell := _cell(value):
                    name = f"{label} ({unit})" if unit else label
                    yield table.titre, plain(row.label), name, cell


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return str(round(value, 2)).replace(".", ",")


# Columns, for what follows time.

_WIDTH = 340
_HEIGHT = 132
# Room above the columns, for their numbers.
_TOP = 16
# Room below them, for their names.
_FOOT = 18
# Share of a step that is left free.
_SPACE = 0.24
# The most that a column takes with its room: two years do not fill a page.
_STEP = 58
# Columns whose numbers are all written; of more, the highest alone.
_NUMBERED = 14
# Characters of a name under a column.
_SHORT = 5


class Mark(Struct, frozen=True):
    """A text of a chart, centred on ``x``, its foot at ``y``."""

    x: float
    y: float
    text: str


class Chart(Struct, frozen=True):
    """Columns in a view box: paths of the first value column, of the one beside (``avant``)."""

    largeur: int
    hauteur: int
    trace: str
    avant: str
    marques: tuple[Mark, ...]
    # Names of both columns, the first one first, where there are two.
    legende: tuple[str, ...]
    titre: str
    description: str


def columns_of(table: Table) -> Chart | None:
    """The chart of a table; ``None`` when there is nothing to draw, or one row only."""
    values = table.numbers()
    # The second column, where it counts what the first one does.
    units = [column.unit for column in table.colonnes[:2]]
    beside = table.numbers(1) if len(units) == 2 and units[0] == units[1] else ()
    most = max((*values, *beside), default=0)
    if most <= 0 or len(values) < 2:
        return None
    step = min(_WIDTH / len(values), _STEP)
    wide = step * (1 - _SPACE) / (2 if beside else 1)
    scale = (_HEIGHT - _TOP - _FOOT) / most
    first = [(rank + _SPACE / 2) * step + wide * bool(beside) for rank in range(len(values))]
    return Chart(
        _WIDTH,
        _HEIGHT,
        _path(first, values, wide, scale),
        avant=_path([x - wide for x in first], beside, wide, scale) if beside else "",
        marques=tuple(_marks(table, values, first, wide, scale)),
        legende=tuple(column.label for column in table.colonnes[:2]) if beside else (),
        titre=table.titre,
        description=_described(table, values),
    )


def _path(lefts: list[float], values: tuple[float, ...], wide: float, scale: float) -> str:
    foot = _HEIGHT - _FOOT
    return "".join(
        f"M{cell:.4g} {foot}v{-value * scale:.3g}h{wide:.3g}V{foot}z"
        for cell, value in zip(lefts, values, strict=True)
        if value > 0
    )


def _marks(
    table: Table, values: tuple[float, ...], lefts: list[float], wide: float, scale: float
) -> list[Mark]:
    marks = []
    most = max(values)
    for row, value, cell in zip(table.lignes, values, lefts, strict=True):
        middle = round(cell + wide / 2, 1)
        if isinstance(row.values[0], int | float) and (len(values) <= _NUMBERED or value == most):
            high = round(_HEIGHT - _FOOT - value * scale - 4, 1)
            marks.append(Mark(middle, high, shown(row.values[0])))
        marks.append(Mark(middle, _HEIGHT - 5, row.label[:_SHORT]))
    return marks


def _described(table: Table, values: tuple[float, ...]) -> str:
    unit = table.colonnes[0].unit
    rows = table.lignes

    def described(rank: int) -> str:
        return f"{rows[rank].label} : {shown(rows[rank].values[0], unit)}"

    high = values.index(max(values))
    ends = f"{described(0)} ; {described(len(rows) - 1)}."
    return f"{table.colonnes[0].label}. {ends} Le plus haut, {described(high)}."


BEFORE = "{avant}"
_TABLES: Mapping[str, Mapping[str, Any]] = rows_of("services.bilans", "tables")


def table(
    name: str,
    rows: Iterable[Row],
    *more: Column,
    without: Container[str] = (),
    note: str = "",
    **words: object,
) -> Table:
    """A table of ``tables.yml``, under its columns, but for those ``without`` which it is shown,
    and ``more``; ``words`` are those of its titles."""
    row = _TABLES[name]
    title, first = (row[key].format_map(words) for key in ("titre", "ligne"))
    columns = row.get("colonnes", {}).items()
    kept = [rank for rank, (label, _) in enumerate(columns) if label not in without]
    kept += range(len(columns), len(columns) + len(more))
    heads = [*(Column(label, unit) for label, unit in columns), *more]
    shown = tuple(heads[rank]._replace(label=heads[rank].label.format_map(words)) for rank in kept)
    lines = (
        line._replace(values=tuple(line.values[rank] for rank in kept if rank < len(line.values)))
        for line in rows
    )
    note = note or row.get("note", "")
    code = name.partition(".")[2]
    return Table(
        code,
        title,
        first,
        colonnes=shown,
        lignes=tuple(lines),
        dessin=row.get("dessin", ""),
        note=note,
    )


class Counts(Struct, frozen=True):
    """What is counted of a year, beside the year before when it is ``compared`` with that one."""

    site: Site
    annee: int
    compared: bool

    def table(self, name: str, rows: Iterable[Row], *more: Column, **options: Any) -> Table:
        """A table whose rows say the year before too, which stands aside when there is none."""
        without = {*options.pop("without", ()), *(() if self.compared else (BEFORE,))}
        options |= {"annee": self.annee, "avant": self.annee - 1}
        return table(name, rows, *more, without=without, **options)

    def became(self, now: float, before: float) -> str:
        if self.compared:
            return change(now, before, self.annee - 1)
        return ""

    def key(self, label: str, now: float, before: float) -> Key:
        """How many there are, beside the year before."""
        return Key(label, now, note=self.became(now, before))
