"""Calendars (iCalendar, RFC 5545): events, their repetitions, their exceptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from icalendar.prop import vDDDTypes

from portail.diagnostics import Refused
from portail.text.normalise import fold
from portail_importer.importer.public import Fate, Said, public_table, publication, said_in, says

from ..likeness import event_key
from .calendar_dates import When, common_state, quand_of, shown, titled
from .calendar_parts import Event, Zones, event_of, parts, rows_in, values_in, written
from .items import ELSEWHERE, Loss, Picture, SourceItem
from .pictures import is_picture
from .prose import (
    MOST_ITEMS,
    decoded,
    derived,
    differ,
    filled,
    link,
    many_lines,
    once,
    one_line,
    text_field,
    unescaped,
)
from .record import Record

# Between two dates of one event that have each their UID; farther, they are editions.
_SEASON = timedelta(days=180)
_MOST_TWINS = 50
_BEGINS = re.compile(r"^\s*BEGIN:\s*(?:VCALENDAR|VEVENT)\b", re.IGNORECASE | re.MULTILINE)
_OLD = re.compile(
    r"^VERSION:1\.0|^[^:\n]{0,99}QUOTED-PRINTABLE[^:\n]{0,99}:", re.IGNORECASE | re.MULTILINE
)
_NOT_EVENTS = {
    "VTODO": ("tâche", "tâches"),
    "VJOURNAL": ("note", "notes"),
    "VFREEBUSY": ("plage occupée", "plages occupées"),
}
_OLDER = "seule sa dernière version est lue (SEQUENCE, LAST-MODIFIED, DTSTAMP)"
_DOUBLE = "cet événement y est deux fois, sous deux identifiants\u00a0: un seul est pris"
_SAME = ("SUMMARY", "LOCATION", "DESCRIPTION", "X-ALT-DESC", "URL", "DURATION")
_TENTATIVE = "le calendrier dit cette date provisoire\u00a0: vérifiez-la"


def recognised(text: str) -> bool:
    return _BEGINS.search(text[:2000]) is not None


def called(data: bytes) -> str:
    """The name that a calendar gives itself (X-WR-CALNAME, or NAME of RFC 7986); "" for none."""
    rows = rows_in(decoded(data, "", folded=True))
    return next(iter([*values_in("X-WR-CALNAME", rows), *values_in("NAME", rows)]), "").strip()


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """Its events, then how many parts are none; what is not read says so. Raises ``Refused``."""
    text = decoded(data, name, folded=True)
    if not recognised(text):
        raise Refused(f"« {name} » n’est pas un calendrier : exportez-le de nouveau (.ics).")
    if _OLD.search(text):
        raise Refused(
            f"« {name} » est d’un ancien format (vCalendar 1.0) : exportez-le en iCalendar."
        )
    zones = Zones()
    found = []
    unread: Counter[str] = Counter()
    for part in parts(text):
        if part.name == "VEVENT":
            found.append(part)
        elif part.name == "VTIMEZONE":
            zones.add(part)
        elif part.name in _NOT_EVENTS:
            unread[part.name] += 1
        if len(found) > MOST_ITEMS:
            raise Refused(
                f"« {name} » compte plus de {MOST_ITEMS} événements : exportez une période plus "
                "courte."
            )
    events = [event_of(part, zones) for part in found]
    last = _last(_without_doubles(events))
    kept = set(map(id, last))
    older = {event.text("UID") for event in events if id(event) not in kept and not event.double}
    for group in _groups(last):
        yield _event_of(group, day, older)
    broken = any(event.broken for event in events)
    whole = text.upper()
    if not broken and whole.count("BEGIN:VCALENDAR") > whole.count("END:VCALENDAR"):
        why = "Ce calendrier est coupé : sa fin (END:VCALENDAR) manque. Exportez-le de nouveau."
        yield SourceItem(row=1, refused=why, cut=True)
    for kind, count in unread.items():
        left = "ne sont pas lues" if count > 1 else "n’est pas lue"
        yield SourceItem(row=1, refused=f"{count} {_NOT_EVENTS[kind][count > 1]} ({kind}) {left}.")


def _without_doubles(events: Sequence[Event]) -> list[Event]:
    # Of those that say the same of themselves but for their identifier, the first, which tells it.
    firsts: dict[tuple[object, ...], Event] = {}
    for rank, event in enumerate(events):
        key = (*map(event.text, _SAME), event.rules, f"{event.times}", _said(event))
        own = not event.broken and "DTSTART" in event.said and "RECURRENCE-ID" not in event.said
        first = firsts.setdefault(key if own else (rank,), event)
        if first is not event and (first.text("UID") or None) != event.text("UID"):
            first.losses.append(Loss("VEVENT", "", _DOUBLE))
            event.double = True
    return [event for event in events if not event.double]


def _last(events: Sequence[Event]) -> Sequence[Event]:
    # ``events`` without earlier revisions (RFC 5545 § 3.8.7.4): of one identifier, the highest
    # SEQUENCE stays; of one title too, the last LAST-MODIFIED, then DTSTAMP. Those that are equal
    # are dates, or events of a program that gives all of them one identifier.
    for names, ranks in (((), ("SEQUENCE",)), (("SUMMARY",), ("LAST-MODIFIED", "DTSTAMP"))):
        best: dict[tuple[str, ...], list[str]] = {}
        own = []
        for event in events:
            key = tuple(event.text(name)[:300] for name in ("UID", "RECURRENCE-ID", *names))
            rank = [event.text(name).rjust(16) for name in ranks]
            if event.broken or not key[0]:
                key = ("", f"{id(event)}")
            best[key] = max(best.get(key, rank), rank)
            own.append((event, key, rank))
        events = [event for event, key, rank in own if rank == best[key]]
    return events


def _groups(events: Sequence[Event]) -> Iterator[list[Event]]:
    # The VEVENT of each event: its exceptions, or one for each date as some sites export.
    groups: dict[str, list[Event]] = {}
    whole = [event for event in events if "RECURRENCE-ID" not in event.said]
    owners = {event.text("UID"): _key(event) for event in reversed(whole)}
    for rank, event in enumerate(events):
        key = _key(event)
        if "RECURRENCE-ID" in event.said:
            key = owners.get(event.text("UID"), key)
        if event.broken or _is_left(event) or not event.text("UID"):
            key = f"\n{rank}"
        tries = (f"{key}\n{count}" for count in range(_MOST_TWINS))
        fit = (
            trial
            for trial in tries
            if not any(_are_two(event, o) for o in groups.get(trial, ())[-1:])
        )
        groups.setdefault(next(fit, f"\n{rank}"), []).append(event)
    yield from groups.values()


def _key(event: Event) -> str:
    title = fold(titled(event).titre[:300])
    place = fold(event.text("LOCATION")[:300])
    uid = event_key(event.text("UID"), _days(event))
    if title:
        return f"{title}|{place}|{uid}"
    return event.text("UID")


def _days(event: Event) -> list[date]:
    start = event.time("DTSTART")
    if start:
        return [date(start.year, start.month, start.day)]
    return []


def _are_two(first: Event, second: Event) -> bool:
    # Whether dates of one title and place, each with its UID, have each its page, its text or its
    # year.
    if first.text("UID") == second.text("UID"):
        return False
    days = [*_days(first), *_days(second)]
    apart = differ(*((it.text("URL"), _text(it)) for it in (first, second)))
    if days:
        return apart or max(days) - min(days) > _SEASON
    return apart


def _is_left(event: Event) -> bool:
    # Whether it is not public, so that it is no date of an event that is.
    return not event.broken and publication(_said(event), date.max).fate is Fate.LEFT


def _said(event: Event) -> tuple[Said, ...]:
    names = public_table().sources["ical"].etat
    return said_in("ical", {name: event.text(name) for name in names})


def _refusal(event: Event) -> str:
    if event.broken:
        return f"L’événement de la ligne {event.line} est endommagé, ou coupé avant END:VEVENT."
    start = event.time("DTSTART")
    if start is not None and shown(start):
        return ""
    if written := one_line(event.text("DTSTART"))[:40]:
        return f"La date « {written} » (DTSTART, événement de la ligne {event.line}) ne se lit pas."
    return f"L’événement de la ligne {event.line} n’a pas de date (DTSTART)."


def _event_of(group: list[Event], day: date, older: Collection[str]) -> SourceItem:
    # The event of a group: what is told once is that of the one that tells most.
    when = When(day)
    if _is_left(group[0]):
        return _private_event(group[0], when)
    refusals = [(event, _refusal(event)) for event in group]
    good = [event for event, why in refusals if not why]
    main = next((e for e in good if _text(e) and not titled(e).etat), good[0] if good else group[0])
    common = common_state(group)
    titre = one_line(main.text("SUMMARY")) if common else titled(main).titre
    if not good or not titre:
        why = refusals[0][1] or f"L’événement de la ligne {main.line} n’a pas de titre (SUMMARY)."
        cut = main.broken
        return SourceItem(row=main.line, namespace="ical", titre=titre, refused=why, cut=cut)
    for _, why in refusals:
        if why:
            when.doubt("VEVENT", "", why[0].lower() + why[1:].rstrip("."))
    if group[0].text("UID") in older:
        when.lose("VEVENT", "", _OLDER)
    quand = quand_of(good, when)
    if not quand:
        why = f"L’événement de la ligne {main.line} exclut toutes ses dates (EXDATE)."
        return SourceItem(row=main.line, namespace="ical", titre=titre, refused=why)
    when.doubts += _other_places(main, good)
    for event in good:
        when.losses += event.losses
        if event is not main and event.text("STATUS").upper() == "TENTATIVE":
            when.lose("STATUS", "TENTATIVE", _TENTATIVE)
    # Exports that write one VEVENT a date may put the place or the URL in some of them only.
    whole = Event(main.line)
    for event in (*reversed(good), main):
        whole.said |= event.said
        whole.texts |= event.texts
    values = _values(whole, group)
    return SourceItem(
        row=group[0].line,
        namespace="ical",
        identifier=_identifier(group[0]) or derived(titre, quand),
        titre=titre,
        quand=quand,
        said=_said(main),
        losses=tuple(dict.fromkeys(when.losses)),
        untaken=tuple(dict.fromkeys(chain(*map(_untaken, good)))),
        doubts=tuple(dict.fromkeys(when.doubts)),
        **values,
    )


def _private_event(event: Event, when: When) -> SourceItem:
    titre = titled(event).titre
    quand = {} if _refusal(event) else quand_of([event], when)
    return SourceItem(
        row=event.line,
        namespace="ical",
        identifier=_identifier(event) or derived(titre, quand),
        titre=titre,
        quand=quand,
        said=_said(event),
    )


def _identifier(event: Event) -> str:
    return one_line(event.text("UID"))[:200]


def _text(event: Event) -> str:
    return many_lines(event.text("X-ALT-DESC")) or many_lines(event.text("DESCRIPTION"))


def _values(event: Event, group: Sequence[Event]) -> dict[str, Any]:
    text = _text(event)
    where = unescaped(event.text("LOCATION"))
    pictures, references = _attached(event)
    links = [where, event.text("CONFERENCE"), event.text("X-GOOGLE-CONFERENCE")]
    tickets = link(event.text("X-TICKETS-URL"))
    lat, _, lon = event.text("GEO").partition(";")
    words = chain(*(getattr(row, "cats", ()) for row in event.rows("CATEGORIES")))
    return {
        **text_field(text),
        "adresse": "" if link(where) else many_lines(where),
        "point": (lat.strip(), lon.strip()),
        "en_ligne": next(filter(None, map(link, links)), ""),
        "mots": once(map(one_line, words)),
        "connus": _organisers(event),
        "etat": common_state(group),
        "conditions": many_lines(unescaped(event.text("X-COST"))),
        "inscription": filled({"url": tickets}),
        "url": link(event.text("URL")),
        "picture": next(iter(pictures), None),
        "extra": filled({"references": references}),
        "publie_le": _day(event, "CREATED"),
        "modifie": _day(event, "LAST-MODIFIED"),
    }


def _day(event: Event, name: str) -> str:
    rows = event.rows(name)
    read = [row.dt for row in rows if isinstance(row, vDDDTypes) and isinstance(row.dt, date)]
    if read:
        return shown(read[0])[:10]
    return ""


def _organisers(event: Event) -> tuple[str, ...]:
    # The name that it gives its organiser, which may be of a person; never an address.
    names = (one_line(row.params.get("CN", "")) for row in event.rows("ORGANIZER")[:1])
    return tuple(name for name in names if name and "@" not in name)


def _attached(event: Event) -> tuple[list[Picture], tuple[dict[str, str], ...]]:
    pictures: list[Picture] = []
    documents: dict[str, dict[str, str]] = {}
    for row in (*event.rows("IMAGE"), *event.rows("ATTACH")):
        address = link(written(row))
        kind = str(row.params.get("FMTTYPE", ""))
        if not address:
            continue
        if kind.startswith("image/") or is_picture(address):
            pictures.append(Picture(address, alt=one_line(row.params.get("ALTREP", ""))))
        else:
            title = one_line(row.params.get("FILENAME", "")) or address
            documents[address] = {"titre": title, "url": address}
    return pictures, tuple(documents.values())


def _other_places(main: Event, group: Sequence[Event]) -> Iterator[Loss]:
    held = [event for event in group if titled(event).etat != "annule"]
    places: dict[str, str] = {}
    for event in (main, *held):
        where = one_line(unescaped(event.text("LOCATION")))[:200]
        if where:
            places.setdefault(fold(where), where)
    for where in [*places.values()][1:]:
        yield Loss("LOCATION", where, ELSEWHERE)


def _untaken(event: Event) -> Iterator[tuple[str, str]]:
    rest = Record("ical", event.texts.items()).rest()
    return ((name, one_line(text)) for name, text in rest if not says("ical", name))
