"""Rows of a sheet, and their faults, each at its cell and with the name of its column.

Whether a row of a spreadsheet is public: by its state, or a column that no field takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.features.services.oublis.leftovers import is_invitation
from portail.model.faults import Fault, FieldPath, phrase
from portail.model.kinds import Kind
from portail.model.states import safest
from portail.site.coordinates import misplaced
from portail.text.normalise import fold
from portail_importer.importer.public import (
    Fate,
    Said,
    embargo_in,
    publication,
    said_in,
    said_under,
    says,
    speaks,
    state_of,
)
from portail_importer.tableurs.columns import (
    BODY,
    IDENTIFIER,
    Column,
    Sheet,
    value_of,
)
from portail_importer.tableurs.grid import (
    Row,
    column_letters,
)
from portail_importer.tableurs.models import NAMESPACE, example_cell

from .base import FIELD, Base
from .kinds import LENT
from .sources.items import Loss, remarks_of
from .sources.leftovers import without_leftovers
from .sources.prose import clear_lines, doubtful
from .sources.sheets import (
    TICKS,
    composed,
    is_another_date,
    same_event,
    sessions_of,
    together,
)
from .values import UNNAMED, Request, Valued

# What a row says under « statut » when one of its columns keeps it from readers.
_HIDDEN = {Fate.DRAFT: "brouillon", Fate.DOUBT: "brouillon", Fate.LEFT: "privé"}


class Switches(NamedTuple):
    """What the columns that no field takes say of publication."""

    values: Mapping[str, Any]
    losses: tuple[Loss, ...] = ()


def switches_of(sheet: Sheet) -> Mapping[int, str]:
    """Heads, by their ranks, of the columns that no field takes and that say whether a row is
    public; those that are empty say nothing."""
    heads = {rank: head.partition("(")[0].strip() for rank, head in sheet.unknown.items()}
    return {
        rank: head
        for rank, head in heads.items()
        if any(
            speaks(head, text) or says(NAMESPACE, head)
            for row in sheet.rows
            if (text := _yes_or_no(row.at(rank).text))
        )
    }


def with_switches(
    values: Mapping[str, Any], row: Row, columns: Mapping[int, str], today: date
) -> Switches:
    """The ``values`` of a row with the « statut » that ``columns`` give it. A blank where others
    say « publié » means no, but under the row of its event, which says it for all of its dates."""
    said: list[Said] = []
    for rank, head in columns.items():
        text = _yes_or_no(row.at(rank).text)
        if says(NAMESPACE, head):
            said += said_in(NAMESPACE, {head: text})
        elif (text or values.get("titre")) and (it := said_under(head, text, today)):
            said.append(it)
    told = publication(said, today)
    losses = remarks_of(told)
    if state := safest(*(state_of(it.value) or "" for it in said if it.sort == "tenue")):
        values = {**values, "etat": safest(state, str(values.get("etat", "")))}
    own = publication(said_in(NAMESPACE, {"statut": values.get("statut", "")}), today)
    if told.fate not in _HIDDEN or own.fate > told.fate:
        return Switches(values, losses)
    return Switches({**values, "statut": _HIDDEN[told.fate]}, losses)


def _yes_or_no(text: str) -> str:
    return TICKS.get(fold(text), text)


def as_public(
    values: Mapping[str, Any], base: Base
) -> tuple[Mapping[str, Any], str, tuple[Loss, ...]]:
    """The values of a row that is ready, a draft, or not public, and why; an unknown word stays."""
    words = dict(_foreign_words(values, base))
    told = publication(said_in(NAMESPACE, words), base.portal.day)
    texts = (str(values.get(name) or "") for name in ("titre", "resume", BODY))
    losses = remarks_of(publication(embargo_in(*texts), base.portal.day))
    known = {key: value for key, value in values.items() if key not in words}
    if told.fate is Fate.LEFT:
        return known, told.refusal, ()
    kept = values if told.fate is Fate.DOUBT else known
    is_draft = told.fate is Fate.DRAFT or losses
    if told.fate is Fate.DOUBT:
        asked = (Loss(key, str(word), _UNKNOWN, asked="valeurs") for key, word in words.items())
        losses = (*losses, *asked)
    return {**kept, **({"statut": "brouillon"} if is_draft else {})}, "", losses


def _foreign_words(values: Mapping[str, Any], base: Base) -> Iterator[tuple[str, object]]:
    lists = base.vocabularies
    for key, terms in (("statut", lists["statuts"]), ("etat", lists["etats"])):
        if values.get(key) and values[key] not in terms:
            yield key, values[key]


_UNKNOWN = "ce mot n’est pas de nos listes"
_MISSING = "E201"
# Fields that a fault asks for, beside the one that it is in.
_NEEDED = {"E233": "ancien_debut"}
_ASIDE = "Si c’est un événement, remplissez sa date et son résumé"
# Columns of texts, which may hold an invitation that was pasted.
_TEXTS = (BODY, "resume", "tarif.conditions")


class Filled(Valued, frozen=True, kw_only=True):
    """A row: its values by column, in the order of the model, and the faults of its cells."""

    row: Row
    diagnostics: tuple[Diagnostic, ...]
    # The row of each session, when several rows are one event.
    listed: tuple[int, ...] = ()
    # How many rows were merged into it.
    rows: int = 1
    losses: tuple[Loss, ...] = ()


def filled(sheet: Sheet, base: Base) -> Iterator[Filled]:
    """The filled rows; those that are dates of one event are merged."""
    read = _read(sheet, base)
    if sheet.form.kind is LENT:
        return read
    rows = _rows_together(read, sheet, base)
    if sheet.form.kind.info.dated:
        return _events(rows, sheet, base)
    return rows


def _read(sheet: Sheet, base: Base) -> Iterator[Filled]:
    place = base.portal.geography.place
    example = {
        rank: example_cell(sheet.form, column, place) for rank, column in sheet.columns.items()
    }
    order = {column.name: rank for rank, column in enumerate(sheet.form.columns)}
    columns = switches_of(sheet)
    for row in sheet.rows:
        if all(row.at(rank).text == text for rank, text in example.items()):
            continue
        values: dict[str, Any] = {}
        faults = []
        for rank, column in sorted(sheet.columns.items(), key=lambda pair: order[pair[1].name]):
            cell = row.at(rank)
            if column.name not in _TEXTS:
                cell = replace(cell, text=clear_lines(cell.text))
            value = value_of(cell, column, base.vocabularies, base.named) if cell.text else ""
            if isinstance(value, Fault):
                faults.append(
                    _cell_fault(value, row.number, column, rank=rank, sheet=sheet, base=base)
                )
            elif value:
                values[column.name] = value
        if values or faults:
            said = with_switches(values, row, columns, base.portal.day)
            yield Filled(
                row=row,
                values=said.values,
                diagnostics=tuple(faults),
                losses=said.losses,
            )


def _rows_together(rows: Iterable[Filled], sheet: Sheet, base: Base) -> Iterator[Filled]:
    columns = {column.name: column for column in sheet.form.columns}
    order = {name: rank for rank, name in enumerate(columns)}
    for filled_row in rows:
        row = composed(sheet.form.kind, filled_row.values, base)
        number = filled_row.row.number
        faults = [
            _cell_fault(fault, number, columns[name], rank=sheet.rank(name), sheet=sheet, base=base)
            for fault, name in (*row.faults, *_far(row.values, base))
        ]
        values = sorted(row.values.items(), key=lambda pair: order.get(pair[0], -1))
        yield replace(
            filled_row,
            values=dict(values),
            diagnostics=(*filled_row.diagnostics, *faults),
            losses=(*filled_row.losses, *row.losses),
        )


def _far(values: Mapping[str, Any], base: Base) -> Iterator[tuple[Fault, str]]:
    # The fault of coordinates that are too far from their commune, and its column.
    try:
        lat, lon = (float(values[f"coordonnees.{name}"]) for name in ("lat", "lon"))
    except (KeyError, ValueError):
        return
    town = str(values.get("commune") or values.get("adresse.commune") or "")
    if far := misplaced((lat, lon), base.portal.geography.named(town) if town else None):
        yield far, "coordonnees.lat"


def _cell_fault(
    fault: Fault, row: int, column: Column, rank: int | None, sheet: Sheet, base: Base
) -> Diagnostic:
    return _in_column(base.diagnose(fault.code, row, rank, **fault.values), column, rank, sheet)


def _events(rows: Iterable[Filled], sheet: Sheet, base: Base) -> Iterator[Filled]:
    # Rows of one title and place as one event; a date alone is of the event above it.
    groups: dict[object, list[Filled]] = {}
    last: object = None
    for filled_row in rows:
        if last is None or not is_another_date(filled_row.values):
            last = filled_row.row.number
            if filled_row.text("titre") and "horaires" not in filled_row.values:
                last = same_event(filled_row.values)
        groups.setdefault(last, []).append(filled_row)
    for group in groups.values():
        yield group[0] if len(group) == 1 else _one_event(group, sheet, base)


def _one_event(group: list[Filled], sheet: Sheet, base: Base) -> Filled:
    values, unlike = together([filled_row.values for filled_row in group])
    faults = list(chain.from_iterable(filled_row.diagnostics for filled_row in group))
    for number, names in unlike:
        row = group[number].row.number
        labels = dict.fromkeys(_label(name, sheet) for name in names)
        details = {"autre": group[0].row.number, "colonnes": ", ".join(labels)}
        faults.append(base.diagnose("E149", row, **details))
    dated: list[tuple[int, dict[str, str]]] = []
    for filled_row in group:
        dated.extend((filled_row.row.number, date) for date in sessions_of([filled_row.values]))
    dated.sort(key=lambda pair: pair[1].get("debut", ""))
    return replace(
        group[0],
        values=values,
        diagnostics=tuple(faults),
        listed=tuple(row for row, _ in dated),
        rows=len(group),
        losses=tuple(chain.from_iterable(filled_row.losses for filled_row in group)),
    )


def _label(name: str, sheet: Sheet) -> str:
    column = _column([name, name.partition(".")[0]], sheet)
    if column:
        return f"« {column.label} »"
    return name


def requests_of(sheet: Sheet, base: Base) -> Iterator[Request]:
    """The request of each row."""
    for filled_row in filled(sheet, base):
        number = filled_row.row.number
        values, losses = _without_leftovers(filled_row.values)
        values, why, said = as_public(values, base)
        kept = []
        if why:
            kept = [base.diagnose("E142", number, titre=UNNAMED, raison=why)]
        yield Request(
            number=number,
            kind=sheet.form.kind,
            values=values,
            losses=() if why else (*filled_row.losses, *losses, *said),
            alone=bool(why),
            hidden=bool(why),
            place=partial(_placed, sheet, base, filled_row),
            cut=bool(why),
            namespace=NAMESPACE,
            identifier=filled_row.text(IDENTIFIER),
            doubts=tuple(_doubts(sheet.form.kind, values, number, base)),
            rows=filled_row.rows,
            diagnostics=tuple(kept) or filled_row.diagnostics,
        )


def _doubts(kind: Kind, values: Mapping[str, Any], number: int, base: Base) -> Iterator[Diagnostic]:
    if kind.info.dated and "reserve_a" not in values:
        titre, *texts = (str(values.get(name) or "") for name in ("titre", *_TEXTS))
        for it in doubtful(titre, "\n".join(texts), goes_on="etat" not in values):
            told = f"{it.name} « {it.value} »"
            yield base.diagnose("E174", number, valeur=told, raison=it.reason)


def _without_leftovers(values: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[Loss, ...]]:
    # The values of a row whose texts hold nothing that opens a meeting, and what was cut.
    texts = {name: str(values[name]) for name in _TEXTS if values.get(name)}
    invitation = is_invitation("\n".join(texts.values()))
    cleaned = {name: without_leftovers(text, invitation=invitation) for name, text in texts.items()}
    losses = chain.from_iterable(cleaning.losses for cleaning in cleaned.values())
    changed = {name: it.text for name, it in cleaned.items() if it.text != texts[name]}
    remaining = {
        name: value for name, value in {**values, **changed}.items() if value or name not in changed
    }
    return remaining, tuple(dict.fromkeys(losses))


def _placed(
    sheet: Sheet, base: Base, filled_row: Filled, fault: Diagnostic, path: FieldPath
) -> Diagnostic:
    if not path and filled_row.diagnostics:
        # What is missing was written but not understood: shown where it is written.
        return replace(fault, position=filled_row.diagnostics[0].position)
    row = row_at(path, filled_row.listed, filled_row.row.number)
    return placed(fault, sheet, base, row, path)


def row_at(path: FieldPath, rows: Sequence[int], otherwise: int) -> int:
    """The row, of those that make up a list, that what is at ``path`` in this list comes from."""
    rank = path[1] if rows and len(path) > 1 else None
    if isinstance(rank, int):
        return rows[rank]
    return otherwise


def faults_of_heads(sheet: Sheet, name: str) -> Iterator[Diagnostic]:
    """Columns that are not known, or that say what another says (A135)."""

    def at(rank: int) -> Position:
        return Position(PurePosixPath(name), sheet.head.number, rank + 1, 1)

    read = switches_of(sheet)
    for rank, head in sheet.unknown.items():
        if rank in read:
            continue
        why = "n’est pas reconnue"
        near = sheet.form.near(head)
        remedy = "Son nom est peut-être dans le modèle : portail importer --modele "
        remedy = phrase("proche", propose=near) if near else f"{remedy}{sheet.form.name}"
        if sheet.form.column(head):
            why = f"dit aussi « {near} »"
            remedy = "La première est gardée : ôtez celle qui est de trop."
        if _asks(sheet, rank):
            why = "répond par oui ou par non, et n’est pas reconnue"
            remedy = (
                "Si elle dit ce qui n’a pas lieu, nommez-la « Annulé », ce qui se cache « Secret »."
            )
        yield diagnostic("A135", at(rank), colonne=head, raison=why, remede=remedy)
    for row in sheet.aside:
        rank = next(rank for rank, cell in enumerate(row.cells) if cell.text)
        place = Position(PurePosixPath(name), row.number, rank + 1, 1)
        yield diagnostic(
            "A147",
            place,
            valeur=row.at(rank).text,
            raison="n’a ni date ni autre champ",
            remede=_ASIDE,
        )


def _asks(sheet: Sheet, rank: int) -> bool:
    # Whether all that a column says is yes or no.
    said = {fold(row.at(rank).text) for row in sheet.rows} - {""}
    return bool(said) and said <= {*TICKS, *TICKS.values()}


def placed(
    fault: Diagnostic, sheet: Sheet, base: Base, row: int, path: FieldPath = ()
) -> Diagnostic:
    """A fault of a file, at the cell that it comes from: that of the field at ``path``."""
    missing = ""
    if fault.code == _MISSING and fault.fix.beside:
        missing = fault.fix.beside[0]
    missing = _NEEDED.get(fault.code, missing)
    keys = tuple(str(step) for step in path if isinstance(step, str))
    names = [missing, ".".join(keys), ".".join(keys[-1:]), *(keys[:1])]
    names += [name for name, place in FIELD.items() if place[0] in keys]
    column = _column([missing] if fault.code in _NEEDED else names, sheet)
    rank = sheet.rank(column.name) if column else None
    moved = replace(fault, position=base.at(row, rank), paste="", label="")
    if column is None:
        return moved
    if missing and rank is None:
        hint = f"Ajoutez une colonne « {column.label} », et remplissez-la."
        return replace(moved, position=base.at(sheet.head.number), hint=hint)
    if missing:
        moved = replace(moved, hint=f"Remplissez la colonne « {column.label} ».")
    return _in_column(moved, column, rank, sheet)


def _column(names: Iterable[str], sheet: Sheet) -> Column | None:
    # The column of the first of the fields ``names``, rather one that the sheet has.
    columns = {column.name: column for column in sheet.form.columns}
    own = [name for name in names if name in columns]
    sources = list(chain.from_iterable(sheet.form.row.vient.get(name, ()) for name in names))
    there = [name for name in (*own, *sources) if sheet.rank(name) is not None]
    return next((columns[name] for name in (*there, *own)), None)


def _in_column(fault: Diagnostic, column: Column, rank: int | None, sheet: Sheet) -> Diagnostic:
    where = f"Colonne « {column.label} »"
    if rank is not None:
        where += f" ({column_letters(rank)})"
    return replace(fault, message=f"{where} : {fault.message}")
