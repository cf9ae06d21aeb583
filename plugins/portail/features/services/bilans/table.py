"""A table of figures, and the « bilan » that holds some: what is counted, whoever shows it. A value
is a number, a text, or ``None`` for what is not known, which is shown by a dash and never counts as
nothing. Every writer here is pure: CSV rows, Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.text.typography import nombre, plain

Value: TypeAlias = int | float | str | None

Drawing: TypeAlias = Literal["", "barres", "colonnes"]

UNKNOWN = "–"
"""What is shown where nothing is known."""


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

    code: str
    """Its name in addresses and anchors: ``themes``."""
    titre: str
    premiere: str
    """What the rows are: « Thème »."""
    colonnes: tuple[Column, ...]
    lignes: tuple[Row, ...]
    dessin: Drawing = ""
    """How its first column is drawn: bars in its cells, or columns above it, for what follows
    time (the second one beside it, if it counts the same)."""
    note: str = ""
    """How it is counted, what does not add up."""
    source: str = ""
    """Where it comes from, if not from the contents."""

    def numbers(self, rank: int = 0) -> tuple[float, ...]:
        """Values of a column, nothing for what is no number."""
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


class Bilan(Struct, frozen=True):
    """Figures of something for one year: sentences that say the main ones, key figures, tables, how
    all of it is counted. Without tables nor keys, there is nothing to count: ``phrases`` say so."""

    titre: str
    annee: int
    phrases: tuple[str, ...] = ()
    cles: tuple[Key, ...] = ()
    tables: tuple[Table, ...] = ()
    methode: tuple[str, ...] = ()

    def table(self, code: str) -> Table | None:
        """Its table of that code, if it has it."""
        return next((table for table in self.tables if table.code == code), None)


def shown(value: Value, unit: str = "") -> str:
    """A value as it is read, with its unit.

    >>> shown(12981), shown(59, "%"), shown(None, "km"), shown("Arras")
    ('12\\xa0981', '59\\xa0%', '–', 'Arras')
    """
    if value is None:
        return UNKNOWN
    text = value if isinstance(value, str) else nombre(value)
    return f"{text}\u00a0{unit}" if unit else text


def counted(count: float, noun: str, several: str = "") -> str:
    """A count and its noun, which agrees: « 1 trajet connu », « 2 trajets connus ».

    >>> counted(1, "trajet connu"), counted(2, "trajet connu"), counted(2, "jeu", "jeux")
    ('1 trajet connu', '2 trajets connus', '2 jeux')
    """
    plural = several or f"{noun.replace(' ', 's ')}s"
    return f"{nombre(count)} {plural if count > 1 else noun}"


def uncounted(examples: int, name: str) -> str:
    """What a page says of the examples that it does not count; nothing when there is none."""
    return f"Les {name}s donnés en exemple ne sont pas comptés." if examples else ""


def share(part: float, whole: float) -> int | None:
    """Hundredths that a part is of a whole, halves rounded up; ``None`` of nothing.

    >>> share(49, 83), share(1, 200), share(0, 0)
    (59, 1, None)
    """
    return int(100 * part / whole + 0.5) if whole else None


def change(now: float, before: float, year: int) -> str:
    """What a count became since the year before: « 12 de plus qu’en 2020 ».

    >>> change(5, 3, 2020), change(3, 3, 2020), change(1, 3, 2020)
    ('2 de plus qu’en 2020', 'autant qu’en 2020', '2 de moins qu’en 2020')
    """
    if now == before:
        return f"autant qu’en {year}"
    return f"{nombre(abs(now - before))} de {'plus' if now > before else 'moins'} qu’en {year}"


def cells(table: Table) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Columns and rows of the file of a table; a unit stands in the name of its column, a decimal
    has a comma, as French spreadsheets read it; what is not known is empty."""
    names = (
        f"{column.label} ({column.unit})" if column.unit else column.label
        for column in table.colonnes
    )
    rows = ((plain(row.label), *map(_cell, row.values)) for row in table.lignes)
    return (table.premiere, *names), rows


CELLS = ("tableau", "ligne", "colonne", "valeur")
"""Columns of the file of a bilan."""


def all_cells(bilan: Bilan) -> Iterator[tuple[str, ...]]:
    """What its sentences say (that all is invented, that a year is not over), then every figure on
    a line of its own, key figures first: tables of any shape are in one file, which a spreadsheet
    filters."""
    yield from (("En bref", "", "", plain(phrase)) for phrase in bilan.phrases)
    rows = tuple(Row(key.label, (key.value, key.note or None)) for key in bilan.cles)
    keys = Table("cles", "Chiffres clés", "", (Column("Valeur"), Column("Note")), rows)
    for table in (keys, *bilan.tables):
        names, lines = cells(table)
        for label, *values in lines:
            for name, value in zip(names[1:], values, strict=True):
                if value:
                    yield table.titre, label, name, value


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(round(value, 2)).replace(".", ",")


def markdown(bilan: Bilan, level: int = 1) -> str:
    """A bilan ready to paste in a report: headings from ``level`` on, sentences, tables."""
    head = "#" * level
    parts = [f"{head} {bilan.titre}", *bilan.phrases]
    if bilan.cles:
        parts.append("\n".join(map(_bullet, bilan.cles)))
    for table in bilan.tables:
        parts += [f"{head}# {table.titre}", _grid(table)]
        parts += [
            text for text in (table.note, table.source and f"Source : {table.source}") if text
        ]
    if bilan.methode:
        parts += [
            f"{head}# Comment c’est compté",
            "\n".join(f"- {sentence}" for sentence in bilan.methode),
        ]
    return "\n\n".join(parts) + "\n"


def _bullet(key: Key) -> str:
    beside = f" ({key.note})" if key.note else ""
    return f"- {key.label} : **{shown(key.value, key.unit)}**{beside}"


def _grid(table: Table) -> str:
    names = [table.premiere, *(column.label for column in table.colonnes)]
    marks = ["---", *("--:" for _ in table.colonnes)]
    units = [column.unit for column in table.colonnes]
    rows: Iterable[Sequence[str]] = (
        [row.label, *(shown(*pair) for pair in zip(row.values, units, strict=True))]
        for row in table.lignes
    )
    bare = ([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, marks, *bare))


LONGEST = 15
"""Rows of a table that is read on a page, or printed."""
_FEW = 2
"""Rows more that are not worth a sentence."""


def trimmed(bilan: Bilan, most: int = LONGEST) -> Bilan:
    """A bilan whose tables are read at a glance; files have all their rows."""
    return replace(bilan, tables=tuple(_short(table, most) for table in bilan.tables))


def _short(table: Table, most: int) -> Table:
    left = len(table.lignes) - most
    if left <= _FEW:
        return table
    rest = f"{nombre(left)} autres lignes : le tableau en CSV les donne."
    note = " ".join(filter(None, (rest, table.note)))
    return replace(table, lignes=table.lignes[:most], note=note)
