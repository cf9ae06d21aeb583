"""What a source brings: its format recognised, its items compared with the contents."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

from portail.cli.importer.base import Base, Outcome
from portail.cli.importer.engine import Asked, import_all
from portail.cli.importer.journal import read_journal
from portail.cli.importer.loans import import_loans
from portail.cli.importer.records import Fetch, asked_of_items, given, with_pictures
from portail.cli.importer.rows import asked_of, faults_of_heads, formulas, placed
from portail.cli.terminal import counted, safe
from portail.codes import shown
from portail.diagnostics import Diagnostic
from portail.imports.addresses import told
from portail.imports.formats import SAVED, Reader, reader_of
from portail.imports.found import Found, Picture
from portail.imports.saved import picture_bytes
from portail.model.faults import FieldPath
from portail.source.medias import PICTURE_BYTES
from portail.workbooks.columns import NAMES, Form, Sheet, forms, sheet_of
from portail.workbooks.grid import FILE_BYTES, Grid, Refused
from portail.workbooks.reading import is_workbook, read_source, workbook_of

_URL = re.compile("https?://", re.IGNORECASE)
_DOWNLOADS = "portail.telecharger"
"""Group of the entry point ``default``: a callable ``(url, most) -> (bytes, name, final url)``."""


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
    if _URL.match(base.source):
        data, name, _ = _downloaded(base.source, FILE_BYTES)
        return _of_bytes(data, name, base, options, _from_the_web)
    file = Path(base.source)
    if file.is_dir():
        items = SAVED.read(b"", str(file), base.day)
        return _of_items(items, SAVED, base, options, partial(_from_the_copy, file))
    return _of_bytes(read_source(file), file.name, base, options, _from_the_web)


def _from_the_copy(folder: Path, picture: Picture) -> bytes:
    """A picture of a saved site: there, else where it was. Raises ``Refused``."""
    return _from_the_web(picture) if _URL.match(picture.source) else picture_bytes(folder, picture)


def _downloaded(url: str, most: int) -> tuple[bytes, str, str]:
    """The file at ``url``, its name, where it was in the end. Raises ``Refused``."""
    found = next(iter(entry_points(group=_DOWNLOADS, name="default")), None)
    if found is None:
        raise Refused(
            f"« {told(url)} » n’est pas lu : ce portail est installé sans de quoi télécharger."
        )
    file: tuple[bytes, str, str] = found.load()(url, most=most)
    return file


def _from_the_web(picture: Picture) -> bytes:
    """A picture, from its address. Raises ``Refused``."""
    if not _URL.match(picture.source):
        raise Refused("elle n’est pas avec la source")
    return _downloaded(picture.source, PICTURE_BYTES)[0]


def _of_bytes(data: bytes, name: str, base: Base, options: Namespace, fetch: Fetch) -> Brought:
    reader = None if options.type or is_workbook(data) else reader_of(data, name)
    if reader is None:
        return _of_sheet(workbook_of(data, name), base, options)
    return _of_items(reader.read(data, name, base.day), reader, base, options, fetch)


def _of_items(
    items: Iterable[Found], reader: Reader, base: Base, options: Namespace, fetch: Fetch
) -> Brought:
    asked = given(asked_of_items(items, reader.unit, base), options.avec)
    journal = read_journal(base.journal)
    outcome, known = import_all(asked, base, journal, accept=options.accepter)
    outcome = with_pictures(outcome, known, base, fetch if options.images else None)

    def place(number: int, found: Diagnostic, path: FieldPath) -> Diagnostic:
        return known[number].place(found, path)

    count = counted(len(known), ("contenu lu", "contenus lus"))
    return Brought(
        base=base,
        heading=[safe(f"{base.name} ({reader.name}) : {count}.")],
        subject=base.name,
        unit=reader.unit,
        outcome=outcome,
        place=place,
        alone=True,
    )


def _of_sheet(grids: list[Grid], base: Base, options: Namespace) -> Brought:
    sheet = _sheet(grids, forms(base.vocabularies), options)
    journal = read_journal(base.journal)
    known: Mapping[int, Asked] = {}
    if sheet.form.told.liste:
        outcome = import_loans(sheet, base, journal)
    else:
        asked = given(asked_of(sheet, base), options.avec)
        outcome, known = import_all(asked, base, journal, accept=options.accepter)

    def place(row: int, found: Diagnostic, path: FieldPath) -> Diagnostic:
        if row in known:
            return known[row].place(found, path)
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
    """The sheet, and the form, with most columns that are known. Raises ``Refused``."""
    wanted = [known[options.type]] if options.type else [*known.values()]
    names = [grid.name for grid in grids]
    if options.feuille and options.feuille not in names:
        raise Refused(f"Il n’y a pas de feuille « {options.feuille} » : {', '.join(names)}.")
    found = [
        sheet
        for grid in grids
        for form in wanted
        if options.feuille in (None, grid.name)
        and (sheet := sheet_of(grid, form))
        and form.fits({one.name for one in sheet.columns.values()})
    ]
    sheet = max(found, key=_known, default=None)
    if sheet is None:
        raise Refused(
            f"« {options.source} » : aucune ligne ne porte les noms de colonnes attendus. "
            f"Partez du modèle : portail importer --modele {NAMES[0]} (ou {', '.join(NAMES[1:])})."
        )
    return sheet


def _known(sheet: Sheet) -> int:
    """How many columns of a sheet are known, less those that are not."""
    return len(sheet.columns) - len(sheet.unknown)


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
