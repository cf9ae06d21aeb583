"""What a source brings: its format recognised, its items compared with the contents."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portail.cli.importer.base import Base, Outcome
from portail.cli.importer.engine import import_all
from portail.cli.importer.given import given
from portail.cli.importer.journal import read_journal
from portail.cli.importer.loans import import_loans
from portail.cli.importer.rows import asked_of, faults_of_heads, formulas, placed
from portail.cli.terminal import counted, safe
from portail.codes import shown
from portail.diagnostics import Diagnostic
from portail.model.faults import FieldPath
from portail.workbooks.columns import Form, Sheet, forms, sheet_of
from portail.workbooks.grid import Grid, Refused
from portail.workbooks.reading import read_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A source, and what its items come to."""

    base: Base
    heading: Sequence[str]
    """What was read, in French lines."""
    subject: str
    unit: str
    """What an item is called: « ligne », « élément »."""
    outcome: Outcome
    place: Callable[[int, Diagnostic, FieldPath], Diagnostic]
    """From the number of an item and a fault of its file, at a field, to where the item says it."""
    alone: bool = False
    """Whether each item is written, whatever the others are."""
    diagnostics: Sequence[Diagnostic] = ()


def brought(base: Base, options: Namespace) -> Brought:
    """What the source of ``options`` comes to. Raises ``Refused``, ``ConfigError``."""
    return _of_sheet(read_workbook(Path(base.source)), base, options)


def _of_sheet(grids: list[Grid], base: Base, options: Namespace) -> Brought:
    sheet = _sheet(grids, forms(base.vocabularies), options)
    journal = read_journal(base.journal)
    if sheet.form.told.liste:
        outcome = import_loans(sheet, base, journal)
    else:
        asked = given(asked_of(sheet, base), options.avec)
        outcome, _ = import_all(asked, base, journal, accept=options.accepter)

    def place(row: int, found: Diagnostic, path: FieldPath) -> Diagnostic:
        listed = outcome.listed.get(found.position.path)
        rank = path[1] if len(path) > 1 else None
        own = listed[rank] if listed and isinstance(rank, int) else 0
        return placed(found, sheet, base, own or row, path)

    return Brought(
        base=base,
        heading=[*_heading(sheet, grids)],
        subject=f"{base.name}, feuille « {shown(sheet.grid.name)} »",
        unit="ligne",
        outcome=outcome,
        place=place,
        diagnostics=[*faults_of_heads(sheet, base.name)],
    )


def _sheet(grids: list[Grid], known: Mapping[str, Form], options: Namespace) -> Sheet:
    """The first sheet that is one of the forms. Raises ``Refused``."""
    wanted = [known[options.type]] if options.type else [known["prets"], known["outils"]]
    names = [grid.name for grid in grids]
    if options.feuille and options.feuille not in names:
        raise Refused(f"Il n’y a pas de feuille « {options.feuille} » : {', '.join(names)}.")
    found = (
        sheet
        for grid in grids
        for form in wanted
        if options.feuille in (None, grid.name)
        and (sheet := sheet_of(grid, form))
        and (form.name == "outils" or {"du", "au"} & {it.name for it in sheet.columns.values()})
    )
    sheet = next(found, None)
    if sheet is None:
        raise Refused(
            f"« {options.source} » : aucune ligne ne porte les noms de colonnes attendus. "
            "Partez du modèle : portail importer --modele outils (ou prets)."
        )
    return sheet


def _heading(sheet: Sheet, grids: list[Grid]) -> Iterator[str]:
    rows = counted(len(sheet.rows), ("ligne", "lignes"))
    columns = counted(len(sheet.columns), ("colonne reconnue", "colonnes reconnues"))
    notes = "".join(f", {note}" for note in sheet.grid.notes)
    yield safe(f"Feuille « {sheet.grid.name} » ({sheet.form.name}) : {rows}, {columns}{notes}.")
    others = [f"« {grid.name} »" for grid in grids if grid is not sheet.grid]
    if others:
        yield safe(f"Ce qui n’est pas lu : {', '.join(others)}.")
    if computed := formulas(sheet):
        cells = counted(computed, ("cellule vient", "cellules viennent"))
        yield f"{cells} d’une formule : sa valeur enregistrée est lue."
