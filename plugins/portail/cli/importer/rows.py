"""Rows of a sheet, and their faults: each said with its row and the name of its column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from portail.cli.importer.base import FIELD, Base, Outcome
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.model.faults import Fault, FieldPath, phrase
from portail.model.kinds import Kind
from portail.repair.rows import path_at
from portail.repair.sheet import Sheet as Text
from portail.workbooks.columns import BODY, Column, Sheet, Value, value_of
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


def front_of(values: Mapping[str, Value], left: Iterable[str] = ()) -> dict[str, object]:
    """A front matter, of values by column."""
    front: dict[str, object] = {}
    for name, value in values.items():
        if name in left:
            continue
        *groups, key = FIELD.get(name, tuple(name.split(".")))
        inside = front
        for group in groups:
            inside = inside.setdefault(group, {})  # type: ignore[assignment]
        inside[key] = value
    return front


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


def found_again(
    report: Iterable[Diagnostic], outcome: Outcome, sheet: Sheet, base: Base
) -> Iterator[Diagnostic]:
    """What the whole portal says of the files to write, at the rows that they come from."""
    rows = {step.path: step.row for step in outcome.steps if step.after}
    for one in report:
        file = one.position.path
        path = path_of(outcome.files[file], one, base)
        listed = outcome.listed.get(file)
        row = listed[path[1]] if listed and len(path) > 1 and isinstance(path[1], int) else None
        yield placed(one, sheet, base, row or rows[file], path)


def path_of(data: bytes, found: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in: the text, under the front matter."""
    text = Text(base.source(Kind.RESSOURCE, "x", found.position.path), data.decode("utf-8"))
    line = found.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, found.position.column)
