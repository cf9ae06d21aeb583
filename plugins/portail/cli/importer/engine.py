"""From what items of a source ask for to what is written: new files, updates, what is left.

What the source said last time (``journal``) parts what it changes from what a person has edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.cli.importer.base import ASIDE, FIELD, Base, Journal, Outcome, State, Step, mark
from portail.cli.new import file_name, free_name
from portail.cli.trying import NOTE
from portail.codes import diagnostic, shown
from portail.diagnostics import Diagnostic, Position, Report
from portail.imports.found import Loss, Picture
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import Kind
from portail.model.registry import MODELS
from portail.repair.sheet import Edit, drop_field, field_text, path_at, set_inner
from portail.repair.sheet import Sheet as Text
from portail.schemas.fields import fields_of
from portail.schemas.front_matter import front_matter_of
from portail.site.draft import read_document
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.text.normalise import slug_of_filename
from portail.text.visible import seen
from portail.workbooks.columns import BODY, IDENTIFIER
from portail.workbooks.grid import Refused

_BYTES = 60_000_000
_DAY = "publie_le"
TOGETHER = {
    "quand": ("debut", "fin", "seances", "horaires", "rrule"),
    "ou": ("lieu", "adresse"),
    "prix": ("tarif",),
}
"""Fields of an event that say one thing in several ways: compared and written as one part."""


class Asked(Struct, frozen=True, kw_only=True):
    """What one item asks for; one that is ``alone`` does not keep the others from being written."""

    number: int
    kind: Kind
    values: Mapping[str, Any]
    place: Callable[[Diagnostic, FieldPath], Diagnostic]
    at: Callable[[str], Position]
    """Where it says a field."""
    namespace: str
    unit: str = "la ligne"
    """What ``number`` counts, with its article."""
    labels: Mapping[str, str] = field(default_factory=dict)
    identifier: str = ""
    alone: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()
    picture: Picture | None = None
    slug: str = ""
    """How its file is to be called, when the source says it."""
    medias: Mapping[str, str] = field(default_factory=dict)
    """Files that its text shows, from their places among the contents to where they are."""
    notes: tuple[str, ...] = ()
    """What its file says in comments: what someone should read again."""

    def text(self, name: str) -> str:
        """The value of a field that holds one; empty when it says nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


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
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    """References that are remembered and no more there, by their field and digest of it."""
    weight: int = 0

    def __post_init__(self) -> None:
        self.taken |= self.base.items.keys()
        for ref in self.journal.keys() - self.taken:
            self.gone |= {(name, str(one)): ref for name, one in self.journal[ref].items()}


def import_all(
    asked: Iterable[Asked], base: Base, journal: Journal, *, accept: bool, bodies: bool = True
) -> tuple[Outcome, Mapping[int, Asked]]:
    """What ``asked`` comes to, and each by its number; without ``bodies``, what their texts have
    wrong is left to be told by the trial among the contents, which reads them over every processor.
    Raises ``Refused`` for too much."""
    run = _Run(base, {ref: dict(one) for ref, one in journal.items()}, accept)
    known: dict[int, Asked] = {}
    for one in asked:
        known[one.number] = one
        _import(one, run, bodies=bodies)
    remembered = run.journal if run.journal != journal else None
    return Outcome(run.steps, run.found, remembered), known


def _import(one: Asked, run: _Run, *, bodies: bool) -> None:
    title = one.text("titre")
    draft = run.base.file(one.kind, _name(one, run.base))
    if one.alone and one.diagnostics:
        _left(one, draft, b"", [*one.diagnostics], run)
        return
    data = seen(file_of(one, run.base)).encode()
    run.weight += len(data)
    if run.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    read = data if bodies or not one.text(BODY) else seen(file_of(_short(one), run.base)).encode()
    loaded, _ = read_document(read, draft, run.base.portal.reading)
    item = run.base.known(one.kind, one.namespace, one.identifier, title, loaded.entry)
    if _is_duplicate(one, item, draft, run):
        return
    faults = [*_faults(one, loaded.diagnostics, data, run.base, there=item is not None)]
    if loaded.entry is None or Report(faults).has_errors:
        _left(one, draft, b"" if item else data, faults, run)
        return
    run.found += faults
    values = _parts(one, loaded.entry, run.base)
    if item is not None:
        path = run.base.file(one.kind, item.entry.slug, item.entry.source)
        _update(one, values, item, path, run)
    else:
        _create(one, values, data, run)


def _short(one: Asked) -> Asked:
    """``one`` with a text that has nothing wrong."""
    return replace(one, values={**one.values, BODY: "…texte."})


def _name(one: Asked, base: Base) -> str:
    return one.slug or file_name(one.kind, one.text("titre"), base.portal.day)


def _is_duplicate(one: Asked, item: Item | None, draft: SourceFile, run: _Run) -> bool:
    """Whether an item before gave the same content: by its identifier, else by its file."""
    keys: list[object] = [item.ref] if item else []
    keys += [(one.kind, one.identifier)] if one.identifier else [draft.path]
    for key in keys:
        if run.seen.setdefault(key, one.number) != one.number:
            title = one.text("titre") or draft.slug
            said = {"autre": f"{one.unit} {run.seen[key]}", "valeur": title}
            twice = run.base.said("E138", one.number, **said)
            _left(one, draft, b"", [twice], run)
            return True
    return False


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
        return
    path = PurePosixPath(ASIDE, *draft.path.parts[1:])
    after = with_faults(data, faults) if data else b""
    state = State.LEFT if after else State.REFUSED
    told = tuple(faults)
    step = Step(one.number, path, state, after=after, faults=told, losses=one.losses)
    run.steps.append(step)


def _create(one: Asked, values: Mapping[str, Any], data: bytes, run: _Run) -> None:
    base = run.base
    name = one.text("titre")
    if gone := _taken_away(one, run):
        path = base.file(one.kind, gone.partition("/")[2]).path
        note = f"retiré depuis le dernier import : laissé (pour le reprendre : {base.journal.name})"
        run.steps.append(Step(one.number, path, State.SAME, note=note))
        return
    slug = one.slug if one.slug and f"{one.kind.value}/{one.slug}" not in run.taken else ""
    slug = slug or free_name(one.kind, name, base.portal.day, run.taken)
    ref = f"{one.kind.value}/{slug}"
    run.taken.add(ref)
    run.journal[ref] = {part: mark(value) for part, value in values.items()}
    path = base.file(one.kind, slug).path
    run.steps.append(Step(one.number, path, State.NEW, after=data, losses=one.losses))


def _taken_away(one: Asked, run: _Run) -> str:
    """The reference of a content that this item once gave and that is no more; empty for none."""
    if one.identifier:
        names = (IDENTIFIER, f"ids_externes.{one.namespace}")
        found = (run.gone.get((name, mark(one.identifier)), "") for name in names)
        return next(filter(None, found), "")
    ref = f"{one.kind.value}/{_name(one, run.base)}"
    return ref if ref in run.journal and ref not in run.taken else ""


def file_of(one: Asked, base: Base) -> str:
    """The file of an item: a line for each of its values, its text."""
    front = front_of(one.values)
    front.setdefault(_DAY, base.portal.day.isoformat())
    order = [name for name, _ in fields_of(MODELS[one.kind])]
    fields = sorted(front.items(), key=lambda field: order.index(field[0]))
    head = "".join(f"# {shown(note, 400)}\n" for note in one.notes)
    head += "".join(field_text(key, value) for key, value in fields)
    body = one.text(BODY)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field, those of a group each by its own (``tarif.prix``)."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        inner = value.items() if isinstance(value, Mapping) else ()
        found |= {f"{name}.{key}": one for key, one in inner} if inner else {name: value}
    return found


def front_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """A front matter, of values by field."""
    front: dict[str, Any] = {}
    for name, value in values.items():
        if name == BODY:
            continue
        *groups, key = _path(name)
        inside = front
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[key] = value
    return front


def _path(name: str) -> tuple[str, ...]:
    return FIELD.get(name, tuple(name.split(".")))


def path_of(data: bytes, found: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in: the text, under the front matter."""
    text = Text(base.file(Kind.RESSOURCE, "x", found.position.path), data.decode("utf-8"))
    line = found.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, found.position.column)


# Values are compared as the model reads them, not as they are written.


def _parts(one: Asked, entry: Entry, base: Base) -> dict[str, Any]:
    """The canonical value of each part that says something."""
    front = front_matter_of(entry, base.portal.geography.label)
    found = {name: _at(front, entry, name) for name in _names(one)}
    return found | ({BODY: one.text(BODY)} if BODY in one.values else {})


def _names(one: Asked) -> Iterator[str]:
    together = TOGETHER if one.kind is Kind.EVENT else {}
    part_of = {key: part for part, keys in together.items() for key in keys}
    names = (part_of.get(_path(name)[0], name) for name in one.values if name != BODY)
    yield from dict.fromkeys(names)


def _at(front: Mapping[str, Any], entry: Entry, name: str) -> Any:
    """The value of a part as a file writes it; one that is left out means its default."""
    if name in TOGETHER:
        return {key: front[key] for key in TOGETHER[name] if key in front}
    value: Any = front
    default: Any = entry
    for key in _path(name):
        value = value.get(key) if isinstance(value, Mapping) else None
        default = getattr(default, key, None)
    return value if value is not None else (default or None)


def _update(one: Asked, values: Mapping[str, Any], item: Item, file: SourceFile, run: _Run) -> None:
    before = file.file.read_bytes()
    text = Text(file, before.decode("utf-8"))
    memory = run.journal.setdefault(item.ref, {})
    changes = {}
    edited = 0
    there = front_matter_of(item.entry, run.base.portal.geography.label)
    for name, value in values.items():
        body = text.parts.body.strip() if name == BODY and text.parts else None
        now = _at(there, item.entry, name) if body is None else body
        last = memory.get(name)
        if now == value:
            memory[name] = mark(value)
        elif last == mark(value):
            edited += 1  # by a person: the source says what it said
        elif last is None or last == mark(now):
            changes[name] = value
        else:
            said: Any = {"cle": one.labels.get(name, name), "fichier": file.path, "ici": now}
            run.found.append(diagnostic("A141", one.at(name), **said, tableur=value))
    kept = "1 valeur gardée" if edited == 1 else f"{edited} valeurs gardées"
    note = f"retouché depuis le dernier import : {kept}" if edited else ""
    step = partial(Step, one.number, file.path, losses=one.losses, note=note)
    proposed = _edited(text, changes) if changes else b""
    if not changes:
        run.steps.append(step(State.SAME, before))
    elif run.accept:
        memory |= {name: mark(value) for name, value in changes.items()}
        run.steps.append(step(State.CHANGED, before, proposed, proposed))
    else:
        run.steps.append(step(State.WAITING, before, proposed))


def _edited(text: Text, changes: Mapping[str, Any]) -> bytes:
    """The file with its changes; the rest stays byte for byte."""
    for path, value in _written(changes):
        edit = drop_field(text, path[0]) if value is None else set_inner(text, path, value)
        if edit is None:
            raise Refused(
                f"« {text.file.path} » : son en-tête n’a pas un champ par ligne, il faut le mettre "
                "à jour à la main."
            )
        text = text.mended([edit])
    if BODY in changes:
        text = text.mended([Edit(text.body_start, len(text.text), f"\n{changes[BODY]}\n")])
    return text.raw.encode()


def _written(changes: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in changes.items():
        if name in TOGETHER:
            yield from (((key,), value.get(key)) for key in TOGETHER[name])
        elif name != BODY:
            yield _path(name), value


def without(outcome: Outcome, bad: Mapping[PurePosixPath, list[Diagnostic]]) -> Outcome:
    """``outcome``, the files of ``bad`` left aside with their faults, and not remembered."""
    steps = []
    refs = set()
    for step in outcome.steps:
        if step.path in bad:
            name = step.path.parent.name if step.path.name == "index.md" else step.path.name
            refs.add(f"{step.path.parts[1]}/{slug_of_filename(name)}")
            path = PurePosixPath(ASIDE, *step.path.parts[1:])
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
