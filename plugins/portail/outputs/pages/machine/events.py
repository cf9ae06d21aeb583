"""Events for machines: https://schema.org/Event, from the event's own lists and états."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from portail.agenda.occurrences import PARIS, Occurrence, local
from portail.model.event import Event, Horaires
from portail.model.moment import Moment
from portail.model.parts import Tarif
from portail.outputs.pages.event_box import event_context
from portail.outputs.pages.event_inputs import Enfant
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, resolve_names
from portail.outputs.pages.machine.nodes import Node, agents, kept, locations, place, status
from portail.text.calendar_names import JOURS

__all__ = ["event_node"]

_SHOWN = 24
_MODES = {
    "presentiel": "OfflineEventAttendanceMode",
    "en-ligne": "OnlineEventAttendanceMode",
    "hybride": "MixedEventAttendanceMode",
}
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOOKABLE = {"programme", "reprogramme", "deplace-en-ligne", "complet"}


def event_node(inputs: EntryInputs, kit: Kit, node: Node) -> Node:
    """``node`` (name, address, picture…) completed as an event: with its séances as sub-events, or
    as one thing that lasts, with its timetable."""
    item, entry = inputs.item, inputs.item.entry
    assert isinstance(entry, Event)
    config, shown = kit.config, item.montree
    mode = _MODES[entry.mode]
    full = {
        **node,
        "@type": _type(entry, kit),
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": locations(item, inputs.event.venue, config),
        "organizer": agents(entry, "organisateurs", inputs.links, config),
        "contributor": agents(entry, "partenaires", inputs.links, config),
        "maximumAttendeeCapacity": entry.jauge,
        "typicalAgeRange": _ages(entry),
        "audience": [
            {"@type": "Audience", "audienceType": kit.label("publics", code)}
            for code in entry.publics
        ],
        "isAccessibleForFree": _free(entry.tarif),
        "superEvent": _parents(inputs, kit),
        **_times(shown, entry, kit),
        "offers": _offers(entry, shown, node["url"]),
    }
    parts = [_child(one, kit) for one in inputs.event.enfants[:_SHOWN]]
    lasting = inputs.event.durable
    if lasting:
        full |= {"startDate": lasting.du.isoformat(), "endDate": lasting.au.isoformat()}
        full["eventSchedule"] = _schedule(entry.horaires, item.occurrences)
    elif len(item.occurrences) > 1:
        parts[:0] = [_sub_event(one, entry, full, kit) for one in _listed(inputs)]
    return kept({**full, "subEvent": parts})


def _child(one: Enfant, kit: Kit) -> Node:
    """An event that this one contains, told wholly by its own page."""
    node = {
        "@type": "Event",
        "name": one.lien.texte,
        "url": kit.config.absolute(one.lien.url),
        "location": place(one.commune, None, one.commune) if one.commune else None,
    }
    if one.montree:
        node |= {**_bounds(one.montree), "eventStatus": status(one.montree.etat, kit.vocabularies)}
    return kept(node)


def _listed(inputs: EntryInputs) -> tuple[Occurrence, ...]:
    """The séances to tell of: those to come first, a bounded number of them."""
    item = inputs.item
    later = item.occurrences[item.passees :] or item.occurrences
    return later[:_SHOWN]


def _type(entry: Event, kit: Kit) -> str:
    for code in entry.format:
        term = kit.vocabularies["formats"].get(code)
        if term and "schema" in term.extra:
            return str(term.extra["schema"])
    return "Event"


def _times(shown: Occurrence | None, entry: Event, kit: Kit) -> Node:
    """Start, end, state and, when it moved, the start that was announced before."""
    if shown is None:
        return {}
    etat = shown.etat or entry.etat
    times: Node = {**_bounds(shown), "eventStatus": status(etat, kit.vocabularies)}
    if etat in ("reporte", "reprogramme"):
        times["previousStartDate"] = _former(entry, shown)
    return times


def _former(entry: Event, shown: Occurrence) -> str | None:
    written = entry.seances[shown.source] if shown.source is not None else None
    former = written.ancien_debut if written and written.ancien_debut else entry.ancien_debut
    return _iso(former) if former else None


def _iso(moment: Moment) -> str:
    if moment.heure is None:
        return moment.jour.isoformat()
    return local(moment.jour, moment.heure).isoformat()


def _schedule(horaires: Horaires | None, occurrences: Iterable[Occurrence]) -> Node:
    """A weekly timetable, https://schema.org/Schedule, with the days when it is not kept."""
    if horaires is None:
        return {}
    rule = {JOURS.index(day) for day in horaires.tous_les} or set(range(7))
    held = {one.premier_jour for one in occurrences}
    count = (horaires.au - horaires.du).days + 1
    days = (horaires.du + timedelta(days=rank) for rank in range(count))
    return kept(
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": [f"https://schema.org/{_ENGLISH[rank]}" for rank in sorted(rule)],
            "startDate": horaires.du.isoformat(),
            "endDate": horaires.au.isoformat(),
            "startTime": f"{horaires.de:%H:%M}" if horaires.de else None,
            "endTime": f"{horaires.a:%H:%M}" if horaires.a else None,
            "exceptDate": [
                day.isoformat() for day in days if day.weekday() in rule and day not in held
            ],
            "scheduleTimezone": PARIS.key,
        }
    )


def _bounds(one: Occurrence) -> Node:
    """Start and end: days for whole days, else instants with their offset (ISO 8601)."""
    if one.journee:
        return {
            "startDate": one.premier_jour.isoformat(),
            "endDate": one.dernier_jour.isoformat(),
        }
    return {
        "startDate": one.debut.isoformat(),
        "endDate": one.fin.isoformat() if one.fin else None,
    }


def _sub_event(one: Occurrence, entry: Event, full: Node, kit: Kit) -> Node:
    node = {
        "@type": full["@type"],
        "name": full["name"],
        "url": full["url"],
        "location": full["location"],
        "eventAttendanceMode": full["eventAttendanceMode"],
        **_times(one, entry, kit),
        "offers": _offers(entry, one, full["url"]) if one.etat == "complet" else [],
    }
    return kept(node)


def _ages(entry: Event) -> str:
    """« 8-12 », « 8- », as schema.org writes it."""
    age = entry.age
    if age is None:
        return ""
    return f"{'' if age.min is None else age.min}-{'' if age.max is None else age.max}"


def _free(tarif: Tarif | None) -> bool | None:
    return None if tarif is None else tarif.nul


def _offers(entry: Event, shown: Occurrence | None, url: str) -> list[Node]:
    """Prices and where to book; nothing for what is cancelled or has no date any more."""
    etat = (shown.etat if shown else "") or entry.etat
    if etat not in _BOOKABLE or (entry.tarif is None and entry.inscription is None):
        return []
    booking, full = entry.inscription, "complet" in (etat, entry.etat)
    common: dict[str, Any] = {
        "@type": "Offer",
        "url": booking.url if booking and booking.url else url,
        "availability": f"https://schema.org/{'SoldOut' if full else 'InStock'}",
        "priceCurrency": "EUR",
    }
    return [{**common, "price": price} for price in _prices(entry.tarif)]


def _prices(tarif: Tarif | None) -> list[float]:
    if tarif is None:
        return []
    if tarif.gratuit:
        return [0]
    return [price for price in (tarif.prix, tarif.reduit) if price is not None]


def _parents(inputs: EntryInputs, kit: Kit) -> list[Node]:
    """The event, and the edition of a yearly rendezvous, that it is part of; the rendezvous itself
    when the event does not say which edition."""
    rendezvous = {one.url for one in resolve_names(inputs.item.entry, "temps_fort", inputs.links)}
    return [
        {
            "@type": "EventSeries" if one.url in rendezvous else "Event",
            "name": one.texte,
            "url": kit.config.absolute(one.url),
        }
        for one in event_context(inputs)
        if one.url
    ]
