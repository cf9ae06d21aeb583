"""The card of an event."""

from __future__ import annotations

from portail.facts.place import online, place_of
from portail.facts.price import is_free
from portail.facts.when import when_text
from portail.features.services.agenda.labels import state_labels
from portail.features.services.editions.editions import children_of
from portail.model.event import Event
from portail.outputs.pages.slots import CardParts
from portail.outputs.pages.views.shared import Etiquette
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import nombre

_MODES = {"en-ligne": "En ligne", "hybride": "Sur place et en ligne"}
_AWAY = "Aussi en ligne"
"""Of what is everywhere, and has a link too."""


def event_card(item: Item, site: Site) -> CardParts:
    """When and where; its state, whether it is free, on line."""
    entry = item.of(Event)
    shown = item.shown
    link = online(item, site).short
    labels = list(state_labels(shown.etat if shown else entry.etat))
    if item.is_over:
        labels.append(Etiquette("Passé", "passe"))
    if item.reserve:
        labels.append(Etiquette("Réservé", "reserve"))
    if link:
        labels.append(Etiquette(_AWAY if item.partout else _MODES[entry.mode], "en-ligne"))
    if is_free(entry):
        labels.append(Etiquette("Gratuit", "gratuit"))
    details = (when_text(item, site, shown), place_of(item, site) or link, _event_count(item, site))
    return details, tuple(labels)


def _event_count(item: Item, site: Site) -> str:
    """« 24 animations », « 3 étapes »: how many events an event contains."""
    children = children_of(item, site)
    steps = any(getattr(child.entry, "etape", None) for child in children)
    noun = "étape" if steps else "animation"
    return f"{nombre(len(children))} {noun}{'s' * (len(children) > 1)}" if children else ""
