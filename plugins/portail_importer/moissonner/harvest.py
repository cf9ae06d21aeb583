"""What one source changes among the contents: each item is known by its identity, then by likeness.

A file that nobody touched since a harvest wrote it is written again, whole; any other is of the
portal, and only compared. What is past stays as it is. A source that changes in bulk changes
nothing until somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from portail.diagnostics import INCOMPLETE, Diagnostic, Report
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.intake.nouveau.names import free_name
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, PLACES, place_ref
from portail.site.draft import read_document
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.normalise import name_key, slug_of_filename
from portail.text.visible import visible_text

from ..importer.base import Base, days_of, mark
from ..importer.departed import CANCELLED, DRAFT, PAGE
from ..importer.engine import file_of, title_of, with_faults, without_twins
from ..importer.imports import Fetch, image_of, picture_in
from ..importer.matching import Search, Traits, traits_of_content, traits_of_item
from ..importer.requests import UNNAMED, Request
from ..importer.values import dated, edited, part_of
from .changes import (
    OF_THE_DAY,
    Change,
    Difference,
    Fate,
    Harvest,
    alarm,
    differences,
    gaps,
    reasons,
    text_of,
)
from .identity import borne, is_placed, is_sealed, keys_of, resealed, sealed, source_of
from .likeness import Likeness, told, twins_of
from .record import Memory
from .sources import Source, Tri

# Fields that a file keeps when it is written again: the source does not say them.
_KEPT = (*OF_THE_DAY, "image")
# What is written at the head of a file whose source says it no more.
_ABSENT = "# À vérifier : n’est plus dans sa source."
# Contents that one source brings at once.
_MOST = 500
_PARTS = ("quand", "ou", "en_ligne")
_CORRECTED = "corrigé ici : annulez-le à la main"
_THERE = "déjà là, d’une autre source ou à la main"


class Ground(Struct):
    """What the sources of a run share."""

    base: Base
    # The contents that are there, by reference, drafts with gaps included.
    entries: Mapping[str, Entry]
    # References of those that are over.
    over: frozenset[str]
    # References of the contents, there or new.
    taken: set[str]
    # The new contents of the sources before, by reference.
    news: dict[str, tuple[Traits, Entry]] = field(default_factory=dict)
    # From a picture to its bytes; ``None`` takes none.
    fetch: Fetch | None = None

    @property
    def today(self) -> date:
        return self.base.portal.day


def unfinished(base: Base, report: Report) -> dict[str, Entry]:
    """The drafts that lack something, which no item tells, by reference."""
    found: dict[str, Entry] = {}
    for fault in report:
        path = fault.position.path
        if fault.code == INCOMPLETE:
            name = path.parent.name if path.name == "index.md" else path.name
            file = base.file(BY_FOLDER[path.parts[1]], slug_of_filename(name), path)
            entry = read_document(file.file.read_bytes(), file, base.portal.reading)[0].entry
            found |= {entry.ref: entry} if entry else {}
    return found


class _Run(Struct):
    source: Source
    ground: Ground
    memory: Memory
    # The contents that the source gave, by reference.
    own: Mapping[str, Entry]
    # The same, by namespace and identifier.
    by_key: Mapping[tuple[str, str], Entry]
    changes: list[Change] = field(default_factory=list)
    # Those of ``own`` that it still says.
    there: set[str] = field(default_factory=set)
    # The day on which each new event begins.
    days: list[date] = field(default_factory=list)
    # What is to be remembered: see ``record.py``.
    proposed: dict[str, str] = field(default_factory=dict)

    def leave(self, request: Request, note: str, fate: Fate = Fate.LEFT) -> None:
        title = "" if request.hidden else request.text("titre")
        self.changes.append(Change(fate, title or UNNAMED, note=note))


class _Read(Struct, frozen=True):
    """A file that an item makes, as a reader of contents takes it."""

    loaded: Loaded
    data: bytes
    faults: tuple[Diagnostic, ...] = ()


def harvest(
    source: Source,
    requests: Iterable[Request],
    memory: Memory,
    ground: Ground,
    *,
    confirmed: bool = False,
) -> Harvest:
    """What ``source`` changes, once its items were read as ``requests``; ``confirmed``, even in
    bulk."""
    there = ground.entries
    own = {ref: entry for ref, entry in there.items() if source_of(entry) == source.slug}
    by_key = {key: entry for entry in own.values() for key in keys_of(entry)}
    run = _Run(source, ground, memory, own, by_key)
    listed = [*without_twins([*requests])]
    for identity in map(_identity, listed):
        if identity in memory.proposed:
            run.proposed[identity] = memory.proposed[identity]
    pending = [request for request in listed if not _is_known(request, run)]
    if len(pending) > _MOST and not confirmed:
        alarm = f"Elle en dit {len(pending)} nouveaux d’un coup."
        return Harvest(source, run.changes, memory.proposed, alarms=(alarm,))
    before = {**ground.news}
    titles = _compare_by_likeness(pending, run)
    if not any(request.cut for request in listed):
        _depart(titles, len(listed), run)
    alarms = () if confirmed else tuple(_alarms(run))
    if alarms:
        ground.news = before
    return Harvest(source, run.changes, memory.proposed if alarms else run.proposed, alarms=alarms)


def _identity(request: Request) -> str:
    # What has no identifier of its own is known by its title.
    return mark([request.namespace, request.identifier or request.text("titre")])


def _moment(request: Request) -> str:
    # The digest of when and where an item takes place.
    said = request.values.items()
    return mark({name: it for name, it in said if part_of(request.kind, name) in _PARTS})


def _is_known(request: Request, run: _Run) -> bool:
    # Whether nothing is left to find out of an item: left out, or known by its identity.
    entry = run.by_key.get((request.namespace, request.identifier))
    if entry is not None and entry.ref in run.there:
        run.leave(request, "la source le dit deux fois")
    elif entry is not None and request.hidden:
        run.there.add(entry.ref)
        _withdraw(entry, run)
    elif request.hidden or request.diagnostics:
        run.there |= {entry.ref} if entry else set()
        run.leave(request, "; ".join(fault.message for fault in request.diagnostics))
    elif entry is None and _is_past(request, run.ground.today):
        run.leave(request, "passé")
    elif reason := _unwanted(request, run.source.garder or Tri(), run.ground.base):
        run.there |= {entry.ref} if entry else set()
        run.leave(request, reason)
    elif entry is not None:
        _compare(request, entry, run)
    else:
        return False
    return True


def _is_past(request: Request, today: date) -> bool:
    # Whether all that an item says of when is before today; what comes back may go on.
    parts = {
        name: it for name, it in request.values.items() if part_of(request.kind, name) == "quand"
    }
    sessions = parts.pop("seances", ())
    told = [*parts.values(), *(value for session in sessions for value in session.values())]
    days = [text[:10] for text in map(str, told) if text[:4].isdecimal()]
    return bool(days) and "rrule" not in parts and max(days) < today.isoformat()


def _unwanted(request: Request, kept: Tri, base: Base) -> str:
    # Why the portal keeps not what a source says; "" when it does.
    if request.kind in PLACES and request.kind.value not in kept.genres:
        return "lieu de l’annuaire, que « genres » ne demande pas"
    if kept.genres and request.kind.value not in kept.genres:
        return f"genre que le portail n’en garde pas : {request.kind.info.pluriel}"
    if kept.communes:
        lieu = base.items.get(place_ref(request.text("lieu")))
        own = lieu.commune.code if lieu and lieu.commune else ""
        told = request.text("adresse.commune") or request.text("commune")
        codes = {base.commune(name) or name_key(name) for name in kept.communes}
        if (own or base.commune(told) or name_key(told)) not in codes:
            return f"hors des communes que le portail en garde : {told or 'commune inconnue'}"
    words = f" {name_key(' '.join(map(str, request.values.values())))} "
    if kept.mots and not any(f" {name_key(word)}" in words for word in kept.mots):
        return "aucun des mots que le portail en garde"
    return ""


def _compare_by_likeness(requests: Sequence[Request], run: _Run) -> set[str]:
    # Find the contents that items of unknown identity are: of the source, which renumbered them,
    # else of another one. Gives the titles of those that no file can tell.
    if not requests:
        return set()
    ground = run.ground
    reads = {request.number: _read(request, dict(request.values), run) for request in requests}
    traits = [traits_of_item(it, reads[it.number].loaded.entry) for it in requests]
    rest = [entry for ref, entry in run.own.items() if ref not in run.there]
    found = _search(traits, rest, [], ground)
    unknown = {it.number: it for it in traits if it.number not in found}
    twins = _elsewhere(unknown, reads, run)
    for request, it in zip(requests, traits, strict=True):
        ref, likeness = twins.get(request.number, ("", None))
        if request.number in found:
            _compare(request, run.own[found[request.number].ref], run)
        elif likeness is Likeness.THERE:
            there = PurePosixPath(ref)
            run.changes.append(Change(Fate.LEFT, request.text("titre"), there, note=_THERE))
        else:
            note = likeness.value.format(ref=ref) if likeness else ""
            _create(request, reads[request.number], it, note, run)
    return {title for it in traits if not it.days for title in it.titles}


def _elsewhere(
    unknown: Mapping[int, Traits], reads: Mapping[int, _Read], run: _Run
) -> Mapping[int, tuple[str, Likeness]]:
    # The content that each item is like, among those of other sources and of the portal.
    ground = run.ground
    others = {ref: entry for ref, entry in ground.entries.items() if ref not in run.own}
    everything = others | {ref: entry for ref, (_, entry) in ground.news.items()}
    entries = {number: reads[number].loaded.entry for number in unknown}
    twins = twins_of(
        {
            n: told("", entry, ground.base)
            for n, entry in entries.items()
            if isinstance(entry, Event)
        },
        (
            told(ref, entry, ground.base)
            for ref, entry in everything.items()
            if isinstance(entry, Event)
        ),
    )
    undated = [it for it in unknown.values() if not it.kind.info.dated]
    news = [it for it, _ in ground.news.values()]
    same = _search(undated, others.values(), news, ground) if undated else {}
    return {**twins, **{number: (twin.ref, Likeness.THERE) for number, twin in same.items()}}


def _search(
    items: Sequence[Traits], contents: Iterable[Entry], news: Sequence[Traits], ground: Ground
) -> Mapping[int, Traits]:
    # The content that each item is, by its number.
    by_number: dict[int, Traits] = {}
    for namespace in sorted({it.namespace for it in items}):
        mine = [it for it in items if it.namespace == namespace]
        kinds = {it.kind for it in mine}
        known = {
            entry.ref: traits_of_content(entry, namespace, {})
            for entry in contents
            if entry.kind in kinds
        } | {it.ref: it for it in news}
        taken = Search(mine, [*known.values()], ground.today).run()
        by_number |= {number: known[ref] for number, ref in taken.items()}
    return by_number


def _read(request: Request, values: Mapping[str, Any], run: _Run, there: str = "") -> _Read:
    # The file of an item; a draft, its gaps told at its head, when something is missing.
    base = run.ground.base
    name = there or title_of(request, base)
    draft = base.file(request.kind, free_name(request.kind, name, base.portal.day, ()))
    text = _text(request, values, run)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    faults = (*request.doubts, *(it for it in loaded.diagnostics if it.code[0] == "E"))
    if not faults:
        return _Read(loaded, sealed(text))
    text = with_faults(_text(request, {**values, "statut": DRAFT}, run).encode(), faults).decode()
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    data = b"" if Report(loaded.diagnostics).has_errors else sealed(text)
    return _Read(loaded, data, faults)


def _text(request: Request, values: Mapping[str, Any], run: _Run) -> str:
    # What leads to no page of its source names it all the same.
    named = {"references": [{"titre": run.source.nom}], **values}
    whole = replace(request, values=borne(named, run.source.slug))
    return visible_text(file_of(whole, run.ground.base))


def _compare(request: Request, entry: Entry, run: _Run) -> None:
    # What the source says of a content that it gave, beside what its file says.
    run.there.add(entry.ref)
    base = run.ground.base
    text = base.text(entry)
    before = text.raw.encode()
    change = Change(Fate.SAME, entry.titre, text.file.path, before, day=_first(entry))
    if entry.ref in run.ground.over:
        run.changes.append(change)
        return
    run.proposed[_identity(request)] = _moment(request)
    front = base.front(entry)
    values = {name: it for name, it in request.values.items() if name not in OF_THE_DAY}
    values |= {name: front[name] for name in _KEPT if name in front}
    if not entry.brouillon and sealed(_text(request, values, run)) == before:
        run.changes.append(change)
        return
    read = _read(request, values, run, entry.slug)
    rows = tuple(differences(text, text_of(read.data, text.file))) if read.data else ()
    parts = {part_of(request.kind, row.field) for row in rows}
    change = replace(change, differences=rows, moves="quand" in parts)
    if not _is_untouched(text, entry, run):
        cancelled = _fate(rows, read) is Fate.CANCELLED
        fate = (Fate.CANCELLED if cancelled else Fate.OURS) if rows else Fate.SAME
        run.changes.append(replace(change, fate=fate, note=_CORRECTED * cancelled))
        return
    if rows:
        read = _read(request, _with_day(values, parts, entry, run), run, entry.slug)
    fate = _fate(rows, read)
    after = read.data if rows or _ABSENT in text.raw or fate is Fate.INCOMPLETE else before
    run.changes.append(replace(change, fate=fate, after=after, note=gaps(read.faults)))


def _with_day(
    values: Mapping[str, Any], parts: Iterable[str], entry: Entry, run: _Run
) -> dict[str, Any]:
    # ``values`` with the day of their change, where calendars show it.
    changed = dated(dict.fromkeys(parts), entry, run.ground.today).get("modifie")
    return {**values, **({"modifie": changed} if changed else {})}


def _is_untouched(text: Text, entry: Entry, run: _Run) -> bool:
    # Whether the harvest alone wrote a file, and nobody moved it.
    return is_placed(text.file.path, run.source.slug) and is_sealed(text.raw, entry)


def _fate(rows: Iterable[Difference], read: _Read) -> Fate:
    if read.faults:
        return Fate.INCOMPLETE if read.data else Fate.LEFT
    if any(row.field == "etat" and row.after == CANCELLED for row in rows):
        return Fate.CANCELLED
    return Fate.CHANGED if rows else Fate.SAME


def _create(request: Request, read: _Read, traits: Traits, doubt: str, run: _Run) -> None:
    ground = run.ground
    base = ground.base
    title = request.text("titre") or UNNAMED
    identity = _identity(request)
    moment = _moment(request)
    if run.memory.proposed.get(identity) == moment:
        run.leave(
            request,
            "retiré d’une proposition : il revient si sa date ou son lieu change",
            Fate.REFUSED,
        )
        return
    if not read.data:
        run.leave(request, reasons(read.faults))
        return
    slug = free_name(request.kind, title_of(request, base), ground.today, ground.taken)
    ref = f"{request.kind.value}/{slug}"
    ground.taken.add(ref)
    if read.loaded.entry:
        ground.news[ref] = replace(traits, number=0, ref=ref), read.loaded.entry
    run.days += [min(traits.days)] if traits.days else []
    run.proposed[identity] = moment
    folder = PurePosixPath(base.content.name, request.kind.value, run.source.slug)
    change = Change(
        Fate.INCOMPLETE if read.faults else Fate.NEW,
        title,
        folder / f"{slug}.md",
        after=read.data,
        day=min(traits.days, default=None),
        note=" ; ".join(filter(None, (doubt, gaps(read.faults)))),
        identity=identity,
    )
    run.changes.append(_with_picture(change, request, slug, run))


def _with_picture(change: Change, request: Request, slug: str, run: _Run) -> Change:
    # ``change`` in a folder of its own with its picture, if the source gives one and credits it.
    fetch = run.ground.fetch if run.source.images else None
    if request.picture is None or fetch is None:
        return change
    data, reason = picture_in(request.picture, fetch)
    if reason:
        return replace(change, note=" ; ".join(filter(None, (change.note, f"image : {reason}"))))
    image = image_of(request.picture, slug, data, run.ground.base)
    folder = change.path.with_suffix("")
    read = _read(request, {**request.values, "image": image}, run)
    beside = {folder / image["fichier"]: data}
    return replace(change, path=folder / "index.md", after=read.data, beside=beside)


def _withdraw(entry: Entry, run: _Run) -> None:
    # What the source no longer makes public is a draft, where nobody else wrote it.
    text = run.ground.base.text(entry)
    there = text.raw.encode()
    change = Change(Fate.SAME, entry.titre, text.file.path, there, day=_first(entry))
    if not (entry.brouillon or entry.ref in run.ground.over):
        after = b""
        if _is_untouched(text, entry, run):
            after = resealed(edited(text, {"statut": DRAFT}).decode(), entry)
        note = "sa source ne le publie plus"
        change = replace(change, fate=Fate.CANCELLED, after=after, note=note)
    run.changes.append(change)


def _depart(unread: set[str], count: int, run: _Run) -> None:
    # Mark the events to come that the source says no more; absence cancels nothing.
    told = [min(days_of(run.own[ref]), default=date.min) for ref in run.there]
    last = max([*told, *run.days], default=date.max) if count >= PAGE else date.max
    for entry in _coming(run):
        if entry.ref in run.there or entry.brouillon or entry.etat == CANCELLED:
            continue
        text = run.ground.base.text(entry)
        note = ""
        if name_key(entry.titre) in unread:
            note = "la source en dit un autre de ce titre, dont la date ne se lit pas"
        elif min(days_of(entry), default=last) > last:
            note = f"peut-être parce qu’elle s’arrête au {jour(last)}"
        there = text.raw.encode()
        change = Change(Fate.GONE, entry.titre, text.file.path, there, day=_first(entry), note=note)
        if not note and _is_untouched(text, entry, run):
            change = replace(change, after=_marked(text.raw, entry))
        run.changes.append(change)


def _first(entry: Entry) -> date | None:
    return min(days_of(entry), default=None)


def _marked(text: str, entry: Entry) -> bytes:
    # A file that says at its head that its source has it no more.
    if _ABSENT in text:
        return text.encode()
    return resealed(text.replace("---\n", f"---\n{_ABSENT}\n", 1), entry)


def _coming(run: _Run) -> list[Event]:
    events = (entry for entry in run.own.values() if isinstance(entry, Event))
    return [event for event in events if event.ref not in run.ground.over]


def _alarms(run: _Run) -> Iterable[str]:
    coming = len(_coming(run))
    changes = [change for change in run.changes if change.is_written]
    bulks = {
        "n’y sont plus": sum(change.fate is Fate.GONE for change in changes),
        "y sont annulés": sum(change.fate is Fate.CANCELLED for change in changes),
        "y changent de date": sum(change.moves for change in changes),
    }
    for words, many in bulks.items():
        yield from alarm(coming, words, many)
