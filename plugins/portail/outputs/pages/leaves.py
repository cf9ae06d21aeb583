"""The tear-off leaf of a card: the day that it tells, and the one first announced."""

from __future__ import annotations

from portail.agenda.upcoming import called_off, written
from portail.facts.when import moment_text
from portail.model.annonce import Annonce
from portail.model.event import Event
from portail.outputs.pages.views.shared import Feuille
from portail.site.item import Item
from portail.site.lasting import lasting_of
from portail.site.site import Site
from portail.text.typography import capital

__all__ = ["leaf_of", "moved_from"]


def leaf_of(item: Item, site: Site) -> Feuille | None:
    """The leaf of an event (all its days when it lasts), of a showing, of the deadline of an
    announcement."""
    entry = item.entry
    if showing := site.showings.get(item.ref):
        return Feuille(showing.du, "", showing.au if showing.au > showing.du else None)
    if isinstance(entry, Event):
        shown = item.montree
        if shown is None:
            return None
        lasting = lasting_of(site, item.ref)
        state = called_off(entry, shown) or ("passe" if item.passe else "")
        if lasting:
            return Feuille(lasting.du, state, lasting.au)
        last = shown.dernier_jour if shown.nombre_de_jours > 1 else None
        return Feuille(shown.premier_jour, state, last)
    if isinstance(entry, Annonce) and entry.echeance:
        return Feuille(entry.echeance, "passe" if item.passe else "", avant="jusqu’au")
    return None


def moved_from(item: Item) -> str:
    """When what has moved was first announced for."""
    shown = item.montree
    if shown is None or shown.etat not in ("reporte", "reprogramme"):
        return ""
    assert isinstance(item.entry, Event)
    former = written(item.entry, shown).ancien_debut
    return capital(moment_text(former)) if former else ""
