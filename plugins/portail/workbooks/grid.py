"""Cells of a spreadsheet as values, and the bounds of every reader."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field

from portail.machine import reason_of

FILE_BYTES = 50_000_000
PART_BYTES = 100_000_000
MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 300
"""Cells of a row beyond these are not read."""
MOST_SHEETS = 30
"""Sheets of a workbook beyond these are not read."""
MOST_SIGNS = 40_000


class Refused(Exception):
    """A file that cannot be read as a spreadsheet; its text is the French reason and remedy."""


class Cell(Struct, frozen=True):
    """One cell: its value (ISO days, plain numbers, « oui » or « non ») and what is shown of it.

    ``typed``: known for a number or a day; ``fault``: why a formula gives none (French, after « :
    »).
    """

    text: str = ""
    shown: str = ""
    typed: bool = False
    formula: bool = False
    fault: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.text or self.fault)


NOTHING = Cell()
NO_VALUE = "la formule n’a pas de valeur enregistrée"


class Row(Struct, frozen=True):
    """A row that holds something; ``number`` as the spreadsheet shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, rank: int) -> Cell:
        """The cell of a column (from 0), empty beyond the last."""
        return self.cells[rank] if rank < len(self.cells) else NOTHING


class Grid(Struct, frozen=True):
    """One sheet."""

    name: str
    rows: list[Row] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    """What its reader assumed (French): the encoding, the separator."""


def read_source(file: Path, most: int = FILE_BYTES) -> bytes:
    """The bytes of ``file``, ``most`` of them. Raises ``Refused``."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"« {file.name} » n’est pas un fichier ordinaire.")
        if found.st_size > most:
            raise Refused(f"« {file.name} » pèse plus de {most // 1_000_000} Mo.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"« {file.name} » ne s’ouvre pas : {reason_of(error)}.") from None


def too_many(sheet: str) -> Refused:
    """Why a sheet of more than ``MOST_ROWS`` or ``MOST_CELLS`` is not read."""
    most = f"plus de {MOST_ROWS} lignes ou de {MOST_CELLS} cellules"
    return Refused(f"La feuille « {sheet} » compte {most} : coupez-la en plusieurs.")


def gathered(rows: Iterable[tuple[int, list[Cell]]], sheet: str) -> list[Row]:
    """The rows that hold something. Raises ``Refused`` beyond ``MOST_ROWS`` or ``MOST_CELLS``."""
    found: list[Row] = []
    held = 0
    for number, cells in rows:
        del cells[MOST_COLUMNS:]
        while cells and cells[-1].empty:
            cells.pop()
        if not cells:
            continue
        held += len(cells)
        if len(found) == MOST_ROWS or held > MOST_CELLS:
            raise too_many(sheet)
        found.append(Row(number, tuple(cells)))
    return found


def number_text(value: str) -> str:
    """A number as a front matter writes it: no exponent, the fifteen digits that a spreadsheet
    keeps. Raises ``ValueError`` for what is none.

    >>> number_text("0.30000000000000004"), number_text("1E3"), number_text("12")
    ('0.3', '1000', '12')
    """
    number = float(value)
    if number != number or abs(number) > 1e15:
        raise ValueError(value)
    return f"{Decimal(f'{number:.15g}').normalize():f}" if number else "0"


def number_cell(text: str, unit: str = "", *, formula: bool = False) -> Cell:
    """A number and the ``unit`` that it is shown with; else a text."""
    try:
        plain = number_text(text)
        shown = number_text(str(float(plain) * 100)) if unit == "%" else plain
    except ValueError:
        return Cell(text, text, formula=formula)
    shown = shown.replace(".", ",")
    return Cell(plain, f"{shown}\u00a0{unit}" if unit else shown, typed=True, formula=formula)


def column_letters(rank: int) -> str:
    """The letters over a column (from 0).

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    rank += 1
    while rank:
        rank, digit = divmod(rank - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def clipped(text: str) -> str:
    """The text of a cell. Raises ``Refused`` beyond ``MOST_SIGNS``."""
    if len(text) > MOST_SIGNS:
        raise Refused(f"Une cellule compte plus de {MOST_SIGNS} signes : « {text[:40]}… ».")
    return text.strip()


def joined(pieces: Iterator[str]) -> str:
    """Pieces of one text, read no further than a cell may go. Raises ``Refused``."""
    found, length = [], 0
    for piece in pieces:
        found.append(piece)
        length += len(piece)
        if length > 2 * MOST_SIGNS:
            break
    return clipped("".join(found))
