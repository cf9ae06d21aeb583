"""What a source says of an event that the portal announces: its state, its dates, its place; and
whether it is the one to say so.

Who organises an event says when it takes place; another source that says otherwise is told, and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import place_ref
from portail.site.rules.references import near, title_words

from .base import Base, mark
from .changes import Origin
from .identity import source_of, tellers_of
from .requests import Request
from .values import PARTS, flat
from .values import path_of as path_in

CANCELLED = "annule"
POSTPONED = "reporte"
MOVED = "reprogramme"
# Signs of the digest of a part.
_SIGNS = 5
# After what was said of a file that somebody corrected.
CORRECTED = "+"


def said_in(values: Mapping[str, Any], *parts: str) -> dict[str, Any]:
    """Those of ``values``, flat, that say one of ``parts``."""
    names = {name for part in parts for name in PARTS[part]}
    return {name: it for name, it in values.items() if path_in(name)[0] in names}


def digest_of(request: Request) -> str:
    """What an item says of each part, to be known again, and when it begins."""
    told = [said_in(request.values, part) for part in PARTS]
    return "".join(mark(it)[:_SIGNS] for it in (*told, _starts(request.values)))


def news_in(now: str, before: str) -> set[str]:
    """The parts that an item says otherwise than ``before``, a digest; of one that was never read,
    its state alone: the rest is what it was known by."""
    if not _is_digest(before):
        return {"etat"}
    ranks = {part: slice(rank * _SIGNS, (rank + 1) * _SIGNS) for rank, part in enumerate(PARTS)}
    return {part for part, signs in ranks.items() if now[signs] != before[signs]}


def is_as_said(part: str, there: Mapping[str, Any], before: str) -> bool:
    """Whether a file still says when it begins, or its state, as its source did ``before``."""
    said = _starts(there) if part == "quand" else said_in(there, part)
    place = slice(-_SIGNS, None) if part == "quand" else slice(_SIGNS)
    return part != "ou" and mark(said)[:_SIGNS] == before.removesuffix(CORRECTED)[place]


def _is_digest(before: str) -> bool:
    return len(before) == _SIGNS * (len(PARTS) + 1)


def _starts(values: Mapping[str, Any]) -> list[str]:
    days = [values.get("debut"), *(it.get("debut") for it in values.get("seances") or ())]
    return [f"{day}" for day in (*days, values.get("horaires.du"), values.get("rrule")) if day]


def rescheduled(values: Mapping[str, Any], there: Mapping[str, Any], today: date) -> dict[str, Any]:
    """``values`` of an event, flat, with the day that was first announced, as its file says it: of
    what has moved, and of what is put off to no day, which keeps its own."""
    told = {**values}
    etat = told.get("etat", "")
    old = _first(there)
    former = there.get("ancien_debut") or old
    if etat in (CANCELLED, POSTPONED) and not _first(told):
        told |= said_in(there, "quand")
    new = _first(told)
    if etat == POSTPONED and former:
        told.setdefault("ancien_debut", former)
        told["etat"] = POSTPONED if new == told["ancien_debut"] else MOVED
    if etat == MOVED and new and new[:10] == f"{told.get('ancien_debut', '')}"[:10]:
        told = {name: it for name, it in told.items() if name not in PARTS["etat"]}
        etat = ""
    is_dated = "debut" in told and "debut" in there and new[:10] != former[:10]
    is_to_come = max(old, former)[:10] >= today.isoformat()
    if etat in ("", "programme", MOVED) and is_dated and is_to_come:
        told |= {"etat": MOVED, "ancien_debut": former}
    return told


def _first(values: Mapping[str, Any]) -> str:
    sessions = values.get("seances") or [{}]
    return str(values.get("debut") or sessions[0].get("debut") or values.get("horaires.du") or "")


def leads(origin: Origin, entry: Entry, origins: Mapping[str, Origin], base: Base) -> bool:
    """Whether a source is the one to say when ``entry`` takes place, of those that tell it."""
    return origin.slug in (_leading(origin, entry, origins, base) or {source_of(entry)})


def _leading(
    origin: Origin | None, entry: Entry, origins: Mapping[str, Origin], base: Base
) -> set[str]:
    tellers = tellers_of(entry) | ({origin.slug} if origin else set())
    if not isinstance(entry, Event):
        return set()
    hosts = [_host(it.address) for it in origins.values()]
    told = [origins[slug] for slug in sorted(tellers) if slug in origins]
    return {it.slug for it in told if organises(it, entry, hosts, base)}


def organises(origin: Origin, entry: Event, hosts: list[str], base: Base) -> bool:
    """Whether an event takes place, or is told to be organised, where a source is: its place, its
    name, its site if no other source is there."""
    named = [*entry.organisateurs, *([entry.lieu] if entry.lieu else [])]
    if origin.lieu and origin.lieu in named:
        return True
    mine = title_words(origin.name)
    if any(near(mine, title_words(name)) for name in _names(entry, base)):
        return True
    host = _host(origin.address)
    urls = [reference.url for reference in entry.references]
    is_alone = bool(host) and hosts.count(host) == 1 and source_of(entry) != origin.slug
    return is_alone and host in {_host(f"{url}") for url in urls if url}


def whom(entry: Entry, origins: Mapping[str, Origin], base: Base) -> str:
    """Who is to be asked of an event: the source that organises it, else who is told to, else the
    source that gave it."""
    slugs = [*sorted(_leading(None, entry, origins, base)), source_of(entry)]
    leading, gave = slugs[:-1], slugs[-1:]
    names = [origins[slug].name for slug in leading]
    if isinstance(entry, Event):
        names += [_name(slug, base) for slug in entry.organisateurs]
        names += [_name(entry.lieu, base)] if entry.lieu else []
    names += [origins[slug].name for slug in gave if slug in origins]
    return next(iter(names), "qui l’organise")


def _names(entry: Event, base: Base) -> Iterator[str]:
    yield from (_name(slug, base) for slug in entry.organisateurs)
    if entry.lieu:
        yield _name(entry.lieu, base)
    if entry.adresse and entry.adresse.nom:
        yield entry.adresse.nom


def _name(slug: object, base: Base) -> str:
    there = base.items.get(place_ref(f"{slug}"))
    return there.name if there else f"{slug}"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def front_said(entry: Entry | None, request: Request, base: Base) -> dict[str, Any]:
    """What an item says of an event, as a file would."""
    said = flat(base.front(entry)) if entry else {"etat": request.text("etat")}
    return said_in(said, *PARTS)
