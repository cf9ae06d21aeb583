"""Columns of the spreadsheets that become files: derived from the schema of their kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, TypeAlias

from portail.features.services.schemas.kind_schema import Schema, kind_schema
from portail.model import genres
from portail.model.entry import Entry
from portail.model.faults import Fault
from portail.model.genres import Genre
from portail.model.kinds import RENEWED, Kind, kept, served
from portail.model.vocabulary import Vocabularies, Vocabulary
from portail.resources import table
from portail.text.dates import suggested_date
from portail.text.normalise import (
    decimal_of,
    is_number,
    name_key,
    numbers_in,
    with_newlines,
)
from portail.text.suggest import nearest
from portail.text.typography import capital

from .grid import Cell, Grid, Row

# Columns that no field of the model is.
# The text under the front matter.
BODY = "corps"
# The row elsewhere that a row is.
IDENTIFIER = "identifiant"
# The file that a loan is written in.
TOOL = "outil"
# Rows among which the heads of columns are looked for: titles and notes may stand above.
_SEARCHED = 30
# Where a head of a program goes on with another word.
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A row of ``importer.yml``."""

    genre: str
    feuille: str
    modele: tuple[str, ...]
    exemple: Mapping[str, str]
    autres: Mapping[str, tuple[str, str]]
    mots: Mapping[str, tuple[str, ...]]
    liste: str = ""
    ecartes: tuple[str, ...] = ()
    exige: tuple[tuple[str, ...], ...] = ()
    vient: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    laisses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: the field that it fills (``pret.tarif``), its label, its part of the schema."""

    name: str
    label: str
    help: str
    schema: Schema = field(hash=False, compare=False)
    required: bool = False

    @property
    def listed(self) -> bool:
        return self.schema.get("type") == "array"

    @property
    def leaf(self) -> Schema:
        if self.listed:
            return dict(self.schema["items"])
        return self.schema

    @property
    def numeric(self) -> bool:
        return self.leaf.get("type") in ("integer", "number")

    @property
    def daily(self) -> bool:
        return self.leaf.get("x-code") == "E210"

    @property
    def choices(self) -> Sequence[str]:
        """The labels of its controlled list, in order; none without one."""
        return [*self.leaf.get("x-libelles", ())]


@dataclass(frozen=True)
class Form:
    """A spreadsheet that can be imported: ``name`` is « outils », « prets »…"""

    name: str
    row: ColumnRow
    columns: tuple[Column, ...]

    @property
    def kind(self) -> Kind:
        return Kind(self.row.genre)

    @property
    def template(self) -> list[Column]:
        by_name = {column.name: column for column in self.columns}
        return [by_name[name] for name in self.row.modele]

    @cached_property
    def left(self) -> frozenset[str]:
        """Heads that are known and fill nothing (``name_key``)."""
        return frozenset(map(name_key, self.row.laisses))

    def fits(self, names: Collection[str]) -> bool:
        """Whether a sheet of columns ``names`` may be of this form."""
        return all(any(name in names for name in choice) for choice in self.row.exige)

    @cached_property
    def by_head(self) -> Mapping[str, Column]:
        """Columns by what their head may say (``name_key``): labels, other words, groups."""
        columns: dict[str, Column] = {}
        for column in self.columns:
            own = column.label, column.name.replace("_", " ").replace(".", " ")
            for words in (*own, *self.row.mots.get(column.name, ())):
                columns.setdefault(name_key(words), column)
        inner = [(name_key(str(column.schema.get("title"))), column) for column in self.columns]
        counts = Counter(words for words, _ in inner)
        for words, column in inner:
            # A title that two groups have (« minimum ») says nothing of which is meant.
            if counts[words] == 1:
                columns.setdefault(words, column)
        return columns

    def column(self, head: str) -> Column | None:
        """The column that a head names (« heureFin »); what is in brackets, a unit, does not
        count."""
        head = _HUMP.sub(" ", head)
        whole = name_key(head)
        before, _, bracketed = head.partition("(")
        short = name_key(f"{before} {bracketed.partition(')')[2]}")
        if whole in self.left:
            return None
        return self.by_head.get(whole) or self.by_head.get(short)

    def near(self, head: str) -> str:
        """The label of the column that a head most likely means; empty for none."""
        labels = nearest(head, self.by_head, limit=1)
        if labels:
            return self.by_head[labels[0]].label
        return ""


# Spreadsheets that can be imported: those whose kind the portal has.
NAMES = kept(
    list[str](),
    lambda: [
        *(name for name in ("outils", "prets", "evenements", "lieux") if name in served(sans=())),
        *genres.by_folder(),
    ],
)


@lru_cache(1)
def forms(vocabularies: Vocabularies) -> Mapping[str, Form]:
    """Every spreadsheet that can be imported, by name."""
    tables = table("importer", dict[str, ColumnRow], "portail_importer.tableurs")
    folders = genres.by_folder()
    rows = {name: tables[name] for name in NAMES if name not in folders}
    rows |= {name: _own_row(genre, tables["evenements"]) for name, genre in folders.items()}
    return {name: Form(name, row, tuple(_columns(row, vocabularies))) for name, row in rows.items()}


RENEWED.append(forms.cache_clear)


def _own_row(genre: Genre, events: ColumnRow) -> ColumnRow:
    # The spreadsheet of a kind of the instance: what it has of that of events, and its fields.
    def is_open(name: str) -> bool:
        field = _FILLS.get(name, name.partition(".")[0])
        return field in genre.model.model_fields and field not in genre.model.closed

    names = tuple(filter(is_open, events.modele))
    own = [name for name in genre.said.champs if name not in (*Entry.model_fields, *names)]
    return changed(
        events,
        genre=genre.folder,
        feuille=capital(genre.said.pluriel)[:_SHEET],
        exige=(),
        exemple=events.exemple if genre.dated else {},
        modele=(*names, *_asked(genre, own)),
        autres={name: other_names for name, other_names in events.autres.items() if is_open(name)},
    )


_SHEET = 31
"""Signs that the name of a sheet holds (ECMA-376)."""
# The field that a column of events fills, where it is none.
_FILLS = {"adresse_dite": "adresse", "code_insee": "adresse", "prix": "tarif",
          "reservation": "inscription", "reserver": "inscription", "jour": "debut",
          "jour_fin": "debut", "heure": "debut", "heure_fin": "debut", "horaires_iso": "debut",
          "lien": "references", BODY: "titre", IDENTIFIER: "ids_externes"}  # fmt: skip


def _asked(genre: Genre, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        kind = genres.tables().types.get(genres.type_of(name, genre.said.champs[name]))
        if kind and kind.parts:
            yield from (f"{name}.{part}" for part in kind.parts)
        elif kind and kind.saisie not in ("", "acces"):
            yield name


def _columns(row: ColumnRow, vocabularies: Vocabularies) -> Iterator[Column]:
    schema: Any = kind_schema(Kind(row.genre), vocabularies, None)
    if row.liste:
        schema = schema["properties"][row.liste]["items"]
    required = frozenset(schema.get("required", ()))
    for name, (label, words) in row.autres.items():
        yield Column(name, label, words, {"type": "string", "title": label}, name == TOOL)
    for name, part in schema["properties"].items():
        if name in row.ecartes:
            continue
        if "properties" in part:
            for key, inner in part["properties"].items():
                yield _column(f"{name}.{key}", inner, False, f"{part['title']} : ")
        elif _is_plain(part):
            yield _column(name, part, name in required)


def _is_plain(schema: Schema) -> bool:
    kind = schema.get("type")
    if kind == "array":
        return _is_plain(schema["items"])
    return kind != "object"


def _column(name: str, schema: Schema, required: bool, before: str = "") -> Column:
    title = str(schema["title"])
    label = f"{before}{title[0].lower()}{title[1:]}" if before else title
    return Column(name, label, str(schema.get("description", "")), schema, required)


@dataclass(frozen=True)
class Sheet:
    """A sheet read as a form: the ranks of its columns, the heads that no column has."""

    grid: Grid
    form: Form
    head: Row
    columns: Mapping[int, Column]
    unknown: Mapping[int, str]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows under the heads that may be contents."""
        return [row for row in self._under if not self._is_aside(row)]

    @property
    def aside(self) -> Iterator[Row]:
        """Notes, totals, heads that come again."""
        return (row for row in self._under if self._is_aside(row))

    @property
    def _under(self) -> Iterator[Row]:
        return (row for row in self.grid.rows if row.number > self.head.number)

    def _is_aside(self, row: Row) -> bool:
        # Whether a row has one cell alone, or a total, and none that its form always has.
        texts = {rank: cell.text for rank, cell in enumerate(row.cells) if cell.text}
        if len(texts) > 1 and all(self.head.at(rank).text == text for rank, text in texts.items()):
            return True
        needed = {self.rank(name) for name in chain(*self.form.row.exige[1:])}
        if not (needed and texts):
            return False
        first, text = next(iter(texts.items()))
        if name_key(text).partition(" ")[0] in ("total", "totaux"):
            return not needed & (texts.keys() - {first})
        return len(texts) == 1 and not (first in needed and any(map(str.isdigit, text)))

    def rank(self, name: str) -> int | None:
        """The rank of the column of a field, if the sheet has it."""
        return next((rank for rank, column in self.columns.items() if column.name == name), None)


def sheet_of(grid: Grid, form: Form) -> Sheet | None:
    """``grid`` under the row that names most columns of ``form``, two at least."""
    first_rows = grid.rows[:_SEARCHED]
    best = max(first_rows, key=lambda row: len(_named(row, form)), default=None)
    columns = _named(best, form) if best else {}
    if best is None or len(columns) < 2:
        return None
    heads = ((rank, cell.text) for rank, cell in enumerate(best.cells) if cell.text)
    unnamed = ((rank, text) for rank, text in heads if rank not in columns)
    unknown = {rank: text for rank, text in unnamed if name_key(text) not in form.left}
    return Sheet(grid, form, best, columns=columns, unknown=unknown)


def _named(row: Row, form: Form) -> dict[int, Column]:
    # The columns of a row of heads: the first of those that name one field.
    columns: dict[int, Column] = {}
    for rank, cell in enumerate(row.cells):
        column = form.column(cell.text)
        if column and column not in columns.values():
            columns[rank] = column
    return columns


# From cells, as contributors fill them, to the values of a front matter.

Value: TypeAlias = str | list[str] | list[dict[str, str]]

# From what a cell says, and its folders, to the slug that has that title, else to itself.
Named: TypeAlias = Callable[[str, Sequence[str]], str]

"""A number that a text writes: thousands for some, decimals for others."""
# Values of a list that are looked at.
_MOST = 60
# Parts between commas that may be one value.
_LONGEST = 6


def value_of(cell: Cell, column: Column, vocabularies: Vocabularies, named: Named) -> Value | Fault:
    """What a cell says as a file writes it, right or not; a fault for what has two meanings."""
    if column.name == BODY:
        return with_newlines(cell.text)
    large = column.numeric and column.leaf.get("maximum", 1_000) >= 1_000  # not a latitude
    *head, last = cell.text.replace(",", ".").split(".")
    if large and not cell.typed and _is_unsure(head, last):
        whole = "".join(head)
        parted = f"{whole},{last}".rstrip("0").rstrip(",")
        meant = f"{whole}{last}, ou {parted}"
        details = {"valeur": cell.text, "cle": column.label, "attendu": meant}
        return Fault("E209", tuple(column.name.split(".")), {**details})
    if not column.listed:
        return _scalar(cell, column, vocabularies, named)
    folders = column.leaf.get("x-references", ())
    vocabulary = _vocabulary(column, vocabularies)
    text = cell.text
    if vocabulary is None and (";" in text or "\n" in text):
        pieces = [part.strip() for part in text.replace("\n", ";").split(";")]
    else:
        pieces = _pieces(
            text,
            lambda part: bool(
                vocabulary.find(part) if vocabulary else named(part, folders) != part
            ),
        )
    values = [_scalar(Cell(piece), column, vocabularies, named) for piece in pieces if piece]
    return [*dict.fromkeys(values)]


def _is_unsure(head: list[str], last: str) -> bool:
    """Whether groups of figures are a whole number or one with decimals: « 1.234 »."""
    groups = (*head[1:], last)
    if not head or len(head[0]) > 3 or not is_number(head[0]):
        return False
    return all(len(group) == 3 and is_number(group) for group in groups)


def _scalar(cell: Cell, column: Column, vocabularies: Vocabularies, named: Named) -> str:
    schema = column.leaf
    text = cell.text
    vocabulary = _vocabulary(column, vocabularies)
    if vocabulary is not None:
        term = vocabulary.find(cell.text)
        if term:
            return term.code
        return cell.text
    if column.daily:
        iso = None
        if any(len(number) > 3 for number in numbers_in(text)):
            iso = suggested_date(text)
        return iso.removesuffix(" 00:00") if iso else text  # a spreadsheet gives midnight to days
    if column.numeric:
        plain = "".join(text.split())
        if decimal_of(plain) is None:
            return text
        return plain.replace(",", ".")
    text = " ".join(filter(None, map(str.strip, text.split("\n"))))
    if "x-references" in schema:
        return named(text, schema["x-references"])
    if schema.get("x-completion") == "communes":
        return _commune(text)
    return text


def _vocabulary(column: Column, vocabularies: Vocabularies) -> Vocabulary | None:
    name = column.leaf.get("x-vocabulaire")
    if name:
        return vocabularies[str(name)]
    return None


def _commune(text: str) -> str:
    """The name of a commune, its postcode in brackets after it: « Lille (59000) »."""
    first, _, after = text.partition(" ")
    before, _, last = text.rpartition(" ")
    for code, name in ((first, after.strip()), (last, before.strip())):
        if len(code) == 5 and is_number(code) and name and not name[0].isdigit():
            return f"{name} ({code})"
    return text


def _pieces(text: str, is_whole: Callable[[str], bool]) -> list[str]:
    # Values parted by semicolons or lines, else by commas; a known one with a comma is whole.
    rows = (
        _between_commas(part.split(",")[:_MOST], is_whole)
        for part in text.replace("\n", ";").split(";")
    )
    return [*filter(None, chain.from_iterable(rows))]


def _between_commas(words: Sequence[str], is_whole: Callable[[str], bool]) -> list[str]:
    values = []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _LONGEST), start + 1, -1)
        whole = (end for end in ends if is_whole(",".join(words[start:end]).strip()))
        end = next(whole, start + 1)
        values.append(",".join(words[start:end]).strip())
        start = end
    return values
