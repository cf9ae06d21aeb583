"""What neighbours announce, told as the agenda tells our own: cards that lead to their pages.
Nothing of it joins the indexes of the site: only ``/reseau/`` and the distance filter of the agenda
ask here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from portail.agenda.programme import Programme
from portail.features.services.agenda.lines import ORIGIN
from portail.geo.coordinates import KM_PER_DEGREE, LatLon, distance_km
from portail.geo.places import Commune
from portail.model.kinds import DATED, info_of
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.facets import OUI, Pair
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.typography import EXEMPLE, capital, unmarked

from .copies import FarEvent, FarPlace, Neighbour
from .network import neighbours


def within(places: Iterable[Commune], towns: Iterable[Commune], reach: float) -> Iterator[Commune]:
    high = reach / KM_PER_DEGREE
    cells: dict[tuple[int, int], list[LatLon]] = defaultdict(list)
    for town in places:
        if town.lat is not None and town.lon is not None:
            cells[int(town.lat // high), int(town.lon // (2 * high))].append((town.lat, town.lon))
    for town in towns:
        if town.lat is None or town.lon is None:
            continue
        here = (town.lat, town.lon)
        row = int(town.lat // high)
        column = int(town.lon // (2 * high))
        around = (cells.get((row + up, column + on), ()) for up in (0, -1, 1) for on in (0, -1, 1))
        if any(distance_km(here, place) <= reach for some in around for place in some):
            yield town


# The greatest distance that a reader may ask for: beyond it, the filter needs no neighbour.
REACH_KM = 50
# Two départements touch when a commune of each is within this distance of the other.
_BESIDE_KM = 10


class Far(NamedTuple):
    """An event and the portal that announces it."""

    voisin: Neighbour
    event: FarEvent


@per_site
def far_events(site: Site) -> Mapping[str, Far]:
    return {
        f"{voisin.slug} {event.id}": Far(voisin, event)
        for voisin in neighbours(site)
        for event in voisin.events
    }


@per_site
def far_programme(site: Site) -> Programme:
    return Programme((key, far.event.occurrences) for key, far in far_events(site).items())


@per_site
def near_events(site: Site) -> Mapping[str, Far]:
    """Those that take place within ``REACH_KM`` of one of our communes."""
    events = far_events(site)
    communes = {
        far.event.place.code: site.geography.by_code(far.event.place.code)
        for far in events.values()
    }
    near = {
        commune.code for commune in within(_home(site), filter(None, communes.values()), REACH_KM)
    }
    return {key: far for key, far in events.items() if far.event.place.code in near}


def known_communes(site: Site) -> list[Commune]:
    """The communes of the region, then those of the départements of neighbours that touch it."""
    geography = site.geography
    home = _home(site)
    ours = {commune.departement for commune in home}
    codes = {far.event.place.departement for far in far_events(site).values()}
    codes |= {lieu.place.departement for voisin in neighbours(site) for lieu in voisin.lieux}
    communes = [*home]
    for code in sorted(codes - ours):
        departement = geography.departement(code)
        there = geography.communes_of(departement) if departement else ()
        if any(True for _ in within(home, there, _BESIDE_KM)):
            communes += there
    return communes


def _home(site: Site) -> tuple[Commune, ...]:
    home = site.geography.home
    return site.geography.communes_of(home) if home else ()


def pairs_of(far: FarEvent) -> Iterator[Pair]:
    """The values that it has of the facets of our agenda."""
    for cle, codes in (("theme", far.themes), ("public", far.publics), ("format", far.formats)):
        for code in codes:
            yield cle, code
    if far.gratuit:
        yield "gratuit", OUI
    if far.mode != "presentiel":
        yield "en-ligne", OUI


def near_card(site: Site, key: str) -> Card:
    card = far_card(site, key)
    nom = far_events(site)[key].voisin.nom
    labels = tuple(label for label in card.etiquettes if label.code != ORIGIN)
    return card.retold(sorte=f"{card.precision} · {nom}", etiquettes=labels)


@per_site
def far_card(site: Site, key: str) -> Card:
    voisin, event = far_events(site)[key]
    formats = [site.vocabularies.label("formats", code) for code in event.formats[:1]]
    sort = capital(*formats or [info_of(DATED).nom])
    theme = event.themes[0] if event.themes else ""
    labels = [Etiquette("Gratuit", "gratuit")] if event.gratuit else []
    place = where(event.place)
    if event.mode != "presentiel":
        place = f"{place}, en ligne" if place else "En ligne"
    if event.on_another_clock:
        place = f"{place}, heure locale" if place else "Heure locale"
    return Card(
        ref=key,
        url=event.url,
        kind=info_of(DATED).folder,
        surtitre=sort,
        titre=f"{EXEMPLE}{unmarked(event.titre)}" if event.exemple else event.titre,
        resume="",
        theme=theme,
        feuille=None,
        details=("", place) if place else ("",),
        etiquettes=(*labels, Etiquette(voisin.nom, ORIGIN)),
        image=None,
        digest="",
        precision=sort,
        sorte=sort,
    )


def where(place: FarPlace) -> str:
    """« Musée de la Mer, Eu (76) »: it is not the reader's region."""
    town = f"{place.commune} ({place.departement})" if place.departement else place.commune
    return ", ".join(dict.fromkeys(filter(None, (place.nom, town))))
