"""Editions of yearly rendezvous for machines: https://schema.org/Festival, part of a series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from portail.config import SiteConfig
from portail.facts.where import address
from portail.model.event import Event
from portail.model.temps_fort import Edition, TempsFort
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.machine.nodes import (
    Node,
    agents,
    image_node,
    kept,
    locations,
    region,
    status,
)
from portail.outputs.pages.views.machine import Machine
from portail.outputs.pages.views.shared import Picture
from portail.site.editions import YearOf
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["edition_machine", "series_node"]

_SHOWN = 24


def series_node(inputs: EntryInputs, kit: Kit, node: Node) -> Node:
    """``node`` (name, address, picture…) completed as a rendezvous: who organises it, its editions
    that have a page."""
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
    entry, edition, config = item.entry, year.edition, site.config
    assert isinstance(entry, TempsFort)
    series, name = config.absolute(item.url), plain(entry.titre)
    node = {
        "@type": "Festival",
        "@id": f"{config.absolute(url)}#contenu",
        "url": config.absolute(url),
        "name": f"{name} {year.annee}",
        "description": (edition.theme if edition else "") or entry.resume,
        "image": image_node(image, config),
        **_days(edition),
        **_held(config),
        "superEvent": {"@type": "EventSeries", "@id": f"{series}#contenu", "name": name,
                       "url": series},
        "subEvent": [_part(one, site) for one in sorted(events, key=_order)[:_SHOWN]],
    }  # fmt: skip
    return Machine(image, donnees=(kept(node),))


def _part(event: Item, site: Site) -> Node:
    entry, config = event.entry, site.config
    assert isinstance(entry, Event)
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
