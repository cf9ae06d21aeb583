"""What one source changes among the contents.

What the portal announces is followed before anything is sorted: each item is known by what its
source calls it, then by likeness; what is asked of an item is asked of a new one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from msgspec.structs import replace

from portail.model.entry import Entry
from portail.model.event import Event
from portail.text.dates import jour
from portail.text.normalise import name_key
from portail_importer.tableurs.models import NAMESPACE

from .base import SOURCE, TOO, days_of, is_sealed, keys_of, mark, ordered, source_of, tellers_of
from .doubts import whom
from .following import CANCELLED, UNSURE, follow
from .ground import DRAFT, IDS, Ground, Run, first_of, read
from .likeness import (
    is_derived,
    is_weak,
    known_again,
    names_in,
    titles_of,
    told_of_content,
    told_of_item,
)
from .meeting import meet
from .values import Change, Difference, Fate, Harvest, Origin, Request, alarm

# A source of this many items may be one page of a longer list: what is dated after its last item
# may be on the next page.
_PAGE = 10
# Contents that one source, which is read by itself, brings at once.
_MOST = 500


def harvest(
    origin: Origin, requests: Iterable[Request], ground: Ground, *, confirmed: bool = False
) -> Harvest:
    """What the source ``origin`` changes, once its items were read as ``requests``: a source that
    is not read by itself changes nothing in bulk unless that is ``confirmed``. Raises ``Refused``
    for what writes too much."""
    # What is public first: it hides nothing of the others.
    listed = sorted(without_twins([*requests]), key=lambda request: request.hidden)
    before = {**ground.entries}, {**ground.files}
    former = _former(origin, listed, ground) or origin.slug
    adopted = [*_adopted(origin, former, ground)]
    memory = ground.memories.get(former, {})
    own = [it for it in ground.entries.values() if origin.slug and origin.slug in tellers_of(it)]
    own.sort(key=lambda entry: entry.ref not in ground.over)
    by_key: dict[tuple[str, str], str] = {}
    for entry in own:
        for key in keys_of(entry, origin.slug):
            by_key[key] = entry.ref
    run = Run(
        origin, ground, memory, by_key=by_key, changes=adopted, own=frozenset(it.ref for it in own)
    )
    # What is refused is so for good; what is there is remembered by what is said of it.
    there = {mark([*key]) for key in by_key}
    run.said |= {identity: it for identity, it in memory.items() if identity not in there}
    pending = [request for request in listed if not _is_known(request, _named(request, run), run)]
    found = _found(pending, run)
    unknown = [it for it in pending if not _is_known(it, found.get(it.number), run)]
    new = [request for request in unknown if not _is_left(request, run)]
    alarms: list[str] = []
    if origin.is_harvested and len(new) > _MOST:
        alarms.append(f"Elle en dit {len(new)} nouveaux d’un coup : {_MOST} sont proposés.")
        new = sorted(new, key=lambda request: min(request.days, default=""))[:_MOST]
    meet(new, run)
    if not any(request.cut for request in listed):
        unread = {name_key(request.text("titre")) for request in new if not request.days}
        _depart(unread, len(listed), run)
    bulks = [] if confirmed else [*_alarms(run)]
    ground.heard |= run.there
    is_held = bool(bulks) and (not origin.is_harvested or origin.slug in ground.waiting)
    if is_held:
        ground.entries, ground.files = before
    return Harvest(origin, run.changes, run.said, alarms=(*alarms, *bulks), is_held=is_held)


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
            kept = {key: it for key, it in request.values.items() if not key.startswith(IDS)}
            request = replace(request, identifier="", values=kept)
        yield request


# What it was called.


def _former(origin: Origin, requests: Sequence[Request], ground: Ground) -> str:
    # What a source that ``sources.yml`` calls otherwise now was called: that of its address, or of
    # most of what it says.
    if not origin.is_harvested or origin.slug in ground.memories:
        return ""
    told: dict[str, list[Entry]] = defaultdict(list)
    for entry in ground.entries.values():
        for slug in tellers_of(entry):
            told[slug].append(entry)
    said = {(request.namespace, request.identifier) for request in requests if request.identifier}
    former = ground.by_address.get(mark(origin.address), "")
    for slug in sorted(told.keys() - ground.origins.keys()):
        coming = [entry for entry in told[slug] if entry.ref not in ground.over] or told[slug]
        met = sum(not said.isdisjoint(keys_of(entry, slug)) for entry in coming)
        if slug == former or 2 * met > len(coming):
            return slug
    return ""


def _adopted(origin: Origin, former: str, ground: Ground) -> Iterator[Change]:
    for entry in [*ground.entries.values()]:
        if former != origin.slug and former in tellers_of(entry):
            names = {f"{TOO}{former}": f"{TOO}{origin.slug}"}
            ids = {names.get(name, name): it for name, it in entry.ids_externes}
            if source_of(entry) == former:
                ids[SOURCE] = origin.slug
            yield ground.change(entry, {IDS: ordered(ids)})


# What is there.


def _named(request: Request, run: Run) -> Entry | None:
    # The content that bears the identifier of an item. The page of an event may tell its next
    # edition; rows of two tables of one name may have the same numbers.
    ref = run.by_key.get((request.namespace, request.identifier), "")
    entry = run.ground.entries.get(ref)
    if not isinstance(entry, Event):
        return entry
    if request.namespace == NAMESPACE:
        days = {f"{day}" for day in days_of(entry)}
        same = name_key(request.text("titre")) in titles_of(entry) or request.days & days
        if same:
            return entry
        return None
    is_next = min(request.days, default="") > run.ground.today.isoformat()
    again = is_next and entry.ref in run.ground.over and is_weak(request.identifier)
    if again:
        return None
    return entry


def _found(requests: Sequence[Request], run: Run) -> dict[int, Entry]:
    # The contents of their source that items are, by another identifier; what is public first.
    base = run.ground.base
    entries = run.ground.entries
    found: dict[int, str] = {}
    for hidden in (False, True):
        rest = run.own - run.there - {*found.values()}
        contents = []
        for entry in (entries[ref] for ref in sorted(rest)):
            called = next((it for _, it in keys_of(entry, run.origin.slug)), "")
            contents.append(told_of_content(entry, called, base))
        names = set(chain.from_iterable(told.names for told in contents))
        items = [
            told_of_item(request, read(request, request.values, run).entry, base)
            for request in requests
            if request.hidden is hidden and not names.isdisjoint(names_in(request.text("titre")))
        ]
        found |= known_again(items, contents, run.ground.today)
    return {number: entries[ref] for number, ref in found.items()}


def _is_known(request: Request, entry: Entry | None, run: Run) -> bool:
    if entry is None:
        return False
    if request.hidden:
        _withdraw(request, entry, run)
    elif not run.is_twice(request, entry.ref):
        run.changes.append(follow(request, entry, run))
    return True


def _is_left(request: Request, run: Run) -> bool:
    # Whether a new item is not taken.
    if request.hidden or (request.alone and request.diagnostics):
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return True
    reason = run.origin.reason(request)
    if reason:
        run.change(request, Fate.LEFT, note=reason)
    return bool(reason)


# What is no more.


def _withdraw(request: Request, entry: Entry, run: Run) -> None:
    # What the source no longer makes public is a draft, where nobody else wrote it.
    is_public = entry.ref in run.there  # another item of its identity is
    if is_public or source_of(entry) != run.origin.slug:
        run.change(request, Fate.LEFT, faults=request.diagnostics)
        return
    run.there.add(entry.ref)
    if entry.brouillon or entry.ref in run.ground.over:
        run.changes.append(_told(entry, Fate.SAME, run, note="", edits={}, row=request.number))
        return
    told = _told(
        entry,
        Fate.CANCELLED,
        run,
        note="sa source ne le publie plus",
        edits={"statut": DRAFT} if _is_whole(entry, run) else {},
        row=request.number,
        differences=(Difference("statut", "", DRAFT),),
    )
    run.changes.append(told)


def _is_whole(entry: Entry, run: Run) -> bool:
    text = run.ground.text(entry)
    return is_sealed(text.raw, text.file.path)


def _told(
    entry: Entry, fate: Fate, run: Run, *, note: str, edits: dict[str, str], **more: object
) -> Change:
    told = {"fate": fate, "note": note, **more}
    if edits:
        return run.ground.change(entry, edits, **told)
    text = run.ground.text(entry)
    there = Change(fate=fate, path=text.file.path, before=text.raw.encode(), note=note)
    return replace(there, title=entry.titre, day=first_of(entry), **more)


def _depart(unread: set[str], count: int, run: Run) -> None:
    # Mark the events to come that the source says no more; absence cancels nothing.
    ground = run.ground
    told = [first_of(ground.entries[ref]) or date.min for ref in run.there]
    last = max(told, default=date.max) if count >= _PAGE else date.max
    for entry in _coming(run):
        is_told = entry.ref in run.there or entry.ref in ground.heard
        if is_told or entry.brouillon or entry.etat == CANCELLED:
            continue
        note = ""
        if name_key(entry.titre) in unread:
            note = "la source en dit un autre de ce titre, dont la date ne se lit pas"
        elif min(days_of(entry), default=last) > last:
            note = f"peut-être parce qu’elle s’arrête au {jour(last)}"
        edits = {} if note or entry.a_confirmer else {UNSURE: whom(entry, ground)}
        run.changes.append(_told(entry, Fate.GONE, run, note=note, edits=edits))


def _coming(run: Run) -> list[Event]:
    # The events to come that the source gave.
    mine = (run.ground.entries[ref] for ref in sorted(run.own - run.ground.over))
    slug = run.origin.slug
    return [entry for entry in mine if isinstance(entry, Event) and source_of(entry) == slug]


def _alarms(run: Run) -> Iterator[str]:
    coming = len(_coming(run))
    fates = [change.fate for change in run.changes if change.is_written]
    bulks = {
        "n’y sont plus": fates.count(Fate.GONE),
        "y sont annulés": fates.count(Fate.CANCELLED),
        "y changent de date": sum(change.moves for change in run.changes),
    }
    for words, many in bulks.items():
        yield from alarm(coming, "événements à venir", words, many)
    told = [run.ground.entries[ref] for ref in run.own & run.there]
    texts = {entry.source for entry in told if not entry.kind.info.dated}
    changed = [it for it in run.changes if it.fate is Fate.CHANGED and it.path in texts]
    yield from alarm(len(texts), "textes", "y sont réécrits", len(changed))
    if coming and Fate.NEW in fates and run.there.isdisjoint(run.own):
        yield "Rien de ce qu’elle disait n’y est plus, tout y est nouveau : est-ce encore elle ?"
