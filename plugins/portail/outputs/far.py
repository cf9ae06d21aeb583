"""What neighbours announce, told as the agenda tells our own: cards that lead to their pages.

Nothing of it joins the indexes of the site: only ``/reseau/`` and the distance filter of the agenda
ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portail.agenda.programme import Programme
from portail.model.kinds import Kind
from portail.neighbours.far import FarEvent, FarPlace, Neighbour
from portail.outputs.pages.agenda.lines import ORIGIN
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.typography import EXEMPLE, capital, unmarked


class Far(NamedTuple):
    """An event and the portal that announces it."""

    voisin: Neighbour
    event: FarEvent


@per_site
def far_events(site: Site) -> Mapping[str, Far]:
    """Their events, by a key of our own; without what is openly invented where the site leaves
    its own examples out."""
    return {
        f"{voisin.slug} {event.id}": Far(voisin, event)
        for voisin in site.neighbours
        for event in voisin.events
        if site.config.exemples or not event.exemple
    }


@per_site
def far_programme(site: Site) -> Programme:
    """When they are on, by the same key."""
    return Programme((key, one.event.occurrences) for key, one in far_events(site).items())


@per_site
def far_card(site: Site, key: str) -> Card:
    """How one shows in lists: it leads to the neighbour's page, and says whose it is."""
    voisin, event = far_events(site)[key]
    vocabularies = site.vocabularies
    sort = capital(vocabularies.label("formats", event.formats[0])) if event.formats else ""
    theme = event.themes[0] if event.themes else ""
    labels = [Etiquette("Gratuit", "gratuit")] if event.gratuit else []
    place = where(event.place)
    if event.mode != "presentiel":
        place = f"{place}, en ligne" if place else "En ligne"
    return Card(
        key, event.url, Kind.EVENT.value, sort or capital(Kind.EVENT.info.nom),
        f"{EXEMPLE}{unmarked(event.titre)}" if event.exemple else event.titre,
        "", theme, None, ("", place) if place else ("",),
        (*labels, Etiquette(voisin.nom, ORIGIN)), None, "",
        precision=sort or capital(vocabularies.label("themes", theme)), sorte=sort,
    )  # fmt: skip


def where(place: FarPlace) -> str:
    """« Musée de la Mer, Eu (76) »: it is not the reader's region."""
    town = f"{place.commune} ({place.departement})" if place.departement else place.commune
    return ", ".join(dict.fromkeys(filter(None, (place.nom, town))))
