"""What a source says of a content that the portal announces, beside what its file says.

Its untouched files are written again, whole. Any other is followed for its state, its dates and
its place: who is to say so changes what it says otherwise than before, but what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from msgspec.structs import replace

from portail.model.entry import Entry
from portail.model.event import Event
from portail.text.normalise import with_newlines
from portail_importer.tableurs.columns import BODY
from portail_plume.sheet import Sheet as Text

from .base import TOO, is_sealed, keys_of, mark, ordered, sealed, source_of
from .doubts import calls_off, doubted, leads, whom
from .ground import IDS, Run, change_of, first_of, identity_of, read, text_of
from .values import (
    CHANGED,
    PARTS,
    PUBLISHED,
    Change,
    Difference,
    Fate,
    Request,
    dated,
    differences,
    filled,
    flat,
    front_of,
    part_of,
)
from .values import path_of as path_in

CANCELLED = "annule"
_POSTPONED = "reporte"
_MOVED = "reprogramme"
UNSURE = "a_confirmer"
# Fields that a file keeps when it is written again: the source does not say them.
_OF_THE_DAY = (PUBLISHED, CHANGED)
_KEPT = (*_OF_THE_DAY, "image")
# Signs of the digest of a part; what follows those of a file that somebody corrected, once told.
_SIGNS = 5
_CORRECTED = "+"
_MINE = "corrigé ici : sa source ne l’écrit plus, son état et ses dates restent suivis"
_BY_HAND = "corrigé ici : à reprendre à la main s’il le faut"

Rows = tuple[Difference, ...]


def follow(request: Request, entry: Entry, run: Run) -> Change:
    """What the source says of a content that it tells."""
    run.there.add(entry.ref)
    if request.alone and request.diagnostics:
        return change_of(request, Fate.LEFT, faults=request.diagnostics)
    text = run.ground.text(entry)
    path = text.file.path
    told = {"path": path, "before": text.raw.encode(), "day": first_of(entry)}
    identity = identity_of(request)
    change = change_of(request, Fate.SAME, identity=identity, **told)
    former = (mark([*key]) for key in keys_of(entry, run.origin.slug))
    last = next((run.memory[it] for it in (identity, *former) if it in run.memory), "")
    if entry.ref in run.ground.over and getattr(entry, "etat", "") != _POSTPONED:
        run.said |= {identity: last} if last else {}
        return change
    is_whole = source_of(entry) == run.origin.slug and is_sealed(text.raw, path)
    run.said[identity] = _digest(request) + ("" if is_whole else _CORRECTED)
    before = last.removesuffix(_CORRECTED)
    if is_whole:
        change = _whole(request, entry, run, text=text, change=change, before=before)
    else:
        change = _lines(request, entry, run, text=text, change=change, before=before)
        is_mine = source_of(entry) == run.origin.slug and run.origin.is_harvested
        if change.fate is Fate.SAME and is_mine and before == last:
            change = replace(change, fate=Fate.OURS, note=_MINE)
    if change.is_written:
        run.ground.put(entry.ref, path, change.after)
    return change


def remember(request: Request, run: Run) -> None:
    run.said[identity_of(request)] = _digest(request)


# What is said of each part.


def _said_in(values: Mapping[str, Any], parts: Iterable[str] = PARTS) -> dict[str, Any]:
    names = set(chain.from_iterable(PARTS[part] for part in parts))
    return {name: it for name, it in values.items() if path_in(name)[0] in names}


def _digest(request: Request) -> str:
    # Of each part, then of when it begins.
    told = [_said_in(request.values, [part]) for part in PARTS]
    return "".join(mark(it)[:_SIGNS] for it in (*told, _starts(request.values)))


def _news(request: Request, before: str) -> set[str]:
    # The parts that are said otherwise than ``before``, a digest; of what was never read, its state
    # alone: the rest is what it was known by.
    now = _digest(request)
    if len(before) != len(now):
        return {"etat"}
    ranks = {part: slice(rank * _SIGNS, (rank + 1) * _SIGNS) for rank, part in enumerate(PARTS)}
    return {part for part, signs in ranks.items() if now[signs] != before[signs]}


def _is_as_said(part: str, there: Mapping[str, Any], before: str) -> bool:
    # Whether a file still says when it begins, or its state, as its source did ``before``.
    said: object = _said_in(there, [part])
    signs = slice(_SIGNS)
    if part == "quand":
        said = _starts(there)
        signs = slice(-_SIGNS, None)
    return part != "ou" and mark(said)[:_SIGNS] == before[signs]


def _starts(values: Mapping[str, Any]) -> list[str]:
    days = [values.get("debut"), *(it.get("debut") for it in values.get("seances") or ())]
    return [f"{day}" for day in (*days, values.get("horaires.du"), values.get("rrule")) if day]


def _rescheduled(
    values: Mapping[str, Any], there: Mapping[str, Any], today: date
) -> dict[str, Any]:
    # ``values`` with the day that was first announced: of what has moved, and of what is put off to
    # no day, which keeps its own.
    told = {**values}
    etat = told.get("etat", "")
    old = next(iter(_starts(there)), "")
    former = there.get("ancien_debut") or old
    if etat in (CANCELLED, _POSTPONED) and not _starts(told):
        told |= _said_in(there, ["quand"])
    new = next(iter(_starts(told)), "")
    if etat == _POSTPONED and former:
        told.setdefault("ancien_debut", former)
        told["etat"] = _POSTPONED if new == told["ancien_debut"] else _MOVED
    if etat == _MOVED and new and new[:10] == f"{told.get('ancien_debut', '')}"[:10]:
        told = {name: it for name, it in told.items() if name not in PARTS["etat"]}
        etat = ""
    days = there.get("seances") or [{"debut": old}] * ("debut" in there)
    if "seances" in told and days:
        told["seances"] = _sessions(told["seances"], days, f"{today}")
    former_days = {f"{it['debut']}"[:10] for it in there.get("seances") or ()} or {former[:10]}
    is_dated = "debut" in told and bool(days) and new[:10] not in former_days
    is_to_come = max(old, former)[:10] >= today.isoformat()
    if etat in ("", "programme", _MOVED) and is_dated and is_to_come:
        told |= {"etat": _MOVED, "ancien_debut": former}
    return told


def _sessions(
    told: Iterable[Mapping[str, Any]], there: Iterable[Mapping[str, Any]], today: str
) -> list[dict[str, Any]]:
    # The same for sessions that have moved, each to one that is new, and for those that had.
    rows = [{**row} for row in told]
    former = {f"{row['debut']}": row for row in there}
    said = [row["debut"] for row in rows]
    gone = [start for start in former if start not in said and start[:10] >= today]
    new = [row for row in rows if row["debut"] not in former]
    if len(gone) == len(new) or len(new) == len(rows):
        for start, row in zip(gone, new, strict=False):
            old = former[start].get("ancien_debut", start)
            if old[:10] != row["debut"][:10]:
                row.update({"etat": _MOVED, "ancien_debut": old, **row})
    for row in rows:
        before = former.get(row["debut"], {})
        if before.get("etat") == _MOVED and "etat" not in row:
            row.update({name: before[name] for name in PARTS["etat"] if name in before})
    return rows


# A file that its source alone wrote.


def _whole(
    request: Request, entry: Entry, run: Run, *, text: Text, change: Change, before: str
) -> Change:
    base = run.ground.base
    harvested = run.origin.is_harvested
    there = flat(base.front(entry))
    values = _values(request, entry, text=text, run=run)
    disputed: Rows = ()
    if isinstance(entry, Event) and harvested and not entry.brouillon:
        if leads(run.origin, entry, run.ground):
            values = _rescheduled(values, there, run.ground.today)
            # Another source called it off, since this one says what it said.
            if entry.etat == CANCELLED and before and "etat" not in _news(request, before):
                values |= {"etat": CANCELLED}
        else:
            disputed = disputed_rows(request, entry, _news(request, before), run=run)
            written: Any = text.root.plain() if text.root else {}
            others = {name: it for name, it in values.items() if name not in _said_in(values)}
            values = others | _said_in(flat(written))
    path = text.file.path
    if not entry.brouillon and sealed(text_of(request, values, run), path) == change.before:
        return _told_apart(change, entry, disputed, run=run)
    if entry.brouillon:
        request = doubted(request, entry, run)
    made = read(request, values, run, there=entry.slug)
    rows = _rows(there, flat(base.front(made.entry)) if made.entry else there)
    if made.entry and made.entry.titre != entry.titre:
        rows = (Difference("titre", entry.titre, made.entry.titre), *rows)
    if rows:
        made = read(request, values | _day_of(rows, entry, run), run, there=entry.slug)
    data = sealed(made.text, path)
    change = replace(change, differences=rows, moves=_moves(rows), **made.told)
    if not made.text or (made.faults and not (harvested or entry.brouillon)):
        return replace(change, fate=Fate.LEFT)
    if data.decode() == with_newlines(text.raw):
        data = change.before
    fate = Fate.SAME if data == change.before else _fate(rows)
    change = replace(change, fate=Fate.INCOMPLETE if made.faults else fate, after=data)
    return _told_apart(change, entry, disputed, run=run)


def _values(request: Request, entry: Entry, text: Text, run: Run) -> dict[str, Any]:
    # What a file is to say: what its source says, and only that of one that is harvested.
    front = run.ground.base.front(entry)
    values = {name: it for name, it in request.values.items() if name not in _OF_THE_DAY}
    if not run.origin.is_harvested:
        there = flat(front)
        there[BODY] = text.parts.body.strip() if text.parts else ""
        left = (IDS, "etat", "statut", UNSURE)  # whose silence takes them back
        kept = {name: it for name, it in there.items() if it and name.split(".")[0] not in left}
        values = filled(request.kind, values, request.defaults, kept)
    kept = {name: front[name] for name in _KEPT if name in front}
    kept |= {f"{IDS}.{name}": it for name, it in entry.ids_externes if name.startswith(TOO)}
    if kept.get(PUBLISHED, "") > run.ground.today.isoformat():  # its author may put it off
        kept.pop(PUBLISHED)
        kept |= {name: it for name, it in request.values.items() if name == PUBLISHED}
    return values | kept


# A file that somebody wrote, or another source.


def _lines(
    request: Request, entry: Entry, run: Run, *, text: Text, change: Change, before: str
) -> Change:
    base = run.ground.base
    origin = run.origin
    news = _news(request, before)
    if not origin.is_harvested:
        rows = disputed_rows(request, entry, PARTS, run=run)
        if not rows and _is_otherwise(request, entry, text=text, run=run):
            return replace(change, fate=Fate.OURS)
        return _told_apart(change, entry, rows, run=run)
    there = flat(base.front(entry))
    edits: dict[str, Any] = dict.fromkeys({UNSURE} & there.keys())
    if source_of(entry) != origin.slug and request.identifier:
        called = {f"{TOO}{origin.slug}": f"{request.namespace} {request.identifier}"}
        ids = dict(entry.ids_externes)
        if not called.items() <= ids.items():
            edits[IDS] = ordered(ids | called)
    rows = others = Rows()
    is_leading = isinstance(entry, Event) and leads(origin, entry, run.ground)
    if news and not is_leading and calls_off(request, entry, run):
        news, is_leading = {"etat"}, True
    if news and is_leading:
        said = _front(request, run)
        if not (before or said.get("etat")):  # what it never said takes nothing back
            news -= {"etat"}
        is_ours = not is_sealed(text.raw, change.path)
        ours = {part for part in news if is_ours and not _is_as_said(part, there, before)}
        if said.get("etat"):
            ours -= {"etat"}
        kept = _said_in(there, {*PARTS} - (news - ours))
        wanted = _rescheduled({**kept, **_said_in(said, news - ours)}, there, run.ground.today)
        rows = _rows(there, wanted)
        others = _rows(there, said, ours)
        edits |= {row.field: front_of(wanted).get(row.field) for row in rows}
    elif news:
        others = disputed_rows(request, entry, news, run=run)
    if edits:
        written = run.ground.change(entry, edits | _day_of(rows, entry, run))
        change = replace(change, after=written.after, note=written.note, moves=_moves(rows))
    if rows:
        said_by = "" if source_of(entry) == origin.slug else f"dit par {origin.name}"
        note = " ; ".join(filter(None, (said_by, change.note)))
        return replace(change, fate=_fate(rows), note=note, differences=rows)
    if is_leading and others:
        return replace(change, fate=Fate.DISPUTED, note=_BY_HAND, differences=others)
    return _told_apart(change, entry, others, run=run)


def _is_otherwise(request: Request, entry: Entry, text: Text, run: Run) -> bool:
    # Whether a source that somebody reads says anything else.
    made = read(request, _values(request, entry, text=text, run=run), run, there=entry.slug).entry
    fronts = [run.ground.base.front(it) | {IDS: ""} for it in (made, entry) if it]
    return fronts[0] != fronts[-1]


def disputed_rows(request: Request, entry: Entry, parts: Iterable[str], run: Run) -> Rows:
    """What a source that is not to say so says otherwise."""
    said = _front(request, run)
    if not run.origin.is_harvested:
        parts = [part for part in parts if part == "etat" or _said_in(said, [part])]
    rows = _rows(flat(run.ground.base.front(entry)), said, parts)
    return tuple(row for row in rows if row.field != "ancien_debut")


def _front(request: Request, run: Run) -> dict[str, Any]:
    # What an item says, as a file would.
    made = read(request, request.values, run).entry
    said = flat(run.ground.base.front(made)) if made else {"etat": request.text("etat")}
    return _said_in(said)


def _told_apart(change: Change, entry: Entry, rows: Rows, run: Run) -> Change:
    if not rows:
        return change
    note = _BY_HAND
    if run.origin.is_harvested:
        note = f"dit par {run.origin.name} : à vérifier auprès de {whom(entry, run.ground)}"
    return replace(change, fate=_fate(rows, Fate.DISPUTED), note=note, differences=rows)


def _rows(
    there: Mapping[str, Any], said: Mapping[str, Any], parts: Iterable[str] | None = None
) -> Rows:
    if parts is not None:
        parts = [*parts]
        there, said = _said_in(there, parts), _said_in(said, parts)
    return tuple(differences(front_of(there), front_of(said)))


def _fate(rows: Rows, other: Fate = Fate.CHANGED) -> Fate:
    off = any(row.field == "etat" and row.after == CANCELLED for row in rows)
    if off:
        return Fate.CANCELLED
    return other


def _moves(rows: Rows) -> bool:
    return any(row.field in PARTS["quand"] for row in rows)


def _day_of(rows: Rows, entry: Entry, run: Run) -> dict[str, Any]:
    # The day of a change, where calendars show it.
    parts = {part_of(entry.kind, row.field) for row in rows}
    told = dated(dict.fromkeys(parts), entry, run.ground.today)
    return {name: it for name, it in told.items() if name == CHANGED}
