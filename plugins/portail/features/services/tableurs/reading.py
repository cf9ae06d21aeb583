"""A spreadsheet of any of the three forms: OpenDocument, Office Open XML, separated values."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice, repeat
from typing import TypeVar

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.text.normalise import is_number, number_of

from .encodings import readable, western
from .grid import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    HIDDEN,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
    MOST_SIGNS,
    NO_VALUE,
    NOTHING,
    PARTLY_STRUCK,
    STRUCK,
    Cell,
    Grid,
    Package,
    Row,
    attribute,
    clipped,
    gathered,
    joined,
    led_by,
    local,
    number_cell,
    read_ods,
)

_T = TypeVar("_T")
_HEAD = 20_000
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}
# Signs of a record at most, on however many lines.
_RECORD = 50 * MOST_SIGNS
_GUARDED = ("=", "+", "-", "@", "'")


def workbook_of(data: bytes, name: str) -> list[Grid]:
    """The sheets of ``data``, the file ``name``. Raises ``Refused``."""
    if data.startswith(_OLD):
        raise Refused(
            f"« {name} » est un ancien classeur (.xls), ou il est protégé par un mot de passe "
            ": enregistrez-le en .ods ou .xlsx, sans mot de passe."
        )
    if _is_page(data, name):
        return [Grid(name, gathered(_table_rows(data, name), name))]
    if not data.startswith(_ZIP):
        return [grid for grid in [_separated(data, name)] if grid.rows]
    package = Package(data, name)
    sheets = read_ods(package) if "content.xml" in package else read_xlsx(package)
    return [grid for grid in islice(sheets, MOST_SHEETS) if grid.rows]


def is_workbook(data: bytes, name: str) -> bool:
    """Whether these bytes are an archive, as all spreadsheets but separated values are, or the page
    that many programs call « .xls »."""
    return data.startswith((_ZIP, _OLD)) or _is_page(data, name)


def _is_page(data: bytes, name: str) -> bool:
    return name.lower().endswith((".xls", ".xlsx")) and b"<table" in data[:_HEAD].lower()


def _table_rows(data: bytes, name: str) -> Iterator[tuple[int, list[Cell], str]]:
    text = _decoded(data, name)[0].lstrip()
    if text.startswith("<?xml"):
        text = text.partition(">")[2]
    root = etree.fromstring(text, etree.HTMLParser(no_network=True, remove_comments=True))
    for number, row in enumerate([] if root is None else root.iter("tr"), 1):
        cells = []
        for part in row.iter("td", "th"):
            span = part.get("colspan") or "1"
            spread = 1
            if span.isdecimal():
                spread = min(int(span), MOST_COLUMNS)
            cells += [_cell(" ".join("".join(map(str, part.itertext())).split()))]
            cells += [NOTHING] * (spread - 1)
        yield number, cells[:MOST_COLUMNS], ""


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


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[Cell], str]]:
    csv.field_size_limit(2 * MOST_SIGNS)
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            lines.held = 0
            yield number, [_cell(value) for value in row[:MOST_COLUMNS]], ""
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


# Office Open XML (ECMA-376, part 1, 18: SpreadsheetML).

_WORKBOOK = "xl/workbook.xml"
_TRUE = ("1", "true")
# A sign that XML cannot hold, or the underscore before what looks like one (22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Built-in formats of days (18.8.30), those of East Asia included.
_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), *range(57, 59)))
_HOURS = frozenset((*range(18, 22), *range(45, 48)))
# What a format shows as it is, or says of colours and of languages.
_SILENT = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_SIGN = re.compile(rf"([{CURRENCY_SIGNS}])(?![^\[]*\])")
_QUOTED = re.compile(rf"\"\s*({CURRENCY_WORDS})\s*\"", re.IGNORECASE)
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 (days alone)


class _Style(Struct, frozen=True):
    day: bool = False
    hour: bool = False
    unit: str = ""
    struck: bool = False


class _Book(Struct, frozen=True):
    texts: Sequence[str]
    # Ranks of those that are struck.
    struck: Set[int]
    # Ranks of those of which something is struck.
    partly: Set[int]
    styles: Sequence[_Style]
    since: datetime


class _Beside(Struct):
    """What a sheet says beside its rows."""

    # Ranks of columns.
    hidden: set[int] = field(default_factory=set)
    # Identifiers of addresses of cells, by row and column.
    links: dict[tuple[int, int], str] = field(default_factory=dict)


def read_xlsx(package: Package) -> Iterator[Grid]:
    """Its sheets, in order. Raises ``Refused``."""
    parts = _relations(package)
    sheets: list[tuple[str, str, bool]] = []
    late = False
    for element in package.elements(_WORKBOOK, "workbookPr", "sheet"):
        if local(element) == "workbookPr":
            late = attribute(element, "date1904") in _TRUE
        else:
            is_hidden = attribute(element, "state") in ("hidden", "veryHidden")
            part = parts.get(attribute(element, "id"), "")
            sheets.append((attribute(element, "name"), part, is_hidden))
    texts: list[str] = []
    struck: set[int] = set()
    partly: set[int] = set()
    for string in package.elements("xl/sharedStrings.xml", "si"):
        if _is_struck(string):
            (partly if _is_partly_struck(string) else struck).add(len(texts))
        texts.append(joined(_runs(string)))
    book = _Book(texts, struck, partly, _styles(package), _EPOCHS[late])
    for name, part, is_hidden in sheets:
        if "worksheets" in part:  # neither a chart nor a macro
            beside = _Beside()
            rows = gathered(_rows(package, part, book, beside), name)
            linked = [*_linked(rows, beside.links, _targets(package, part))]
            yield Grid(name, linked, hidden=is_hidden, aside=frozenset(beside.hidden))


def _relations(package: Package) -> Mapping[str, str]:
    if _WORKBOOK not in package:
        raise Refused(f"« {package.name} » n’est pas un tableur : enregistrez-le en .ods ou .xlsx.")
    targets = {}
    for name, target in _targets(package, _WORKBOOK).items():
        part = target[1:] if target.startswith("/") else posixpath.join("xl", target)
        targets[name] = posixpath.normpath(part)
    return targets


def _targets(package: Package, part: str) -> Mapping[str, str]:
    folder, name = posixpath.split(part)
    related = package.elements(f"{folder}/_rels/{name}.rels", "Relationship")
    return {element.get("Id", ""): element.get("Target", "") for element in related}


def _linked(
    rows: list[Row], links: Mapping[tuple[int, int], str], targets: Mapping[str, str]
) -> Iterator[Row]:
    numbers = {number for number, _ in links}
    for row in rows:
        if row.number in numbers:
            cells = (
                replace(cell, link=targets.get(links.get((row.number, rank), ""), cell.link))
                for rank, cell in enumerate(row.cells)
            )
            row = replace(row, cells=tuple(cells))
        yield row


def _is_struck(element: etree._Element) -> bool:
    marks = element.iter("{*}strike", "{*}dstrike")
    return any(attribute(mark, "val") not in ("0", "false") for mark in marks)


def _is_partly_struck(string: etree._Element) -> bool:
    runs = [run for run in string.iter("{*}r") if "".join(_runs(run)).strip()]
    return len({_is_struck(run) for run in runs}) == 2


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        if local(child) == "t":
            yield _plain(child.text or "")
        elif local(child) == "r":
            yield from _runs(child)


def _plain(text: str) -> str:
    # ``text`` with its signs; half of one, which no file can hold, is told as lost (U+FFFD).
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styles(package: Package) -> list[_Style]:
    codes = {}
    styles = []
    struck = []
    for element in package.elements("xl/styles.xml", "numFmt", "fonts", "cellXfs"):
        if local(element) == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif local(element) == "fonts":
            struck = [_is_struck(font) for font in element]
        else:
            for child in element.iter("{*}xf"):
                number = child.get("numFmtId", "0")
                style = _style(number, codes.get(number, ""))
                styles.append(replace(style, struck=_of(struck, child.get("fontId", ""), False)))
    return styles


def _of(values: Sequence[_T], rank: str, default: _T) -> _T:
    number = number_of(rank, len(values))
    if number in (None, len(values)):
        return default
    return values[number]


def _style(number: str, code: str) -> _Style:
    plain = _SILENT.sub("", code).lower()
    rank = number_of(number, 10**6)
    if rank in _DAYS or "d" in plain or "y" in plain:
        return _Style(day=True)
    if rank in _HOURS or "h" in plain:
        return _Style(hour=True)
    percent = number in ("9", "10") or "%" in plain
    return _Style(unit="%" if percent else _currency(code))


def _currency(code: str) -> str:
    # The currency that a format shows: the sign or the letters between its brackets, else a sign
    # that it writes, else letters that it quotes.
    bracketed = code.partition("[$")[2].partition("]")[0].partition("-")[0].strip()
    sign = None
    if not bracketed:
        sign = _SIGN.search(code) or _QUOTED.search(code)
    if sign:
        return sign[1].strip()
    return bracketed


def _rows(
    package: Package, part: str, book: _Book, beside: _Beside
) -> Iterator[tuple[int, list[Cell], str]]:
    number = 0
    for row in package.elements(part, "col", "row", "hyperlink"):
        if local(row) == "hyperlink":
            letters, figures = _place(row.get("ref", "").partition(":")[0])
            if letters and len(beside.links) < MOST_CELLS:
                beside.links[int(figures), _rank(letters)] = attribute(row, "id")
            continue
        if local(row) == "col":
            first, last = (number_of(row.get(name, ""), MOST_COLUMNS) for name in ("min", "max"))
            if row.get("hidden") in _TRUE and first and last:
                beside.hidden |= {*range(first - 1, last)}
            continue
        written = row.get("r", "")
        number = number_of(written, 10**8) or number + 1
        if cells := list(_cells(row, book)):
            yield number, cells, _withdrawn(row, book)


def _withdrawn(row: etree._Element, book: _Book) -> str:
    # How a row was taken out: hidden, by a filter too, or with words that are struck.
    if row.get("hidden") in _TRUE:
        return HIDDEN
    cells = [cell for cell in row if len(cell) and local(cell) == "c"]
    if any(_is_cell_struck(cell, book) for cell in cells):
        return STRUCK
    return ""


def _is_cell_struck(cell: etree._Element, book: _Book) -> bool:
    style = _of(book.styles, cell.get("s", ""), _Style())
    text = next((child.text or "" for child in cell if local(child) == "v"), "")
    shared = cell.get("t") == "s" and number_of(text, 10**9) in book.struck
    return (
        style.struck
        or shared
        or (cell.get("t") == "inlineStr" and _is_struck(cell) and not _is_partly_struck(cell))
    )


def _place(reference: str) -> tuple[str, str]:
    """The letters of a column and the number of a row (« AB12 »); empty for anything else."""
    letters = reference.rstrip("0123456789")
    figures = reference[len(letters) :]
    good = letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) < 4
    if good and 0 < len(figures) < 8:
        return (letters, figures)
    return ("", "")


def _cells(row: etree._Element, book: _Book) -> Iterator[Cell]:
    # Its cells up to the last that says something, however far an empty one is said to be.
    rank = waiting = 0
    for element in row:
        if local(element) != "c":
            continue
        letters, _ = _place(element.get("r", ""))
        empty = 0
        if letters:
            empty = max(_rank(letters) - rank, 0)
        rank += empty + 1
        if rank > MOST_COLUMNS:
            return
        cell = _cell_of(element, book)
        if link := _led(element):
            cell = replace(cell, link=link)
        if cell.empty:
            waiting += empty + 1
            continue
        yield from repeat(NOTHING, waiting + empty)
        yield cell
        waiting = 0


def _led(cell: etree._Element) -> str:
    return next((led_by(child.text or "") for child in cell if local(child) == "f"), "")


def _rank(letters: str) -> int:
    return reduce(lambda rank, letter: rank * 26 + ord(letter) - ord("@"), letters, 0) - 1


def _cell_of(element: etree._Element, book: _Book) -> Cell:
    inside = {local(child): child for child in element}
    formula = "f" in inside
    value = ""
    if "v" in inside:
        value = clipped(inside["v"].text or "")
    kind = element.get("t", "n")
    if kind == "e":
        return Cell(formula=formula, fault=f"elle contient l’erreur « {value[:20]} »")
    if formula and not value and kind != "str":
        return Cell(formula=True, fault=NO_VALUE)
    ranks = book.partly if kind == "s" else ()
    if number_of(value, 10**9) in ranks or _is_partly_struck(element):
        return Cell(fault=PARTLY_STRUCK)
    if kind == "s":
        value = _of(book.texts, value, "")
    elif kind == "inlineStr":
        value = ""
        if "is" in inside:
            value = joined(_runs(inside["is"]))
    elif kind == "b":
        text = "oui" if value == "1" else "non"
        return Cell(text, text, typed=True, formula=formula)
    elif kind == "n" and value:
        return _number(value, element.get("s", ""), book, formula)
    return Cell(value, value, formula=formula)


def _number(value: str, style: str, book: _Book, formula: bool) -> Cell:
    number_style = _of(book.styles, style, _Style())
    if number_style.day:
        with suppress(ValueError, OverflowError):
            moment = book.since + timedelta(seconds=round(float(value) * 86_400))
            text = f"{moment:%Y-%m-%d %H:%M}" if moment.hour + moment.minute else f"{moment.date()}"
            return Cell(text, text, typed=True, formula=formula)
        return Cell(value, value, formula=formula)
    if number_style.hour and (value == "0" or (value[:2] == "0." and is_number(value[2:]))):
        hours, minutes = divmod(round(float(value) * 1440), 60)
        return Cell(text := f"{hours:02d}:{minutes:02d}", text, typed=True, formula=formula)
    return number_cell(value, number_style.unit, formula=formula)
