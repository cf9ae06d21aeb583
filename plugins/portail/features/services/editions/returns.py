"""Where one tells how an event was, once it is over."""

from __future__ import annotations

from portail.model.event import Event
from portail.outputs.pages.slots import PROPOSE
from portail.site.item import Item
from portail.site.site import Site

from .editions import parent_of


def return_form(item: Item, site: Site) -> str:
    """Site path of the form of an event, opened on its return; ``""`` where there is no form."""
    form = PROPOSE.ask(site, item.entry.kind)
    return form and f"{form}?retour={item.entry.slug}"


def asks_return(item: Item, site: Site) -> bool:
    """Whether an event has still to be told of: it took place, in a yearly rendezvous."""
    event = item.of(Event)
    if not item.is_over or event.etat == "annule" or (event.retour and event.retour.dit):
        return False
    visited = set[str]()
    above: Item | None = item
    while above and above.ref not in visited:
        if isinstance(above.entry, Event) and above.entry.temps_fort:
            return not above.entry.brouillon
        visited.add(above.ref)
        above = site.items.get(parent_of(above.entry))
    return False


def return_to(site: Site, item: Item) -> str:
    """Address where an event says how it went; ``""`` while nothing asks it."""
    if asks_return(item, site):
        return return_form(item, site)
    return ""
