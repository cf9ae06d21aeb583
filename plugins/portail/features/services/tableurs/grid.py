"""Cells of a spreadsheet as values, and the bounds of every reader; archives of XML that come from
anyone, of which nothing is believed nor expanded; sheets of OpenDocument.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.machine import reason_of
from portail.text.addresses import is_address
from portail.text.normalise import number_of

FILE_BYTES = 50_000_000
PART_BYTES = 100_000_000
MOST_ROWS = 20_000
MOST_CELLS = 1_000_000
# Cells of a row beyond these are not read.
MOST_COLUMNS = 300
# Sheets of a workbook beyond these are not read.
MOST_SHEETS = 30
MOST_SIGNS = 40_000


class Cell(Struct, frozen=True):
    """One cell: its value (ISO days, plain numbers, « oui » or « non ») and what is shown of it.

    ``typed``: known for a number or a day; ``fault``: why it cannot be read (French, after « :
    »).
    """

    text: str = ""
    shown: str = ""
    typed: bool = False
    formula: bool = False
    fault: str = ""
    # The address that its words lead to.
    link: str = ""

    @property
    def empty(self) -> bool:
        return not (self.text or self.fault)


NOTHING = Cell()
CURRENCY_SIGNS = "€$£¥₣₤₹₽₩₺₪₫₴฿₦"
# What a number of money is written with.
CURRENCY_WORDS = (
    r"EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|DKK|SEK|NOK|ISK|PLN|CZK|HUF|RON|BGN|RSD|UAH|TRY|RUB|INR"
    r"|BRL|MXN|MAD|TND|DZD|XOF|XAF|XPF|FCFA|F CFA|euros?|dollars?|francs?|livres? sterling|kr|K[cč]"
    r"|zł|Fr\.?|(?-i:F)"
)
_MONEY = rf"(?:[A-Z]{{1,3}}(?=\$))?([{CURRENCY_SIGNS}]|(?:{CURRENCY_WORDS})(?![^\W\d_]))"
_PRICE = re.compile(
    rf"\d[\s\u00a0\u202f]?{_MONEY}|(?<![^\W\d_]){_MONEY}[\s\u00a0\u202f-]?\d", re.IGNORECASE
)


def foreign_price(text: str) -> bool:
    """Whether the numbers of ``text`` are money of elsewhere, and none of it in euros.

    >>> [foreign_price(text) for text in ("12 $", "USD 12,50", "12 Fr.", "5 € (6 $)", "12")]
    [True, True, True, False, False]
    """
    named = {(price[1] or price[2]).lower() for price in _PRICE.finditer(text)}
    return bool(named) and named.isdisjoint({"€", "eur", "euro", "euros"})


PARTLY_STRUCK = "une partie de ses mots est barrée"
NO_VALUE = "la formule n’a pas de valeur enregistrée"


class Row(Struct, frozen=True):
    """A row that holds something; ``number`` as the spreadsheet shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]
    # How whoever keeps the sheet took it out: « est masquée », « est barrée ».
    withdrawn: str = ""

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
    hidden: bool = False
    # Ranks of the columns that are hidden.
    aside: frozenset[int] = frozenset()


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


def too_many(sheet: str) -> Refused:
    """Why a sheet of more than ``MOST_ROWS`` or ``MOST_CELLS`` is not read."""
    most = f"plus de {MOST_ROWS} lignes ou de {MOST_CELLS} cellules"
    return Refused(f"La feuille « {sheet} » compte {most} : coupez-la en plusieurs.")


HIDDEN = "est masquée"
STRUCK = "est barrée"


def led_by(formula: str) -> str:
    """The address that a formula leads to; "" for any other formula."""
    at = formula.upper().find("HYPERLINK(")
    led = ""
    if at >= 0:
        led = formula[at:].partition("(")[2].lstrip()
    address, quote, _ = led[1:].partition('"')
    if led[:1] == quote and is_address(address):
        return address
    return ""


def gathered(rows: Iterable[tuple[int, list[Cell], str]], sheet: str) -> list[Row]:
    """The rows that hold something. Raises ``Refused`` beyond ``MOST_ROWS`` or ``MOST_CELLS``."""
    filled: list[Row] = []
    count = 0
    for number, cells, withdrawn in rows:
        del cells[MOST_COLUMNS:]
        while cells and cells[-1].empty:
            cells.pop()
        if not cells:
            continue
        count += len(cells)
        if len(filled) == MOST_ROWS or count > MOST_CELLS:
            raise too_many(sheet)
        filled.append(Row(number, tuple(cells), withdrawn))
    return filled


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
    texts = []
    length = 0
    for piece in pieces:
        texts.append(piece)
        length += len(piece)
        if length > 2 * MOST_SIGNS:
            break
    return clipped("".join(texts))


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
_LOCKED = "il est protégé par un mot de passe : enregistrez-le sans"
# Most rows, or texts, of a part: a sheet of Excel has 1,048,576 rows, empty ones included.
_MOST = 1_100_000
# Most signs ``<`` and ``=`` between two of them, which are kept in memory meanwhile.
_HELD = 600_000


class _Bounded(io.RawIOBase):
    """A stream not read beyond ``PART_BYTES``, nor ``_HELD`` since it was last ``forgotten``."""

    def __init__(self, inner: IO[bytes], name: str) -> None:
        self._inner = inner
        self._name = name
        self._left = PART_BYTES
        self._held = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        self._held += data.count(b"<") + data.count(b"=")
        if self._left < 0 or self._held > _HELD:
            raise Refused(f"« {self._name} » est trop lourd une fois décompressé.")
        return data

    def forgotten(self) -> None:
        self._held = 0


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive ``data``. Raises ``zipfile.BadZipFile`` for one of more than ``_FILES``, and for
    one that follows another, which would be lost."""
    if data.count(b"PK\1\2") > _FILES:
        raise zipfile.BadZipFile("too many files")
    archive = zipfile.ZipFile(io.BytesIO(data))
    if min((info.header_offset for info in archive.infolist()), default=0):
        raise zipfile.BadZipFile("two archives")
    return archive


class Package:
    """A ``zip`` of XML parts. Raises ``Refused`` for whatever is not what it should be."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        with self.reading():
            self._zip = opened(data)
            self._parts = frozenset(self._zip.namelist())

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @contextmanager
    def reading(self) -> Iterator[None]:
        try:
            yield
        except DAMAGED:
            raise Refused(
                f"« {self.name} » est abîmé, ou n’est pas un tableur : enregistrez-le de nouveau "
                "en .ods ou .xlsx."
            ) from None

    def small(self, part: str) -> bytes:
        if part not in self:
            return b""
        with self.reading(), self._open(part) as stream:
            return stream.read(1_000_000)

    def _open(self, part: str) -> IO[bytes]:
        if self._zip.getinfo(part).flag_bits & 1:
            raise Refused(f"« {self.name} » ne s’ouvre pas : {_LOCKED}.")
        return self._zip.open(part)

    def elements(self, part: str, *names: str) -> Iterator[etree._Element]:
        """The whole elements of these local names, each forgotten once seen.

        A document type is refused: it is where entities that grow or name files are declared.
        """
        if part not in self:
            return
        with self.reading(), self._open(part) as inner:
            stream = _Bounded(inner, self.name)
            parsed = etree.iterparse(
                stream,
                events=("end",),
                tag=[f"{{*}}{name}" for name in names],
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
                encoding=self._encoding(part),
            )
            for number, (_, element) in enumerate(parsed):
                if not number and element.getroottree().docinfo.internalDTD is not None:
                    why = "déclare un type de document : aucun tableur n’en écrit."
                    raise Refused(f"« {self.name} » {why}")
                if number > _MOST:
                    raise too_many(self.name)
                stream.forgotten()
                yield element
                element.clear(keep_tail=False)
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]

    def _encoding(self, part: str) -> str:
        # One of the two in which offices write; in another, signs could not be counted.
        with self._zip.open(part) as stream:
            if stream.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
                return "utf-16"
            return "utf-8"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment or an entity."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, in whatever namespace; empty when there is none."""
    own = element.get(name)
    if own is not None:
        return own
    end = f"}}{name}"
    return next((str(value) for key, value in element.items() if str(key).endswith(end)), "")


# Sheets of an OpenDocument spreadsheet (OASIS OpenDocument 1.3, part 3: « table:table »).

_CONTENT = "content.xml"
_PLAIN = ("", "none")
_UNSEEN = ("collapse", "filter")
_SPACES = {"tab": "\t", "line-break": "\n"}
_LEFT = frozenset({"annotation", "ruby-text"})
_ERRORS = ("#", "Err:")
_NUMBERS = frozenset({"float", "currency", "percentage"})


def read_ods(package: Package) -> Iterator[Grid]:
    """Its sheets, in order; comments of cells do not count. Raises ``Refused``."""
    if b"encryption-data" in package.small("META-INF/manifest.xml"):
        raise Refused(f"« {package.name} » ne s’ouvre pas : {_LOCKED}.")
    rows: list[tuple[int, list[Cell], str]] = []
    struck = set()
    unseen = set()
    shown: list[bool] = []
    number = 1
    for element in package.elements(_CONTENT, "style", "table-column", "table-row", "table"):
        if local(element) == "style":
            name = attribute(element, "name")
            lines = (attribute(inner, "text-line-through-style") for inner in element)
            if any(line not in _PLAIN for line in lines):
                struck |= {name}
            if any(attribute(cell_style, "display") == "false" for cell_style in element):
                unseen |= {name}
            continue
        if local(element) == "table-column":
            times = min(_times(element, "number-columns-repeated"), MOST_COLUMNS - len(shown))
            shown += [attribute(element, "visibility") not in _UNSEEN] * times
            continue
        if local(element) == "table":
            name = attribute(element, "name")
            aside = frozenset(rank for rank, is_shown in enumerate(shown) if not is_shown)
            is_hidden = attribute(element, "style-name") in unseen
            yield Grid(name, gathered(iter(rows), name), hidden=is_hidden, aside=aside)
            rows = []
            shown = []
            number = 1
            continue
        cells = _cells(element, struck)
        # A row said to be there a million times is an empty one.
        times = _times(element, "number-rows-repeated")
        if cells and len(rows) > MOST_ROWS:
            raise too_many(package.name)
        if cells:
            out = _withdrawn(element, struck)
            rows += [(number + shift, [*cells], out) for shift in range(min(times, MOST_COLUMNS))]
        number += times


def _withdrawn(row: etree._Element, struck: Set[str]) -> str:
    # How a row was taken out: hidden, by a filter too, or with words that are struck.
    if attribute(row, "visibility") in _UNSEEN:
        return HIDDEN
    cells = row.iterchildren("{*}table-cell", "{*}covered-table-cell") if struck else ()
    if any(_struck_words(cell, struck) == _words(cell) != "" for cell in cells):
        return STRUCK
    return ""


def _words(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _struck_words(element: etree._Element, struck: Set[str]) -> str:
    if attribute(element, "style-name") in struck:
        return _words(element)
    return "".join(_struck_words(child, struck) for child in element)


def _cells(row: etree._Element, struck: Set[str]) -> list[Cell]:
    cells = []
    waiting = 0
    for element in row:
        if local(element) not in ("table-cell", "covered-table-cell"):
            continue
        link = next((attribute(anchor, "href") for anchor in element.iter("{*}a")), "")
        link = link or led_by(attribute(element, "formula"))
        cell = replace(_cell(element), link=link) if link else _cell(element)
        if struck and _struck_words(element, struck) not in ("", _words(element)):
            cell = Cell(fault=PARTLY_STRUCK)
        times = _times(element, "number-columns-repeated")
        if cell.empty:
            waiting += times
            continue
        cells += [Cell()] * min(waiting, MOST_COLUMNS)
        cells += [cell] * min(times, MOST_COLUMNS)
        waiting = 0
        if len(cells) > MOST_COLUMNS:
            break
    return cells


def _times(element: etree._Element, name: str) -> int:
    return number_of(attribute(element, name), 10**8) or 1


def _cell(element: etree._Element) -> Cell:
    formula = bool(attribute(element, "formula"))
    shown = clipped("\n".join(joined(_text(node)) for node in element if local(node) in ("p", "h")))
    kinds = [str(value) for key, value in element.items() if str(key).endswith("}value-type")]
    kind = "error" if "error" in kinds else next(iter(kinds), "")
    if formula and (kind == "error" or shown.startswith(_ERRORS)):
        return Cell(formula=True, fault=f"la formule donne « {shown[:20]} »")
    if formula and not kind:
        return Cell(formula=True, fault=NO_VALUE)
    if kind in _NUMBERS:
        number = number_cell(attribute(element, "value"), formula=formula)
        shown = shown or number.shown
        money = attribute(element, "currency")
        if money not in ("", "EUR") and not _PRICE.search(shown):
            shown = f"{shown}\u00a0{money}"
        return Cell(number.text, shown, number.typed, formula)
    if kind == "date":
        day, _, hour = attribute(element, "date-value").partition("T")
        return Cell(f"{day} {hour[:5]}" if hour.strip("0:.Z") else day, shown, True, formula)
    if kind == "boolean":
        text = "oui" if attribute(element, "boolean-value") == "true" else "non"
        return Cell(text, text, True, formula)
    return Cell(shown or clipped(attribute(element, "string-value")), shown, formula=formula)


def _text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(_times(child, "c"), 20)
        elif name in _SPACES:
            yield _SPACES[name]
        elif name and name not in _LEFT:
            yield from _text(child)
        yield child.tail or ""
