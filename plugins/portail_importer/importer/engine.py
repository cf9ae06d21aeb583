"""What one source changes among the contents: each item is known by its identity, then by likeness.

A file that nobody touched since it was written for its source is written again, whole; any other
is of the portal, and only compared. What is past stays as it is. A source that changes in bulk
changes nothing until somebody says so.
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
from portail.text.visible import visible_text

from .base import Base, days_of, mark
from .changes import (
    OF_THE_DAY,
    PICTURE,
    Change,
    Difference,
    Fate,
    Harvest,
    Origin,
    alarm,
    differences,
)
from .files import file_of, path_of, title_of, with_faults, without_own_url
from .identity import borne, is_sealed, keys_of, resealed, sealed, source_of
from .likeness import Likeness, told, twins_of
from .matching import (
    Search,
    Traits,
    are_apart,
    point_of,
    titles_of,
    traits_of_content,
    traits_of_item,
)
from .pictures import Fetch, image_of, picture_in
from .requests import UNNAMED, Request
from .sources.items import Loss
from .uids import is_derived, is_weak
from .values import PUBLISHED, dated, edited, filled, flat, part_of
from .values import path_of as path_in

# Fields that a file keeps when it is written again: the source does not say them.
_KEPT = (*OF_THE_DAY, "image")
_IDS = "ids_externes"
_SOURCES = "references"
CANCELLED = "annule"
DRAFT = "brouillon"
# What is said of publication belongs to the source, whose silence takes it back.
_STATES = ("etat", "statut")
# What is written at the head of a file whose source says it no more.
_ABSENT = "# À vérifier : n’est plus dans sa source."
# A source of this many items may be one page of a longer list: what is dated after its last item
# may be on the next page.
_PAGE = 10
# Contents that one source, which is read by itself, brings at once.
_MOST = 500
# Bytes that one source writes.
_BYTES = 60_000_000
_PARTS = ("quand", "ou", "en_ligne")
_CORRECTED = "corrigé ici : annulez-le à la main"
_THERE = "déjà là, d’une autre source ou à la main"
_TWO_PLACES = (
    "Si c’est le même, supprimez ce fichier ; sinon, ôtez-en ces lignes et « statut: brouillon »."
)


class Ground(Struct):
    """What the sources of a run share."""

    base: Base
    # The contents that are there, by reference, drafts with gaps included.
    entries: Mapping[str, Entry]
    # References of those that are over.
    over: frozenset[str]
    # From a picture to its bytes; ``None`` takes none.
    fetch: Fetch | None = None
    # References of the contents, there or new.
    taken: set[str] = field(default_factory=set)
    # The new contents of the sources before, by reference.
    news: dict[str, tuple[Traits, Entry]] = field(default_factory=dict)
    # Bytes of the new files.
    weight: int = 0

    @property
    def today(self) -> date:
        return self.base.portal.day


def ground_of(base: Base, report: Report, fetch: Fetch | None = None) -> Ground:
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
    return Ground(base, dict(sorted(entries.items())), over, fetch, {*entries})


class _Run(Struct):
    origin: Origin
    ground: Ground
    # What was proposed before, by identity.
    memory: Mapping[str, str]
    # The contents that the source gave, by reference.
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
    # What is to be remembered.
    proposed: dict[str, str] = field(default_factory=dict)

    def change(self, request: Request, fate: Fate, **more: Any) -> None:
        self.changes.append(_change(request, fate, **more))


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
    memory: Mapping[str, str],
    *,
    confirmed: bool = False,
) -> Harvest:
    """What the source ``origin`` changes, once its items were read as ``requests``; ``confirmed``,
    even in bulk. Raises ``Refused`` for what writes too much."""
    there = ground.entries.items()
    own = {ref: it for ref, it in there if origin.slug and source_of(it) == origin.slug}
    last = sorted(own.values(), key=lambda entry: entry.ref not in ground.over)
    by_key = {key: entry for entry in last for key in keys_of(entry)}
    run = _Run(origin, ground, memory, own, by_key)
    # What is public first: it hides nothing of the others.
    listed = sorted(without_twins([*requests]), key=lambda request: request.hidden)
    for identity in map(_identity, listed):
        if identity in memory:
            run.proposed[identity] = memory[identity]
    pending = [request for request in listed if not _is_known(request, run)]
    if origin.is_harvested and len(pending) > _MOST and not confirmed:
        many = f"Elle en dit {len(pending)} nouveaux d’un coup."
        return Harvest(origin, run.changes, memory, alarms=(many,))
    before = {**ground.news}
    titles = _compare_by_likeness(pending, run)
    if not any(request.cut for request in listed):
        _depart(titles, len(listed), run)
    alarms = () if confirmed else tuple(_alarms(run))
    if alarms:
        ground.news = before
    return Harvest(origin, run.changes, memory if alarms else run.proposed, alarms=alarms)


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


def _identity(request: Request) -> str:
    # What has no identifier of its own is known by its title.
    return mark([request.namespace, request.identifier or request.text("titre")])


def _moment(request: Request) -> str:
    # The digest of when and where an item takes place.
    said = request.values.items()
    return mark({name: it for name, it in said if part_of(request.kind, name) in _PARTS})


def _named(request: Request, run: _Run) -> Entry | None:
    # The content that bears the identifier of an item. The page of an event may tell its next
    # edition; rows of two tables of one name may have the same numbers.
    entry = run.by_key.get((request.namespace, request.identifier))
    if entry is None or not isinstance(entry, Event):
        return entry
    if request.namespace == NAMESPACE:
        days = {f"{day}" for day in days_of(entry)}
        same = name_key(request.text("titre")) in titles_of(entry) or request.days & days
        return entry if same else None
    is_next = min(request.days, default="") > run.ground.today.isoformat()
    again = is_next and entry.ref in run.ground.over and is_weak(request.identifier)
    return None if again else entry


def _is_known(request: Request, run: _Run) -> bool:
    # Whether nothing is left to find out of an item: left out, or known by its identity.
    entry = _named(request, run)
    is_wrong = request.alone and bool(request.diagnostics)
    if request.hidden:
        return entry is not None and _withdraw(request, entry, run)
    if entry is not None and _is_twice(request, entry.ref, run):
        return True
    if is_wrong:
        run.there |= {entry.ref} if entry else set()
        run.change(request, Fate.LEFT, faults=request.diagnostics)
    elif reason := run.origin.reason(request, entry is not None):
        run.there |= {entry.ref} if entry else set()
        run.change(request, Fate.LEFT, note=reason)
    elif entry is not None:
        _compare(request, entry, run)
    else:
        return False
    return True


def _is_twice(request: Request, key: object, run: _Run) -> bool:
    # Whether another item is what ``key`` identifies; it is then said.
    first = run.numbers.setdefault(key, request.number)
    if first != request.number:
        title = request.text("titre") or UNNAMED
        details = {"autre": f"{request.unit} {first}", "valeur": title}
        twice = run.ground.base.diagnose("E138", request.number, **details)
        run.change(request, Fate.LEFT, faults=(*_errors(request.diagnostics), twice))
    return first != request.number


def _compare_by_likeness(requests: Sequence[Request], run: _Run) -> set[str]:
    # Find the contents that items of unknown identity are: of the source, which renumbered them,
    # else of another one. Gives the titles of those that no file can tell.
    if not requests:
        return set()
    ground = run.ground
    reads = {request.number: _read(request, dict(request.values), run) for request in requests}
    traits = {it.number: _traits(it, reads[it.number].loaded.entry) for it in requests}
    found: dict[int, Traits] = {}
    for hidden in (False, True):  # what is public is found first
        mine = [traits[it.number] for it in requests if it.hidden is hidden]
        taken = {it.ref for it in found.values()} | run.there
        rest = [entry for ref, entry in run.own.items() if ref not in taken]
        found |= _search(mine, rest, [], ground)
    unknown = [it for it in requests if not (it.hidden or it.number in found)]
    twins = _elsewhere(unknown, reads, traits, run)
    for request in requests:
        it = traits[request.number]
        entry = run.own[found[it.number].ref] if it.number in found else None
        if request.hidden:
            _withdraw(request, entry, run)
        elif _is_twice(request, entry.ref if entry else _key(request, it), run):
            continue
        elif entry is None:
            _meet(request, reads[it.number], it, twins.get(it.number), run)
        else:
            _compare(request, entry, run)
    return {title for it in traits.values() if not it.days for title in it.titles}


def _elsewhere(
    requests: Sequence[Request],
    reads: Mapping[int, _Read],
    traits: Mapping[int, Traits],
    run: _Run,
) -> Mapping[int, tuple[str, Likeness]]:
    # The content that each item is like, among those of other sources and of the portal.
    ground = run.ground
    others = {ref: entry for ref, entry in ground.entries.items() if ref not in run.own}
    by_key = {key: ref for ref, entry in others.items() for key in keys_of(entry)}
    named = [request for request in requests if traits[request.number].is_named]
    sure = {it.number: by_key.get((it.namespace, it.identifier)) for it in named}
    entries = {request.number: reads[request.number].loaded.entry for request in requests}
    everything = others | {ref: entry for ref, (_, entry) in ground.news.items()}
    dated = {n: told("", it, ground.base) for n, it in entries.items() if isinstance(it, Event)}
    there = (told(r, it, ground.base) for r, it in everything.items() if isinstance(it, Event))
    twins = twins_of(dated, there)
    undated = [traits[request.number] for request in requests if not request.kind.info.dated]
    news = [it for it, _ in ground.news.values()]
    same = _search(undated, others.values(), news, ground) if undated else {}
    same_refs = {n: twin.ref for n, twin in same.items()} | {n: r for n, r in sure.items() if r}
    return {**twins, **{number: (ref, Likeness.THERE) for number, ref in same_refs.items()}}


def _traits(request: Request, entry: Entry | None) -> Traits:
    # Rows of two tables may have the same numbers, which prove nothing there.
    traits = traits_of_item(request, entry)
    return replace(traits, identifier="") if request.namespace == NAMESPACE else traits


def _key(request: Request, traits: Traits) -> object:
    # What a new item is known by among those of its source.
    if request.identifier:
        return (request.kind, request.namespace, request.identifier)
    return (request.kind, traits.titles, traits.place, traits.point, traits.starts)


def _search(
    items: Sequence[Traits], contents: Iterable[Entry], news: Sequence[Traits], ground: Ground
) -> Mapping[int, Traits]:
    # The content that each item is, by its number.
    by_number: dict[int, Traits] = {}
    for namespace in sorted({item.namespace for item in items}):
        mine = [item for item in items if item.namespace == namespace]
        kinds = {it.kind for it in mine}
        known = {
            entry.ref: traits_of_content(entry, namespace)
            for entry in contents
            if entry.kind in kinds
        } | {it.ref: it for it in news}
        taken = Search(mine, [*known.values()], ground.today).run()
        by_number |= {number: known[ref] for number, ref in taken.items()}
    return by_number


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
    text = with_faults(_text(request, {**values, "statut": DRAFT}, run), faults, request.losses)
    loaded, _ = read_document(text.encode(), draft, base.portal.reading)
    text = "" if Report(loaded.diagnostics).has_errors else text
    return _Read(loaded, text, faults, advice)


def _text(request: Request, values: Mapping[str, Any], run: _Run) -> str:
    origin = run.origin
    whole = replace(request, values=borne(values, origin.slug))
    return visible_text(file_of(whole, run.ground.base))


def _compare(request: Request, entry: Entry, run: _Run) -> None:
    # What the source says of a content that it gave, beside what its file says.
    run.there.add(entry.ref)
    text = run.ground.base.text(entry)
    before = text.raw.encode()
    path = text.file.path
    change = _change(request, Fate.SAME, path=path, before=before, day=_first(entry))
    if entry.ref in run.ground.over:
        run.changes.append(change)
        return
    run.proposed[_identity(request)] = _moment(request)
    untouched = is_sealed(text.raw, entry, path)
    values = _values(request, entry, text, untouched, run)
    if not entry.brouillon and sealed(_text(request, values, run), path) == before:
        run.changes.append(change)
        return
    request = _doubted(request, entry, run) if entry.brouillon and untouched else request
    read = _read(request, values, run, entry.slug)
    rows = _rows(text, read)
    parts = {part_of(request.kind, row.field) for row in rows}
    change = replace(change, differences=rows, moves="quand" in parts, **read.told)
    if not untouched:
        cancelled = _fate(rows, read) is Fate.CANCELLED
        fate = (Fate.CANCELLED if cancelled else Fate.OURS) if rows else Fate.SAME
        run.changes.append(replace(change, fate=fate, note=_CORRECTED * cancelled))
        return
    if rows:
        read = _read(request, _with_day(values, parts, entry, run), run, entry.slug)
    fate = _fate(rows, read)
    if fate is Fate.INCOMPLETE and not (run.origin.is_harvested or entry.brouillon):
        fate = Fate.LEFT
    rewritten = fate is not Fate.LEFT and (rows or _ABSENT in text.raw or read.faults)
    after = sealed(read.text, path) if rewritten else before
    run.changes.append(replace(change, fate=fate, after=after))


def _values(
    request: Request, entry: Entry, text: Text, untouched: bool, run: _Run
) -> dict[str, Any]:
    # What a file is to say: what its source says, and only that of one that is harvested and that
    # nobody touched.
    front = run.ground.base.front(entry)
    values = {name: it for name, it in request.values.items() if name not in OF_THE_DAY}
    if not (untouched and run.origin.is_harvested):
        there = flat(front)
        there[BODY] = text.parts.body.strip() if text.parts else ""
        left = (_IDS, *(_STATES if untouched else ()))
        kept = {name: it for name, it in there.items() if it and name.split(".")[0] not in left}
        values = filled(request.kind, values, request.defaults, kept)
    kept = {name: front[name] for name in _KEPT if name in front}
    if kept.get(PUBLISHED, "") > run.ground.today.isoformat():  # its author may put it off
        kept.pop(PUBLISHED)
        kept |= {name: it for name, it in request.values.items() if name == PUBLISHED}
    return values | kept


def _with_day(
    values: Mapping[str, Any], parts: Iterable[str], entry: Entry, run: _Run
) -> dict[str, Any]:
    # ``values`` with the day of their change, where calendars show it.
    changed = dated(dict.fromkeys(parts), entry, run.ground.today).get("modifie")
    return {**values, **({"modifie": changed} if changed else {})}


def _rows(text: Text, read: _Read) -> tuple[Difference, ...]:
    return tuple(differences(text, Text(text.file, read.text))) if read.text else ()


def _fate(rows: Iterable[Difference], read: _Read) -> Fate:
    if read.faults:
        return Fate.INCOMPLETE if read.text else Fate.LEFT
    if any(row.field == "etat" and row.after == CANCELLED for row in rows):
        return Fate.CANCELLED
    return Fate.CHANGED if rows else Fate.SAME


def _meet(
    request: Request,
    read: _Read,
    traits: Traits,
    twin: tuple[str, Likeness] | None,
    run: _Run,
) -> None:
    # An item that is no content of its source: it is there already, or new.
    ref, likeness = twin or ("", None)
    if likeness is not Likeness.THERE:
        _create(request, read, traits, likeness.value.format(ref=ref) if likeness else "", run)
        return
    entry = run.ground.entries.get(ref)
    change = _change(request, Fate.LEFT, path=PurePosixPath(ref), note=_THERE)
    if entry and request.origin:
        change = _completed(request, read, entry, run)
    elif entry and not run.origin.is_harvested:  # somebody is there to see how they differ
        text = run.ground.base.text(entry)
        values = _values(request, entry, text, False, run)
        there = _read(request, values, run, entry.slug)
        rows = tuple(row for row in _rows(text, there) if row.field != _IDS)
        change = replace(change, path=text.file.path, before=text.raw.encode(), differences=rows)
    run.changes.append(change)


def _completed(request: Request, read: _Read, entry: Entry, run: _Run) -> Change:
    # A content with what an open list says and it does not, and where that comes from.
    base = run.ground.base
    text = base.text(entry)
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


def _doubted(request: Request, entry: Entry | None, run: _Run) -> Request:
    # A place is to be checked when another one of its commune is named nearly as it.
    if not (isinstance(entry, PlaceEntry) and entry.code_commune):
        return request
    ground = run.ground
    town = title_words(ground.base.portal.geography.label(entry.code_commune))
    mine = title_words(entry.titre) - town
    for other in (*ground.entries.values(), *(it for _, it in ground.news.values())):
        if (
            isinstance(other, PlaceEntry)
            and other.code_commune == entry.code_commune
            and not (other.ref == entry.ref or other.brouillon)
            and are_near(title_words(other.titre) - town, mine)
            and not are_apart(point_of(other), point_of(entry))
        ):
            why = f"il est peut-être déjà là ({other.ref})"
            details = {"valeur": entry.titre, "raison": why}
            doubt = request.place(
                ground.base.diagnose("E174", request.number, **details), ("titre",)
            )
            return replace(request, doubts=(*request.doubts, replace(doubt, hint=_TWO_PLACES)))
    return request


def _create(request: Request, read: _Read, traits: Traits, note: str, run: _Run) -> None:
    ground = run.ground
    identity = _identity(request)
    moment = _moment(request)
    if run.memory.get(identity) == moment:
        note = "retiré d’une proposition : il revient si sa date ou son lieu change"
        run.change(request, Fate.REFUSED, note=note)
        return
    entry = read.loaded.entry
    doubted = _doubted(request, entry, run)
    if doubted is not request:
        request = doubted
        read = _read(request, request.values, run)
    if not read.text:
        run.change(request, Fate.LEFT, **read.told)
        return
    slug = free_name(request.kind, _free_title(request, ground), ground.today, ground.taken)
    ref = f"{request.kind.value}/{slug}"
    ground.taken.add(ref)
    if entry:
        ground.news[ref] = replace(traits, number=0, ref=ref), entry
    run.days += [min(traits.days)] if traits.days else []
    run.proposed[identity] = moment
    folder = PurePosixPath(ground.base.content.name, request.kind.value, run.origin.slug)
    change = _change(
        request,
        Fate.INCOMPLETE if read.faults else Fate.NEW,
        path=folder / f"{slug}.md",
        day=min(traits.days, default=None),
        note=note,
        identity=identity,
        **read.told,
    )
    change = _with_picture(replace(change, after=read.text.encode()), request, slug, run)
    change = replace(change, after=sealed(change.after.decode(), change.path))
    ground.weight += len(change.after)
    if ground.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    run.changes.append(change)


def _free_title(request: Request, ground: Ground) -> str:
    # Of two places of one name, the second is called with its commune.
    title = title_of(request, ground.base)
    town = request.text("adresse.commune") or request.text("commune")
    if request.kind in PLACES and f"{request.kind.value}/{slugify(title)}" in ground.taken:
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


def _withdraw(request: Request, entry: Entry | None, run: _Run) -> bool:
    # What the source no longer makes public is a draft, where nobody else wrote it.
    if entry is None or entry.ref in run.there:  # another item of its identity is public
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return True
    run.there.add(entry.ref)
    text = run.ground.base.text(entry)
    path = text.file.path
    change = Change(
        fate=Fate.SAME,
        title=entry.titre,
        row=request.number,
        path=path,
        before=text.raw.encode(),
        day=_first(entry),
    )
    if not (entry.brouillon or entry.ref in run.ground.over):
        after = b""
        if is_sealed(text.raw, entry, path):
            after = resealed(edited(text, {"statut": DRAFT}).decode(), entry, path)
        rows = (Difference("statut", "", DRAFT),)
        note = "sa source ne le publie plus"
        change = replace(change, fate=Fate.CANCELLED, after=after, note=note, differences=rows)
    run.changes.append(change)
    return True


def _depart(unread: set[str], count: int, run: _Run) -> None:
    # Mark the events to come that the source says no more; absence cancels nothing.
    told = [min(days_of(run.own[ref]), default=date.min) for ref in run.there]
    last = max([*told, *run.days], default=date.max) if count >= _PAGE else date.max
    for entry in _coming(run):
        if entry.ref in run.there or entry.brouillon or entry.etat == CANCELLED:
            continue
        text = run.ground.base.text(entry)
        note = ""
        if name_key(entry.titre) in unread:
            note = "la source en dit un autre de ce titre, dont la date ne se lit pas"
        elif min(days_of(entry), default=last) > last:
            note = f"peut-être parce qu’elle s’arrête au {jour(last)}"
        before = text.raw.encode()
        path = text.file.path
        after = b""
        if not note and is_sealed(text.raw, entry, path):
            after = _marked(text.raw, entry, path)
        change = Change(
            fate=Fate.GONE,
            title=entry.titre,
            path=path,
            before=before,
            after=after,
            day=_first(entry),
            note=note,
        )
        run.changes.append(change)


def _first(entry: Entry) -> date | None:
    return min(days_of(entry), default=None)


def _marked(text: str, entry: Entry, path: PurePosixPath) -> bytes:
    # A file that says at its head that its source has it no more.
    if _ABSENT in text:
        return text.encode()
    return resealed(text.replace("---\n", f"---\n{_ABSENT}\n", 1), entry, path)


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
