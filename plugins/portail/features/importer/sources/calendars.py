"""Calendars (iCalendar, RFC 5545): events, their repetitions, their exceptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from portail.features.importer.sources.calendar_dates import When, is_cancelled, quand_of
from portail.features.importer.sources.calendar_parts import Component, Property, Zones, components
from portail.features.importer.sources.found import Found, Loss, Picture
from portail.features.importer.sources.moments import of_iso
from portail.features.importer.sources.prose import (
    MOST_ITEMS,
    decoded,
    derived,
    link,
    many_lines,
    one_line,
    text_field,
    unescaped,
)
from portail.features.importer.uids import event_key
from portail.features.tableurs.grid import Refused
from portail.text.normalise import fold

_SEASON = timedelta(days=180)
"""Between two dates of one event that have each their UID; farther, they are editions."""
_MOST_TWINS = 50
_BEGINS = re.compile(r"^\s*BEGIN:\s*(?:VCALENDAR|VEVENT)\b", re.IGNORECASE | re.MULTILINE)
_OTHERS = {
    "VTODO": ("tâche", "tâches"),
    "VJOURNAL": ("note", "notes"),
    "VFREEBUSY": ("plage occupée", "plages occupées"),
}
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp)(?:$|\?)", re.IGNORECASE)
_TAKEN = frozenset(
    "UID SUMMARY DESCRIPTION X-ALT-DESC LOCATION DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE "
    "RECURRENCE-ID CATEGORIES STATUS URL ATTACH IMAGE CONFERENCE X-GOOGLE-CONFERENCE CREATED "
    "LAST-MODIFIED ORGANIZER X-COST X-TICKETS-URL CLASS".split()
)
_TECHNICAL = re.compile(
    "DTSTAMP|SEQUENCE|TRANSP|PRIORITY|COLOR|REFRESH-INTERVAL|SOURCE|PERCENT-COMPLETE|RELATED-TO|"
    "REQUEST-STATUS|X-(?:MICROSOFT|MS|APPLE|WR|MOZ|LIC|OUTLOOK|GOOGLE-(?!CONFERENCE)|LOTUS|EVOLUTION"
    "|FB|ORACLE|TINE20|WP|INSTANT-EVENT|ALT-DESC-)[A-Z0-9-]*"
)
"""What tells programs how to keep a calendar, and nothing of its events."""
_REASONS = {
    "ATTENDEE": "le nom des personnes n’est pas repris",
    "CONTACT": "ce peut être une personne\u00a0: écrivez comment joindre la structure",
    "GEO": "la carte place un événement à sa commune, ou à son lieu de l’annuaire",
}
_HIDDEN = frozenset({"ATTENDEE", "CONTACT", "ORGANIZER"})
_ONCE = frozenset("SUMMARY LOCATION DESCRIPTION URL ATTACH IMAGE CATEGORIES X-COST".split())
_ONE_FOR_ALL = "toutes les séances d’un événement disent le même"
_NO_FIELD = "aucun champ du portail ne le dit"
_UNKNOWN_ZONE = "il est inconnu\u00a0: les heures sont écrites comme là-bas"
_TENTATIVE = "le calendrier dit cette date provisoire\u00a0: vérifiez-la"


def recognised(text: str) -> bool:
    """Whether ``text`` begins as a calendar does."""
    return _BEGINS.search(text[:2000]) is not None


def read(data: bytes, name: str, day: date) -> Iterator[Found]:
    """Its events, then how many parts are none; what is not read says so. Raises ``Refused``."""
    text = decoded(data, name, folded=True)
    if not recognised(text):
        raise Refused(f"« {name} » n’est pas un calendrier : exportez-le de nouveau (.ics).")
    whole = text.upper()
    zones = Zones()
    events = list[Component]()
    others: Counter[str] = Counter()
    for one in components(text):
        if one.name == "VEVENT":
            one.parts.clear()  # reminders, of the one who keeps the calendar
            events.append(one)
        elif one.name == "VTIMEZONE":
            zones.rules[one.text("TZID")] = one
        elif one.name in _OTHERS:
            others[one.name] += 1
        if len(events) > MOST_ITEMS:
            raise Refused(
                f"« {name} » compte plus de {MOST_ITEMS} événements : exportez une période plus "
                "courte."
            )
    for group in _groups(events, zones):
        yield _found(group, zones, day)
    broken = any(one.broken for one in events)
    if not broken and whole.count("BEGIN:VCALENDAR") > whole.count("END:VCALENDAR"):
        why = "Ce calendrier est coupé : sa fin (END:VCALENDAR) manque. Exportez-le de nouveau."
        yield Found(row=1, refused=why, cut=True)
    for kind, count in others.items():
        left = "ne sont pas lues" if count > 1 else "n’est pas lue"
        yield Found(row=1, refused=f"{count} {_OTHERS[kind][count > 1]} ({kind}) {left}.")


def _groups(events: Sequence[Component], zones: Zones) -> Iterator[list[Component]]:
    """The VEVENT of each event: its exceptions, or one for each date as some sites export."""
    groups: dict[str, list[Component]] = {}
    whole = [one for one in events if "RECURRENCE-ID" not in one.properties]
    owners = {one.text("UID"): _key(one, zones) for one in reversed(whole)}
    for rank, one in enumerate(events):
        key = _key(one, zones)
        if "RECURRENCE-ID" in one.properties:
            key = owners.get(one.text("UID"), key)
        if one.broken or _is_private(one) or not one.text("UID"):
            key = f"\n{rank}"
        tries = (f"{key}\n{count}" for count in range(_MOST_TWINS))
        fit = (
            it for it in tries if not any(_are_two(one, o, zones) for o in groups.get(it, ())[-1:])
        )
        groups.setdefault(next(fit, f"\n{rank}"), []).append(one)
    yield from groups.values()


def _key(event: Component, zones: Zones) -> str:
    title, place = (fold(event.text(name)[:300]) for name in ("SUMMARY", "LOCATION"))
    uid = event_key(event.text("UID"), _days(event, zones))
    return f"{title}|{place}|{uid}" if title else event.text("UID")


def _days(event: Component, zones: Zones) -> list[date]:
    start = zones.clock(event.first("DTSTART"))
    return [start.at.date()] if start else []


def _are_two(one: Component, other: Component, zones: Zones) -> bool:
    """Whether dates of one title and place, each with its UID, have each its page, its text or its
    year."""
    if one.text("UID") == other.text("UID"):
        return False
    days = [*_days(one, zones), *_days(other, zones)]
    told = ((it.text("URL"), _text(it)) for it in (one, other))
    apart = any(mine and theirs and mine != theirs for mine, theirs in zip(*told, strict=True))
    return apart or max(days) - min(days) > _SEASON if days else apart


def _is_private(event: Component) -> bool:
    return event.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL")


def _refusal(event: Component, zones: Zones) -> str:
    if event.broken:
        return f"L’événement de la ligne {event.line} est coupé : sa fin (END:VEVENT) manque."
    if _is_private(event):
        return f"L’événement de la ligne {event.line} est privé (CLASS) : il n’est pas repris."
    start = zones.clock(event.first("DTSTART"))
    if start is not None and start.moment:
        return ""
    if said := one_line(event.text("DTSTART"))[:40]:
        return f"La date « {said} » (DTSTART, événement de la ligne {event.line}) ne se lit pas."
    return f"L’événement de la ligne {event.line} n’a pas de date (DTSTART)."


def _found(group: list[Component], zones: Zones, day: date) -> Found:
    """The event of a group: what is told once is that of the one that tells most."""
    zones.unknown.clear()
    refusals = [(one, _refusal(one, zones)) for one in group]
    good = [one for one, why in refusals if not why]
    one = next((e for e in good if _text(e) and not is_cancelled(e)), good[0] if good else group[0])
    titre = one_line(one.text("SUMMARY"))
    if not good or not titre:
        why = refusals[0][1] or f"L’événement de la ligne {one.line} n’a pas de titre (SUMMARY)."
        cut = one.broken
        return Found(row=one.line, namespace="ical", titre=titre, refused=why, cut=cut)
    when = When(zones, day)
    for _, why in refusals:
        if why:
            when.lose("VEVENT", "", why[0].lower() + why[1:].rstrip("."))
    quand = quand_of(good, when)
    if not quand:
        why = f"L’événement de la ligne {one.line} exclut toutes ses dates (EXDATE)."
        return Found(row=one.line, namespace="ical", titre=titre, refused=why)
    doubts = tuple(Loss("fuseau", name, _UNKNOWN_ZONE) for name in sorted(zones.unknown))
    uid = one_line(group[0].text("UID"))[:200]
    _report_rest(one, good, when)
    # What it does not say, others of its group do.
    held = {name: rows for other in reversed(good) for name, rows in other.properties.items()}
    values = _values(Component(one.name, one.line, {**held, **one.properties}), group, when)
    return Found(
        row=group[0].line,
        namespace="ical",
        identifier=uid or derived(titre, quand),
        titre=titre,
        quand=quand,
        losses=tuple(dict.fromkeys(when.losses)),
        doubts=doubts,
        **values,
    )


def _text(event: Component) -> str:
    return many_lines(event.text("X-ALT-DESC")) or many_lines(event.text("DESCRIPTION"))


def _values(one: Component, group: Sequence[Component], when: When) -> dict[str, Any]:
    told = _text(one)
    where = unescaped(one.text("LOCATION"))
    pictures, references = _attached(one, when)
    links = [where, one.text("CONFERENCE"), one.text("X-GOOGLE-CONFERENCE")]
    tickets = link(one.text("X-TICKETS-URL"))
    lat, _, lon = one.text("GEO").replace("\\;", ";").partition(";")
    words = (word for row in one.properties.get("CATEGORIES", ()) for word in row.texts)
    return {
        **text_field(told),
        "adresse": "" if link(where) else many_lines(where),
        "point": (lat.strip(), lon.strip()),
        "en_ligne": next(filter(None, map(link, links)), ""),
        "mots": tuple(dict.fromkeys(filter(None, map(one_line, words)))),
        "connus": _organiser(one, when),
        "etat": "annule" if all(map(is_cancelled, group)) else "",
        "conditions": many_lines(unescaped(one.text("X-COST"))),
        "inscription": {"url": tickets} if tickets else {},
        "url": link(one.text("URL")),
        "picture": pictures[0] if pictures else None,
        "others": {"references": references} if references else {},
        "publie_le": _day(one, "CREATED", when),
        "modifie": _day(one, "LAST-MODIFIED", when),
    }


def _day(event: Component, name: str, when: When) -> str:
    clock = when.zones.clock(event.first(name))
    found = (clock.moment if clock else of_iso(event.text(name)) or "")[:10]
    if name in event.properties and not found:
        when.lose(name, event.text(name), "ce jour ne se lit pas")
    return found


def _organiser(event: Component, when: When) -> tuple[str, ...]:
    """The name that it gives its organiser, which may be of a person; never an address."""
    found = event.first("ORGANIZER")
    if found is None:
        return ()
    name = one_line(found.parameters.get("CN", ""))
    if "@" in found.value or "@" in name:
        why = "l’adresse de l’organisateur n’est pas reprise : elle serait publiée"
        when.lose("ORGANIZER", "", why)
    return (name,) if name and "@" not in name else ()


def _attached(event: Component, when: When) -> tuple[list[Picture], tuple[dict[str, str], ...]]:
    """Pictures and documents joined to an event, by their addresses."""
    pictures: list[Picture] = []
    others: dict[str, dict[str, str]] = {}
    rows: list[Property] = [*event.properties.get("IMAGE", ()), *event.properties.get("ATTACH", ())]
    for row in rows:
        address = link(row.value)
        kind = row.parameters.get("FMTTYPE", "")
        if not address:
            why = "ce fichier est joint au calendrier sans adresse du web"
            when.lose("ATTACH", kind or row.value[:60], why)
        elif kind.startswith("image/") or _PICTURE.search(address):
            pictures.append(Picture(address, alt=one_line(row.parameters.get("ALTREP", ""))))
        else:
            title = one_line(row.parameters.get("FILENAME", "")) or address
            others[address] = {"titre": title, "url": address}
    for one in pictures[1:]:
        when.lose("ATTACH", one.source, "un événement n’a qu’une image")
    return pictures, tuple(others.values())


def _report_rest(told: Component, group: Sequence[Component], when: When) -> None:
    """Tells what no field takes, of each of the VEVENT, and what only one of them says."""
    for one in group:
        if one.text("STATUS").upper() == "TENTATIVE":
            when.lose("STATUS", "TENTATIVE", _TENTATIVE)
        for name, rows in one.properties.items():
            if name in _TAKEN or _TECHNICAL.fullmatch(name):
                same = name not in _ONCE or name not in told.properties
                if not same and one.text(name) != told.text(name):
                    when.lose(name, one_line(rows[0].text), _ONE_FOR_ALL)
                continue
            value = "" if name in _HIDDEN else one_line(rows[0].text)
            when.losses.append(Loss(name, value[:200], _REASONS.get(name, _NO_FIELD)))
