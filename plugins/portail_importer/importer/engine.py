"""What one source changes among the contents.

What the portal announces is followed before anything is sorted: each item is known by what its
source calls it, then by likeness; what is asked of an item is asked of a new one alone. A file that
nobody touched since it was written for its source is written again, whole; any other is followed
for its state, its dates and its place. What is past stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import INCOMPLETE, Diagnostic, Refused, Report, Severity
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.nouveau.names import free_name
from portail.features.services.tableurs.columns import BODY
from portail.features.services.tableurs.models import NAMESPACE
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, PLACES
from portail.model.place import PlaceEntry
from portail.site.draft import read_document
from portail.site.rules.references import near as are_near
from portail.site.rules.references import title_words
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.normalise import name_key, slug_of_filename, slugify
from portail.text.shapes import with_newlines
from portail.text.visible import visible_text

from .base import Base, days_of, mark
from .changes import PICTURE, Change, Difference, Fate, Harvest, Origin, alarm, differences
from .files import file_of, path_of, rewritten, title_of, with_faults, without_own_url
from .following import (
    CANCELLED,
    CORRECTED,
    digest_of,
    front_said,
    is_as_said,
    leads,
    news_in,
    rescheduled,
    said_in,
    whom,
)
from .identity import (
    SOURCE,
    TOO,
    borne,
    is_sealed,
    keys_of,
    ordered,
    sealed,
    source_of,
    tellers_of,
)
from .likeness import (
    Likeness,
    Told,
    are_apart,
    known_again,
    names_in,
    point_of,
    titles_of,
    told_of_content,
    told_of_item,
    twins_of,
)
from .pictures import Fetch, image_of, picture_in
from .requests import UNNAMED, Request
from .sources.items import Loss
from .uids import is_derived, is_weak
from .values import CHANGED, PARTS, PUBLISHED, dated, edited, filled, flat, front_of, part_of
from .values import path_of as path_in

# Fields that a file keeps when it is written again: the source does not say them.
_OF_THE_DAY = (PUBLISHED, CHANGED)
_KEPT = (*_OF_THE_DAY, "image")
_IDS = "ids_externes"
_SOURCES = "references"
_UNSURE = "a_confirmer"
DRAFT = "brouillon"
# What is said of publication belongs to the source, whose silence takes it back.
_STATES = ("etat", "statut")
# A source of this many items may be one page of a longer list: what is dated after its last item
# may be on the next page.
_PAGE = 10
# Contents that one source, which is read by itself, brings at once.
_MOST = 500
# Bytes that one source writes.
_BYTES = 60_000_000
_THERE = "déjà là, d’une autre source ou à la main"
_MINE = "corrigé ici : sa source ne l’écrit plus, son état, ses dates et son lieu restent suivis"
_BY_HAND = "corrigé ici : à reprendre à la main s’il le faut"
_TWO = (
    "Si c’est le même, supprimez ce fichier ; sinon, ôtez-en ces lignes et « statut: brouillon »."
)


class Ground(Struct):
    """What the sources of a run share."""

    base: Base
    # The contents that are there or new, by reference, drafts with gaps included.
    entries: dict[str, Entry]
    # References of those that are over.
    over: frozenset[str]
    # From a picture to its bytes; ``None`` takes none.
    fetch: Fetch | None = None
    # The sources that are read by themselves, by slug.
    origins: Mapping[str, Origin] = {}
    # What each said before, by its slug then by identity; its slug, by the digest of its address.
    memories: Mapping[str, Mapping[str, str]] = {}
    by_address: Mapping[str, str] = {}
    # The files that the sources before have written.
    files: dict[PurePosixPath, bytes] = field(default_factory=dict)
    # References of the contents that one of them says.
    heard: set[str] = field(default_factory=set)
    # Bytes of the new files.
    weight: int = 0
    # What is told of each content, once.
    _told: dict[str, tuple[Entry, Told]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.base.portal.day

    def text(self, entry: Entry) -> Text:
        data = self.files.get(entry.source)
        if data is None:
            return self.base.text(entry)
        return Text(self.base.file(entry.kind, entry.slug, entry.source), data.decode())

    def told(self, entry: Entry) -> Told:
        """What is told of a content, by the name that its own source gives it."""
        there, told = self._told.get(entry.ref, (None, None))
        if told is None or there is not entry:
            called = next((it for _, it in keys_of(entry, source_of(entry))), "")
            told = told_of_content(entry, called, self.base)
            self._told[entry.ref] = entry, told
        return told

    def put(self, ref: str, path: PurePosixPath, data: bytes) -> None:
        """A file that is written, for what is read next."""
        folder, _, slug = ref.partition("/")
        file = self.base.file(BY_FOLDER[folder], slug, path)
        entry = read_document(data, file, self.base.portal.reading)[0].entry
        self.files[path] = data
        self.entries |= {ref: entry} if entry else {}


def ground_of(
    base: Base,
    report: Report,
    fetch: Fetch | None = None,
) -> Ground:
    """The contents of ``base``, with those that ``report`` says to lack something."""
    entries = {item.ref: item.entry for item in base.items.values()}
    for fault in report:
        path = fault.position.path
        if fault.code == INCOMPLETE:
            name = path.parent.name if path.name == "index.md" else path.name
            file = base.file(BY_FOLDER[path.parts[1]], slug_of_filename(name), path)
            entry = read_document(file.file.read_bytes(), file, base.portal.reading)[0].entry
            entries |= {entry.ref: entry} if entry else {}
    over = frozenset(item.ref for item in base.items.values() if item.is_over)
    return Ground(base, dict(sorted(entries.items())), over, fetch)


class _Run(Struct):
    origin: Origin
    ground: Ground
    # What was said before, by identity.
    memory: Mapping[str, str]
    # The contents that the source tells, by reference.
    own: Mapping[str, Entry]
    # The same, by namespace and identifier.
    by_key: Mapping[tuple[str, str], Entry]
    changes: list[Change] = field(default_factory=list)
    # Those of ``own`` that it still says.
    there: set[str] = field(default_factory=set)
    # The item of each content and of each identity.
    numbers: dict[object, int] = field(default_factory=dict)
    # The day on which each new event begins.
    days: list[date] = field(default_factory=list)
    # The contents of other sources, by namespace and identifier.
    called: dict[tuple[str, str], str] | None = None
    # What is to be remembered.
    said: dict[str, str] = field(default_factory=dict)

    def change(self, request: Request, fate: Fate, **more: Any) -> None:
        self.changes.append(_change(request, fate, **more))

    def leads(self, entry: Entry) -> bool:
        origin = self.origin
        return not origin.is_harvested or leads(
            origin, entry, self.ground.origins, self.ground.base
        )

    def whom(self, entry: Entry) -> str:
        return whom(entry, self.ground.origins, self.ground.base)

    def identifier_of(self, entry: Entry, namespace: str) -> str:
        return dict(keys_of(entry, self.origin.slug)).get(namespace, "")


def _change(request: Request, fate: Fate, **more: Any) -> Change:
    title = "" if request.hidden else request.text("titre")
    told = {"row": request.number, "losses": request.losses, "place": request.place, **more}
    return Change(fate=fate, title=title or UNNAMED, **told)


class _Read(Struct, frozen=True):
    """A file that an item makes, as a reader of contents takes it."""

    loaded: Loaded
    # Its seal open; "" for what no file can say.
    text: str
    faults: tuple[Diagnostic, ...] = ()
    advice: tuple[Diagnostic, ...] = ()

    @property
    def told(self) -> dict[str, tuple[Diagnostic, ...]]:
        return {"faults": self.faults, "advice": self.advice}


def harvest(
    origin: Origin,
    requests: Iterable[Request],
    ground: Ground,
    *,
    confirmed: bool = False,
) -> Harvest:
    """What the source ``origin`` changes, once its items were read as ``requests``: a source that
    is not read by itself changes nothing in bulk unless that is ``confirmed``. Raises ``Refused``
    for what writes too much."""
    # What is public first: it hides nothing of the others.
    listed = sorted(without_twins([*requests]), key=lambda request: request.hidden)
    former = _former(origin, listed, ground)
    adopted = [*_adopted(origin, former, ground)] if former else []
    memory = ground.memories.get(former or origin.slug, {})
    there = ground.entries.items()
    own = {ref: it for ref, it in there if origin.slug and origin.slug in tellers_of(it)}
    last = sorted(own.values(), key=lambda entry: entry.ref not in ground.over)
    by_key = {key: entry for entry in last for key in keys_of(entry, origin.slug)}
    run = _Run(origin, ground, memory, own, by_key, adopted)
    run.said.update(_remembered(run))
    pending = [request for request in listed if not _is_followed(request, run)]
    new = [request for request in _known_by_likeness(pending, run) if not _is_left(request, run)]
    alarms: list[str] = []
    if origin.is_harvested and len(new) > _MOST:
        alarms.append(f"Elle en dit {len(new)} nouveaux d’un coup : {_MOST} sont proposés.")
        new = sorted(new, key=lambda request: min(request.days, default=""))[:_MOST]
    before = {**ground.entries}, {**ground.files}
    _meet_all(new, run)
    if not any(request.cut for request in listed):
        _depart({name_key(it.text("titre")) for it in new if not it.days}, len(listed), run)
    alarms += _alarms(run)
    ground.heard |= run.there
    is_held = bool(alarms) and not (confirmed or origin.is_harvested)
    if is_held:
        ground.entries, ground.files = before
    said = memory if is_held else run.said
    told = () if confirmed else (*alarms,)
    return Harvest(origin, run.changes, said, alarms=told, is_held=is_held)


def without_twins(requests: Sequence[Request]) -> Iterator[Request]:
    """``requests`` without the identifiers that several of them, which are not one, share."""
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
            kept = {key: it for key, it in request.values.items() if not key.startswith(_IDS)}
            request = replace(request, identifier="", values=kept)
        yield request


def _former(origin: Origin, requests: Sequence[Request], ground: Ground) -> str:
    # What a source that ``sources.yml`` calls otherwise now was called: that of its address, or of
    # most of what it says.
    tellers = {ref: tellers_of(entry) for ref, entry in ground.entries.items()}
    named = set[str]().union(*tellers.values())
    if not origin.is_harvested or origin.slug in named | ground.memories.keys():
        return ""
    said = {(request.namespace, request.identifier) for request in requests if request.identifier}
    for former in sorted(named - ground.origins.keys()):
        if ground.by_address.get(mark(origin.address)) == former:
            return former
        mine = [ground.entries[ref] for ref, slugs in tellers.items() if former in slugs]
        coming = [entry for entry in mine if entry.ref not in ground.over] or mine
        met = sum(not said.isdisjoint(keys_of(entry, former)) for entry in coming)
        if 2 * met > len(coming):
            return former
    return ""


def _adopted(origin: Origin, former: str, ground: Ground) -> Iterator[Change]:
    for entry in [*ground.entries.values()]:
        ids = dict(entry.ids_externes)
        if former not in tellers_of(entry):
            continue
        if ids.get(SOURCE) == former:
            ids[SOURCE] = origin.slug
        if value := ids.pop(f"{TOO}{former}", ""):
            ids[f"{TOO}{origin.slug}"] = value
        yield _edited(entry, {_IDS: ordered(ids)}, ground)


def _edited(entry: Entry, changes: Mapping[str, Any], ground: Ground, **more: Any) -> Change:
    # Some lines of a file; one that its source wrote is still so.
    text = ground.text(entry)
    path = text.file.path
    data = _with(changes, text)
    ground.put(entry.ref, path, data)
    told = {"fate": Fate.SAME, "title": entry.titre, "day": _first(entry), **more}
    return Change(path=path, before=text.raw.encode(), after=data, **told)


def _with(changes: Mapping[str, Any], text: Text) -> bytes:
    path = text.file.path
    if is_sealed(text.raw, path):
        return sealed(rewritten(text, changes).decode(), path)
    return edited(text, changes)


def _remembered(run: _Run) -> Iterator[tuple[str, str]]:
    # What is refused is so for good; what is there is remembered by what it says.
    there = {mark([*key]) for key in run.by_key}
    yield from ((key, it) for key, it in run.memory.items() if key not in there)


def _identity(request: Request) -> str:
    # What has no identifier of its own is known by its title.
    return mark([request.namespace, request.identifier or request.text("titre")])


def _named(request: Request, run: _Run) -> Entry | None:
    # The content that bears the identifier of an item. The page of an event may tell its next
    # edition; rows of two tables of one name may have the same numbers.
    entry = run.by_key.get((request.namespace, request.identifier))
    entry = run.ground.entries[entry.ref] if entry else None
    if entry is None or not isinstance(entry, Event):
        return entry
    if request.namespace == NAMESPACE:
        days = {f"{day}" for day in days_of(entry)}
        same = name_key(request.text("titre")) in titles_of(entry) or request.days & days
        return entry if same else None
    is_next = min(request.days, default="") > run.ground.today.isoformat()
    again = is_next and entry.ref in run.ground.over and is_weak(request.identifier)
    return None if again else entry


def _is_followed(request: Request, run: _Run) -> bool:
    # Whether an item is a content that bears its identifier.
    entry = _named(request, run)
    if entry is None:
        return False
    if request.hidden:
        _withdraw(request, entry, run)
    elif not _is_twice(request, entry.ref, run):
        _follow(request, entry, run)
    return True


def _is_left(request: Request, run: _Run) -> bool:
    # Whether a new item is not taken.
    if request.hidden or (request.alone and request.diagnostics):
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return True
    if reason := run.origin.reason(request):
        run.change(request, Fate.LEFT, note=reason)
    return bool(reason)


def _is_twice(request: Request, key: object, run: _Run) -> bool:
    # Whether another item is what ``key`` identifies; it is then said.
    first = run.numbers.setdefault(key, request.number)
    if first != request.number:
        title = request.text("titre") or UNNAMED
        details = {"autre": f"{request.unit} {first}", "valeur": title}
        twice = run.ground.base.diagnose("E138", request.number, **details)
        run.change(request, Fate.LEFT, faults=(*_errors(request.diagnostics), twice))
    return first != request.number


def _known_by_likeness(requests: Sequence[Request], run: _Run) -> list[Request]:
    # Follow the items that are contents of their source by another identifier; the others.
    ground = run.ground
    found: dict[int, str] = {}
    for hidden in (False, True):  # what is public is found first
        taken = run.there | {*found.values()}
        rest = [ground.entries[ref] for ref in run.own if ref not in taken]
        mine = [request for request in requests if request.hidden is hidden]
        for namespace in sorted({request.namespace for request in mine} if rest else ()):
            contents = [
                told_of_content(entry, run.identifier_of(entry, namespace), ground.base)
                for entry in rest
            ]
            keys = {key for told in contents for key in told.names}
            like = [it for it in mine if it.namespace == namespace]
            like = [
                request for request in like if not keys.isdisjoint(names_in(request.text("titre")))
            ]
            entries = [_read(request, request.values, run).loaded.entry for request in like]
            items = [
                told_of_item(request, entry, ground.base)
                for request, entry in zip(like, entries, strict=True)
            ]
            found |= known_again(items, contents, ground.today)
    left: list[Request] = []
    for request in requests:
        entry = ground.entries[found[request.number]] if request.number in found else None
        if entry is None:
            left.append(request)
        elif request.hidden:
            _withdraw(request, entry, run)
        elif not _is_twice(request, entry.ref, run):
            _follow(request, entry, run)
    return left


def _meet_all(requests: Sequence[Request], run: _Run) -> None:
    # What is no content of its source: it is there already, or new.
    ground = run.ground
    reads = {request.number: _read(request, request.values, run) for request in requests}
    told = {
        request.number: told_of_item(request, reads[request.number].loaded.entry, ground.base)
        for request in requests
    }
    twins = _twins([*told.values()], requests, run)
    seen = _seen(run)
    for request in requests:
        it = told[request.number]
        marks = _marks(it) if request.namespace != NAMESPACE else ()
        again = next((seen[mark] for mark in marks if mark in seen), None)
        if again is not None:
            run.numbers[it.names] = again
        if _is_twice(request, _key(request, it) if again is None else it.names, run):
            continue
        seen |= dict.fromkeys(marks, request.number)
        ref, likeness = twins.get(request.number, ("", None))
        if likeness is Likeness.THERE:
            _join(request, reads[request.number], ground.entries[ref], run)
        else:
            note = likeness.value.format(ref=ref) if likeness else ""
            _create(request, reads[request.number], it, note, run)


def _twins(
    told: Sequence[Told], requests: Sequence[Request], run: _Run
) -> dict[int, tuple[str, Likeness]]:
    # The content of another source, or of somebody, that each new item is like.
    ground = run.ground
    events = [it for it in told if it.kind.info.dated]
    others = [entry for ref, entry in ground.entries.items() if ref not in run.own]
    there = (ground.told(entry) for entry in others if isinstance(entry, Event)) if events else ()
    twins = {**twins_of(events, there)}
    kinds = {it.kind for it in told} - {it.kind for it in events}
    for namespace in sorted({it.namespace for it in requests if it.kind in kinds}):
        numbers = {it.number for it in requests if it.namespace == namespace}
        contents = [
            told_of_content(entry, dict(entry.ids_externes).get(namespace, ""), ground.base)
            for entry in others
            if entry.kind in kinds
        ]
        mine = [it for it in told if it.kind in kinds and it.number in numbers]
        same = known_again(mine, contents, ground.today)
        twins |= {number: (ref, Likeness.THERE) for number, ref in same.items()}
    if not run.origin.is_harvested:  # what somebody brings by its identifier changes nothing
        called = {key: it.ref for it in others for key in keys_of(it, source_of(it))}
        named = {it.number for it in told if it.is_named}
        keys = {it.number: (it.namespace, it.identifier) for it in requests if it.number in named}
        twins |= {n: (called[key], Likeness.THERE) for n, key in keys.items() if key in called}
    return twins


def _seen(run: _Run) -> dict[object, int]:
    # The items that are contents of the source already, by what they are told by.
    followed = [run.ground.entries[ref] for ref in run.there]
    return {
        mark: run.numbers.get(entry.ref, 0)
        for entry in followed
        for mark in _marks(run.ground.told(entry))
    }


def _marks(told: Told) -> list[object]:
    # What says that an item of a source is another of it, whatever their identifiers.
    return [(name, told.town, told.place, told.starts) for name in told.names if told.starts]


def _key(request: Request, told: Told) -> object:
    # What a new item is known by among those of its source.
    if request.identifier:
        return (request.kind, request.namespace, request.identifier)
    return (request.kind, told.names, told.town, told.place, told.point, told.starts)


def _errors(faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(fault for fault in faults if fault.severity is Severity.ERREUR)


def _read(request: Request, values: Mapping[str, Any], run: _Run, there: str = "") -> _Read:
    # The file of an item; a draft, its gaps told at its head, when something is missing.
    base = run.ground.base
    name = there or title_of(request, base)
    draft = base.file(request.kind, free_name(request.kind, name, base.portal.day, ()))
    values = without_own_url(values, request.kind.info.url(draft.slug))
    text = _text(request, values, run)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    told = [*request.diagnostics, *request.doubts]
    already = {it.position for it in request.diagnostics}
    for fault in loaded.diagnostics:
        placed = request.place(fault, path_of(text.encode(), fault, base))
        if request.alone or placed.position not in already:
            told.append(placed)
    faults = _errors(told)
    advice = tuple(it for it in told if it not in faults)
    if not faults:
        return _Read(loaded, text, advice=advice)
    text = with_faults(_text(request, {**values, "statut": DRAFT}, run), faults)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    text = "" if Report(loaded.diagnostics).has_errors else text
    return _Read(loaded, text, faults, advice)


def _text(request: Request, values: Mapping[str, Any], run: _Run) -> str:
    # What leads to no page of a source that is harvested names it all the same.
    origin = run.origin
    named = {"references": [{"titre": origin.name}]} if origin.is_harvested else {}
    whole = replace(request, values=borne({**named, **values}, origin.slug))
    return visible_text(file_of(whole, run.ground.base))


# What is there.


def _follow(request: Request, entry: Entry, run: _Run) -> None:
    # What the source says of a content that it tells, beside what its file says.
    run.there.add(entry.ref)
    if request.alone and request.diagnostics:
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return
    text = run.ground.text(entry)
    before = text.raw.encode()
    path = text.file.path
    change = _change(request, Fate.SAME, path=path, before=before, day=_first(entry))
    if entry.ref in run.ground.over and getattr(entry, "etat", "") != "reporte":
        run.changes.append(change)
        run.said |= {it: run.memory[it] for it in [_identity(request)] if it in run.memory}
        return
    identity = _identity(request)
    former = (mark([*key]) for key in keys_of(entry, run.origin.slug))
    last = next((run.memory[it] for it in (identity, *former) if it in run.memory), "")
    is_mine = source_of(entry) == run.origin.slug
    if is_mine and is_sealed(text.raw, path):
        run.said[identity] = digest_of(request)
        change = _whole(request, entry, text, change, last, run)
    else:
        run.said[identity] = digest_of(request) + CORRECTED
        change = _parts(request, entry, text, change, last, run)
    if change.is_written:
        run.ground.put(entry.ref, path, change.after)
    run.changes.append(change)


def _whole(
    request: Request, entry: Entry, text: Text, change: Change, last: str, run: _Run
) -> Change:
    # A file that its source alone wrote is written again, whole.
    base = run.ground.base
    front = base.front(entry)
    values = _values(request, entry, text, run)
    disputed: tuple[Difference, ...] = ()
    if isinstance(entry, Event) and run.origin.is_harvested and not entry.brouillon:
        there = flat(front)
        if run.leads(entry):
            values = rescheduled(values, there, run.ground.today)
        else:
            values = {
                name: it for name, it in values.items() if name not in said_in(values, *PARTS)
            }
            written: Any = text.root.plain() if text.root else {}
            values |= said_in(flat(written), *PARTS)
            disputed = _disputed(request, entry, last, run)
    before, path = change.before, change.path
    if not entry.brouillon and sealed(_text(request, values, run), path) == before:
        return _told_apart(change, entry, disputed, run)
    request = _doubted(request, entry, run) if entry.brouillon else request
    read = _read(request, values, run, entry.slug)
    after = base.front(read.loaded.entry) if read.loaded.entry else front
    rows = tuple(differences(front, after))
    parts = {part_of(request.kind, row.field) for row in rows}
    if rows:
        read = _read(request, values | _day_of(parts, entry, run), run, entry.slug)
    data = sealed(read.text, path)
    data = before if data.decode() == with_newlines(text.raw) else data
    change = replace(change, differences=rows, moves="quand" in parts, **read.told)
    if not read.text:
        return replace(change, fate=Fate.LEFT)
    if read.faults and not (run.origin.is_harvested or entry.brouillon):
        return replace(change, fate=Fate.LEFT)
    fate = Fate.SAME if data == before else Fate.CHANGED
    if read.faults:
        fate = Fate.INCOMPLETE
    elif any(row.field == "etat" and row.after == CANCELLED for row in rows):
        fate = Fate.CANCELLED
    return _told_apart(replace(change, fate=fate, after=data), entry, disputed, run)


def _day_of(parts: Iterable[str], entry: Entry, run: _Run) -> dict[str, Any]:
    # The day of a change, where calendars show it.
    told = dated(dict.fromkeys(parts), entry, run.ground.today)
    return {name: it for name, it in told.items() if name == CHANGED}


def _values(request: Request, entry: Entry, text: Text, run: _Run) -> dict[str, Any]:
    # What a file is to say: what its source says, and only that of one that is harvested.
    front = run.ground.base.front(entry)
    values = {name: it for name, it in request.values.items() if name not in _OF_THE_DAY}
    if not run.origin.is_harvested:
        there = flat(front)
        there[BODY] = text.parts.body.strip() if text.parts else ""
        left = (_IDS, *_STATES)
        kept = {name: it for name, it in there.items() if it and name.split(".")[0] not in left}
        values = filled(request.kind, values, request.defaults, kept)
    kept = {name: front[name] for name in _KEPT if name in front}
    kept |= {f"{_IDS}.{name}": it for name, it in entry.ids_externes if name.startswith(TOO)}
    if kept.get(PUBLISHED, "") > run.ground.today.isoformat():  # its author may put it off
        kept.pop(PUBLISHED)
        kept |= {name: it for name, it in request.values.items() if name == PUBLISHED}
    return values | kept


def _disputed(request: Request, entry: Entry, last: str, run: _Run) -> tuple[Difference, ...]:
    # What a source that is not to say so says otherwise, since it was last read.
    news = news_in(digest_of(request), last.removesuffix(CORRECTED))
    if not news:
        return ()
    base = run.ground.base
    said = front_said(_read(request, request.values, run).loaded.entry, request, base)
    there = flat(base.front(entry))
    rows = _differences(there, said, news)
    return tuple(row for row in rows if row.field != "ancien_debut")


def _told_apart(change: Change, entry: Entry, rows: Sequence[Difference], run: _Run) -> Change:
    if not rows:
        return change
    note = f"dit par {run.origin.name} : à vérifier auprès de {run.whom(entry)}"
    is_off = any(row.field == "etat" and row.after == CANCELLED for row in rows)
    fate = Fate.CANCELLED if is_off else Fate.DISPUTED
    return replace(change, fate=fate, note=note, differences=tuple(rows))


def _parts(
    request: Request, entry: Entry, text: Text, change: Change, last: str, run: _Run
) -> Change:
    # A file that somebody wrote, or another source: who is to say so changes its state and its
    # dates, when it says them otherwise than before, but what somebody wrote there otherwise.
    if not run.origin.is_harvested:
        return _compared(request, entry, change, run)
    base, origin = run.ground.base, run.origin
    is_mine = source_of(entry) == origin.slug
    there = flat(base.front(entry))
    edits: dict[str, Any] = {_UNSURE: None} if _UNSURE in there else {}
    if not is_mine and request.identifier:
        ids = dict(entry.ids_externes)
        called = {f"{TOO}{origin.slug}": f"{request.namespace} {request.identifier}"}
        edits |= {} if called.items() <= ids.items() else {_IDS: ordered(ids | called)}
    rows: tuple[Difference, ...] = ()
    news = news_in(digest_of(request), last.removesuffix(CORRECTED))
    if news and isinstance(entry, Event) and run.leads(entry):
        said = front_said(_read(request, request.values, run).loaded.entry, request, base)
        if not (last or said.get("etat")):  # what it never said takes nothing back
            news -= {"etat"}
        is_ours = not is_sealed(text.raw, change.path)
        mine = {it for it in news if is_ours and not is_as_said(it, there, last)}
        mine -= {"etat"} if said.get("etat") else set()
        kept = said_in(there, *({*PARTS} - (news - mine)))
        wanted = rescheduled({**kept, **said_in(said, *(news - mine))}, there, run.ground.today)
        rows = tuple(_differences(there, wanted, PARTS))
        after = front_of(wanted)
        edits |= {row.field: after.get(row.field) for row in rows}
        if not rows and (others := tuple(_differences(there, said, mine))):
            change = replace(change, fate=Fate.DISPUTED, note=_BY_HAND, differences=others)
    if edits:
        parts = {part_of(entry.kind, row.field) for row in rows}
        data = _with(edits | _day_of(parts, entry, run), text)
        change = replace(change, after=data, moves="quand" in parts)
    if rows:
        off = any(row.field == "etat" and row.after == CANCELLED for row in rows)
        note = "" if is_mine else f"dit par {origin.name}"
        fate = Fate.CANCELLED if off else Fate.CHANGED
        return replace(change, fate=fate, note=note, differences=rows)
    if not run.leads(entry):
        change = _told_apart(change, entry, _disputed(request, entry, last, run), run)
    if change.fate is Fate.SAME and is_mine and not last.endswith(CORRECTED):
        return replace(change, fate=Fate.OURS, note=_MINE)
    return change


def _differences(
    there: Mapping[str, Any], said: Mapping[str, Any], parts: Iterable[str]
) -> Iterator[Difference]:
    return differences(front_of(said_in(there, *parts)), front_of(said_in(said, *parts)))


def _compared(request: Request, entry: Entry, change: Change, run: _Run) -> Change:
    # Somebody is there to see how they differ.
    base = run.ground.base
    said = front_said(_read(request, request.values, run).loaded.entry, request, base)
    there = said_in(flat(base.front(entry)), *PARTS)
    parts = {path_in(name)[0] for name in said} | {"etat"}
    mine = front_of({name: it for name, it in there.items() if path_in(name)[0] in parts})
    rows = tuple(differences(mine, front_of(said)))
    off = any(row.field == "etat" and row.after == CANCELLED for row in rows)
    fate = Fate.CANCELLED if off else Fate.OURS
    note = "corrigé ici : annulez-le à la main" * off
    return replace(change, fate=fate if rows else Fate.SAME, note=note, differences=rows)


def _join(request: Request, read: _Read, entry: Entry, run: _Run) -> None:
    # An item that another source, or somebody, tells already: from now on it is known as such.
    if request.origin:
        run.changes.append(_completed(request, read, entry, run))
        return
    if not run.origin.is_harvested:
        change = _change(request, Fate.LEFT, path=entry.source, note=_THERE)
        compared = _compared(request, entry, replace(change, before=b"x"), run)
        run.changes.append(
            replace(change, before=compared.before, differences=compared.differences)
        )
        return
    _follow(request, entry, run)
    last = run.changes[-1]
    if last.fate in (Fate.SAME, Fate.OURS):
        run.changes[-1] = replace(last, fate=Fate.LEFT, note=_THERE)


def _completed(request: Request, read: _Read, entry: Entry, run: _Run) -> Change:
    # A content with what an open list says and it does not, and where that comes from.
    base = run.ground.base
    text = run.ground.text(entry)
    there = flat(base.front(entry))
    known = {*there, *(name.removeprefix("adresse.") for name in there)}
    wanted = {".".join(path_in(name)) for name in request.values}
    told = flat(base.front(read.loaded.entry)) if read.loaded.entry else {}
    lacking = {name: it for name, it in told.items() if name in wanted - known}
    before = text.raw.encode()
    change = _change(request, Fate.SAME, path=text.file.path, before=before)
    if lacking.keys() <= request.origin:
        return change
    sources = there.get(_SOURCES, [])
    lacking[_SOURCES] = [*sources, *(it for it in told[_SOURCES] if it not in sources)]
    rows = tuple(Difference(name, "", f"{it}") for name, it in lacking.items())
    after = edited(text, lacking)
    return replace(change, fate=Fate.CHANGED, after=after, differences=rows)


# What is new.


def _doubted(request: Request, entry: Entry | None, run: _Run) -> Request:
    # What somebody has to look at before it is published: a place of a commune where another one
    # is named nearly as it; an event that bears the identifier of another source, or that is of the
    # place of another.
    told = [
        *_near(entry, run.ground),
        *(_claimed(request, entry, run) if isinstance(entry, Event) else ()),
    ]
    doubts = []
    for why, hint in told:
        details = {"valeur": request.text("titre"), "raison": why}
        fault = run.ground.base.diagnose("E174", request.number, **details)
        placed = request.place(fault, ("titre",))
        doubts.append(replace(placed, hint=hint or placed.hint))
    return replace(request, doubts=(*request.doubts, *doubts)) if doubts else request


def _near(entry: Entry | None, ground: Ground) -> Iterator[tuple[str, str]]:
    if not (isinstance(entry, PlaceEntry) and entry.code_commune):
        return
    town = title_words(ground.base.portal.geography.label(entry.code_commune))
    mine = title_words(entry.titre) - town
    for other in ground.entries.values():
        if (
            isinstance(other, PlaceEntry)
            and other.code_commune == entry.code_commune
            and not (other.ref == entry.ref or other.brouillon)
            and are_near(title_words(other.titre) - town, mine)
            and not are_apart(point_of(other), point_of(entry))
        ):
            yield f"il est peut-être déjà là ({other.ref})", _TWO
            return


def _claimed(request: Request, entry: Event, run: _Run) -> Iterator[tuple[str, str]]:
    origin = run.origin
    if not origin.is_harvested or origin.lieu in (entry.lieu, *entry.organisateurs):
        return
    if ref := _alike_named(request, run):
        yield f"il est peut-être déjà là ({ref})", _TWO
    owners = {it.lieu: it.name for it in run.ground.origins.values() if it.lieu}
    for slug in entry.organisateurs:
        if name := owners.get(f"{slug}"):
            yield f"« {name} », sa source, n’en dit rien", ""


def _alike_named(request: Request, run: _Run) -> str:
    # The content of another source that bears the identifier of an item.
    if is_weak(request.identifier) or not request.identifier or request.namespace == NAMESPACE:
        return ""
    if run.called is None:
        run.called = {
            key: ref
            for ref, entry in run.ground.entries.items()
            if source_of(entry) not in ("", run.origin.slug) and not entry.brouillon
            for key in keys_of(entry, source_of(entry))
        }
    return run.called.get((request.namespace, request.identifier), "")


def _create(request: Request, read: _Read, told: Told, note: str, run: _Run) -> None:
    ground = run.ground
    identity = _identity(request)
    if identity in run.memory:
        run.said[identity] = run.memory[identity]
        run.change(request, Fate.REFUSED, note="retiré d’une proposition, ou supprimé")
        return
    if run.origin.is_harvested:
        ref = _alike_named(request, run)
        note = note or (ref and Likeness.NEAR.value.format(ref=ref))
        if request.text("etat") == CANCELLED:
            why = " ; ".join(filter(None, ("annulé sans avoir été annoncé ici", note)))
            run.change(request, Fate.LEFT, note=why)
            return
    doubted = _doubted(request, read.loaded.entry, run)
    if doubted is not request:
        request = doubted
        read = _read(request, request.values, run)
    if not read.text:
        run.change(request, Fate.LEFT, **read.told)
        return
    slug = free_name(request.kind, _free_title(request, ground), ground.today, ground.entries)
    ref = f"{request.kind.value}/{slug}"
    run.days += [min(told.days)] if told.days else []
    run.said[identity] = digest_of(request)
    folder = PurePosixPath(ground.base.content.name, request.kind.value, run.origin.slug)
    change = _change(
        request,
        Fate.INCOMPLETE if read.faults else Fate.NEW,
        path=folder / f"{slug}.md",
        day=min(told.days, default=None),
        note=note,
        identity=identity,
        **read.told,
    )
    change = _with_picture(replace(change, after=read.text.encode()), request, slug, run)
    change = replace(change, after=sealed(change.after.decode(), change.path))
    ground.weight += len(change.after)
    if ground.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    ground.put(ref, change.path, change.after)
    run.there.add(ref)
    run.changes.append(change)


def _free_title(request: Request, ground: Ground) -> str:
    # Of two places of one name, the second is called with its commune.
    title = title_of(request, ground.base)
    town = request.text("adresse.commune") or request.text("commune")
    if request.kind in PLACES and f"{request.kind.value}/{slugify(title)}" in ground.entries:
        return f"{title} {town.partition(' (')[0]}"
    return title


def _with_picture(change: Change, request: Request, slug: str, run: _Run) -> Change:
    # ``change`` in a folder of its own with its picture, if the source gives one and credits it.
    is_asked = run.origin.images
    if request.picture is None or (run.origin.is_harvested and not is_asked):
        return change
    data, reason = picture_in(request.picture, run.ground.fetch if is_asked else None)
    if reason:
        loss = Loss(PICTURE, request.picture.source, reason)
        return replace(change, losses=(*change.losses, loss))
    image = image_of(request.picture, slug, data, run.ground.base)
    folder = change.path.with_suffix("")
    read = _read(request, {**request.values, "image": image}, run)
    beside = {folder / image["fichier"]: data}
    return replace(change, path=folder / "index.md", after=read.text.encode(), beside=beside)


# What is no more.


def _withdraw(request: Request, entry: Entry, run: _Run) -> None:
    # What the source no longer makes public is a draft, where nobody else wrote it.
    is_public = entry.ref in run.there  # another item of its identity is
    if is_public or source_of(entry) != run.origin.slug:
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return
    run.there.add(entry.ref)
    text = run.ground.text(entry)
    told: dict[str, Any] = {"row": request.number, "title": entry.titre, "day": _first(entry)}
    path = text.file.path
    change = Change(fate=Fate.SAME, path=path, before=text.raw.encode(), **told)
    if not (entry.brouillon or entry.ref in run.ground.over):
        told |= {"note": "sa source ne le publie plus", "fate": Fate.CANCELLED}
        told["differences"] = (Difference("statut", "", DRAFT),)
        change = replace(change, **told)
        if is_sealed(text.raw, path):
            change = _edited(entry, {"statut": DRAFT}, run.ground, **told)
    run.changes.append(change)


def _depart(unread: set[str], count: int, run: _Run) -> None:
    # Mark the events to come that the source says no more; absence cancels nothing.
    ground = run.ground
    told = [min(days_of(ground.entries[ref]), default=date.min) for ref in run.there]
    last = max([*told, *run.days], default=date.max) if count >= _PAGE else date.max
    for entry in _coming(run):
        is_told = entry.ref in run.there or entry.ref in ground.heard
        if is_told or entry.brouillon or entry.etat == CANCELLED:
            continue
        text = ground.text(entry)
        note = ""
        if name_key(entry.titre) in unread:
            note = "la source en dit un autre de ce titre, dont la date ne se lit pas"
        elif min(days_of(entry), default=last) > last:
            note = f"peut-être parce qu’elle s’arrête au {jour(last)}"
        more: dict[str, Any] = {
            "fate": Fate.GONE,
            "title": entry.titre,
            "day": _first(entry),
            "note": note,
        }
        change = Change(path=text.file.path, before=text.raw.encode(), **more)
        if run.origin.is_harvested and not note and not entry.a_confirmer:
            change = _edited(entry, {_UNSURE: run.whom(entry)}, ground, **more)
        run.changes.append(change)


def _first(entry: Entry) -> date | None:
    return min(days_of(entry), default=None)


def _coming(run: _Run) -> list[Event]:
    # The events to come that the source gave.
    mine = (run.ground.entries[ref] for ref in run.own)
    return [
        entry
        for entry in mine
        if isinstance(entry, Event)
        and source_of(entry) == run.origin.slug
        and entry.ref not in run.ground.over
    ]


def _alarms(run: _Run) -> Iterable[str]:
    coming = len(_coming(run))
    fates = [change.fate for change in run.changes]
    bulks = {
        "n’y sont plus": fates.count(Fate.GONE),
        "y sont annulés": fates.count(Fate.CANCELLED),
        "y changent de date": sum(change.moves for change in run.changes),
    }
    for words, many in bulks.items():
        yield from alarm(coming, words, many)
    if coming and Fate.NEW in fates and run.own and not run.there & run.own.keys():
        yield "Rien de ce qu’elle disait n’y est plus et tout y est nouveau : est-ce encore elle ?"
