"""What the page of a territory shows of other contents, by what they are to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from portail.facts.when import day_of, ends_of
from portail.features.services.alentours.relations import (
    nearest,
    point_of,
)
from portail.geo.coordinates import LatLon
from portail.geo.names import of_territory
from portail.geo.places import Commune, Departement, Epci
from portail.model.collections import ResourceEntry
from portail.model.kinds import BORROWED, DATED, Kind
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.inputs import OwnBlocs
from portail.outputs.pages.slots import POSTER
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Vide
from portail.resources import rows_of
from portail.site.facets import Pair, territory_pair
from portail.site.item import Item
from portail.site.memo import kept_answer, per_site
from portail.site.showings import commune_of_loan
from portail.site.site import Site
from portail.site.territories import around, code_of, known_by_page
from portail.site.urls import AGENDA, listing_of
from portail.text.dates import periode
from portail.text.typography import capital

from .model import Territoire


class Acteur(Struct, frozen=True):
    """A lieu or structure (``note``: what and where), its number on the map, 0 for none."""

    lien: shared.Lien
    numero: int = 0


class Stay(NamedTuple):
    """A tool (its reference) in a commune from ``du`` to ``au``, both included."""

    du: date
    au: date
    ref: str
    commune: Commune


@per_site
def stays(site: Site) -> Mapping[str, tuple[Stay, ...]]:
    by_code: dict[str, list[Stay]] = defaultdict(list)
    for item in site.of_kinds(BORROWED):
        for loan in item.of(ResourceEntry).itinerance:
            if loan.au < site.day.date:
                continue
            if commune := commune_of_loan(loan, site.items, site.geography):
                stay = Stay(loan.du, loan.au, item.ref, commune)
                for code, _ in around(commune, site.geography):
                    by_code[code].append(stay)
    return {
        code: tuple(sorted(stays, key=lambda stay: stay[:3])) for code, stays in by_code.items()
    }


_WORDS: Mapping[str, Any] = rows_of("kinds.territoires", "mots")
_BLOCS: Mapping[str, Any] = _WORDS["blocs"]
_STAYS = 6
# Places that a page lists: all of an EPCI; of a region, those that have a commune first.
PLACES = 32
# Lines of a short list that stand beside one line of the agenda.
_LINES = 2


def territoire_refs(item: Item, site: Site) -> tuple[str, ...]:
    """What is in a territory, in the order of lists, then what else names or gathers its page."""
    entry = item.of(Territoire)
    indexes = site.indexes
    refs = (
        *indexes.by_territoire.get(code_of(entry), ()),
        *indexes.by_target.get(item.ref, ()),
        *indexes.gatherers.get(item.ref, ()),
    )
    return tuple(ref for ref in dict.fromkeys(refs) if ref != item.ref)


def content_code(item: Item) -> str:
    entry = item.entry
    if entry.kind.info.dated:
        if item.is_over:
            return "passes"
        return "agenda"
    if isinstance(entry, ResourceEntry) and entry.itinerante:
        return "prets"
    if item.is_over:
        return ""
    return entry.kind.info.at_territory


def territory_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """Blocks of the page of a territory; what names it is there too."""
    return OwnBlocs(_blocs(item, site))


def _blocs(item: Item, site: Site) -> Iterator[Bloc]:
    by_code: dict[str, list[str]] = defaultdict(list)
    for ref in territoire_refs(item, site):
        if code := content_code(site.items[ref]):
            by_code[code].append(ref)
    for code, (title, form, _, *more) in _BLOCS.items():
        most = shown_at(code, len(by_code["agenda"]))
        shown = tuple(card_of(site, ref) for ref in by_code[code][:most])
        if shown:
            name, url = (more[0], listing_of(Kind(more[1]))) if more else ("", "")
            poster = ""
            if code == "agenda":
                name, url = _agenda(item, site) or (name, url)
                poster = POSTER.ask(site, url)
            ahead = code in ("agenda", "annonces")
            yield Bloc(title, shown, url, form, lien=name, code=code, affiche=poster, avenir=ahead)
        if code == "prets":
            yield from _staying(item, by_code["prets"], site)


def _staying(item: Item, codes: Collection[str], site: Site) -> Iterator[Bloc]:
    # Tools of elsewhere that someone of the territory has or will have: the next stay of each.
    by_tool: dict[str, Stay] = {}
    for stay in stays(site).get(code_of(item.of(Territoire)), ()):
        if stay.ref not in codes:
            by_tool.setdefault(stay.ref, stay)
    shown = tuple(by_tool.values())[:_STAYS]
    if shown:
        yield Bloc(
            "De passage ici",
            tuple(card_of(site, stay.ref) for stay in shown),
            forme="simples",
            notes=tuple(
                f"{capital(periode(stay.du, stay.au))}, {stay.commune.nom}" for stay in shown
            ),
            code="passage",
            avenir=True,
            fins=tuple(stay.au for stay in shown),
        )


def shown_at(code: str, coming: int) -> int:
    """How many contents a block shows at most, where ``coming`` events are on."""
    most: int = _BLOCS[code][2] if code in _BLOCS else PLACES
    if code == "prets" and coming:  # they stand side by side
        most = max(4, _LINES * min(coming, _BLOCS["agenda"][2]))
    return most


def pair_of(item: Item, site: Site) -> Pair | None:
    """The facet of a territory and its value; nothing for a region."""
    territory = known_by_page(item.of(Territoire), site.geography)
    if isinstance(territory, Epci | Departement):
        return territory_pair(territory, site.geography)
    return None


@kept_answer
def coming_at(site: Site, ref: str) -> tuple[str, int]:
    """The agenda of a territory, and how many events of its own it tells; ``("", 0)`` without
    one."""
    pair = pair_of(site.untitled(ref), site)
    if pair and (page := site.ahead.page_of(pair)):
        return (page, site.ahead.tally(pair).ici)
    return ("", 0)


def _agenda(item: Item, site: Site) -> tuple[str, str] | None:
    page, _ = coming_at(site, item.ref)
    territory = known_by_page(item.of(Territoire), site.geography)
    if territory and page:
        return (f"Tout l’agenda {of_territory(territory)}", page)
    return None


# Distances are from the point of a territory, as the crow flies.


def nothing_on(item: Item, site: Site) -> Vide | None:
    """The nearest rendez-vous, where nothing is on."""
    events = _coming(site)
    point = _point(item, site) if events else None
    if point is None:
        return None
    for near in nearest(point, events, 1):
        item = site.items[near.item.ref]
        shown = item.upcoming
        day = day_of(shown.first_day) if shown else ""
        far = near.loin
        if near.km:
            far += " à vol d’oiseau"
        link = Lien(item.name, item.url, ", ".join(filter(None, (day, item.town, far))))
        ways = (Lien("Tout l’agenda", AGENDA),)
        fin = ends_of(item, site).fin
        return Vide(_WORDS["ici"], "Le plus proche :", ways, link, fin)
    return None


def _point(item: Item, site: Site) -> LatLon | None:
    entry = item.of(Territoire)
    territory = known_by_page(entry, site.geography)
    if territory:
        return point_of(site, territory, entry.siege or "")
    return None


@per_site
def _coming(site: Site) -> Sequence[Item]:
    listed = (event for event in site.untitled_of(DATED) if event.listed and event.commune)
    return tuple(event for event in listed if event.upcoming and event.upcoming.maintained)
