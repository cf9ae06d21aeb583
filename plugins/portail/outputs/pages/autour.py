"""Three cards below an event or an announcement: the place, what is next there, what to read."""

from __future__ import annotations

from dataclasses import dataclass

from portail.model.annonce import Annonce
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.cards import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.site.coming import Coming, Next
from portail.site.hierarchy import children_of
from portail.site.item import Item
from portail.site.site import Site

__all__ = ["Autour", "autour_of"]

_CARDS = 3
_NEAR = {"parent", "lieu", "territoire"}
_SUITES = 2
_HERE = {
    "parent": "À venir dans le même programme",
    "lieu": "À venir au même endroit",
    "territoire": "À venir près de là",
    "theme": "À venir sur le même thème",
    "tout": "À venir ailleurs",
}


@dataclass(frozen=True, slots=True)
class Autour:
    """``bloc`` is the block of cards, ``None`` when there is nothing near; ``suites`` what to go
    to instead of an event that is over or will not take place, ``lien`` what it shares with it."""

    bloc: Bloc | None = None
    lien: str = ""
    suites: tuple[Lien, ...] = ()


def autour_of(item: Item, site: Site, coming: Coming) -> Autour:
    """What is around ``item``, without what its fields name nor what it contains."""
    known = (*item.targets, *(one.ref for one in children_of(item, site)))
    if isinstance(item.entry, Annonce):
        following = coming.after(item.ref, _CARDS, known)
        shown = tuple(card_of(site, one.ref) for one in following)
        return Autour(Bloc("D’autres annonces en cours", shown, avenir=True) if shown else None)
    if not isinstance(item.entry, Event):
        return Autour()
    place = site.lieu_of(item.entry)
    text = coming.reading(item.ref)
    before = [place.ref] if place else []
    after = [text] if text else []
    following = coming.after(item.ref, _CARDS - len(before) - len(after), known)
    refs = [*before, *(one.ref for one in following), *after]
    here = place or any(one.lien in _NEAR for one in following)
    title = "Sur place et autour" if here else "À voir aussi"
    bloc = Bloc(title, tuple(card_of(site, ref) for ref in refs)) if refs else None
    stopped = item.passe or item.entry.etat in ("annule", "complet")
    return Autour(bloc, *_suites(following, site)) if stopped else Autour(bloc)


def _suites(following: tuple[Next, ...], site: Site) -> tuple[str, tuple[Lien, ...]]:
    """The nearest of what follows, as links, and what they have in common with the event."""
    if not following:
        return "", ()
    nearest = [one.ref for one in following if one.lien == following[0].lien][:_SUITES]
    found = (card_of(site, ref) for ref in nearest)
    links = tuple(Lien(card.titre, card.url, card.details[0]) for card in found)
    return _HERE[following[0].lien], links
