"""From what items of a source ask for to what is written: new files, updates, what is left.

What the source said last time (``journal``) parts what it changes from what a person has edited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import chain, count
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.codes import diagnostic, shown
from portail.diagnostics import Diagnostic, Report
from portail.features.corriger.sheet import Sheet as Text
from portail.features.corriger.sheet import field_text, path_at
from portail.features.importer.asked import Asked
from portail.features.importer.base import (
    ASIDE,
    BARE,
    NOTE,
    SOURCE,
    Base,
    Journal,
    Outcome,
    State,
    Step,
    mark,
)
from portail.features.importer.departed import CANCELLED, departed
from portail.features.importer.matching import Traits, matched, traits_of_item
from portail.features.importer.uids import hourless, is_derived
from portail.features.importer.values import (
    PUBLISHED,
    dated,
    edited,
    front_of,
    parts_of,
    stays,
    value_at,
)
from portail.features.schemas.fields import fields_of
from portail.features.schemas.front_matter import front_matter_of
from portail.features.tableurs.columns import BODY, IDENTIFIER
from portail.features.tableurs.grid import Refused
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.names import file_name, free_name
from portail.model.registry import MODELS
from portail.site.draft import read_document
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.text.normalise import name_key, slug_of_filename
from portail.text.visible import seen

_BYTES = 60_000_000


class _Run(Struct):
    base: Base
    journal: Journal
    accept: bool
    steps: list[Step] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    seen: dict[object, int] = field(default_factory=dict)
    """The item of each file, and of each identifier."""
    taken: set[str] = field(default_factory=set)
    """References of the contents, there or new."""
    there: set[str] = field(default_factory=set)
    """Those that the source says too."""
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    """References that are remembered and no more there, by their field and digest of it."""
    aside: set[PurePosixPath] = field(default_factory=set)
    """The files to complete."""
    weight: int = 0
    faulty: int = 0

    def __post_init__(self) -> None:
        self.taken |= self.base.items.keys()
        for ref in self.journal.keys() - self.taken:
            self.gone |= {(name, str(one)): ref for name, one in self.journal[ref].items()}


class _Read(Struct):
    """An item as its file would be."""

    one: Asked
    draft: SourceFile
    data: bytes
    faults: tuple[Diagnostic, ...]
    values: Mapping[str, Any] | None
    """What each part says; ``None`` when nothing is read."""
    traits: Traits


def import_all(
    asked: Iterable[Asked], base: Base, journal: Journal, *, accept: bool, bodies: bool = True
) -> tuple[Outcome, Mapping[int, Asked]]:
    """What ``asked`` comes to, and each by its number; without ``bodies``, what their texts have
    wrong is left to be told by the trial among the contents, which reads them over every processor.
    Raises ``Refused`` for too much."""
    run = _Run(base, {ref: dict(one) for ref, one in journal.items()}, accept)
    reads = [_read(one, run, bodies=bodies) for one in _named([*asked])]
    items = matched([one.traits for one in reads if one.one.alone], base, journal)
    for one in reads:
        _import(one, items.get(one.one.number), run)
    _depart(reads, journal, run)
    remembered = run.journal if run.journal != journal else None
    joined = sum(one.one.rows - 1 for one in reads)
    outcome = Outcome(run.steps, run.found, remembered, faulty=run.faulty, joined=joined)
    return outcome, {one.one.number: one.one for one in reads}


def _named(asked: Sequence[Asked]) -> Iterator[Asked]:
    """``asked``, those of one identifier that are not one content without it."""
    told: dict[tuple[str, str], set[object]] = defaultdict(set)
    for one in asked:
        said: tuple[object, ...] = (name_key(one.text("titre")),)
        if is_derived(one.identifier):
            said += (one.address, *(one.text(name) for name in ("lieu", "adresse.nom")))
        told[one.namespace, one.identifier].add(said)
    for one in asked:
        if one.alone and len(told[one.namespace, one.identifier]) > 1:
            left = {key: it for key, it in one.values.items() if not key.startswith("ids_externes")}
            one = replace(one, identifier="", values=left)
        yield one


def _read(one: Asked, run: _Run, *, bodies: bool) -> _Read:
    draft = run.base.file(one.kind, _name(one, run.base))
    if one.alone and one.diagnostics:
        return _Read(one, draft, b"", one.diagnostics, None, traits_of_item(one, None))
    data = seen(file_of(one, run.base)).encode()
    run.weight += len(data)
    if run.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    read = data if bodies or not one.text(BODY) else seen(file_of(_short(one), run.base)).encode()
    loaded, _ = read_document(read, draft, run.base.portal.reading)
    values = _parts(one, loaded.entry, run.base) if loaded.entry else None
    traits = traits_of_item(one, loaded.entry)
    return _Read(one, draft, data, loaded.diagnostics, values, traits)


def _parts(one: Asked, entry: Entry, base: Base) -> dict[str, Any]:
    front = front_matter_of(entry, base.portal.geography.label)
    return parts_of(one.kind, one.values, entry, front)


def _import(read: _Read, item: Item | None, run: _Run) -> None:
    one = read.one
    if one.alone and one.diagnostics:
        _left(one, read.draft, b"", [*one.diagnostics], run)
        return
    if not one.alone:
        days = read.traits.days
        item = run.base.known(one.kind, one.namespace, one.identifier, one.text("titre"), days)
    if _is_duplicate(read, item, run):
        return
    faults = [*_faults(one, read.faults, read.data, run.base, there=item is not None)]
    faults += one.doubts
    if read.values is None or Report(faults).has_errors:
        _left(one, read.draft, b"" if item else read.data, faults, run)
        return
    run.found += faults
    if item is not None:
        run.there.add(item.ref)
        path = run.base.file(one.kind, item.entry.slug, item.entry.source)
        _update(one, read.values, item, path, run)
    else:
        _create(one, read.values, read.data, run)


def _short(one: Asked) -> Asked:
    """``one`` with a text that has nothing wrong."""
    return replace(one, values={**one.values, BODY: "…texte."})


def _name(one: Asked, base: Base) -> str:
    return one.slug or file_name(one.kind, one.text("titre"), base.portal.day)


def _is_duplicate(read: _Read, item: Item | None, run: _Run) -> bool:
    """Whether an item before gave the same content: by its identifier, else by its file."""
    one = read.one
    traits = read.traits
    same = (traits.titles, traits.place, traits.starts) if one.alone else read.draft.path
    keys: list[object] = [item.ref] if item else []
    keys += [(one.kind, one.namespace, one.identifier)] if one.identifier else [(one.kind, same)]
    for key in keys:
        if run.seen.setdefault(key, one.number) != one.number:
            title = one.text("titre") or read.draft.slug
            said = {"autre": f"{one.unit} {run.seen[key]}", "valeur": title}
            twice = run.base.said("E138", one.number, **said)
            _left(one, read.draft, b"", [twice], run)
            return True
    return False


def _depart(reads: Sequence[_Read], journal: Journal, run: _Run) -> None:
    """Proposes to cancel the events to come that the source had, and has no more."""
    if any(one.one.cut for one in reads):
        return
    base = run.base
    for gone in departed([one.traits for one in reads], run.there, base, journal):
        item = gone.item
        file = base.file(Kind.EVENT, item.entry.slug, item.entry.source)
        before = file.file.read_bytes()
        memory = run.journal[item.ref]
        memory[SOURCE] = base.key
        step = Step(0, file.path, State.GONE, before, note=gone.note)
        if not gone.note:
            changes = dated({"etat": CANCELLED}, item.entry, base.portal.day)
            after = edited(Text(file, before.decode("utf-8")), changes)
            step = replace(step, proposed=after, after=after if run.accept else b"")
        if step.after:
            step = replace(step, note="annulé")
            memory["etat"] = mark(CANCELLED)
        run.steps.append(step)


def _faults(
    one: Asked, found: Iterable[Diagnostic], data: bytes, base: Base, *, there: bool
) -> Iterator[Diagnostic]:
    """Those of the item, then of its file elsewhere, but for what the content that is there has."""
    yield from one.diagnostics
    already = {fault.position for fault in one.diagnostics}
    for fault in found:
        inner = fault.position.line > 1  # missing inside a group, which the item begins to say
        if there and fault.code == "E201" and not inner:
            continue
        placed = one.place(fault, path_of(data, fault, base))
        if placed.position not in already or one.alone:
            yield placed


def _left(one: Asked, draft: SourceFile, data: bytes, faults: list[Diagnostic], run: _Run) -> None:
    """An item that is not ready: an error of the import, or a file to complete, aside."""
    if not one.alone:
        run.found += faults
        run.faulty += 1
        return
    path = _aside(draft.path, run.aside)
    run.aside |= {path} if data else set()
    after = with_faults(data, faults) if data else b""
    state = State.LEFT if after else State.REFUSED
    told = tuple(faults)
    step = Step(one.number, path, state, after=after, faults=told, losses=one.losses)
    run.steps.append(step)


def _aside(path: PurePosixPath, held: Set[PurePosixPath]) -> PurePosixPath:
    """Where a file to complete is written: no other of ``held`` has its name."""
    own = PurePosixPath(ASIDE, *path.parts[1:])
    names = (own.with_name(f"{own.stem}-{rank}{own.suffix}") for rank in count(2))
    return next(one for one in chain([own], names) if one not in held)


def _create(one: Asked, values: Mapping[str, Any], data: bytes, run: _Run) -> None:
    base = run.base
    name = one.text("titre")
    memory = {SOURCE: run.base.key} | {part: mark(value) for part, value in values.items()}
    if bare := hourless(one.identifier):
        memory[BARE] = mark(bare)
    if gone := _taken_away(one, memory, run):
        path = base.file(one.kind, gone.partition("/")[2]).path
        note = f"retiré depuis le dernier import : laissé (pour le reprendre : {base.journal.name})"
        run.steps.append(Step(one.number, path, State.SAME, note=note))
        return
    slug = one.slug if one.slug and f"{one.kind.value}/{one.slug}" not in run.taken else ""
    slug = slug or free_name(one.kind, name, base.portal.day, run.taken)
    ref = f"{one.kind.value}/{slug}"
    run.taken.add(ref)
    run.journal[ref] = memory
    path = base.file(one.kind, slug).path
    run.steps.append(Step(one.number, path, State.NEW, after=data, losses=one.losses))


def _taken_away(one: Asked, memory: Mapping[str, Any], run: _Run) -> str:
    """The reference of a content that this item once gave and that is no more; empty for none."""
    if not one.identifier:
        ref = f"{one.kind.value}/{_name(one, run.base)}"
        return ref if ref in run.journal and ref not in run.taken else ""
    names = (IDENTIFIER, f"ids_externes.{one.namespace}")
    ids = [mark(told) for told in (one.identifier, hourless(one.identifier)) if told]
    found = (run.gone.get((name, told), "") for name in (*names, BARE) for told in ids)
    ref = next(filter(None, found), "")
    if not ref and one.alone:  # the source names it otherwise
        twin = run.gone.get(("titre", str(memory.get("titre"))), "")
        ref = twin if twin and run.journal[twin].get("quand") == memory.get("quand", "") else ""
    return ref


def file_of(one: Asked, base: Base) -> str:
    """The file of an item: a line for each of its values, its text."""
    front = front_of(one.values)
    front.setdefault(PUBLISHED, base.portal.day.isoformat())
    order = [name for name, _ in fields_of(MODELS[one.kind])]
    fields = sorted(front.items(), key=lambda field: order.index(field[0]))
    head = "".join(f"# {shown(note, 400)}\n" for note in one.notes)
    head += "".join(field_text(key, value) for key, value in fields)
    body = one.text(BODY)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def path_of(data: bytes, found: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in: the text, under the front matter."""
    text = Text(base.file(Kind.RESSOURCE, "x", found.position.path), data.decode("utf-8"))
    line = found.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, found.position.column)


def _update(one: Asked, values: Mapping[str, Any], item: Item, file: SourceFile, run: _Run) -> None:
    before = file.file.read_bytes()
    text = Text(file, before.decode("utf-8"))
    memory = run.journal.setdefault(item.ref, {})
    changes: dict[str, Any] = {}
    held = 0
    there = front_matter_of(item.entry, run.base.portal.geography.label)
    for name, value in values.items():
        body = text.parts.body.strip() if name == BODY and text.parts else None
        now = value_at(there, item.entry, name) if body is None else body
        last = memory.get(name)
        if now == value or (one.alone and stays(name, now, value, item.entry)):
            memory[name] = mark(value)
        elif last == mark(value):
            held += 1  # by a person: the source says what it said
        elif last is None or last == mark(now):
            changes[name] = value
        else:
            said: Any = {"cle": one.labels.get(name, name), "fichier": file.path, "ici": now}
            run.found.append(diagnostic("A141", one.at(name), **said, tableur=value))
    cancelled = memory.get("etat") == mark(CANCELLED) and there.get("etat") == CANCELLED
    if one.alone and cancelled and "etat" not in values:
        changes["etat"] = None  # the source has it again
    memory[SOURCE] = run.base.key
    kept = "1 valeur gardée" if held == 1 else f"{held} valeurs gardées"
    note = f"retouché depuis le dernier import : {kept}" if held else ""
    step = partial(Step, one.number, file.path, losses=one.losses, note=note)
    proposed = edited(text, dated(changes, item.entry, run.base.portal.day)) if changes else b""
    if not changes:
        run.steps.append(step(State.SAME, before))
    elif run.accept:
        memory |= {name: mark(value) for name, value in changes.items()}
        run.steps.append(step(State.CHANGED, before, proposed, proposed))
    else:
        run.steps.append(step(State.WAITING, before, proposed))


def without(outcome: Outcome, bad: Mapping[PurePosixPath, list[Diagnostic]]) -> Outcome:
    """``outcome``, the files of ``bad`` left aside with their faults, and not remembered."""
    steps: list[Step] = []
    held = {step.path for step in outcome.steps if step.after}
    refs = set()
    for step in outcome.steps:
        if step.path in bad:
            name = step.path.parent.name if step.path.name == "index.md" else step.path.name
            refs.add(f"{step.path.parts[1]}/{slug_of_filename(name)}")
            path = _aside(step.path, held)
            held.add(path)
            faults = tuple(bad[step.path])
            after = b"" if step.before else with_faults(step.after, faults)
            step = replace(step, path=path, state=State.LEFT, after=after, faults=faults)
        steps.append(step)
    journal = {ref: one for ref, one in (outcome.journal or {}).items() if ref not in refs}
    gone = {path.parent for path in bad if path.name == "index.md"}
    beside = {path: data for path, data in outcome.beside.items() if path.parent not in gone}
    return replace(outcome, steps=steps, journal=journal, beside=beside)


def with_faults(data: bytes, faults: Iterable[Diagnostic]) -> bytes:
    """A file to complete: what is wrong with it is said at its head, as comments."""
    said = "".join(f"{NOTE}{shown(f'{one.message} {one.hint}'.strip(), 400)}\n" for one in faults)
    return data.replace(b"---\n", f"---\n{said}".encode(), 1)
