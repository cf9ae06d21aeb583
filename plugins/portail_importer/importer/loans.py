"""Loans: a row of the spreadsheet joins ``itinerance`` in the file of its tool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from portail.diagnostics import Diagnostic, Refused, Report, Severity
from portail.model.collections import Etape
from portail.model.faults import Fault, FieldPath, phrase
from portail.model.kinds import place_ref
from portail.site.item import Item
from portail.source.validation import validate
from portail.text.dates import jour
from portail.text.normalise import name_key
from portail.text.suggest import nearest
from portail_importer.tableurs.columns import TOOL, Sheet
from portail_plume.sheet import Sheet as Text
from portail_plume.sheet import add_rows

from .base import Base
from .ground import path_of
from .kinds import LENT
from .rows import Filled, filled, placed, row_at
from .values import Change, Fate

_LIST = "itinerance"
_LOAN = ("lieu", "emprunteur", "commune", "du", "au", "exemplaire")
_OVERLAP = "E504"


class _Loan(Struct, frozen=True):
    """A row: its number, the loan as a file writes it."""

    row: int
    written: Mapping[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        written = self.written
        who = name_key(written.get("emprunteur", ""))
        parts = (written.get("lieu", ""), who, written.get("du", ""), written.get("au", ""))
        return (
            *parts,
            str(int(written["exemplaire"])) if written.get("exemplaire", "").isdecimal() else "",
        )


class Loans(Struct):
    """What the rows of a spreadsheet of loans come to."""

    sheet: Sheet
    base: Base
    changes: list[Change] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    # How many rows have an error, and no change.
    faulty: int = 0

    def say(self, code: str, row: int, name: str, **values: object) -> None:
        self.faults.append(self.base.diagnose(code, row, self.sheet.rank(name), **values))


def import_loans(sheet: Sheet, base: Base) -> Loans:
    """Add the new loans to their tools. Raises ``Refused`` for a file to edit by hand."""
    run = Loans(sheet, base)
    loans: dict[str, list[_Loan]] = defaultdict(list)
    for filled_row in filled(sheet, base):
        run.faults += filled_row.diagnostics
        item = _tool(filled_row, run)
        loan = _loan(filled_row, run)
        if item and loan and not filled_row.diagnostics:
            loans[item.ref].append(loan)
        else:
            run.faulty += 1
    for ref, rows in loans.items():
        _add(base.items[ref], rows, run)
    return run


def _tool(filled_row: Filled, run: Loans) -> Item | None:
    # The tool of a row, by its title or the name of its file (E139).
    name = filled_row.text(TOOL)
    folder = LENT.value
    item = run.base.items.get(f"{folder}/{run.base.named(name, (folder,))}")
    if item is None:
        same = run.base.slugs(name, (folder,))
        spellings = run.base.spellings((folder,))
        near = [spellings[key] for key in nearest(name, spellings, key=str)]
        remedy = "Importez d’abord les outils : portail importer --modele outils."
        if near:
            remedy = phrase("proches", propose=", ".join(f"« {it} »" for it in near))
        if same:
            remedy = f"Plusieurs ont ce titre : écrivez {' ou '.join(same)}."
        run.say("E139", filled_row.row.number, TOOL, valeur=name or "…", remede=remedy)
    return item


def _loan(filled_row: Filled, run: Loans) -> _Loan | None:
    # The loan of a row; a borrower known to the directory becomes its ``lieu``.
    written = {name: filled_row.text(name) for name in _LOAN if filled_row.text(name)}
    for name in ("lieu", "emprunteur"):
        slug = run.base.named(written.get(name, ""))
        if place_ref(slug) in run.base.items:
            del written[name]
            written["lieu"] = slug
    if not {"lieu", "emprunteur"} & written.keys():
        remedy = "Remplissez « Lieu » ou « Emprunteur »."
        run.say("E201", filled_row.row.number, "emprunteur", cle="emprunteur", remede=remedy)
        return None
    return _Loan(filled_row.row.number, {name: written[name] for name in _LOAN if name in written})


def _add(item: Item, rows: Sequence[_Loan], run: Loans) -> None:
    text = run.base.text(item.entry)
    there = [_key_of(loan) for loan in getattr(item.entry, _LIST)]
    new: list[_Loan] = []
    first_rows: dict[tuple[str, ...], int] = {}
    for loan in rows:
        note = ""
        if loan.key in first_rows:
            note = f"comme la ligne {first_rows[loan.key]}"
        elif loan.key not in there and any(_overlap(loan.key, key) for key in there):
            note = "corrigé dans la fiche : laissé"
        elif loan.key not in there:
            new.append(loan)
        if note or loan.key in there:
            same = Change(fate=Fate.SAME, row=loan.row, path=text.file.path, note=note)
            run.changes.append(same)
        first_rows.setdefault(loan.key, loan.row)
    if new:
        _write(text, new, run)


def _overlap(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    # Whether two loans of one copy to one borrower have a day in common.
    place, who, start, end, copy = first
    days = start <= second[3] and second[2] <= end
    return days and (place, who, copy) == (second[0], second[1], second[4])


def _key_of(loan: Etape) -> tuple[str, ...]:
    days = loan.du.isoformat(), loan.au.isoformat()
    copy = str(loan.exemplaire) if loan.exemplaire else ""
    return (loan.lieu or "", name_key(loan.emprunteur or ""), *days, copy)


def _write(text: Text, new: Sequence[_Loan], run: Loans) -> None:
    data, rows, own = _tried(text, new, run)
    bad = {fault.position.line for fault in own if fault.severity is Severity.ERREUR}
    rest = [loan for loan in new if loan.row not in bad]
    if bad and rest:  # without the bad rows, overlaps among the others show up too
        own += [fault for fault in _tried(text, rest, run)[2] if fault not in own]
    run.faults += own

    def place(fault: Diagnostic, path: FieldPath) -> Diagnostic:
        row = row_at(path, rows, 0) or new[-1].row
        return placed(fault, run.sheet, run.base, row, path)

    for loan in new:
        change = Change(
            fate=Fate.NEW,
            row=loan.row,
            path=text.file.path,
            after=data,
            note="un prêt",
            place=place,
        )
        run.changes.append(change)


def _tried(
    text: Text, new: Sequence[_Loan], run: Loans
) -> tuple[bytes, Sequence[int], list[Diagnostic]]:
    # The file with new loans, the row that each of its loans comes from, and their faults.
    path = text.file.path
    added = add_rows(text, _LIST, [loan.written for loan in new], _order)
    if added is None:
        raise Refused(f"« {path} » : son en-tête n’a pas un champ par ligne, ajoutez-y ses prêts.")
    rows = [new[~rank].row if rank < 0 else 0 for rank in added.order]
    after = text.mended(added.edits)
    data = after.raw.encode()
    root = after.root
    if root is None:
        raise Refused(f"« {path} » ne se relit pas avec ces prêts : ajoutez-les à la main.")
    entry, faults, _ = validate(root, LENT, text.file.slug, path, run.base.portal.reading)
    own = [*_placed(faults, rows, data, run, new[-1].row)]
    if not Report(own).has_errors:
        own += _overlaps(entry.rules(entry), rows, after, run)
    return data, rows, own


def _order(loan: Any) -> tuple[str, str]:
    days = loan if isinstance(loan, Mapping) else {}
    return str(days.get("du", "")), str(days.get("au", ""))


def _placed(
    faults: Iterable[Diagnostic], rows: Sequence[int], data: bytes, run: Loans, last: int
) -> Iterator[Diagnostic]:
    # Faults of the new loans; those of the file itself are for ``portail check``.
    for fault in faults:
        path = path_of(data, fault, run.base)
        if path[:1] != (_LIST,) or fault.code == _OVERLAP:
            continue
        row = row_at(path, rows, last)
        if row:
            yield placed(fault, run.sheet, run.base, row, path[2:])


def _overlaps(
    faults: Iterable[Fault], rows: Sequence[int], after: Text, run: Loans
) -> Iterator[Diagnostic]:
    # Loans that take more copies than there are (E504), at the last row of those that are new.
    root = after.root
    assert root is not None

    def where(loc: Any) -> str:
        return str(rows[loc[1]] or f"{root.at(loc).line} de {after.file.path}")

    for fault in faults:
        if fault.code != _OVERLAP:
            continue
        met: Any = [fault.values["ligne"], fault.values["autres"]]
        both = [met[0], *met[1]]
        own = max(both, key=lambda loc: rows[loc[1]])
        loan = root.at(own)
        other_rows = [where(loc) for loc in both if loc != own]
        days = {name: date.fromisoformat(str(loan.at((name,)).value)) for name in ("du", "au")}
        ends = {name: jour(day, semaine=False) for name, day in days.items()}
        avec = "ceux des lignes" if len(other_rows) > 1 else "celui de la ligne"
        details = {"ligne": rows[own[1]], "avec": avec, "autres": ", ".join(other_rows), **ends}
        details["raison"] = fault.values["raison"]
        yield run.base.diagnose(_OVERLAP, rows[own[1]], run.sheet.rank("du"), **details)
