"""What the page of a territory shows of other contents, by what they are to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from portail.agenda.loans import availability
from portail.facts.when import day_of
from portail.features.territoires.stays import Stay, stays
from portail.geo.coordinates import LatLon
from portail.geo.names import of_territory
from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.entry.around import OwnBlocs
from portail.outputs.pages.slots import LENT, POSTER
from portail.outputs.pages.states import ends_of
from portail.outputs.pages.views.entry import PresView
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien, Vide
from portail.resources import rows_of
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.relations import Around, is_helper, nearest, nearest_by_lender, point_of
from portail.site.site import Site
from portail.site.territories import code_of, known_by_page
from portail.site.tools import is_tool
from portail.site.urls import AGENDA, DIRECTORY, listing_of
from portail.text.dates import periode
from portail.text.typography import capital

_WORDS: Mapping[str, Any] = rows_of("territoires", "mots")
_BLOCS: Mapping[str, Any] = _WORDS["blocs"]
_STAYS = 6
_LINES = 2
"""Lines of a short list that stand beside one line of the agenda."""


def territoire_refs(item: Item, site: Site) -> tuple[str, ...]:
    """What is in a territory, in the order of lists, then what else names or gathers its page."""
    entry = item.of(Territoire)
    indexes = site.indexes
    found = (
        *indexes.by_territoire.get(code_of(entry), ()),
        *indexes.by_target.get(item.ref, ()),
        *indexes.gatherers.get(item.ref, ()),
    )
    return tuple(ref for ref in dict.fromkeys(found) if ref != item.ref)


def content_code(item: Item) -> str:
    """What a content is to the territory where it is; nothing for what its page tells otherwise."""
    entry = item.entry
    if entry.kind.info.dated:
        return "passes" if item.passe else "agenda"
    if isinstance(entry, Ressource) and entry.itinerante:
        return "prets"
    return "" if item.passe else entry.kind.info.at_territory


def territory_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """Blocks of the page of a territory; what names it is there too."""
    return OwnBlocs(_blocs(item, site))


def _blocs(item: Item, site: Site) -> Iterator[Bloc]:
    """What is there, by what it is to the territory; in no block, places: their roles tell them."""
    found: dict[str, list[str]] = defaultdict(list)
    for ref in territoire_refs(item, site):
        if code := content_code(site.items[ref]):
            found[code].append(ref)
    for code, (title, form, most, *more) in _BLOCS.items():
        if code == "prets" and found["agenda"]:  # they stand side by side
            most = max(4, _LINES * min(len(found["agenda"]), _BLOCS["agenda"][2]))
        shown = tuple(card_of(site, ref) for ref in found[code][:most])
        if shown:
            name, url = (more[0], listing_of(Kind(more[1]))) if more else ("", "")
            if code == "agenda":
                name, url = _agenda(item, site) or (name, url)
            poster = POSTER.ask(site, url) if code == "agenda" else ""
            ahead = code in ("agenda", "annonces")
            yield Bloc(title, shown, url, form, lien=name, code=code, affiche=poster, avenir=ahead)
        if code == "prets":
            yield from _staying(item, found["prets"], site)


def _staying(item: Item, own: Collection[str], site: Site) -> Iterator[Bloc]:
    """Tools of elsewhere that someone of the territory has or will have: the next stay of each."""
    found: dict[str, Stay] = {}
    for one in stays(site).get(code_of(item.of(Territoire)), ()):
        if one.ref not in own:
            found.setdefault(one.ref, one)
    shown = tuple(found.values())[:_STAYS]
    if shown:
        yield Bloc(
            "De passage ici",
            tuple(card_of(site, one.ref) for one in shown),
            forme="simples",
            notes=tuple(f"{capital(periode(one.du, one.au))}, {one.commune.nom}" for one in shown),
            code="passage",
            avenir=True,
            fins=tuple(one.au for one in shown),
        )


def _agenda(item: Item, site: Site) -> tuple[str, str] | None:
    """« Tout l’agenda de la Somme », and where it is, if it is apart."""
    entry = item.of(Territoire)
    geography = site.geography
    code = entry.code or ""
    known = None if entry.type == "region" else geography.epci(code) or geography.departement(code)
    page = site.ahead.page_of(territory_pair(known, geography)) if known else ""
    return (f"Tout l’agenda {of_territory(known)}", page) if known and page else None


# Distances are from the point of a territory, as the crow flies.

_FEW = 3
"""Helpers of a territory from which it asks nobody from elsewhere."""
_ACTEURS, _OUTILS, _REACH = 4, 4, 150.0
"""How many are told, and within how many kilometres."""


def nearby_help(item: Item, site: Site) -> PresView | None:
    """Who could come and what can be borrowed, the nearest first; ``None`` for a territory that has
    helpers of its own, or that is nowhere."""
    entry, (helpers, tools) = item.of(Territoire), _helping(site)
    if entry.type == "region" or not (helpers or tools):
        return None
    code = code_of(entry)
    away = [one for one in helpers if not _inside(one, code)]
    point = _point(item, site) if len(helpers) - len(away) < _FEW else None
    if point is None:
        return None
    lent = [one for one in tools if not _inside(one, code)]
    loans = nearest_by_lender(point, lent, _OUTILS, _REACH)
    today = site.day.date
    found = PresView(
        tuple(_acteur(one, site) for one in nearest(point, away, _ACTEURS, _REACH)),
        tuple(_away(one, _free(one.item.of(Ressource), today)) for one in loans),
        DIRECTORY,
        LENT.ask(site) or listing_of(Kind.RESSOURCE),
    )
    return found if found.acteurs or found.outils else None


def nothing_on(item: Item, site: Site, told: bool) -> Vide | None:
    """The nearest rendez-vous, where nothing is on; ``told``: kilometres are explained."""
    events = _coming(site)
    point = _point(item, site) if events else None
    if point is None:
        return None
    for one in nearest(point, events, 1):
        item = one.item
        shown = one.item.prochaine
        day = day_of(shown.premier_jour) if shown else ""
        far = one.loin if told or not one.km else f"{one.loin} à vol d’oiseau"
        link = Lien(item.name, item.url, ", ".join(filter(None, (day, item.town, far))))
        ways = (Lien("Tout l’agenda", AGENDA),)
        fin = ends_of(item, site).fin
        return Vide(_WORDS["ici"], "Le plus proche :", ways, link, fin)
    return None


def _point(item: Item, site: Site) -> LatLon | None:
    entry = item.of(Territoire)
    known = known_by_page(entry, site.geography)
    return point_of(site, known, entry.siege or "") if known else None


@per_site
def _helping(site: Site) -> tuple[Sequence[Item], Sequence[Item]]:
    """Who could come, and the tools that can be borrowed: those that are free the soonest first."""
    helpers = tuple(one for one in site.of_kind(Kind.LIEU) if is_helper(one))
    tools = filter(is_tool, site.of_kind(Kind.RESSOURCE))
    return helpers, sorted(tools, key=lambda one: _free_day(one.of(Ressource), site.day.date))


@per_site
def _coming(site: Site) -> Sequence[Item]:
    listed = (one for one in site.of_kind(Kind.EVENT) if one.listed and one.commune)
    return tuple(one for one in listed if one.prochaine and one.prochaine.maintenue)


def _inside(item: Item, code: str) -> bool:
    return any(held == code for held, _ in item.territoires)


def _acteur(one: Around, site: Site) -> Lien:
    """« Centre d’exemple — à 12 km · Arques · Animation, prêt d’outils »."""
    offers = site.vocabularies["offres"]
    codes = one.item.of(Lieu).offre
    return _away(one, capital(", ".join(offers[code].label for code in codes if code in offers)))


def _away(one: Around, told: str) -> Lien:
    item = one.item
    return Lien(item.name, item.url, " · ".join(filter(None, (one.loin, item.town, told))))


def _free(entry: Ressource, today: date) -> str:
    """When a copy is free; nothing for a tool that tells no loan: nobody knows."""
    if not entry.itinerance:
        return ""
    day = _free_day(entry, today)
    later = _WORDS["libre"].format(jour=day_of(day))
    return "Libre en ce moment" if day == today else later


def _free_day(entry: Ressource, today: date) -> date:
    """The first day when a copy is free, as far as one knows."""
    known = availability(entry.itinerance, entry.exemplaires, today)
    return today if known.libres or known.au is None else known.au + timedelta(days=1)
