"""What becomes of the items that are no content of their source: one that another tells is known as
such from now on; the others are new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from portail.diagnostics import Refused
from portail.features.intake.nouveau.names import free_name
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import PLACES
from portail.text.normalise import slugify
from portail_importer.tableurs.models import NAMESPACE

from .base import sealed
from .doubts import alike_named, doubted
from .following import CANCELLED, disputed_rows, follow, remember
from .ground import (
    Ground,
    Read,
    Run,
    change_of,
    identity_of,
    image_of,
    keys_elsewhere,
    picture_in,
    read,
    title_of,
)
from .likeness import Likeness, Told, known_again, told_of_item, twins_of
from .sources.items import Loss
from .values import PARTS, PICTURE, Change, Difference, Fate, Request, edited, flat
from .values import path_of as path_in

_SOURCES = "references"
# Bytes that one source writes.
_BYTES = 60_000_000
_THERE = "déjà là, d’une autre source ou à la main"


def meet(requests: Sequence[Request], run: Run) -> None:
    if not requests:
        return
    ground = run.ground
    reads = {request.number: read(request, request.values, run) for request in requests}
    told = {it.number: told_of_item(it, reads[it.number].entry, ground.base) for it in requests}
    twins = _twins([*told.values()], requests, run)
    for ref in sorted(run.there):
        number = run.numbers.get(ref, 0)
        for mark in _marks(ground.told(ground.entries[ref])):
            run.numbers.setdefault(mark, number)
    for request in requests:
        it = told[request.number]
        made = reads[request.number]
        keys: list[object] = [] if request.namespace == NAMESPACE else _marks(it)
        if request.identifier:
            keys.append((request.kind, request.namespace, request.identifier))
        keys = keys or [(request.kind, it.names, it.town, it.place, it.point, it.starts)]
        if run.is_twice(request, *keys):
            continue
        ref, likeness = twins.get(request.number, ("", None))
        # Who took away what is perhaps there said that it is.
        is_refused = likeness is Likeness.NEAR and identity_of(request) in run.memory
        if likeness is Likeness.THERE or is_refused:
            run.changes.append(_joined(request, made, ground.entries[ref], run))
        else:
            note = likeness.value.format(ref=ref) if likeness else ""
            _create(request, made, run, told=it, note=note)


def _marks(told: Told) -> list[object]:
    # What says that an item of a source is another of it, whatever their identifiers.
    return [(name, told.town, told.place, told.starts) for name in told.names if told.starts]


def _twins(
    told: Sequence[Told], requests: Sequence[Request], run: Run
) -> dict[int, tuple[str, Likeness]]:
    # The content of another source, or of somebody, that each new item is like.
    ground = run.ground
    kinds = {it.kind for it in told}
    there = (it for ref, it in ground.entries.items() if ref not in run.own and it.kind in kinds)
    others = [ground.told(entry) for entry in there]
    twins = {**twins_of([it for it in told if it.kind.info.dated], others)}
    undated = [it for it in told if not it.kind.info.dated]
    sure = {**known_again(undated, others, ground.today)}
    if not run.origin.is_harvested:  # what somebody brings by its identifier changes nothing
        called = dict(keys_elsewhere(ground, run.origin.slug))
        named = {it.number for it in told if it.is_named}
        keys = {it.number: (it.namespace, it.identifier) for it in requests if it.number in named}
        sure |= {number: called[key] for number, key in keys.items() if key in called}
    return twins | {number: (ref, Likeness.THERE) for number, ref in sure.items()}


def _joined(request: Request, made: Read, entry: Entry, run: Run) -> Change:
    # What another source, or somebody, tells already.
    if request.origin:
        return _completed(request, made, entry, run)
    if run.origin.is_harvested:
        change = follow(request, entry, run)
        is_quiet = change.fate in (Fate.SAME, Fate.OURS)
        if is_quiet:
            return replace(change, fate=Fate.LEFT, note=_THERE)
        return change
    rows = disputed_rows(request, entry, PARTS, run=run) if isinstance(entry, Event) else ()
    before = run.ground.text(entry).raw.encode()
    told = {"path": entry.source, "before": before, "note": _THERE, "differences": rows}
    return change_of(request, Fate.LEFT, **told)


def _completed(request: Request, made: Read, entry: Entry, run: Run) -> Change:
    # A content with what an open list says and it does not, and where that comes from.
    base = run.ground.base
    text = run.ground.text(entry)
    there = flat(base.front(entry))
    known = {*there, *(name.removeprefix("adresse.") for name in there)}
    wanted = {".".join(path_in(name)) for name in request.values}
    told = flat(base.front(made.entry)) if made.entry else {}
    lacking = {name: it for name, it in told.items() if name in wanted - known}
    before = text.raw.encode()
    change = change_of(request, Fate.SAME, path=text.file.path, before=before)
    if lacking.keys() <= request.origin:
        return change
    sources = there.get(_SOURCES, [])
    lacking[_SOURCES] = [*sources, *(it for it in told[_SOURCES] if it not in sources)]
    rows = tuple(Difference(name, "", f"{it}") for name, it in lacking.items())
    after = edited(text, lacking)
    return replace(change, fate=Fate.CHANGED, after=after, differences=rows)


def _create(request: Request, made: Read, run: Run, *, told: Told, note: str) -> None:
    ground = run.ground
    identity = identity_of(request)
    if identity in run.memory:
        run.said[identity] = run.memory[identity]
        run.change(request, Fate.REFUSED, note="retiré d’une proposition, ou supprimé")
        return
    if run.origin.is_harvested:
        ref = alike_named(request, run)
        note = note or (ref and Likeness.NEAR.value.format(ref=ref))
        if request.text("etat") == CANCELLED:
            why = " ; ".join(filter(None, ("annulé sans avoir été annoncé ici", note)))
            run.change(request, Fate.LEFT, note=why)
            return
    asked = doubted(request, made.entry, run)
    if asked is not request:
        made = read(asked, asked.values, run)
    if not made.text:
        run.change(request, Fate.LEFT, **made.told)
        return
    slug = free_name(request.kind, _free_title(request, ground), ground.today, ground.entries)
    ref = f"{request.kind.value}/{slug}"
    folder = PurePosixPath(ground.base.content.name, request.kind.value, run.origin.slug)
    change = change_of(
        request,
        Fate.INCOMPLETE if made.faults else Fate.NEW,
        path=folder / f"{slug}.md",
        day=min(told.days, default=None),
        note=note,
        identity=identity,
        **made.told,
    )
    change = _with_picture(replace(change, after=made.text.encode()), asked, slug, run)
    change = replace(change, after=sealed(change.after.decode(), change.path))
    ground.weight += len(change.after)
    if ground.weight > _BYTES:
        raise Refused(f"Cet import écrirait plus de {_BYTES // 1_000_000} Mo : coupez-le en deux.")
    ground.put(ref, change.path, change.after)
    remember(request, run)
    run.there.add(ref)
    run.changes.append(change)


def _free_title(request: Request, ground: Ground) -> str:
    # Of two places of one name, the second is called with its commune.
    title = title_of(request, ground.base)
    town = request.text("adresse.commune") or request.text("commune")
    if request.kind in PLACES and f"{request.kind.value}/{slugify(title)}" in ground.entries:
        return f"{title} {town.partition(' (')[0]}"
    return title


def _with_picture(change: Change, request: Request, slug: str, run: Run) -> Change:
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
    made = read(request, {**request.values, "image": image}, run)
    beside = {folder / image["fichier"]: data}
    return replace(change, path=folder / "index.md", after=made.text.encode(), beside=beside)
