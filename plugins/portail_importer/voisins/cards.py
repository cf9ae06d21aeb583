"""What neighbours announce near the region, told as the agenda tells our own: cards that lead to
their pages. Nothing of it joins the indexes of the site: only ``/reseau/`` and the distance filter
of the agenda ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from portail.agenda.programme import Programme
from portail.geo.coordinates import KM_PER_DEGREE, LatLon, distance_km
from portail.geo.names import from_town
from portail.geo.places import Commune
from portail.model.kinds import DATED, info_of
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.site.facets import OUI, Pair
from portail.site.memo import answer, per_site
from portail.site.site import Site
from portail.text.typography import EXEMPLE, capital, unmarked

from ..moissonner.neighbours import FarEvent, Neighbour, neighbours

# The greatest distance that a reader may ask for, and that anything of a neighbour is shown at.
REACH_KM = 50
# Two départements touch when a commune of each is within this distance of the other.
_BESIDE_KM = 10


class Near(NamedTuple):
    """A commune, the nearest of ours and its distance."""

    commune: Commune
    beside: Commune
    km: float


class Far(NamedTuple):
    """An event, the portal that announces it, and where it is."""

    voisin: Neighbour
    event: FarEvent
    near: Near

    @property
    def commune(self) -> Commune:
        return self.near.commune


def within(ours: Iterable[Commune], towns: Iterable[Commune], reach: float) -> Iterator[Near]:
    """Those of ``towns`` that are within ``reach`` km of one of ``ours``."""
    high = reach / KM_PER_DEGREE
    cells: dict[tuple[int, int], list[tuple[LatLon, Commune]]] = defaultdict(list)
    for commune in ours:
        if commune.lat is not None and commune.lon is not None:
            cell = int(commune.lat // high), int(commune.lon // (2 * high))
            cells[cell].append(((commune.lat, commune.lon), commune))
    for town in towns:
        if town.lat is None or town.lon is None:
            continue
        here = (town.lat, town.lon)
        row = int(town.lat // high)
        column = int(town.lon // (2 * high))
        around = (cells.get((row + up, column + on), ()) for up in (0, -1, 1) for on in (0, -1, 1))
        far = ((distance_km(here, place), one) for some in around for place, one in some)
        km, beside = min(far, key=lambda pair: pair[0], default=(reach + 1, town))
        if km <= reach:
            yield Near(town, beside, km)


def _home(site: Site) -> tuple[Commune, ...]:
    home = site.geography.home
    return site.geography.communes_of(home) if home else ()


@answer
def has_network(site: Site) -> bool:
    return any(neighbour.fetched for neighbour in neighbours(site))


@per_site
def far_events(site: Site) -> Mapping[str, Far]:
    """Those that take place within ``REACH_KM`` of one of our communes."""
    known = {event.commune for neighbour in neighbours(site) for event in neighbour.events}
    towns = filter(None, map(site.geography.by_code, sorted(known)))
    near = {found.commune.code: found for found in within(_home(site), towns, REACH_KM)}
    return {
        f"{neighbour.slug} {event.url}": Far(neighbour, event, found)
        for neighbour in neighbours(site)
        for event in neighbour.events
        if (found := near.get(event.commune))
    }


@per_site
def far_programme(site: Site) -> Programme:
    return Programme((key, far.event.occurrences) for key, far in far_events(site).items())


def known_communes(site: Site) -> list[Commune]:
    """The communes of the region, then those of the départements of neighbours that touch it."""
    geography = site.geography
    home = _home(site)
    codes = {far.commune.departement for far in far_events(site).values()}
    communes = [*home]
    for code in sorted(codes - {commune.departement for commune in home}):
        departement = geography.departement(code)
        there = geography.communes_of(departement) if departement else ()
        if any(True for _ in within(home, there, _BESIDE_KM)):
            communes += there
    return communes


def pairs_of(far: FarEvent) -> Iterator[Pair]:
    """The values that it has of the facets of our agenda."""
    for cle, codes in (
        ("theme", far.themes),
        ("public", far.publics),
        ("format", far.formats),
    ):
        for code in codes:
            yield cle, code
    if far.gratuit:
        yield "gratuit", OUI
    if far.mode != "presentiel":
        yield "en-ligne", OUI


def far_card(site: Site, key: str) -> Card:
    """A card that says how far from the region it is."""
    card = near_card(site, key)
    _, beside, km = far_events(site)[key].near
    if not round(km):
        return card
    return card.retold(details=("", f"{card.details[1]}, à {round(km)} km {from_town(beside.nom)}"))


@per_site
def near_card(site: Site, key: str) -> Card:
    """The same beside a commune that a reader gives, from which it will be told how far."""
    voisin, event, (commune, *_) = far_events(site)[key]
    formats = [site.vocabularies.label("formats", code) for code in event.formats[:1]]
    sort = capital(*formats or [info_of(DATED).nom])
    town = f"{commune.nom} ({commune.departement})"
    online = "en ligne" if event.mode != "presentiel" else ""
    where = ", ".join(dict.fromkeys(filter(None, (event.lieu, town, online))))
    return Card(
        ref=key,
        url=event.url,
        kind=info_of(DATED).folder,
        surtitre=sort,
        titre=f"{EXEMPLE}{unmarked(event.titre)}" if event.exemple else event.titre,
        resume="",
        theme=event.themes[0] if event.themes else "",
        feuille=None,
        details=("", where),
        etiquettes=(Etiquette("Gratuit", "gratuit"),) if event.gratuit else (),
        image=None,
        digest="",
        precision=sort,
        sorte=f"{sort} · {voisin.nom}",
    )
