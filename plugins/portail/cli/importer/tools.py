"""Tools: a row of the spreadsheet is a file of ``content/ressources/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portail.cli.importer.base import FIELD, Base, Outcome, State, Step
from portail.cli.importer.journal import Journal, journal_text, told
from portail.cli.importer.rows import Filled, filled, formulas, front_of, path_of, placed
from portail.cli.new import file_name
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Report
from portail.files import is_reserved_name
from portail.model.entry import Entry
from portail.repair.rows import field_text, set_inner
from portail.repair.sheet import Edit
from portail.repair.sheet import Sheet as Text
from portail.schemas.front_matter import front_matter_of
from portail.site.draft import read_document
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.workbooks.columns import BODY, IDENTIFIER, Sheet
from portail.workbooks.grid import Refused

_BYTES = 60_000_000
"""Most that one import writes."""
_DAY = "publie_le"


@dataclass
class _Run:
    """An import under way."""

    sheet: Sheet
    base: Base
    journal: Journal
    accept: bool
    steps: list[Step] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """The row of each file."""
    formulas: int = 0
    weight: int = 0

    def say(self, code: str, row: int, **values: object) -> None:
        """A fault of a whole row."""
        self.found.append(diagnostic(code, self.base.at(row), paste="", label="", **values))


def import_tools(sheet: Sheet, base: Base, journal: Journal, *, accept: bool) -> Outcome:
    """What the rows of ``sheet`` come to: new files; files that change when a person has not
    edited what the spreadsheet says, and if ``accept``. Raises ``Refused`` for too much."""
    run = _Run(sheet, base, {ref: dict(one) for ref, one in journal.items()}, accept)
    for one in filled(sheet, base):
        _import(one, run)
    remembered = {base.source_of_journal: journal_text(run.journal)}
    changed = run.journal != journal
    return Outcome(run.steps, run.found, remembered if changed else {}, formulas(sheet))


def _import(one: Filled, run: _Run) -> None:
    """One row."""
    base, kind, number = run.base, run.sheet.form.kind, one.row.number
    title = one.text("titre")
    slug = file_name(kind, title, base.day)
    slug = f"{slug}-2" if is_reserved_name(slug) else slug
    item = base.known(kind, one.text(IDENTIFIER), title, slug)
    file = (
        base.source(kind, item.entry.slug, item.entry.source) if item else base.source(kind, slug)
    )
    keys = [str(file.path), *filter(None, [one.text(IDENTIFIER)])]
    for key in keys:
        if run.seen.setdefault(key, number) != number:
            run.say("E138", number, autre=run.seen[key], valeur=title or slug)
            return
    data = _text(one, run).encode()
    run.weight += len(data)
    if run.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez le tableur.")
    loaded, _ = read_document(data, file, base.reading)
    faults = [
        placed(fault, run.sheet, base, number, path_of(data, fault, base))
        for fault in loaded.diagnostics
        if not (item and fault.code == "E201" and not _is_inner(fault))
    ]
    told_already = {fault.position for fault in one.diagnostics}
    faults = [*one.diagnostics, *(it for it in faults if it.position not in told_already)]
    run.found += faults
    if loaded.entry is None or Report(faults).has_errors:
        return
    values = _values(one, loaded.entry, base)
    if item is None:
        run.journal[f"{kind.value}/{slug}"] = {name: told(value) for name, value in values.items()}
        run.steps.append(Step(number, file.path, State.NEW, after=data))
    else:
        _update(one, values, item, file, run)


def _is_inner(fault: Diagnostic) -> bool:
    """Whether a field is missing inside a group, which the row begins to say."""
    return fault.position.line > 1


def _text(one: Filled, run: _Run) -> str:
    """The file of a row: a line for each cell."""
    front = front_of(one.values, (BODY,))
    front.setdefault(_DAY, run.base.day.isoformat())
    order = run.sheet.form.order
    fields = sorted(front.items(), key=lambda field: order[field[0]])
    head = "".join(field_text(key, value) for key, value in fields)
    body = one.text(BODY)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def _values(one: Filled, entry: Entry, base: Base) -> dict[str, Any]:
    """The canonical value of each cell that says something, by column."""
    front = front_matter_of(entry, base.label)
    return {name: _at(front, entry, name) for name in one.values if name != BODY} | (
        {BODY: one.text(BODY)} if BODY in one.values else {}
    )


def _at(front: Mapping[str, Any], entry: Entry, name: str) -> Any:
    """The value of a field as a file writes it; one that is left out means its default."""
    value: Any = front
    default: Any = entry
    for key in _path(name):
        value = value.get(key) if isinstance(value, Mapping) else None
        default = getattr(default, key, None)
    return value if value is not None else (default or None)


def _path(name: str) -> tuple[str, ...]:
    return FIELD.get(name, tuple(name.split(".")))


# A file that is there already: what the spreadsheet said last time parts what it changes from what
# a person has edited.


def _update(
    one: Filled, values: Mapping[str, Any], item: Item, file: SourceFile, run: _Run
) -> None:
    number, ref = one.row.number, item.ref
    before = file.file.read_bytes()
    text = Text(file, before.decode("utf-8"))
    there = front_matter_of(item.entry, run.base.label)
    memory = run.journal.setdefault(ref, {})
    changes: dict[str, Any] = {}
    edited = 0
    for name, value in values.items():
        now = (
            text.parts.body.strip() if name == BODY and text.parts else _at(there, item.entry, name)
        )
        last = memory.get(name)
        if now == value:
            memory[name] = told(value)
        elif last == told(value):
            edited += 1  # by a person: the spreadsheet says what it said
        elif last is None or last == told(now):
            changes[name] = value
        else:
            label = next(it.label for it in run.sheet.form.columns if it.name == name)
            said = {"cle": label, "fichier": file.path, "tableur": value, "ici": now}
            run.found.append(diagnostic("A141", run.base.at(number, run.sheet.rank(name)), **said))
    note = f"retouché depuis le dernier import : {edited} valeurs gardées" if edited else ""
    note = note.replace("1 valeurs gardées", "1 valeur gardée") if edited == 1 else note
    if not changes:
        run.steps.append(Step(number, file.path, State.SAME, before, note=note))
        return
    proposed = _edited(text, changes)
    state = State.CHANGED if run.accept else State.WAITING
    after = proposed if run.accept else b""
    if run.accept:
        memory |= {name: told(value) for name, value in changes.items()}
    run.steps.append(Step(number, file.path, state, before, proposed, after, note))


def _edited(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file with its changes; the rest stays byte for byte."""
    for name, value in changes.items():
        if name == BODY:
            continue
        edit = set_inner(text, _path(name), value)
        if edit is None:
            raise Refused(
                f"« {text.file.path} » : son en-tête n’a pas un champ par ligne, il faut le mettre "
                "à jour à la main."
            )
        text = text.mended([edit])
    if BODY in changes:
        text = text.mended(_body(text, changes[BODY]))
    return text.raw.encode()


def _body(text: Text, body: str) -> Iterator[Edit]:
    yield Edit(text.body_start, len(text.text), f"\n{body}\n")
