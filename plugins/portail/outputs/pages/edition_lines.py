"""Events of an edition as lines of its programmes."""

from __future__ import annotations

from portail.facts.audience import groups
from portail.facts.base import sort
from portail.facts.when import times
from portail.facts.where import place_of
from portail.model.event import Event
from portail.outputs.pages.kit import Kit, state_labels
from portail.outputs.pages.views.edition import LigneProgramme, QuandView
from portail.site.hierarchy import parent_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.typography import capital


def line_of(item: Item, site: Site, kit: Kit, *, schools: bool) -> LigneProgramme:
    """The line of an event, under the name of its commune."""
    entry = item.entry
    assert isinstance(entry, Event)
    every = tuple(times(entry, item.occurrences))
    parent = site.items.get(parent_of(entry))
    details = (
        capital(sort(item, site).short),
        place_of(item, site, commune=False),
        "En ligne" if entry.mode == "hybride" else "",
        plain(parent.entry.titre) if parent else "",
    )
    _, group = groups(item, site) if schools else ("", ())
    return LigneProgramme(
        entry.titre,
        item.url,
        entry.themes[0] if entry.themes else "",
        tuple(
            QuandView(one.phrase, one.iso, state_labels(one.etat), one.etat == "annule")
            for one in every
        ),
        tuple(filter(None, details)),
        tuple(one.short for one in group if one.short),
        all(one.etat == "annule" for one in every),
    )
