"""Events as JSON-LD (https://schema.org/Event)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from portail.agenda.occurrences import Occurrence, local, written
from portail.clock import portal_zone
from portail.config import SiteConfig
from portail.facts.audience import ages, capacity, publics
from portail.facts.place import address
from portail.facts.price import is_free, price
from portail.facts.when import iso_bounds
from portail.features.services.referencement import nodes
from portail.model.collections import Edition, YearlyEntry
from portail.model.event import Event, Horaires
from portail.model.kinds import YEARLY
from portail.model.scalars import Moment
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.item import Item, parent_of
from portail.site.site import Site
from portail.text.dates import JOURS

from .page import edition_page, event_context
from .programme import Enfant, booking_page, event_ties

_SHOWN = 24
_MODES = {
    "presentiel": "OfflineEventAttendanceMode",
    "en-ligne": "OnlineEventAttendanceMode",
    "hybride": "MixedEventAttendanceMode",
}
_BOOKABLE = {"programme", "reprogramme", "deplace-en-ligne", "complet"}


def event_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """``node`` completed as an event: with séances as sub-events, or as one that lasts or
    lasted."""
    item = inputs.item
    entry = inputs.item.of(Event)
    if not item.occurrences:  # engines refuse an event without a day
        return {**node, "@type": "WebPage"}
    config = site.config
    shown = item.shown
    ties = event_ties(site, item.ref)
    where = ties.adresse
    mode = _MODES[entry.mode]
    places = nodes.everywhere(item, site.geography, config)
    if where:
        places += nodes.locations(item, where, config, site.vocabularies)
    full = {
        **node,
        "@type": _type(entry, site),
        "eventAttendanceMode": f"https://schema.org/{mode}",
        "location": places,
        "organizer": nodes.agents(entry, "organisateurs", inputs.links, config),
        "contributor": nodes.agents(entry, "partenaires", inputs.links, config),
        "maximumAttendeeCapacity": capacity(item, site).value,
        "typicalAgeRange": ages(item, site).value,
        "audience": [
            {"@type": "Audience", "audienceType": label} for label in publics(item, site).value
        ],
        "isAccessibleForFree": is_free(entry),
        "superEvent": _parents(inputs, site),
        **_times(shown, entry, site),
        "offers": _offers(item, _state(shown, entry), site, node["url"]),
    }
    parts = [_child(child, site) for child in ties.enfants[:_SHOWN]]
    lasting = ties.durable
    if lasting:
        full |= {"startDate": lasting.du.isoformat(), "endDate": lasting.au.isoformat()}
        full["eventSchedule"] = _schedule(entry.horaires, item.occurrences)
    elif item.is_over and item.occurrences[1:]:  # engines show none of its séances
        full |= _bounds(*item.occurrences)
    elif item.occurrences[1:]:
        for rank, place in enumerate(full["location"], 1):
            place["@id"] = f"{node['url']}#lieu-{rank}"
        later = item.coming[:_SHOWN]
        parts[:0] = [_sub_event(occurrence, item, full, site) for occurrence in later]
    return nodes.kept({**full, "subEvent": parts})


def _child(child: Enfant, site: Site) -> nodes.Node:
    town = child.commune
    node = {
        "@type": "Event",
        "name": child.lien.texte,
        "url": site.config.absolute(child.lien.url),
        "location": nodes.place(town, None, town) if town else None,
    }
    if child.shown:
        node |= {
            **_bounds(child.shown),
            "eventStatus": nodes.status(child.shown.etat, site.vocabularies),
        }
    return nodes.kept(node)


def _type(entry: Event, site: Site) -> str:
    terms = (site.vocabularies["formats"].get(code) for code in entry.format)
    types = (str(term.extra["schema"]) for term in terms if term and "schema" in term.extra)
    return next(types, "Event")


def _times(shown: Occurrence | None, entry: Event, site: Site) -> nodes.Node:
    if shown is None:
        return {}
    etat = _state(shown, entry)
    times: nodes.Node = {**_bounds(shown), "eventStatus": nodes.status(etat, site.vocabularies)}
    if etat in ("reporte", "reprogramme"):
        former = written(entry, shown).ancien_debut or entry.ancien_debut
        times["previousStartDate"] = _iso(former) if former else None
    return times


def _state(shown: Occurrence | None, entry: Event) -> str:
    return (shown and shown.etat) or entry.etat


def _iso(moment: Moment) -> str:
    if moment.heure is None:
        return moment.jour.isoformat()
    return local(moment.jour, moment.heure).isoformat()


def _schedule(horaires: Horaires | None, occurrences: Iterable[Occurrence]) -> nodes.Node:
    # A weekly timetable, https://schema.org/Schedule, with the days when it is not kept.
    if horaires is None:
        return {}
    rule = {JOURS.index(day) for day in horaires.tous_les} or set(range(7))
    open_days = {occurrence.day for occurrence in occurrences}
    count = (horaires.au - horaires.du).days + 1
    days = (horaires.du + timedelta(days=rank) for rank in range(count))
    return nodes.kept(
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": [f"https://schema.org/{nodes.DAYS[rank]}" for rank in sorted(rule)],
            "startDate": horaires.du.isoformat(),
            "endDate": horaires.au.isoformat(),
            "startTime": f"{horaires.de:%H:%M}" if horaires.de else None,
            "endTime": f"{horaires.a:%H:%M}" if horaires.a else None,
            "exceptDate": [
                day.isoformat() for day in days if day.weekday() in rule and day not in open_days
            ],
            "scheduleTimezone": portal_zone().key,
        }
    )


def _bounds(*times: Occurrence) -> nodes.Node:
    if times:
        return {"startDate": iso_bounds(times[0])[0], "endDate": iso_bounds(times[-1])[1]}
    return {}


def _sub_event(occurrence: Occurrence, item: Item, full: nodes.Node, site: Site) -> nodes.Node:
    # A séance: what is its own, and what engines refuse an event without.
    node = {
        "@type": full["@type"],
        "name": full["name"],
        "location": [{"@id": place["@id"]} for place in full["location"]],
        **_times(occurrence, item.of(Event), site),
        "offers": _offers(item, occurrence.etat, site, full["url"])
        if occurrence.etat == "complet"
        else [],
    }
    return nodes.kept(node)


def _offers(item: Item, etat: str, site: Site, url: str) -> list[nodes.Node]:
    # Prices and where to book; nothing for what is over, cancelled or has no date any more.
    if item.is_over or etat not in _BOOKABLE:
        return []
    event = item.of(Event)
    full = "complet" in (etat, event.etat)
    common: dict[str, Any] = {
        "@type": "Offer",
        "url": booking_page(event) or url,
        "availability": f"https://schema.org/{'SoldOut' if full else 'InStock'}",
        "priceCurrency": "EUR",
    }
    return [{**common, "price": amount} for amount in price(item, site).value]


def _parents(inputs: EntryInputs, site: Site) -> list[nodes.Node]:
    # The event and the edition, or the whole rendezvous, that it is part of.
    # Engines refuse an event without a day or a place, wherever it stands
    # (https://developers.google.com/search/docs/appearance/structured-data/event): what is not
    # known to have both is a series.
    by_url = dict(_holders(inputs.item, site))
    series = []
    for link in event_context(inputs, site):
        node = nodes.kept(by_url.get(link.url, {}))
        complete = {"startDate", "location"} <= node.keys()
        named = {"name": link.texte, "url": site.config.absolute(link.url)}
        if link.url:
            series.append({"@type": "EventSeries", **named, **(node if complete else {})})
    return series


def _holders(item: Item, site: Site) -> Iterator[tuple[str, nodes.Node]]:
    # When and where what holds an event is, by its page: an event, an edition.
    entry = item.of(Event)
    above = site.items.get(parent_of(entry))
    if above:
        yield above.url, _holder(above, site)
    rendezvous = None
    if entry.temps_fort:
        rendezvous = site.find(entry.temps_fort, *YEARLY)
    if rendezvous and entry.edition:
        for edition in rendezvous.of(YearlyEntry).editions:
            if edition.annee == entry.edition:
                node = {"@type": "Festival", **days_node(edition), **place_and_status(site.config)}
                yield edition_page(site, rendezvous.url, edition.annee), node


def _holder(item: Item, site: Site) -> nodes.Node:
    entry = item.of(Event)
    return {
        "@type": _type(entry, site),
        **_bounds(*item.occurrences),
        "eventStatus": nodes.status(entry.etat, site.vocabularies),
        "location": nodes.locations(item, address(item, site), site.config, site.vocabularies),
    }


def place_and_status(config: SiteConfig) -> nodes.Node:
    """Where, and that it goes on: only events are cancelled or moved."""
    return {"location": nodes.region(config), "eventStatus": "https://schema.org/EventScheduled"}


def days_node(edition: Edition | None) -> nodes.Node:
    days = map(str, (edition and edition.jours) or ())
    return dict(zip(("startDate", "endDate"), days, strict=False))
