"""Rows of a sheet, and their faults: each said with its row and the name of its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from portail.cli.importer.base import FIELD, NAMESPACE, Base
from portail.cli.importer.engine import Asked
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import Fault, FieldPath, phrase
from portail.workbooks.columns import IDENTIFIER, Column, Sheet, Value, value_of
from portail.workbooks.grid import Row, column_letters
from portail.workbooks.models import example_cell

_MISSING = "E201"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a row says: values by column, in the order of the model, and what cannot be read."""

    row: Row
    values: Mapping[str, Value]
    diagnostics: tuple[Diagnostic, ...]

    def text(self, name: str) -> str:
        """The value of a column that holds one; empty when it says nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


def filled(sheet: Sheet, base: Base) -> Iterator[Filled]:
    """Every row under the heads, but the example of the template."""
    example = {rank: example_cell(sheet.form, one) for rank, one in sheet.columns.items()}
    order = {column.name: rank for rank, column in enumerate(sheet.form.columns)}
    for row in sheet.rows:
        if all(row.at(rank).text == text for rank, text in example.items()):
            continue
        values: dict[str, Value] = {}
        found = []
        for rank, column in sorted(sheet.columns.items(), key=lambda one: order[one[1].name]):
            cell = row.at(rank)
            if cell.fault:
                place = base.at(row.number, rank)
                found.append(_said(diagnostic("E137", place, raison=cell.fault), column, rank))
            value = value_of(cell, column, base.vocabularies, base.named) if cell.text else ""
            if isinstance(value, Fault):
                one = diagnostic(
                    value.code, base.at(row.number, rank), paste="", label="", **value.values
                )
                found.append(_said(one, column, rank))
            elif value:
                values[column.name] = value
        if values or found:
            yield Filled(row, values, tuple(found))


def asked_of(sheet: Sheet, base: Base) -> Iterator[Asked]:
    """What each row asks for: all are written, or none."""
    labels = {column.name: column.label for column in sheet.form.columns}
    for one in filled(sheet, base):
        number = one.row.number
        yield Asked(
            number=number,
            kind=sheet.form.kind,
            values=one.values,
            place=partial(_placed, sheet, base, number),
            at=partial(_at, sheet, base, number),
            labels=labels,
            namespace=NAMESPACE,
            identifier=one.text(IDENTIFIER),
            diagnostics=one.diagnostics,
        )


def _placed(sheet: Sheet, base: Base, row: int, found: Diagnostic, path: FieldPath) -> Diagnostic:
    return placed(found, sheet, base, row, path)


def _at(sheet: Sheet, base: Base, row: int, name: str) -> Position:
    return base.at(row, sheet.rank(name))


def formulas(sheet: Sheet) -> int:
    """Cells of known columns that a formula computed."""
    return sum(row.at(rank).formula for row in sheet.rows for rank in sheet.columns)


# Faults.


def faults_of_heads(sheet: Sheet, name: str) -> Iterator[Diagnostic]:
    """Columns that are not known (A135), and those that say the same (E136)."""

    def at(rank: int) -> Position:
        return Position(PurePosixPath(name), sheet.head.number, rank + 1, 1)

    for rank, head in sheet.unknown.items():
        near = sheet.form.near(head)
        template = (
            f"Son nom est peut-être dans le modèle : portail importer --modele {sheet.form.name}"
        )
        remedy = phrase("proche", propose=near) if near else template
        yield diagnostic("A135", at(rank), colonne=head, remede=remedy)
    for first, second in sheet.doubles:
        told = {"premiere": column_letters(first), "seconde": column_letters(second)}
        label = sheet.columns[first].label
        yield diagnostic("E136", at(second), colonne=label, **told)


def placed(
    found: Diagnostic, sheet: Sheet, base: Base, row: int, path: FieldPath = ()
) -> Diagnostic:
    """A fault of a file, at the cell that it comes from: that of the field at ``path``."""
    missing = found.paste.partition(":")[0] if found.code == _MISSING else ""
    keys = tuple(str(step) for step in path if isinstance(step, str))
    names = [missing, ".".join(keys), ".".join(keys[-1:]), *(keys[:1])]
    names += [name for name, other in FIELD.items() if other[0] in keys]
    column = next((one for name in names for one in sheet.form.columns if one.name == name), None)
    rank = sheet.rank(column.name) if column else None
    moved = replace(found, position=base.at(row, rank), paste="", label="")
    if column is None:
        return moved
    if missing and rank is None:
        hint = f"Ajoutez une colonne « {column.label} », et remplissez-la."
        return replace(moved, position=base.at(sheet.head.number), hint=hint)
    if missing:
        moved = replace(moved, hint=f"Remplissez la colonne « {column.label} ».")
    return _said(moved, column, rank)


def _said(found: Diagnostic, column: Column, rank: int | None) -> Diagnostic:
    where = f" ({column_letters(rank)})" if rank is not None else ""
    return replace(found, message=f"Colonne « {column.label} »{where} : {found.message}")
