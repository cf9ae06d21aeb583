"""A spreadsheet of any form: archives of OpenDocument and Office Open XML by python-calamine, the
pages that many programs call « .xls », separated values (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import repeat

from lxml import etree
from python_calamine import CalamineSheet, CalamineWorkbook

from portail.diagnostics import Refused
from portail.text.encodings import readable, western

from .grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, NOTHING, Cell, Grid, Row, number_text
from .untold import DAMAGED_FILE, UNCOUNTED, parts_of, refuse_far, refuse_untold

_HEAD = 20_000
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
# Sheets of a workbook beyond these are not read.
_SHEETS = 30
_SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}
# Signs of a cell, of a record on however many lines.
_SIGNS = 40_000
_RECORD = 50 * _SIGNS
_LINKED = "les adresses sous des mots n’y sont pas lues"


def workbook_of(data: bytes, name: str) -> list[Grid]:
    """The sheets of ``data``, the file ``name``. Raises ``Refused``."""
    if data.startswith(_OLD):
        raise Refused(
            f"« {name} » est un ancien classeur (.xls), ou il est protégé par un mot de passe "
            ": enregistrez-le en .ods ou .xlsx, sans mot de passe."
        )
    if data.startswith(_ZIP):
        grids = _workbook(data, name)
    elif _is_page(data, name):
        grids = [_grid(name, _table_rows(data, name))]
    else:
        grids = [_separated(data, name)]
    return [grid for grid in grids if grid.rows]


def is_workbook(data: bytes, name: str) -> bool:
    """Whether these bytes are an archive, as all spreadsheets but separated values are, or the page
    that many programs call « .xls »."""
    return data.startswith((_ZIP, _OLD)) or _is_page(data, name)


def _workbook(data: bytes, name: str) -> list[Grid]:
    parts = parts_of(data, name)
    refuse_far(parts, name)
    linked = any("<hyperlink " in text or "<text:a " in text for text in parts.values())
    notes = (_LINKED,) if linked else ()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names[:_SHEETS]]
    except BaseException as error:
        # What the library did not foresee is none of ``Exception``.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Refused(f"« {name} » {DAMAGED_FILE}.") from None
    grids = [_grid(sheet.name, _sheet_rows(sheet), notes) for sheet in sheets]
    refuse_untold(parts, name)
    return grids


def _sheet_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    down, right = sheet.start or (0, 0)
    for number, values in enumerate(sheet.iter_rows(), down + 1):
        yield number, [*repeat(NOTHING, right), *map(_typed, values)]


def _typed(value: object) -> Cell:
    match value:
        case bool():
            return Cell("oui" if value else "non", typed=True)
        case int() | float():
            return Cell(number_text(f"{value}"), typed=True)
        case datetime():
            hour = f" {value:%H:%M}" if value.time() != time() else ""
            return Cell(f"{value:%Y-%m-%d}{hour}", typed=True)
        case date():
            return Cell(f"{value}", typed=True)
        case time() | timedelta():
            return Cell(f"{value}".zfill(8)[:5], typed=True)
    return Cell(_clipped(f"{value}"))


def _grid(name: str, rows: Iterable[tuple[int, list[Cell]]], notes: tuple[str, ...] = ()) -> Grid:
    # The rows that hold something. Raises ``Refused`` beyond ``MOST_ROWS`` or ``MOST_CELLS``.
    filled: list[Row] = []
    count = 0
    for number, cells in rows:
        del cells[MOST_COLUMNS:]
        while cells and not cells[-1].text:
            cells.pop()
        if not cells:
            continue
        count += len(cells)
        if len(filled) == MOST_ROWS or count > MOST_CELLS:
            most = f"plus de {MOST_ROWS} lignes ou de {MOST_CELLS} cellules"
            raise Refused(f"La feuille « {name} » compte {most} : coupez-la en plusieurs.")
        filled.append(Row(number, tuple(cells)))
    return Grid(name, filled, notes)


def _is_page(data: bytes, name: str) -> bool:
    return name.lower().endswith((".xls", ".xlsx")) and b"<table" in data[:_HEAD].lower()


def _table_rows(data: bytes, name: str) -> Iterator[tuple[int, list[Cell]]]:
    text = _decoded(data, name)[0].lstrip()
    if text.startswith("<?xml"):
        text = text.partition(">")[2]
    root = etree.fromstring(text, etree.HTMLParser(no_network=True, remove_comments=True))
    for number, row in enumerate([] if root is None else root.iter("tr"), 1):
        cells = []
        for part in row.iter("td", "th"):
            span = part.get("colspan") or "1"
            spread = min(int(span), MOST_COLUMNS) if span.isdecimal() else 1
            cells += [_cell(" ".join("".join(map(str, part.itertext())).split()))]
            cells += [NOTHING] * (spread - 1)
        yield number, cells


def _separated(data: bytes, name: str) -> Grid:
    text, encoding = _decoded(data, name)
    separator, text = _separator(text)
    notes = (f"encodage {encoding}, séparateur {_SEPARATORS[separator]}",)
    return _grid(name, _records(text, separator, name), notes)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16"), "UTF-16"
    if b"\0" not in data:
        with suppress(UnicodeDecodeError):
            return readable(data.decode("utf-8-sig"), name), "UTF-8"
        with suppress(UnicodeDecodeError):
            return readable(western(data, "strict"), name, western=True), "Windows-1252"
    raise Refused(
        f"« {name} » n’est pas un tableur, ou son encodage n’est ni UTF-8 ni Windows-1252 : "
        "enregistrez-le en .ods ou .xlsx."
    )


def _separator(text: str) -> tuple[str, str]:
    # The sign that cuts the first line most, and the text without Excel’s « sep=; ».
    first, _, following = text.lstrip("\r\n").partition("\n")
    declared = first.strip().removeprefix("sep=")
    if declared != first.strip() and (declared or "\t") in _SEPARATORS:
        return declared or "\t", "\n" + following  # its row counts
    head = text[:20_000]

    def cut(separator: str) -> int:
        with suppress(csv.Error, StopIteration):
            lines = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
            rows = (len(row) for row in lines if any(row))
            # Titles have bars too; those of a table are in its rows as well.
            if separator == "|":
                return min(next(rows), next(rows))
            return next(rows)
        return 0

    return max(_SEPARATORS, key=cut), text


class _Lines:
    """The lines of a text. Raises ``csv.Error`` beyond ``_RECORD`` signs ``held`` in one record."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.held = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._lines.readline(_RECORD):
            self.held += len(line)
            if self.held >= _RECORD:
                raise csv.Error("too long")
            yield line


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(2 * _SIGNS)
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            lines.held = 0
            yield number, [_cell(value) for value in row[:MOST_COLUMNS]]
    except csv.Error:
        raise Refused(
            f"« {name} », ligne {number + 1} : un guillemet n’est pas refermé, ou la ligne est "
            "trop longue. Enregistrez-le en .ods ou .xlsx."
        ) from None


def _cell(text: str) -> Cell:
    text = _clipped(text)
    if text[:2] == '="' and text[-1] == '"':  # a text for sure, as Excel is told to take it
        return Cell(text[2:-1])
    if text.startswith("="):
        raise Refused(f"Le tableur {UNCOUNTED} (« {text[:40]} »).")
    return Cell(text)


def _clipped(text: str) -> str:
    if len(text) > _SIGNS:
        raise Refused(f"Une cellule compte plus de {_SIGNS} signes : « {text[:40]}… ».")
    return text.strip()
