"""Cells of a spreadsheet as values, the bounds of every reader, archives that come from anyone."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path

from lxml import etree
from msgspec import Struct, field

from portail.diagnostics import Refused
from portail.machine import reason_of

FILE_BYTES = 50_000_000
MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 300


class Cell(Struct, frozen=True):
    """One cell: its value, as a text: ISO days, plain numbers, « oui » or « non ».

    ``typed``: known for a number or a day.
    """

    text: str = ""
    typed: bool = False


NOTHING = Cell()


class Row(Struct, frozen=True):
    """A row that holds something; ``number`` as the spreadsheet shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, rank: int) -> Cell:
        if rank < len(self.cells):
            return self.cells[rank]
        return NOTHING


class Grid(Struct, frozen=True):
    """One sheet."""

    name: str
    rows: list[Row] = field(default_factory=list)
    # What its reader assumed (French): the encoding, the separator.
    notes: tuple[str, ...] = ()


def read_source(file: Path, most: int = FILE_BYTES) -> bytes:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused(f"« {file.name} » n’est pas un fichier ordinaire.")
        if status.st_size > most:
            raise Refused(f"« {file.name} » pèse plus de {most // 1_000_000} Mo.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"« {file.name} » ne s’ouvre pas : {reason_of(error)}.") from None


def number_text(value: str) -> str:
    """A number as a front matter writes it: no exponent, the fifteen digits that a spreadsheet
    keeps. Raises ``ValueError`` for what is none.

    >>> number_text("0.30000000000000004"), number_text("1E3"), number_text("12")
    ('0.3', '1000', '12')
    """
    number = float(value)
    if number != number or abs(number) > 1e15:
        raise ValueError(value)
    if number:
        return f"{Decimal(f'{number:.15g}').normalize():f}"
    return "0"


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


# What reading an archive, or a part of one, raises when it is not what it should be.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    struct.error,
    etree.XMLSyntaxError,
)
# Most files of an archive: each costs half a kilobyte of memory, empty or not.
_FILES = 20_000


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive ``data``. Raises ``zipfile.BadZipFile`` for one of more than ``_FILES``, and for
    one that follows another, which would be lost."""
    if data.count(b"PK\1\2") > _FILES:
        raise zipfile.BadZipFile("too many files")
    archive = zipfile.ZipFile(io.BytesIO(data))
    if min((info.header_offset for info in archive.infolist()), default=0):
        raise zipfile.BadZipFile("two archives")
    return archive
