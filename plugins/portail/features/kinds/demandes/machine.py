"""A demande as JSON-LD (https://schema.org/Demand)."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.demandes.facts import is_demande
from portail.features.services.moteurs import nodes
from portail.model.articles import AnnouncementEntry
from portail.site.item import Item
from portail.site.site import Site


def demand(site: Site, item: Item) -> Iterator[tuple[str, object]]:
    """Its properties: what is wished, where, between which days, until when one answers."""
    if not is_demande(item):
        return
    entry = item.of(AnnouncementEntry)
    label = site.vocabularies.label("souhaits", entry.souhait)
    yield "@type", "Demand"
    yield "itemOffered", nodes.kept({"@type": "Service", "name": label})
    yield "areaServed", nodes.place(item.town, None, item.town) if item.town else None
    days = {
        "availabilityStarts": entry.du,
        "availabilityEnds": entry.au,
        "validFrom": entry.publie_le,
        "validThrough": entry.echeance,
    }
    for name, day in days.items():
        yield name, day.isoformat() if day else None
