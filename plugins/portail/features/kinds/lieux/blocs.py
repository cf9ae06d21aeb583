"""What the page of a place shows of the contents that name it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import cos, hypot, radians
from typing import TypeAlias

from portail.features.services.prets.loans import free_from
from portail.geo.coordinates import KM_PER_DEGREE
from portail.geo.places import Commune
from portail.model.collections import ResourceEntry
from portail.model.entry import Entry
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.inputs import OwnBlocs
from portail.outputs.pages.slots import LENT
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.words import PARTS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import nombre

# Which places are close to each other, from commune to commune.

# Name of a place, and how far it is in whole kilometres: 0 in the same commune only.
Near: TypeAlias = tuple[str, int]

# Latitude, longitude, code, names of its places in order.
_Town: TypeAlias = tuple[float, float, str, Sequence[str]]

# Side of the cells in which communes are sorted, in kilometres.
_CELL = 6.0


def nearby(
    places: Iterable[tuple[str, Commune]], most: int = 4, reach: float = 30
) -> Mapping[str, tuple[Near, ...]]:
    """The ``most`` nearest others of each place within ``reach`` kilometres, by name.

    Distances are between centres of communes, on a plane right around each (1 % at 30 km). Places
    of one commune are all as near: each shows those whose names follow its own, round and round.
    """
    named: dict[str, list[str]] = defaultdict(list)
    centres: dict[str, tuple[float, float]] = {}
    for name, commune in places:
        if commune.lat is not None and commune.lon is not None:
            named[commune.code].append(name)
            centres[commune.code] = commune.lat, commune.lon
    grid = _Grid([(*centres[code], code, sorted(names)) for code, names in named.items()])
    by_name = {}
    for town in grid.towns:
        around = grid.around(town, most, reach)
        for name in town[3]:
            by_name[name] = tuple(_chosen(name, around, most))
    return by_name


class _Grid:
    """Communes by cell: the nearest are found without looking at all."""

    def __init__(self, towns: list[_Town]) -> None:
        self.towns = towns
        middle = 0.0
        if towns:
            middle = sum(town[0] for town in towns) / len(towns)
        self.height = _CELL / KM_PER_DEGREE
        self.width = self.height / cos(radians(middle))
        self.cells: dict[tuple[int, int], list[_Town]] = defaultdict(list)
        for town in towns:
            self.cells[self._cell(town)].append(town)

    def _cell(self, town: _Town) -> tuple[int, int]:
        return int(town[0] // self.height), int(town[1] // self.width)

    def around(self, town: _Town, most: int, reach: float) -> list[tuple[Sequence[str], int]]:
        # Places of the commune itself, then of others from near to far; enough to choose ``most``.
        lat, lon = town[:2]
        degree = KM_PER_DEGREE * cos(radians(lat))
        step = min(_CELL, self.width * degree)
        near: list[tuple[float, _Town]] = []
        ring = 0
        while True:
            for place in self._ring(self._cell(town), ring):
                km = hypot((place[0] - lat) * KM_PER_DEGREE, (place[1] - lon) * degree)
                if km <= reach:
                    near.append((km, place))
            complete = ring * step  # nothing nearer is in a cell further away
            if (
                complete >= reach
                or sum(len(place[3]) for km, place in near if km <= complete) > most
            ):
                break
            ring += 1
        near.sort(key=lambda row: (row[1] is not town, row[0], row[1][2]))
        return [(place[3], 0 if place is town else max(1, round(km))) for km, place in near]

    def _ring(self, centre: tuple[int, int], ring: int) -> Iterator[_Town]:
        # Communes of the cells at ``ring`` cells of a cell.
        row, column = centre
        for up in range(-ring, ring + 1):
            edge = abs(up) == ring
            for across in range(-ring, ring + 1) if edge else (-ring, ring):
                yield from self.cells.get((row + up, column + across), ())


def _chosen(name: str, around: Sequence[tuple[Sequence[str], int]], most: int) -> list[Near]:
    chosen: list[Near] = []
    for names, km in around:
        start = bisect_right(names, name)
        turned = (*names[start:], *names[:start])
        chosen += [(near, km) for near in turned if near != name][: most - len(chosen)]
        if len(chosen) == most:
            break
    return chosen


_LENT = frozenset({"pret"})


def lieu_blocs(lieu: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What is on there, lent from there, what names the place, the places around."""
    return OwnBlocs(_blocs(lieu, [*dict.fromkeys(related)], site))


@per_site
def _near(site: Site) -> Mapping[str, tuple[Near, ...]]:
    return nearby((place.ref, place.commune) for place in site.places if place.commune)


def _blocs(lieu: Item, related: Sequence[str], site: Site) -> Iterator[Bloc]:
    near = _near(site).get(lieu.ref, ())
    by_code: dict[str, list[str]] = defaultdict(list)
    for ref in related:
        code = ""
        if ref in site.items and ref != lieu.ref:
            code = _code(site.items[ref], lieu)
        if code:
            by_code[code].append(ref)
    by_code["passage"] = [ref for ref, showing in site.showings.items() if showing.lieu == lieu.ref]
    here = {ref.partition("#")[0] for ref in by_code["passage"]}
    by_code["aussi"] = [ref for ref in by_code["aussi"] if ref not in here]
    by_code["voisins"] = [ref for ref, _ in near]
    notes = {
        "voisins": tuple(
            f"{site.items[ref].town}, à {nombre(km)}\u00a0km" if km else site.items[ref].town
            for ref, km in near
        ),
        "prets": tuple(_loan(site.items[ref].entry, site.day.date) for ref in by_code["prets"]),
    }
    for code, (title, form, most, *more) in PARTS["lieu"].items():
        shown = tuple(_there(card_of(site, ref), lieu) for ref in by_code[code][:most])
        label, kind = more or ("", "")
        listing = ""
        if kind:
            listing = Kind(kind).info.listing
        url = listing if len(by_code[code]) > most else ""
        if code == "prets":
            url = LENT.ask(site)
        if shown:
            name = label if url else "Tout voir"
            captions = notes.get(code, ())
            ahead = code in ("agenda", "passage")
            yield Bloc(
                title, shown, url, forme=form, notes=captions, lien=name, code=code, avenir=ahead
            )


def _there(card: Card, lieu: Item) -> Card:
    # A card on the page of ``lieu``, whose name and town go without saying, as does a loan.
    parts = (_unnamed(detail, lieu) for detail in card.details)
    details = tuple(filter(None, parts))
    labels = tuple(label for label in card.etiquettes if label.code not in _LENT)
    return card.retold(details=details, etiquettes=labels)


def _unnamed(detail: str, lieu: Item) -> str:
    if detail in (lieu.short, f"{lieu.short}, {lieu.town}"):
        return ""
    return detail.removeprefix(f"{lieu.short}, ").removesuffix(f", {lieu.short}")


def _loan(entry: Entry, day: date) -> str:
    """When a tool is free, as far as its loans are told on ``day``; dated, for later readers."""
    if not isinstance(entry, ResourceEntry) or not entry.itinerance:
        return ""
    first = free_from(entry, day)
    return f"Libre {'au plus tôt ' * (first > day)}le {jour(first, semaine=False)}"


def _code(item: Item, lieu: Item) -> str:
    # What a content is to the place; nothing for a kind that lists do not show.
    entry = item.entry
    named = (mention for mention in references_of(entry) if mention.named((lieu.ref,)))
    fields = {str(mention.loc[0]) for mention in named}
    if fields == {"auteurs"} and not entry.kind.info.to_read:
        return "aussi"
    if entry.kind.info.dated:
        if item.is_over:
            return "passes"
        return "agenda"
    if isinstance(entry, ResourceEntry) and entry.itinerante and "proprietaire" in fields:
        return "prets"
    if item.is_over:
        return ""
    return entry.kind.info.at_place
