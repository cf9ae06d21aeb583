"""The values of events, by which the agenda is narrowed."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.site.facet_readers import accessible
from portail.site.facets import OUI, PARTOUT, RESERVED, Pair
from portail.site.item import Item


def event_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    """Those of its own facets."""
    entry = item.of(Event)
    yield from (("format", code) for code in entry.format)
    yield from accessible(entry.accessibilite)
    if entry.tarif and entry.tarif.nul:
        yield "gratuit", OUI
    if entry.en_ligne:
        yield "en-ligne", OUI
    if entry.partout:
        yield PARTOUT
    if entry.groupes:
        yield "groupes", OUI
    yield from (("langue", code) for code in entry.langues_parlees)
    if item.reserve:
        yield RESERVED
