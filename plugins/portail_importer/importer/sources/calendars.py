"""Calendars (iCalendar, RFC 5545): events, their repetitions, their exceptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from portail.diagnostics import Refused
from portail.text.normalise import fold
from portail.text.public import Fate, Said, public_table, publication, said_in, says

from ..uids import event_key
from .calendar_dates import (
    When,
    common_state,
    quand_of,
    titled,
)
from .calendar_parts import (
    Component,
    Property,
    Zones,
    components,
)
from .items import ELSEWHERE, Loss, Picture, SourceItem
from .moments import of_iso
from .pictures import is_picture
from .prose import (
    MOST_ITEMS,
    decoded,
    derived,
    differ,
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
_NAMED = re.compile(rb"^(?:X-WR-CAL)?NAME(?:;[^:\r\n]*)?:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_NOT_EVENTS = {
    "VTODO": ("tâche", "tâches"),
    "VJOURNAL": ("note", "notes"),
    "VFREEBUSY": ("plage occupée", "plages occupées"),
}
_HIDDEN = frozenset({"ATTENDEE", "CONTACT", "ORGANIZER"})
_ONCE = frozenset("SUMMARY LOCATION DESCRIPTION URL ATTACH IMAGE CATEGORIES X-COST".split())
_ONE_FOR_ALL = "toutes les séances d’un événement disent le même"
_UNKNOWN_ZONE = "il est inconnu\u00a0: les heures sont écrites comme là-bas"
_OLDER = "seule sa dernière version est lue (SEQUENCE, LAST-MODIFIED, DTSTAMP)"
_SKIPPED = "elle n’existe pas\u00a0: on passait à l’heure d’été"
_TENTATIVE = "le calendrier dit cette date provisoire\u00a0: vérifiez-la"


def recognised(text: str) -> bool:
    return _BEGINS.search(text[:2000]) is not None


def called(data: bytes) -> str:
    """The name that a calendar gives itself (X-WR-CALNAME, or NAME of RFC 7986); "" for none."""
    match = _NAMED.search(data)
    return match[1].decode("utf-8", "replace").strip() if match else ""


def read(data: bytes, name: str, day: date) -> Iterator[SourceItem]:
    """Its events, then how many parts are none; what is not read says so. Raises ``Refused``."""
    text = decoded(data, name, folded=True)
    if not recognised(text):
        raise Refused(f"« {name} » n’est pas un calendrier : exportez-le de nouveau (.ics).")
    whole = text.upper()
    zones = Zones()
    events = list[Component]()
    unread: Counter[str] = Counter()
    for component in components(text):
        if component.name == "VEVENT":
            component.parts.clear()  # reminders, of the one who keeps the calendar
            events.append(component)
        elif component.name == "VTIMEZONE":
            zones.rules[component.text("TZID")] = component
        elif component.name in _NOT_EVENTS:
            unread[component.name] += 1
        if len(events) > MOST_ITEMS:
            raise Refused(
                f"« {name} » compte plus de {MOST_ITEMS} événements : exportez une période plus "
                "courte."
            )
    last = _last(events)
    kept = set(map(id, last))
    older = {event.text("UID") for event in events if id(event) not in kept}
    for group in _groups(last, zones):
        yield _event_of(group, zones, day, older)
    broken = any(event.broken for event in events)
    if not broken and whole.count("BEGIN:VCALENDAR") > whole.count("END:VCALENDAR"):
        why = "Ce calendrier est coupé : sa fin (END:VCALENDAR) manque. Exportez-le de nouveau."
        yield SourceItem(row=1, refused=why, cut=True)
    for kind, count in unread.items():
        left = "ne sont pas lues" if count > 1 else "n’est pas lue"
        yield SourceItem(row=1, refused=f"{count} {_NOT_EVENTS[kind][count > 1]} ({kind}) {left}.")


def _last(events: Sequence[Component]) -> Sequence[Component]:
    # ``events`` without earlier revisions (RFC 5545 § 3.8.7.4): of one identifier, the highest
    # SEQUENCE stays; of one title too, the last LAST-MODIFIED, then DTSTAMP. Those that are equal
    # are dates, or events of a program that gives all of them one identifier.
    def named(event: Component) -> tuple[str, ...]:
        return event.text("UID"), event.text("RECURRENCE-ID")

    def entitled(event: Component) -> tuple[str, ...]:
        return *named(event), fold(event.text("SUMMARY")[:300])

    for key, rank in ((named, _sequence), (entitled, _stamps)):
        own = [(event, key(event), rank(event)) for event in events]
        whole = sorted((event for event in own if not event[0].broken), key=itemgetter(2))
        last = {name: number for _, name, number in whole}
        events = [
            it for it, name, number in own if it.broken or number == last[name] or not name[0]
        ]
    return events


def _sequence(event: Component) -> tuple[str, ...]:
    number = event.text("SEQUENCE")[:9]
    return (number.rjust(9) if number.isdecimal() else "",)


def _stamps(event: Component) -> tuple[str, ...]:
    return event.text("LAST-MODIFIED"), event.text("DTSTAMP")


def _groups(events: Sequence[Component], zones: Zones) -> Iterator[list[Component]]:
    # The VEVENT of each event: its exceptions, or one for each date as some sites export.
    groups: dict[str, list[Component]] = {}
    whole = [event for event in events if "RECURRENCE-ID" not in event.properties]
    owners = {event.text("UID"): _key(event, zones) for event in reversed(whole)}
    for rank, event in enumerate(events):
        key = _key(event, zones)
        if "RECURRENCE-ID" in event.properties:
            key = owners.get(event.text("UID"), key)
        if event.broken or _is_left(event) or not event.text("UID"):
            key = f"\n{rank}"
        tries = (f"{key}\n{count}" for count in range(_MOST_TWINS))
        fit = (
            trial
            for trial in tries
            if not any(_are_two(event, o, zones) for o in groups.get(trial, ())[-1:])
        )
        groups.setdefault(next(fit, f"\n{rank}"), []).append(event)
    yield from groups.values()


def _key(event: Component, zones: Zones) -> str:
    title = fold(titled(event).titre[:300])
    place = fold(event.text("LOCATION")[:300])
    uid = event_key(event.text("UID"), _days(event, zones))
    return f"{title}|{place}|{uid}" if title else event.text("UID")


def _days(event: Component, zones: Zones) -> list[date]:
    start = zones.clock(event.first("DTSTART"))
    return [start.at.date()] if start else []


def _are_two(first: Component, second: Component, zones: Zones) -> bool:
    # Whether dates of one title and place, each with its UID, have each its page, its text or its
    # year.
    if first.text("UID") == second.text("UID"):
        return False
    days = [*_days(first, zones), *_days(second, zones)]
    apart = differ(*((it.text("URL"), _text(it)) for it in (first, second)))
    return apart or max(days) - min(days) > _SEASON if days else apart


def _is_left(event: Component) -> bool:
    # Whether it is not public, so that it is no date of an event that is.
    return not event.broken and publication(_said(event), date.max).fate is Fate.LEFT


def _said(event: Component) -> tuple[Said, ...]:
    names = public_table().sources["ical"].etat
    return said_in("ical", {name: event.text(name) for name in names})


def _refusal(event: Component, zones: Zones) -> str:
    if event.broken:
        return f"L’événement de la ligne {event.line} est coupé : sa fin (END:VEVENT) manque."
    start = zones.clock(event.first("DTSTART"))
    if start is not None and start.moment:
        return ""
    if written := one_line(event.text("DTSTART"))[:40]:
        return f"La date « {written} » (DTSTART, événement de la ligne {event.line}) ne se lit pas."
    return f"L’événement de la ligne {event.line} n’a pas de date (DTSTART)."


def _event_of(
    group: list[Component], zones: Zones, day: date, older: Collection[str]
) -> SourceItem:
    # The event of a group: what is told once is that of the one that tells most.
    zones.unknown.clear()
    zones.skipped.clear()
    if _is_left(group[0]):
        return _private_event(group[0], When(zones, day))
    refusals = [(event, _refusal(event, zones)) for event in group]
    good = [event for event, why in refusals if not why]
    main = next((e for e in good if _text(e) and not titled(e).etat), good[0] if good else group[0])
    common = common_state(group)
    titre = one_line(main.text("SUMMARY")) if common else titled(main).titre
    if not good or not titre:
        why = refusals[0][1] or f"L’événement de la ligne {main.line} n’a pas de titre (SUMMARY)."
        cut = main.broken
        return SourceItem(row=main.line, namespace="ical", titre=titre, refused=why, cut=cut)
    when = When(zones, day)
    for _, why in refusals:
        if why:
            when.lose("VEVENT", "", why[0].lower() + why[1:].rstrip("."))
    if group[0].text("UID") in older:
        when.lose("VEVENT", "", _OLDER)
    quand = quand_of(good, when)
    if not quand:
        why = f"L’événement de la ligne {main.line} exclut toutes ses dates (EXDATE)."
        return SourceItem(row=main.line, namespace="ical", titre=titre, refused=why)
    doubts = (*when.doubts, *_of_zones(zones), *_other_places(main, good))
    uid = _identifier(group[0])
    _report_rest(main, good, when)
    # Exports that write one VEVENT a date may put the place or the URL in some of them only.
    properties = {name: rows for event in reversed(good) for name, rows in event.properties.items()}
    values = _values(
        Component(main.name, main.line, {**properties, **main.properties}), group, when
    )
    return SourceItem(
        row=group[0].line,
        namespace="ical",
        identifier=uid or derived(titre, quand),
        titre=titre,
        quand=quand,
        said=_said(main),
        losses=tuple(dict.fromkeys(when.losses)),
        doubts=doubts,
        **values,
    )


def _of_zones(zones: Zones) -> Iterator[Loss]:
    yield from (Loss("fuseau", name, _UNKNOWN_ZONE) for name in sorted(zones.unknown))
    yield from (Loss("heure", hour, _SKIPPED) for hour in sorted(zones.skipped))


def _private_event(event: Component, when: When) -> SourceItem:
    titre = titled(event).titre
    quand = {} if _refusal(event, when.zones) else quand_of([event], when)
    uid = _identifier(event)
    return SourceItem(
        row=event.line,
        namespace="ical",
        identifier=uid or derived(titre, quand),
        titre=titre,
        quand=quand,
        said=_said(event),
    )


def _identifier(event: Component) -> str:
    return one_line(event.text("UID"))[:200]


def _text(event: Component) -> str:
    return many_lines(event.text("X-ALT-DESC")) or many_lines(event.text("DESCRIPTION"))


def _values(event: Component, group: Sequence[Component], when: When) -> dict[str, Any]:
    text = _text(event)
    where = unescaped(event.text("LOCATION"))
    pictures, references = _attached(event, when)
    links = [where, event.text("CONFERENCE"), event.text("X-GOOGLE-CONFERENCE")]
    tickets = link(event.text("X-TICKETS-URL"))
    lat, _, lon = event.text("GEO").replace("\\;", ";").partition(";")
    words = (word for row in event.properties.get("CATEGORIES", ()) for word in row.texts)
    return {
        **text_field(text),
        "adresse": "" if link(where) else many_lines(where),
        "point": (lat.strip(), lon.strip()),
        "en_ligne": next(filter(None, map(link, links)), ""),
        "mots": once(map(one_line, words)),
        "connus": _organiser(event, when),
        "etat": common_state(group),
        "conditions": many_lines(unescaped(event.text("X-COST"))),
        "inscription": {"url": tickets} if tickets else {},
        "url": link(event.text("URL")),
        "picture": pictures[0] if pictures else None,
        "extra": {"references": references} if references else {},
        "publie_le": _day(event, "CREATED", when),
        "modifie": _day(event, "LAST-MODIFIED", when),
    }


def _day(event: Component, name: str, when: When) -> str:
    clock = when.zones.clock(event.first(name))
    day = (clock.moment if clock else of_iso(event.text(name)) or "")[:10]
    if name in event.properties and not day:
        when.lose(name, event.text(name), "ce jour ne se lit pas")
    return day


def _organiser(event: Component, when: When) -> tuple[str, ...]:
    # The name that it gives its organiser, which may be of a person; never an address.
    organiser = event.first("ORGANIZER")
    if organiser is None:
        return ()
    name = one_line(organiser.parameters.get("CN", ""))
    if "@" in organiser.value or "@" in name:
        why = "l’adresse de l’organisateur n’est pas reprise : elle serait publiée"
        when.lose("ORGANIZER", "", why)
    return (name,) if name and "@" not in name else ()


def _attached(event: Component, when: When) -> tuple[list[Picture], tuple[dict[str, str], ...]]:
    pictures: list[Picture] = []
    documents: dict[str, dict[str, str]] = {}
    rows: list[Property] = [*event.properties.get("IMAGE", ()), *event.properties.get("ATTACH", ())]
    for row in rows:
        address = link(row.value)
        kind = row.parameters.get("FMTTYPE", "")
        if not address:
            why = "ce fichier est joint au calendrier sans adresse du web"
            when.lose("ATTACH", kind or row.value[:60], why)
        elif kind.startswith("image/") or is_picture(address):
            pictures.append(Picture(address, alt=one_line(row.parameters.get("ALTREP", ""))))
        else:
            title = one_line(row.parameters.get("FILENAME", "")) or address
            documents[address] = {"titre": title, "url": address}
    for picture in pictures[1:]:
        when.lose("ATTACH", picture.source, "un événement n’a qu’une image")
    return pictures, tuple(documents.values())


def _other_places(main: Component, group: Sequence[Component]) -> Iterator[Loss]:
    held = [event for event in group if titled(event).etat != "annule"]
    places: dict[str, str] = {}
    for event in (main, *held):
        where = one_line(unescaped(event.text("LOCATION")))[:200]
        if where:
            places.setdefault(fold(where), where)
    for where in [*places.values()][1:]:
        yield Loss("LOCATION", where, ELSEWHERE)


def _report_rest(main: Component, group: Sequence[Component], when: When) -> None:
    # Tells what no field takes, of each of the VEVENT, and what only one of them says.
    for event in group:
        if event is not main and event.text("STATUS").upper() == "TENTATIVE":
            when.lose("STATUS", "TENTATIVE", _TENTATIVE)
        record = Record("ical", ((name, rows[0].text) for name, rows in event.properties.items()))
        for name, text in record.rest():
            if not says("ical", name):
                record.lose(name, "" if name in _HIDDEN else text)
        when.losses += record.losses
        for name in _ONCE & event.properties.keys() & main.properties.keys():
            if event.text(name) != main.text(name):
                when.lose(name, one_line(event.text(name)), _ONE_FOR_ALL)
