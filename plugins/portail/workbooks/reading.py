"""A spreadsheet of any of the three forms: OpenDocument, Office Open XML, separated values."""

from __future__ import annotations

import csv
import io
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from portail.machine import reason_of
from portail.workbooks.grid import (
    FILE_BYTES,
    MOST_COLUMNS,
    MOST_SHEETS,
    MOST_SIGNS,
    NO_VALUE,
    Cell,
    Grid,
    Refused,
    clipped,
    gathered,
)
from portail.workbooks.package import Package, read_ods
from portail.workbooks.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"))
_SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}
_RECORD = 50 * MOST_SIGNS
"""Signs of a record at most, on however many lines."""
_GUARDED = ("=", "+", "-", "@", "'")


def read_workbook(file: Path) -> list[Grid]:
    """The sheets of ``file`` that hold something, in order. Raises ``Refused``."""
    return workbook_of(read_source(file), file.name)


def workbook_of(data: bytes, name: str) -> list[Grid]:
    """The sheets of ``data``, the file ``name``. Raises ``Refused``."""
    if data.startswith(_OLD):
        raise Refused(
            f"« {name} » est un ancien classeur (.xls), ou il est protégé par un mot de passe "
            ": enregistrez-le en .ods ou .xlsx, sans mot de passe."
        )
    if not data.startswith(_ZIP):
        return [grid for grid in [_separated(data, name)] if grid.rows]
    package = Package(data, name)
    sheets = read_ods(package) if "content.xml" in package else read_xlsx(package)
    return [grid for grid in islice(sheets, MOST_SHEETS) if grid.rows]


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are an archive, as all spreadsheets but separated values are."""
    return data.startswith((_ZIP, _OLD))


def read_source(file: Path) -> bytes:
    """The bytes of ``file``, within bounds. Raises ``Refused``."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"« {file.name} » n’est pas un fichier ordinaire.")
        if found.st_size > FILE_BYTES:
            raise Refused(f"« {file.name} » pèse plus de {FILE_BYTES // 1_000_000} Mo.")
        return file.read_bytes()
    except OSError as error:
        raise Refused(f"« {file.name} » ne s’ouvre pas : {reason_of(error)}.") from None


# Separated values (RFC 4180), as spreadsheets write them.


def _separated(data: bytes, name: str) -> Grid:
    text, encoding = _decoded(data, name)
    separator, text = _separator(text)
    notes = (f"encodage {encoding}, séparateur {_SEPARATORS[separator]}",)
    return Grid(name, gathered(_records(text, separator, name), name), notes)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16"), "UTF-16"
    for encoding, shown in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text:
                return text, shown
    raise Refused(
        f"« {name} » n’est pas un tableur, ou son encodage n’est ni UTF-8 ni Windows-1252 : "
        "enregistrez-le en .ods ou .xlsx."
    )


def _separator(text: str) -> tuple[str, str]:
    """The sign that cuts the first line most, and the text without the line that tells it (Excel’s
    « sep=; »)."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    told = first.strip().removeprefix("sep=")
    if told != first.strip() and (told or "\t") in _SEPARATORS:
        return told or "\t", "\n" + rest  # its row counts
    head = text[:20_000]

    def cut(separator: str) -> int:
        with suppress(csv.Error, StopIteration):
            rows = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
            return len(next(row for row in rows if any(row)))
        return 0

    return max(_SEPARATORS, key=cut), text


class _Lines:
    """The lines of a text, ends included. Raises ``csv.Error`` when more than ``_RECORD`` signs
    are ``held`` in one record: its cells would take many times their weight."""

    def __init__(self, text: str) -> None:
        self._lines, self.held = io.StringIO(text, newline=""), 0

    def __iter__(self) -> Iterator[str]:
        while line := self._lines.readline(_RECORD):
            self.held += len(line)
            if self.held >= _RECORD:
                raise csv.Error("too long")
            yield line


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(2 * MOST_SIGNS)
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            lines.held = 0
            yield number, [_cell(one) for one in row[:MOST_COLUMNS]]
    except csv.Error:
        raise Refused(
            f"« {name} », ligne {number + 1} : un guillemet n’est pas refermé, ou la ligne est "
            "trop longue. Enregistrez-le en .ods ou .xlsx."
        ) from None


def _cell(text: str) -> Cell:
    text = clipped(text)
    if text.startswith("="):
        return Cell(formula=True, fault=NO_VALUE)
    if text.startswith("'") and text[1:].startswith(_GUARDED):
        text = text[1:]  # the guard of our own tables (``outputs.spreadsheets.guarded``)
    return Cell(text, text)
