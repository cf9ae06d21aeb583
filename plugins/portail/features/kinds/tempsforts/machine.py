"""A yearly rendezvous and its editions as JSON-LD (https://schema.org/Festival)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from portail.facts.place import address
from portail.features.kinds.evenements.json_ld import days_node, place_and_status
from portail.features.services.editions.editions import YearOf
from portail.features.services.moteurs import nodes
from portail.model.event import Event
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.views.shared import Machine, Picture
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import plain

from .model import TempsFort
from .years import present_year, told_years, years_told

# Events of the edition that are told, at most.
_SHOWN = 24


def series_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """``node`` completed as a rendezvous: who organises it, its editions that have a page."""
    config = site.config
    editions = (
        nodes.kept(
            {
                "@type": "Festival",
                "name": f"{node['name']} {year.annee}",
                "url": config.absolute(year.url),
                **days_node(year.edition),
                **place_and_status(config),
            }
        )
        for year in years_told(site, inputs.item.ref).annees
        if year.url
    )
    organisers = nodes.agents(inputs.item.entry, "organisateur", inputs.links, config)
    return {**node, "organizer": organisers, "subEvent": list(editions)}


def edition_machine(
    item: Item, year: YearOf, events: Sequence[Item], url: str, site: Site, image: Picture
) -> Machine:
    """The edition, the rendezvous that it is one of, the first of its events."""
    entry = item.of(TempsFort)
    edition = year.edition
    config = site.config
    series = config.absolute(item.url)
    name = plain(entry.titre)
    above = {"@type": "EventSeries", "@id": f"{series}#contenu", "name": name, "url": series}
    node = {
        "@type": "Festival",
        "@id": f"{config.absolute(url)}#contenu",
        "url": config.absolute(url),
        "name": f"{name} {year.annee}",
        "description": (edition and edition.theme) or entry.resume,
        "image": nodes.image_node(image, config),
        **days_node(edition),
        **place_and_status(config),
        "superEvent": above,
        "subEvent": _parts(events, site),
    }
    return Machine(image, donnees=(nodes.kept(node),))


def rendezvous_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """``node`` completed as a rendezvous; the edition that its page tells has its events."""
    series = series_node(inputs, site, node)
    item = inputs.item
    present = present_year(site, item.ref)
    years = (year for year in told_years(site, item.ref) if year.annee == present)
    parts = list(chain.from_iterable(_parts(year.heads, site) for year in years))
    page = site.config.absolute(item.url)
    editions = (
        {**edition, "subEvent": parts} if parts and edition["url"] == page else edition
        for edition in series["subEvent"]
    )
    return {**series, "subEvent": list(editions)}


def _parts(events: Sequence[Item], site: Site) -> list[nodes.Node]:
    indexed = (event for event in events if event.entry.indexable)
    first = sorted(indexed, key=lambda event: (event.occurrences[0].debut, event.ref))
    return [_part(event, site) for event in first[:_SHOWN]]


def _part(event: Item, site: Site) -> nodes.Node:
    entry = event.of(Event)
    config = site.config
    around = nodes.everywhere(event, site.geography, config)
    node = {
        "@type": "Event",
        "name": plain(entry.titre),
        "url": config.absolute(event.url),
        "startDate": event.occurrences[0].day.isoformat(),
        "eventStatus": nodes.status(entry.etat, site.vocabularies),
        "location": [
            *around,
            *nodes.locations(event, address(event, site), config, site.vocabularies),
        ],
    }
    return nodes.kept(node)
