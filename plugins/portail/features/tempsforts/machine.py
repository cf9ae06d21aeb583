"""An edition as JSON-LD (https://schema.org/Festival)."""

from __future__ import annotations

from collections.abc import Sequence

from portail.facts.price import address
from portail.model.collections import TempsFort
from portail.model.event import Event
from portail.outputs.pages.machine import nodes
from portail.outputs.pages.machine.events import days_node, place_and_status
from portail.outputs.pages.views.shared import Machine, Picture
from portail.site.editions import YearOf
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import plain

_SHOWN = 24
"""Events of the edition that are told, at most."""


def edition_machine(
    item: Item, year: YearOf, events: Sequence[Item], url: str, site: Site, image: Picture
) -> Machine:
    """The edition, the rendezvous that it is one of, the first of its events."""
    entry = item.of(TempsFort)
    edition = year.edition
    config = site.config
    series = config.absolute(item.url)
    name = plain(entry.titre)
    indexed = (event for event in events if event.entry.indexable)
    # In the order of time, which a new day does not change as it changes that of lists.
    first = sorted(indexed, key=lambda event: (event.occurrences[0].debut, event.ref))
    above = {"@type": "EventSeries", "@id": f"{series}#contenu", "name": name, "url": series}
    node = {
        "@type": "Festival",
        "@id": f"{config.absolute(url)}#contenu",
        "url": config.absolute(url),
        "name": f"{name} {year.annee}",
        "description": (edition.theme if edition else "") or entry.resume,
        "image": nodes.image_node(image, config),
        **days_node(edition),
        **place_and_status(config),
        "superEvent": above,
        "subEvent": [_part(event, site) for event in first[:_SHOWN]],
    }
    return Machine(image, donnees=(nodes.kept(node),))


def _part(event: Item, site: Site) -> nodes.Node:
    entry = event.of(Event)
    config = site.config
    around = nodes.everywhere(event, site.geography, config)
    node = {
        "@type": "Event",
        "name": plain(entry.titre),
        "url": config.absolute(event.url),
        "startDate": event.occurrences[0].jour.isoformat(),
        "eventStatus": nodes.status(entry.etat, site.vocabularies),
        "location": [
            *around,
            *nodes.locations(event, address(event, site), config, site.vocabularies),
        ],
    }
    return nodes.kept(node)
