"""What is near an event: what is on at its place and around, what to read."""

from __future__ import annotations

from portail.features.services.alentours.relations import next_of, reading
from portail.features.services.editions.editions import children_of
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.around import Autour
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.outputs.pages.words import PARTS
from portail.site.item import Item
from portail.site.site import Site

_CARDS = 3
"""Lines below an event, its place counted: the box of the event leads there already."""
_NEAR = {"parent", "lieu", "territoire"}
_INSTEAD = 2
"""Events that stand in for one that is over or off."""


def around_event(item: Item, site: Site) -> Autour:
    """What is near an event, without what its fields name nor what it contains."""
    event = item.of(Event)
    named = (*item.targets, *(child.ref for child in children_of(item, site)))
    place = site.lieu_of(event)
    article = reading(site, item.ref)
    after = [article] if article else []
    following = next_of(site, item.ref, _CARDS - bool(place) - len(after), named)
    refs = [*(tie.ref for tie in following), *after]
    here = place or any(tie.lien in _NEAR for tie in following)
    title = "Sur place et autour" if here else "À voir aussi"
    bloc = Bloc(title, tuple(card_of(site, ref) for ref in refs), forme="lignes") if refs else None
    stopped = item.is_over or event.etat in ("annule", "complet")
    if not stopped or not following:
        return Autour(bloc)
    shared = following[0].lien
    nearest = [card_of(site, tie.ref) for tie in following if tie.lien == shared][:_INSTEAD]
    links = (Lien(card.titre, card.url, card.details[0]) for card in nearest)
    return Autour(bloc, PARTS["ici"][shared], tuple(links))
