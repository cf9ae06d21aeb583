"""What the page of a place shows of the contents that name it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import cos, hypot, radians
from typing import TypeAlias

from portail.features.services.prets.loans import free_from
from portail.geo.coordinates import KM_PER_DEGREE, LatLon
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
# The centre of a commune, names of its places in order.
Town: TypeAlias = tuple[LatLon, list[str]]

_NEAREST = 4


def towns_of(places: Iterable[tuple[str, Commune]]) -> Mapping[str, Town]:
    """Communes by code, with their places; not those that are nowhere."""
    towns: dict[str, Town] = {}
    for name, commune in sorted(places):
        if commune.point:
            towns.setdefault(commune.code, (commune.point, []))[1].append(name)
    return towns


def nearby(name: str, code: str, towns: Mapping[str, Town], reach: float = 30) -> Iterator[Near]:
    """The other places within ``reach`` kilometres of one in the commune of ``code``, from near to
    far.

    Distances are between centres of communes, on a plane right around its own (1 % at 30 km).
    Places of one commune are all as near: those whose names follow its own come first.
    """
    if code not in towns:
        return
    lat, lon = towns[code][0]
    degree = KM_PER_DEGREE * cos(radians(lat))
    rows = []
    for other, ((north, east), names) in towns.items():
        km = hypot((north - lat) * KM_PER_DEGREE, (east - lon) * degree)
        if km <= reach:
            rows.append((other != code, km, other, names))
    for is_other, km, _, names in sorted(rows):
        start = bisect_right(names, name)
        told = 0
        if is_other:
            told = max(1, round(km))
        yield from ((near, told) for near in (*names[start:], *names[:start]) if near != name)


_LENT = frozenset({"pret"})


def lieu_blocs(lieu: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What is on there, lent from there, what names the place, the places around."""
    return OwnBlocs(_blocs(lieu, [*dict.fromkeys(related)], site))


@per_site
def _towns(site: Site) -> Mapping[str, Town]:
    return towns_of((place.ref, place.commune) for place in site.places if place.commune)


def _blocs(lieu: Item, related: Sequence[str], site: Site) -> Iterator[Bloc]:
    near: tuple[Near, ...] = ()
    if lieu.commune:
        near = tuple(islice(nearby(lieu.ref, lieu.commune.code, _towns(site)), _NEAREST))
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
