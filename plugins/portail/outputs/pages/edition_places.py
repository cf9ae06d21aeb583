"""Programmes of an edition by place: each département of the region, its communes, elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portail.facts.where import online_link, town
from portail.geo.coordinates import LatLon, distance_km
from portail.model.event import Event
from portail.outputs.pages.edition_lines import line_of
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.views.edition import DepartementView, LigneProgramme
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.item import Item
from portail.site.site import Site
from portail.text.inline import plain
from portail.text.normalise import sort_key
from portail.text.slugs import slugify

__all__ = ["Asked", "counts_of", "departements_of"]

_ONLINE, _NOWHERE = "En ligne", "Sans lieu précis"


@dataclass(frozen=True, slots=True)
class Asked:
    """A programme as it is asked for: its events, in words whom it is for; what is looked at where
    it has nothing (``others``), and the programme that tells of these (``other``)."""

    events: Sequence[Item]
    phrase: str
    others: Sequence[Item]
    other: Lien
    schools: bool


def counts_of(events: Sequence[Item], kit: Kit, url: str) -> Iterator[Lien]:
    """How many events each place has, with where the programme at ``url`` tells them."""
    for name, some in _by_place(events, kit).items():
        if some:
            yield Lien(name, f"{url}#{_anchor(name)}", str(len(some)))


def departements_of(asked: Asked, site: Site, kit: Kit) -> Iterator[DepartementView]:
    """Places in the order of their names, those of the region first, even without events."""
    others = _by_place(asked.others, kit)
    for name, some in _by_place(asked.events, kit).items():
        if some:
            yield DepartementView(
                name, _anchor(name), len(some), tuple(_communes(some, asked, site, kit))
            )
        else:
            nothing = _nothing(name, asked, others.get(name, ()), site, kit)
            yield DepartementView(name, _anchor(name), 0, vide=nothing)


def _anchor(name: str) -> str:
    return slugify(name).capitalize()


def _by_place(events: Sequence[Item], kit: Kit) -> Mapping[str, Sequence[Item]]:
    geography = kit.geography
    home = geography.home
    held: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        known = geography.departement(item.commune.departement) if item.commune else None
        online = isinstance(item.entry, Event) and online_link(item.entry)
        held[known.nom if known else _ONLINE if online else _NOWHERE].append(item)
    ours = [one.nom for one in geography.departements_of(home.code)] if home else []
    ordered = sorted(ours, key=sort_key)
    last = [_ONLINE, _NOWHERE]
    elsewhere = sorted(held.keys() - {*ours, *last}, key=sort_key)
    rest = (name for name in (*elsewhere, *last) if name in held)
    return {name: held.get(name, ()) for name in (*ordered, *rest)}


def _communes(
    events: Sequence[Item], asked: Asked, site: Site, kit: Kit
) -> Iterator[tuple[str, tuple[LigneProgramme, ...]]]:
    held: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        held[item.commune.nom if item.commune else ""].append(item)
    for name in sorted(held, key=sort_key):
        rows = sorted(held[name], key=lambda one: (one.occurrences[0].debut, one.ref))
        yield name, tuple(line_of(one, site, kit, schools=asked.schools) for one in rows)


def _nothing(name: str, asked: Asked, others: Sequence[Item], site: Site, kit: Kit) -> Vide:
    """What was asked, the nearest event of the programme, else of the edition; ways out."""
    centre = _centre(name, kit)
    near = _nearest(centre, asked.events)
    found = near or _nearest(centre, asked.others)
    agenda = site.ahead.page_of(("departement", slugify(name)))
    ways = {
        f"{asked.other.texte} : {name}": f"{asked.other.url}#{_anchor(name)}" if others else "",
        f"Tout l’agenda : {name}": agenda,
    }
    return Vide(
        f"{name} : aucun événement {asked.phrase}",
        "Le plus proche :" if near else "Le plus proche, tous publics confondus :",
        tuple(Lien(text, url) for text, url in ways.items() if url),
        _told(found, kit) if found else None,
    )


def _centre(name: str, kit: Kit) -> LatLon | None:
    """The middle of a département of the region."""
    geography = kit.geography
    for code, outline in geography.outlines.departements.items():
        known = geography.departement(code)
        if known and known.nom == name:
            return outline.middle
    return None


def _nearest(centre: LatLon | None, events: Sequence[Item]) -> Item | None:
    placed = [
        (distance_km(centre, (town.lat, town.lon)), item.ref, item)
        for item in events
        if centre and (town := item.commune) and town.lat is not None and town.lon is not None
    ]
    return min(placed)[2] if placed else None


def _told(item: Item, kit: Kit) -> Lien:
    return Lien(plain(item.entry.titre), item.url, town(item.commune))
