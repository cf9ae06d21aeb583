"""From the requests of a source to files: new ones, updates, files to complete.

``journal`` remembers what the source said last time, which tells a change of the source from an
edit by a person.
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
from portail.diagnostics import Diagnostic, Refused, Report
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.corriger.sheet import field_text, path_at
from portail.features.intake.nouveau.names import file_name, free_name
from portail.features.services.schemas.fields import fields_of
from portail.features.services.tableurs.columns import BODY, IDENTIFIER
from portail.geo.coordinates import LatLon
from portail.model.faults import FieldPath
from portail.model.kinds import PLACES
from portail.model.place import PlaceEntry
from portail.model.registry import MODELS
from portail.site.draft import read_document
from portail.site.item import Item
from portail.site.redirections import former_path
from portail.site.rules.references import near, title_words
from portail.source.loader import SourceFile
from portail.terminal.text import counted
from portail.text.normalise import name_key, slug_of_filename, slugify
from portail.text.visible import visible_text

from .base import (
    ASIDE,
    BARE,
    JOURNAL,
    NOTE,
    Base,
    Journal,
    Outcome,
    State,
    Step,
    claims_of,
    is_owned,
    keep,
    mark,
)
from .departed import (
    CANCELLED,
    DRAFT,
    NO_MORE_PUBLIC,
    TOLD,
    departed,
    kept_shown,
)
from .kinds import LENT
from .matching import (
    Traits,
    are_apart,
    matched,
    point_of,
    traits_of_item,
)
from .origins import claim, is_its, origin_of
from .requests import Request
from .uids import hourless, is_derived
from .values import (
    PUBLISHED,
    dated,
    doubt,
    edited,
    front_of,
    parts_of,
    stays,
    value_at,
)

_FORMER = "anciennes_urls"
_BYTES = 60_000_000
_TWO_PLACES = (
    "Si c’est le même, ôtez-le de la source ; sinon, placez ce fichier : portail deposer FICHIER."
)
_OF_ANOTHER = (
    "donné par une autre source : ce qui diffère n’est pas écrit. Si c’est le même, corrigez la "
    "fiche à la main ; si c’en est un autre, donnez-lui un autre titre"
)


class _Run(Struct):
    base: Base
    journal: Journal
    accept: bool
    steps: list[Step] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    # The item of each file, and of each identifier.
    numbers: dict[object, int] = field(default_factory=dict)
    # References of the contents, there or new.
    taken: set[str] = field(default_factory=set)
    # Those that the source has.
    there: set[str] = field(default_factory=set)
    # Those of which it says what nobody has accepted: nothing is remembered of it.
    waiting: set[str] = field(default_factory=set)
    # The former source that it goes on with: see ``origins.py``.
    origin: str = ""
    # Contents of the journal that a person has removed: (field, digest) to reference.
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    # The files to complete.
    aside: set[PurePosixPath] = field(default_factory=set)
    weight: int = 0
    # Words of the names of places and where they are, by commune and reference.
    near: dict[str, dict[str, tuple[frozenset[str], LatLon | None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken |= self.base.items.keys()
        for ref in self.journal.keys() - self.taken:
            self.gone |= {(name, str(digest)): ref for name, digest in self.journal[ref].items()}


class _Read(Struct):
    request: Request
    draft: SourceFile
    data: bytes
    faults: tuple[Diagnostic, ...]
    # The value of each part; ``None`` when the file cannot be read.
    values: Mapping[str, Any] | None
    traits: Traits


def import_all(
    requests: Iterable[Request], base: Base, *, accept: bool
) -> tuple[Outcome, Mapping[int, Request]]:
    """The outcome of ``requests``, and each of them by its number. Raises ``Refused`` beyond
    ``_BYTES``."""
    run = _Run(base, {ref: {**digests} for ref, digests in base.journal.items()}, accept)
    reads = [_read(request, run) for request in without_twins([*requests])]
    items = _known(reads, run)
    for read in reads:
        _import(read, items.get(read.request.number), run)
    _depart(reads, run)
    claim(run.there - run.waiting, run.origin, base, run.journal)
    remembered = run.journal if run.journal != base.journal else None
    joined = sum(read.request.rows - 1 for read in reads)
    outcome = Outcome(run.steps, run.faults, remembered, joined=joined)
    return outcome, {read.request.number: read.request for read in reads}


def _known(reads: Sequence[_Read], run: _Run) -> Mapping[int, Item]:
    # The content of each item that has one, by its number; finds the origin of the source.
    base = run.base
    alone = all(read.request.alone for read in reads)
    found = matched([it.traits for it in reads if not it.request.hidden], base, alone=alone)
    there = {content.ref for content in found.values()}
    hidden = matched([it.traits for it in reads if it.request.hidden], base, alone=alone)
    found = {**found, **{number: it for number, it in hidden.items() if it.ref not in there}}
    pairs = [(it.traits, found[it.traits.number]) for it in reads if it.traits.number in found]
    new = sum(read.traits.number not in found and _is_new(read, run) for read in reads)
    run.origin = origin_of(pairs, new, base)
    return {
        traits.number: base.items[content.ref]
        for traits, content in pairs
        if is_owned(run.journal.get(content.ref, {}), run.origin) or is_its(traits, content)
    }


def _is_new(read: _Read, run: _Run) -> bool:
    # Whether an item that is no content was never seen: neither taken away nor to complete.
    aside = run.base.content.parent / _aside(read.draft.path, run.aside)
    seen = not read.data or read.request.hidden or aside.exists()
    return not (seen or (read.values and _taken_away(read.request, _memory(read.values), run)))


def without_twins(requests: Sequence[Request]) -> Iterator[Request]:
    variants: dict[tuple[str, str], set[object]] = defaultdict(set)
    for request in requests:
        if request.hidden:
            continue
        variant: tuple[object, ...] = (name_key(request.text("titre")),)
        if is_derived(request.identifier):
            variant += (request.address, *(request.text(name) for name in ("lieu", "adresse.nom")))
        variants[request.namespace, request.identifier].add(variant)
    for request in requests:
        twins = len(variants[request.namespace, request.identifier]) > 1
        if request.alone and not request.hidden and twins:
            left = {
                key: it for key, it in request.values.items() if not key.startswith("ids_externes")
            }
            request = replace(request, identifier="", values=left)
        yield request


def _read(request: Request, run: _Run) -> _Read:
    draft = run.base.file(request.kind, _name(request, run.base))
    if request.alone and request.diagnostics and not request.hidden:
        return _Read(request, draft, b"", request.diagnostics, None, traits_of_item(request, None))
    request = _without_own_url(request, request.kind.info.url(draft.slug))
    data = visible_text(file_of(request, run.base)).encode()
    run.weight += len(data)
    if run.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    loaded, _ = read_document(data, draft, run.base.portal.reading)
    entry = loaded.entry
    values = None
    if entry:
        values = parts_of(request.kind, request.values, entry, run.base.front(entry))
    traits = traits_of_item(request, entry)
    return _Read(request, draft, data, loaded.diagnostics, values, traits)


def _without_own_url(request: Request, url: str) -> Request:
    former = request.values.get(_FORMER, [])
    left = [path for path in former if former_path(path).casefold() != url.casefold()]
    if len(left) == len(former):
        return request
    others = {name: value for name, value in request.values.items() if name != _FORMER}
    return replace(request, values={**others, **({_FORMER: left} if left else {})})


def _import(read: _Read, item: Item | None, run: _Run) -> None:
    request = read.request
    if request.hidden and item is not None:
        _hide(request, item, run)
        return
    if request.alone and request.diagnostics:
        _set_aside(request, read.draft, b"", [*request.diagnostics], run)
        return
    if _is_duplicate(read, item, run):
        return
    faults = [*_faults(request, read.faults, read.data, run.base, there=item is not None)]
    faults += request.doubts
    if item is not None and item.ref in run.journal:
        run.there.add(item.ref)  # even if what it says now is wrong
    if twin := "" if item else _near(read, run):
        details = {"valeur": request.text("titre"), "raison": f"il est peut-être déjà là ({twin})"}
        faults.append(replace(diagnostic("E174", request.at("titre"), **details), hint=_TWO_PLACES))
    if read.values is None or Report(faults).has_errors:
        _set_aside(request, read.draft, b"" if item else read.data, faults, run)
        return
    run.faults += faults
    if item is not None:
        run.there.add(item.ref)
        _update(request, read.values, item, run)
    else:
        _create(request, read.values, read.data, run)


def _hide(request: Request, item: Item, run: _Run) -> None:
    # Propose to take back the content of an item that its source no longer makes public.
    run.there.add(item.ref)
    memory = run.journal.setdefault(item.ref, {})
    text = run.base.text(item.entry)
    before = text.raw.encode()
    step = Step(request.number, text.file.path, State.SAME, before)
    if not item.entry.brouillon:
        draft = {"statut": DRAFT}
        note = kept_shown(memory, run.origin)
        proposed = edited(text, draft)
        told = _joined(NO_MORE_PUBLIC, doubt(draft, run.base.sender))
        step = replace(step, proposed=proposed, note=note or told)
        if run.accept and not note:
            memory["statut"] = mark(DRAFT)
            step = replace(step, state=State.CHANGED, after=proposed)
        elif not note:
            run.waiting.add(item.ref)
            step = replace(step, state=State.WAITING)
    run.steps.append(step)


def _name(request: Request, base: Base) -> str:
    return file_name(request.kind, title_of(request, base), base.portal.day)


def title_of(request: Request, base: Base) -> str:
    """What names the file of an item: its title, else its place or its source, and its day."""
    title = request.text("titre")
    if slugify(title):
        return title
    sessions = request.values.get("seances") or [{}]
    days = (request.text("debut"), request.text("horaires.du"), str(sessions[0].get("debut", "")))
    places = (request.text(name) for name in ("lieu", "adresse.commune", "commune"))
    place = next(filter(None, places), PurePosixPath(base.name).stem)
    return f"{place} {next(filter(None, (*days, request.text(PUBLISHED))), '')[:10]}"


def _is_duplicate(read: _Read, item: Item | None, run: _Run) -> bool:
    request = read.request
    traits = read.traits
    where = () if request.kind.info.dated else (traits.place, traits.point)
    same: object = (traits.titles, traits.place, traits.starts)
    same = same if request.alone else (read.draft.path, where)
    keys: list[object] = [item.ref] if item else []
    keys += (
        [(request.kind, request.namespace, request.identifier)]
        if request.identifier
        else [(request.kind, same)]
    )
    for key in keys:
        if run.numbers.setdefault(key, request.number) != request.number:
            title = request.text("titre") or read.draft.slug
            details = {"autre": f"{request.unit} {run.numbers[key]}", "valeur": title}
            twice = run.base.diagnose("E138", request.number, **details)
            _set_aside(request, read.draft, b"", [twice], run)
            return True
    return False


def _depart(reads: Sequence[_Read], run: _Run) -> None:
    if any(read.request.cut for read in reads):
        return
    base = run.base
    traits = [read.traits for read in reads]
    for gone in departed(traits, run.there, run.origin, base):
        item = gone.item
        text = base.text(item.entry)
        memory = run.journal[item.ref]
        if gone.note == TOLD:
            keep([it for it in claims_of(memory) if it.source != run.origin], memory)
        step = Step(0, text.file.path, State.GONE, text.raw.encode(), note=gone.note)
        if not gone.note:
            changes = dated({"etat": CANCELLED}, item.entry, base.portal.day)
            after = edited(text, changes)
            note = doubt(changes, base.sender)
            step = replace(step, proposed=after, after=after if run.accept else b"", note=note)
        if step.after:
            step = replace(step, note=_joined("annulé", step.note))
            memory["etat"] = mark(CANCELLED)
        run.steps.append(step)


def _faults(
    request: Request, raised: Iterable[Diagnostic], data: bytes, base: Base, *, there: bool
) -> Iterator[Diagnostic]:
    # Faults of the item, then those of its file at other places; an update may lack a field that
    # the existing content has.
    yield from request.diagnostics
    already = {fault.position for fault in request.diagnostics}
    for fault in raised:
        inner = fault.position.line > 1  # missing inside a group, which the item begins to say
        if there and fault.code == "E201" and not inner:
            continue
        placed = request.place(fault, path_of(data, fault, base))
        if placed.position not in already or request.alone:
            yield placed


def _set_aside(
    request: Request, draft: SourceFile, data: bytes, faults: list[Diagnostic], run: _Run
) -> None:
    # Record an item that is not ready, as a file to complete set aside.
    notes = faults
    if not request.alone:  # told at their cells
        run.faults += faults
        faults = []
    path = _aside(draft.path, run.aside)
    run.aside |= {path} if data else set()
    after = with_faults(data, notes) if data else b""
    state = State.LEFT if after else State.REFUSED
    step = Step(request.number, path, state, after=after, losses=request.losses)
    run.steps.append(replace(step, faults=tuple(faults)))


def _aside(path: PurePosixPath, taken: Set[PurePosixPath]) -> PurePosixPath:
    # Where a file to complete is written, under a name that is not in ``taken``.
    own = PurePosixPath(ASIDE, *path.parts[1:])
    names = (own.with_name(f"{own.stem}-{rank}{own.suffix}") for rank in count(2))
    return next(candidate for candidate in chain([own], names) if candidate not in taken)


def _near(read: _Read, run: _Run) -> str:
    # The place of its commune that is named nearly as a new one; "" for none. Its own name is kept
    # for those that follow.
    request, code = read.request, read.traits.place[-1]
    if request.kind not in PLACES or not (code and read.values):
        return ""
    if _taken_away(request, _memory(read.values), run):
        return ""
    town = title_words(run.base.portal.geography.label(code))
    if code not in run.near:
        run.near[code] = {
            item.ref: (title_words(item.entry.titre) - town, point_of(item.entry))
            for item in run.base.items.values()
            if isinstance(item.entry, PlaceEntry) and item.entry.code_commune == code
        }
    there = run.near[code]
    mine = title_words(request.text("titre")) - town
    point = read.traits.point
    same = (
        ref for ref, (words, at) in there.items() if near(words, mine) and not are_apart(at, point)
    )
    twin = next(same, "")
    there.setdefault(str(read.draft.path), (mine, point))
    return twin


def _create(request: Request, values: Mapping[str, Any], data: bytes, run: _Run) -> None:
    base = run.base
    name = title_of(request, base)
    memory = _memory(values)
    if bare := hourless(request.identifier):
        memory[BARE] = mark(bare)
    if gone := _taken_away(request, memory, run):
        path = base.file(request.kind, gone.partition("/")[2]).path
        note = f"retiré depuis le dernier import : laissé (pour le reprendre : {JOURNAL})"
        run.steps.append(Step(request.number, path, State.SAME, note=note))
        return
    town = str(values.get("adresse.commune") or values.get("commune") or "")
    if request.kind in PLACES and f"{request.kind.value}/{_name(request, base)}" in run.taken:
        name = f"{name} {town.partition(' (')[0]}"
    slug = free_name(request.kind, name, base.portal.day, run.taken)
    ref = f"{request.kind.value}/{slug}"
    run.taken.add(ref)
    run.there.add(ref)
    run.journal[ref] = memory
    path = base.file(request.kind, slug).path
    run.steps.append(Step(request.number, path, State.NEW, after=data, losses=request.losses))


def _memory(values: Mapping[str, Any]) -> dict[str, Any]:
    return {part: mark(value) for part, value in values.items()}


def _taken_away(request: Request, memory: Mapping[str, Any], run: _Run) -> str:
    # The reference of the content this item once gave, since removed by a person; "" for none.
    if not request.identifier:
        ref = f"{request.kind.value}/{_name(request, run.base)}"
        refs = [ref] if ref in run.journal and ref not in run.taken else []
    else:
        names = (IDENTIFIER, f"ids_externes.{request.namespace}", BARE)
        ids = [*map(mark, filter(None, (request.identifier, hourless(request.identifier))))]
        found = (run.gone.get((name, digest), "") for name in names for digest in ids)
        refs = [*filter(None, found)]
    twin = run.gone.get(("titre", str(memory.get("titre"))), "") if request.alone else ""
    same = (
        ref
        for ref in (*refs, twin)
        if ref and all(run.journal[ref].get(key) == memory.get(key) for key in ("titre", "quand"))
    )
    return next(chain((ref for ref in refs if run.base.is_told(run.journal[ref])), same), "")


def file_of(request: Request, base: Base) -> str:
    """The file of an item: a line for each of its values, its text."""
    front = front_of(request.values)
    if not request.alone:
        front.setdefault(PUBLISHED, base.portal.day.isoformat())
    order = [name for name, _ in fields_of(MODELS[request.kind])]
    fields = sorted(front.items(), key=lambda field: order.index(field[0]))
    head = "".join(field_text(key, value) for key, value in fields)
    body = request.text(BODY)
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def path_of(data: bytes, fault: Diagnostic, base: Base) -> FieldPath:
    """The field of a file that a fault is in: the text, under the front matter."""
    text = Text(base.file(LENT, "x", fault.position.path), data.decode("utf-8"))
    line = fault.position.line
    if text.root is None or line == 1:
        return ()
    if text.parts and line >= text.parts.body_line:
        return (BODY,)
    return path_at(text.root, line, fault.position.column)


def _update(request: Request, values: Mapping[str, Any], item: Item, run: _Run) -> None:
    text = run.base.text(item.entry)
    before = text.raw.encode()
    memory = run.journal.setdefault(item.ref, {})
    mine = bool(request.origin) or is_owned(memory, run.origin)
    memory = memory if mine else {}
    changes: dict[str, Any] = {}
    by_hand = 0
    there = run.base.front(item.entry)
    for name, value in values.items():
        body = text.parts.body.strip() if name == BODY and text.parts else None
        now = value_at(there, item.entry, name) if body is None else body
        if now and name in request.defaults:
            continue
        last = memory.get(name)
        if now == value or (
            request.alone and stays(name, now, value, item.entry, run.base.portal.day)
        ):
            memory[name] = mark(value)
        elif last == mark(value):
            by_hand += 1  # by a person: the source says what it said
        elif last is None or last == mark(now):
            changes[name] = value
        else:
            run.faults.append(_both_changed(request, name, text, value, now))
    for name, was in (("etat", CANCELLED), ("statut", DRAFT)):
        ended = name not in values and memory.get(name) == mark(was) and there.get(name) == was
        if request.alone and ended:
            changes[name] = None  # the source has it again, or publishes it
    changes = _with_origin(changes, request.origin, values, there)
    kept = counted(by_hand, ("valeur gardée", "valeurs gardées"))
    note = f"retouché depuis le dernier import : {kept}" if by_hand else ""
    note = _joined(_OF_ANOTHER if changes and not mine else note, doubt(changes, run.base.sender))
    step = partial(Step, request.number, text.file.path, losses=request.losses, note=note)
    proposed = edited(text, dated(changes, item.entry, run.base.portal.day)) if changes else b""
    if changes and not (mine and run.accept):
        run.waiting.add(item.ref)
    if not changes or not mine:
        run.steps.append(step(State.SAME, before, proposed))
    elif run.accept:
        memory |= {name: mark(value) for name, value in changes.items()}
        run.steps.append(step(State.CHANGED, before, proposed, proposed))
    else:
        run.steps.append(step(State.WAITING, before, proposed))


def _both_changed(request: Request, name: str, text: Text, value: Any, now: Any) -> Diagnostic:
    details: Any = {"cle": request.labels.get(name, name), "fichier": text.file.path, "ici": now}
    return diagnostic("A141", request.at(name), **details, tableur=value)


def _with_origin(
    changes: dict[str, Any], origin: Set[str], values: Mapping[str, Any], there: Mapping[str, Any]
) -> dict[str, Any]:
    # What a list fills, and where it comes from beside the sources of the file; else nothing.
    if not origin or changes.keys() <= origin:
        return {} if origin else changes
    known = there.get("references", [])
    new = [source for source in values["references"] if source not in known]
    return {**changes, "references": [*known, *new]}


def _joined(*notes: str) -> str:
    return " ; ".join(filter(None, notes))


def without(outcome: Outcome, bad: Mapping[PurePosixPath, list[Diagnostic]]) -> Outcome:
    """``outcome`` with the files of ``bad`` set aside, and out of the journal."""
    steps: list[Step] = []
    paths = {step.path for step in outcome.steps if step.after}
    refs = set()
    for step in outcome.steps:
        if step.path in bad:
            name = step.path.parent.name if step.path.name == "index.md" else step.path.name
            refs.add(f"{step.path.parts[1]}/{slug_of_filename(name)}")
            path = _aside(step.path, paths)
            paths.add(path)
            faults = tuple(bad[step.path])
            after = b"" if step.before else with_faults(step.after, faults)
            step = replace(step, path=path, state=State.LEFT, after=after, faults=faults)
        steps.append(step)
    journal = {ref: digests for ref, digests in (outcome.journal or {}).items() if ref not in refs}
    gone = {path.parent for path in bad if path.name == "index.md"}
    beside = {path: data for path, data in outcome.beside.items() if path.parent not in gone}
    return replace(outcome, steps=steps, journal=journal or None, beside=beside)


def with_faults(data: bytes, faults: Iterable[Diagnostic]) -> bytes:
    """A file to complete, with its faults as comments at its head."""
    comments = "".join(
        f"{NOTE}{shown(f'{fault.message} {fault.hint}'.strip(), 400)}\n" for fault in faults
    )
    return data.replace(b"---\n", f"---\n{comments}".encode(), 1)
