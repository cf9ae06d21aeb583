"""Events as JSON-LD (https://schema.org/Event), and the editions that gather them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from portail.agenda.occurrences import Occurrence, local
from portail.agenda.programme import written
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.facts.audience import ages, capacity, publics
from portail.facts.price import address, booking_page, is_free, price
from portail.facts.when import iso_bounds
from portail.model.collections import Edition, TempsFort
from portail.model.event import Event, Horaires
from portail.model.scalars import Moment
from portail.outputs.pages.entry.event import event_context
from portail.outputs.pages.entry.inputs import Enfant, EntryInputs
from portail.outputs.pages.kit import Kit, kit_of, resolve_names
from portail.outputs.pages.machine.nodes import (
    Node,
    agents,
    image_node,
    kept,
    locations,
    place,
    region,
    status,
)
from portail.outputs.pages.views.shared import Machine, Picture
from portail.site.editions import YearOf
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import JOURS
from portail.text.typography import plain

_SHOWN = 24
_MODES = {
    "presentiel": "OfflineEventAttendanceMode",
    "en-ligne": "OnlineEventAttendanceMode",
    "hybride": "MixedEventAttendanceMode",
}
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOOKABLE = {"programme", "reprogramme", "deplace-en-ligne", "complet"}


def event_node(inputs: EntryInputs, site: Site, node: Node) -> Node:
    """``node`` completed as an event: with séances as sub-events, or as one that lasts."""
    item, entry = inputs.item, inputs.item.of(Event)
    if not item.occurrences:  # engines refuse an event without a day
        return {**node, "@type": "WebPage"}
    kit, config, shown, where = kit_of(site), site.config, item.montree, inputs.event.adresse
    mode = _MODES[entry.mode]
    full = {
        **node,
        "@type": _type(entry, kit),
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": locations(entry, where, config) if where else [],
        "organizer": agents(entry, "organisateurs", inputs.links, config),
        "contributor": agents(entry, "partenaires", inputs.links, config),
        "maximumAttendeeCapacity": capacity(item, site).value,
        "typicalAgeRange": ages(item, site).value,
        "audience": [
            {"@type": "Audience", "audienceType": label} for label in publics(item, site).value
        ],
        "isAccessibleForFree": is_free(entry),
        "superEvent": _parents(inputs, kit),
        **_times(shown, entry, kit),
        "offers": _offers(item, _state(shown, entry), site, node["url"]),
    }
    parts = [_child(one, kit) for one in inputs.event.enfants[:_SHOWN]]
    lasting = inputs.event.durable
    if lasting:
        full |= {"startDate": lasting.du.isoformat(), "endDate": lasting.au.isoformat()}
        full["eventSchedule"] = _schedule(entry.horaires, item.occurrences)
    elif len(item.occurrences) > 1:
        for rank, one in enumerate(full["location"], 1):
            one["@id"] = f"{node['url']}#lieu-{rank}"
        parts[:0] = [_sub_event(one, item, full, site) for one in _listed(inputs)]
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
    terms = (kit.vocabularies["formats"].get(code) for code in entry.format)
    types = (str(term.extra["schema"]) for term in terms if term and "schema" in term.extra)
    return next(types, "Event")


def _times(shown: Occurrence | None, entry: Event, kit: Kit) -> Node:
    """Start, end, state and, when it moved, the start that was announced before."""
    if shown is None:
        return {}
    etat = _state(shown, entry)
    times: Node = {**_bounds(shown), "eventStatus": status(etat, kit.vocabularies)}
    if etat in ("reporte", "reprogramme"):
        times["previousStartDate"] = _former(entry, shown)
    return times


def _state(shown: Occurrence | None, entry: Event) -> str:
    return (shown.etat if shown else "") or entry.etat


def _former(entry: Event, shown: Occurrence) -> str | None:
    former = written(entry, shown).ancien_debut or entry.ancien_debut
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
            "scheduleTimezone": portal_zone().key,
        }
    )


def _bounds(one: Occurrence) -> Node:
    return dict(zip(("startDate", "endDate"), iso_bounds(one), strict=True))


def _sub_event(one: Occurrence, item: Item, full: Node, site: Site) -> Node:
    """A séance: what is its own, and what engines refuse an event without."""
    node = {
        "@type": full["@type"],
        "name": full["name"],
        "location": [{"@id": place["@id"]} for place in full["location"]],
        **_times(one, item.of(Event), kit_of(site)),
        "offers": _offers(item, one.etat, site, full["url"]) if one.etat == "complet" else [],
    }
    return kept(node)


def _offers(item: Item, etat: str, site: Site, url: str) -> list[Node]:
    """Prices and where to book; nothing for what is cancelled or has no date any more."""
    if etat not in _BOOKABLE:
        return []
    event = item.of(Event)
    full = "complet" in (etat, event.etat)
    common: dict[str, Any] = {
        "@type": "Offer",
        "url": booking_page(event) or url,
        "availability": f"https://schema.org/{'SoldOut' if full else 'InStock'}",
        "priceCurrency": "EUR",
    }
    return [{**common, "price": one} for one in price(item, site).value]


def _parents(inputs: EntryInputs, kit: Kit) -> list[Node]:
    """The event and the edition, or the whole rendezvous, that it is part of."""
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


def series_node(inputs: EntryInputs, kit: Kit, node: Node) -> Node:
    """``node`` completed as a rendezvous: who organises it, its editions that have a page."""
    config = kit.config
    editions = (
        kept(
            {
                "@type": "Festival",
                "name": f"{node['name']} {one.annee}",
                "url": config.absolute(one.url),
                **_days(one.edition),
                **_held(config),
            }
        )
        for one in inputs.temps_fort.annees
        if one.url
    )
    organisers = agents(inputs.item.entry, "organisateur", inputs.links, config)
    return {**node, "organizer": organisers, "subEvent": list(editions)}


def edition_machine(
    item: Item, year: YearOf, events: Sequence[Item], url: str, site: Site, image: Picture
) -> Machine:
    """The edition, the rendezvous that it is one of, the first of its events."""
    entry, edition, config = item.of(TempsFort), year.edition, site.config
    series, name = config.absolute(item.url), plain(entry.titre)
    told = (one for one in events if one.entry.indexable)
    above = {"@type": "EventSeries", "@id": f"{series}#contenu", "name": name, "url": series}
    node = {
        "@type": "Festival",
        "@id": f"{config.absolute(url)}#contenu",
        "url": config.absolute(url),
        "name": f"{name} {year.annee}",
        "description": (edition.theme if edition else "") or entry.resume,
        "image": image_node(image, config),
        **_days(edition),
        **_held(config),
        "superEvent": above,
        "subEvent": [_part(one, site) for one in sorted(told, key=_order)[:_SHOWN]],
    }
    return Machine(image, donnees=(kept(node),))


def _part(event: Item, site: Site) -> Node:
    entry, config = event.of(Event), site.config
    node = {
        "@type": "Event",
        "name": plain(entry.titre),
        "url": config.absolute(event.url),
        "startDate": event.occurrences[0].debut.date().isoformat(),
        "eventStatus": status(entry.etat, site.vocabularies),
        "location": locations(entry, address(event, site), config),
    }
    return kept(node)


def _order(event: Item) -> tuple[datetime, str]:
    """The order of time, which a new day does not change as it changes that of lists."""
    return event.occurrences[0].debut, event.ref


def _held(config: SiteConfig) -> Node:
    """Where, and that it goes on: only events are cancelled or moved."""
    return {"location": region(config), "eventStatus": "https://schema.org/EventScheduled"}


def _days(edition: Edition | None) -> Node:
    first = edition and (edition.du or edition.au)
    last = edition and (edition.au or edition.du)
    return {
        "startDate": first.isoformat() if first else None,
        "endDate": last.isoformat() if last else None,
    }
