"""Where one tells how an event was, once it is over."""

from __future__ import annotations

from portail.model.event import Event
from portail.outputs.pages.slots import PROPOSE
from portail.site.contained import lineage
from portail.site.item import Item
from portail.site.site import Site


def return_form(item: Item, site: Site) -> str:
    """Site path of the form of an event, opened on its return; ``""`` where there is no form."""
    form = PROPOSE.ask(site, item.entry.kind)
    return form and f"{form}?retour={item.entry.slug}"


def asks_return(item: Item, site: Site) -> bool:
    """Whether an event has still to be told of: it took place, in a yearly rendezvous."""
    event = item.of(Event)
    if not item.is_over or event.etat == "annule" or (event.retour and event.retour.dit):
        return False
    line = lineage(event, site.items).values()
    part = (
        not entry_of.brouillon
        for entry_of in line
        if isinstance(entry_of, Event) and entry_of.temps_fort
    )
    return next(part, False)


def return_to(site: Site, item: Item) -> str:
    """Address where an event says how it went; ``""`` while nothing asks it."""
    if asks_return(item, site):
        return return_form(item, site)
    return ""
