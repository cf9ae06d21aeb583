"""Where an event takes place, or a tool is shown, in words."""

from __future__ import annotations

from portail.model.event import Event
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain

__all__ = ["place_of"]


def place_of(item: Item, site: Site, *, commune: bool = True) -> str:
    """Where an event takes place, or a tool is shown: « La Coupole, Wizernes »; empty when it is
    nowhere. Its ``commune`` is left out where the reader knows it."""
    entry, town = item.entry, item.commune.nom if commune and item.commune else ""
    if showing := site.showings.get(item.ref):
        return ", ".join(filter(None, (showing.hote, town)))
    assert isinstance(entry, Event)
    lieu = site.lieu_of(entry)
    place = plain(lieu.entry.titre) if lieu else (entry.adresse.nom or "" if entry.adresse else "")
    return ", ".join(filter(None, (place, town)))
