"""The page of a territory: who is there by role, what is around, what it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from types import SimpleNamespace
from typing import Any, NamedTuple

from portail.facts.base import Fact, texts
from portail.facts.place import town
from portail.features.services.fondsdecarte.atlas import atlas_of
from portail.features.services.fondsdecarte.board import FEW
from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.geo.names import in_territory
from portail.geo.places import Departement, Epci, Population, short_name
from portail.geo.places import Territoire as Territory
from portail.geo.territories import Geography
from portail.model.collections import PlaceEntry
from portail.model.kinds import Kind
from portail.model.vocabulary import Term
from portail.outputs.pages.cards import asked, sort_line
from portail.outputs.pages.entry.inputs import BLOCS, ENTRY_FIELDS, EntryInputs, faits, key_figures
from portail.outputs.pages.lists.listings import OWN_LIST, OwnList
from portail.outputs.pages.lists.paging import Group, Grouped, by_key, coming_among, counted
from portail.outputs.pages.slots import SEARCH_LINE
from portail.outputs.pages.views.shared import Fait, Lien, MapView
from portail.site.item import Item
from portail.site.kind_tables import WANTED, Rows, Wanted
from portail.site.lists import page_of_value
from portail.site.memo import answer
from portail.site.positions import Position, position_of
from portail.site.site import Site
from portail.site.territories import code_of, known_by_page, territory_code
from portail.site.urls import DIRECTORY
from portail.text.normalise import fold, slugify, sort_key
from portail.text.typography import capital, nombre, plain, typeset

from .blocs import (
    PLACES,
    Acteur,
    coming_at,
    content_code,
    nothing_on,
    pair_of,
    shown_at,
    territoire_refs,
    territory_blocs,
)
from .map import LieuMarker, territory_map
from .model import Territoire
from .saison import link_of

# A figure of a territory that its file gives is the editors’: it is not said twice.

# What editors call each figure, folded (``text.normalise.fold``).
_EDITOR_WORDS = {
    "communes": ("communes", "nombre de communes"),
    "habitants": (
        "habitants",
        "population",
        "nombre d'habitants",
        "population municipale",
        "population totale",
    ),
    "superficie": ("superficie", "surface"),
    "densite": ("densite", "densite de population"),
}


def identity(entry: Territoire, geography: Geography) -> tuple[Fait, ...]:
    """Communes, inhabitants, area, density, but for what its ``chiffres`` say."""
    territory = known_by_page(entry, geography)
    if territory is None:
        return ()
    labels = {fold(figure.libelle) for figure in entry.chiffres}
    rows = _rows(territory, geography)
    return tuple(
        Fait(label, (value,))
        for code, label, value in rows
        if not labels.intersection(_EDITOR_WORDS[code])
    )


def _rows(territory: Territory, geography: Geography) -> Iterator[tuple[str, str, Lien]]:
    year = ""
    if geography.millesime:
        year = f", {geography.millesime}"
    if count := geography.count_of(territory):
        yield "communes", "Communes", Lien(nombre(count), note=f"INSEE et DGCL{year}")
    people = territory.population
    area = _area(territory, geography)
    if people:
        yield "habitants", "Habitants", Lien(nombre(people.habitants), note=_census(people))
    if area:
        yield "superficie", "Superficie", Lien(f"{nombre(round(area))} km²", note="IGN")
    if people and area:
        density = f"{nombre(round(people.habitants / area))} hab./km²"
        wide = None
        if isinstance(territory, Epci):
            wide = geography.departement(territory.departement)
        yield (
            "densite",
            "Densité",
            Lien(density, note=_compared(wide, geography) or _census(people)),
        )


def _census(people: Population) -> str:
    return f"INSEE, {people.annee}"


def _area(territory: Territory, geography: Geography) -> float:
    drawn = outlines_of(geography).of(territory_code(territory))
    if drawn:
        return drawn.km2
    return 0.0


def _compared(wide: Departement | None, geography: Geography) -> str:
    # « contre 220 dans le Pas-de-Calais »; nothing without its area.
    area = _area(wide, geography) if wide else 0.0
    if wide is None or not wide.population or not area:
        return ""
    return f"contre {nombre(round(wide.population.habitants / area))} {in_territory(wide)}"


_OTHERS = "Aussi sur le territoire"
_COUNTED = {
    "lieux": ("lieu ou structure", "lieux et structures", "#Roles"),
    "agenda": ("événement", "événements", "#Bloc-agenda"),
    "prets": ("ressource à emprunter", "ressources à emprunter", "#Bloc-prets"),
    "articles": ("article", "articles", "#Bloc-articles"),
}


class _Place(NamedTuple):
    """A lieu or structure of the territory."""

    lien: Lien
    roles: tuple[str, ...]
    position: Position | None


@answer
def territoire_view(site: Site, ref: str) -> tuple[SimpleNamespace, MapView | None]:
    """What the page of a territory shows besides the rest, its map, numbered as its list."""
    item = site.items[ref]
    geography = site.geography
    roles = site.vocabularies["roles"]
    entry = item.of(Territoire)
    inside = [site.items[ref] for ref in territoire_refs(item, site)]
    places = [_place(content, site) for content in inside if isinstance(content.entry, PlaceEntry)]
    groups = _groups(_listed(places), roles)
    shown = [place for place in places if place.position]
    numbers = {}
    if len(shown) <= FEW:
        told = dict.fromkeys(chain.from_iterable(rows for _, _, rows in groups))
        shown = [place for place in told if place.position]
        numbers = {place.lien.url: rank for rank, place in enumerate(shown, start=1)}
    spots = [
        LieuMarker(place.lien, place.position, numbers.get(place.lien.url, 0))
        for place in shown
        if place.position
    ]
    around = _links(outlines_of(geography).neighbours(entry.code or ""), site)
    beside = sorted(around, key=lambda pair: sort_key(pair[1].texte))
    title, members = _members(entry, site)
    view = SimpleNamespace(
        roles=tuple(
            SimpleNamespace(
                titre=title,
                definition=text,
                acteurs=tuple(Acteur(place.lien, numbers.get(place.lien.url, 0)) for place in some),
            )
            for title, text, some in groups
        ),
        autres=_left(len(places)),
        departements=tuple(_wide(entry, site)),
        titre_membres=title,
        membres=members,
        voisins=tuple(link for _, link in beside),
        comptes=tuple(_counts(item, inside, site)),
        identite=identity(entry, geography),
        reseaux=tuple(_networks(inside, site)),
        vide=None if "agenda" in map(content_code, inside) else nothing_on(item, site),
        saison=link_of(site, code_of(entry)),
    )
    return view, territory_map(entry, item.url, spots, around=beside, atlas=atlas_of(site))


def _counts(item: Item, items: Iterable[Item], site: Site) -> Iterator[Lien]:
    # What the page holds, and how many where it shows them all or leads to all of them.
    counts = Counter(
        "lieux" if isinstance(item_there.entry, PlaceEntry) else content_code(item_there)
        for item_there in items
    )
    whole = {"agenda": coming_at(site, item.ref), "lieux": _placed(item, site)}
    for code, (*names, section) in _COUNTED.items():
        if not counts[code]:
            continue
        url, count = whole.get(code, ("", 0))
        if not count:
            count = counts[code]
            url = section
        cut = url == section and counts[code] > shown_at(code, counts["agenda"])
        yield Lien(names[cut or count > 1], url, "" if cut else nombre(count))


def _placed(item: Item, site: Site) -> tuple[str, int]:
    # The directory of a territory that holds more places than its page shows, and how many.
    pair = pair_of(item, site)
    page, count = page_of_value(site, DIRECTORY, pair) if pair else ("", 0)
    if count > PLACES:
        return (page, count)
    return ("", 0)


def _networks(items: Sequence[Item], site: Site) -> Iterator[Lien]:
    # Structures of elsewhere of which places of the territory are members, and how many are.
    inside = {item.ref for item in items}
    names = chain.from_iterable(getattr(item.entry, "membre_de", ()) for item in items)
    count = Counter(lieu.ref for name in names if (lieu := site.lieu(name)))
    for ref in sorted(count.keys() - inside, key=lambda ref: (-count[ref], ref)):
        network = site.items[ref]
        members = count[ref]
        note = f"{members} membre{'s' * (members > 1)} ici"
        yield Lien(network.name, network.url, note)


def _place(item: Item, site: Site) -> _Place:
    entry = item.of(PlaceEntry)
    sort = site.vocabularies["types-lieux"].get(entry.type or "")
    parts = (capital(sort.label) if sort else "", item.town)
    note = " · ".join(filter(None, parts))
    return _Place(Lien(plain(entry.titre), item.url, note), entry.roles, position_of(item, site))


def _wide(entry: Territoire, site: Site) -> Iterator[Lien]:
    # The départements of a region by name, then where its many EPCI are listed.
    if entry.type != "region":
        return
    geography = site.geography
    departements = geography.departements_of(entry.code or "")
    codes = [
        departement.code
        for departement in sorted(departements, key=lambda departement: sort_key(departement.nom))
    ]
    yield from (link for _, link in _links(codes, site))
    home = geography.home
    if home and home.code == entry.code and not entry.partage:  # the list may not be there yet
        yield Lien("Tous les territoires", Kind.TERRITOIRE.info.listing)


def _epci(entry: Territoire, geography: Geography) -> list[str]:
    # SIREN of the EPCI of a département, in the order of the alphabet.
    if entry.type != "departement":
        return []
    code = entry.code or ""
    inside = geography.home_epci_of(code) or geography.epci_of([code])
    return [epci.siren for epci in sorted(inside, key=lambda epci: sort_key(short_name(epci)))]


def _links(codes: Iterable[str], site: Site) -> Iterator[tuple[str, Lien]]:
    geography = site.geography
    for code in codes:
        page = site.territory_page(code)
        territory = geography.epci(code) or geography.departement(code)
        if page:
            yield code, Lien(page.name, page.url)
        elif territory:
            yield code, Lien(typeset(short_name(territory)))


def _listed(places: Sequence[_Place]) -> list[_Place]:
    # At most ``PLACES`` places: those with a position first, in the order of the alphabet.
    ranks = sorted(range(len(places)), key=lambda rank: (places[rank].position is None, rank))
    return [places[rank] for rank in sorted(ranks[:PLACES])]


def _groups(
    places: Sequence[_Place], roles: Mapping[str, Term]
) -> list[tuple[str, str, list[_Place]]]:
    groups = []
    for code, term in roles.items():
        with_role = [place for place in places if code in place.roles]
        title = term.extra.get("titre", capital(term.pluriel if len(with_role) > 1 else term.label))
        groups.append((str(title), str(term.extra.get("definition", "")), with_role))
    without_role = [place for place in places if not place.roles]
    alone = not any(places_of for _, _, places_of in groups)
    groups.append(("Lieux et structures" if alone else _OTHERS, "", without_role))
    return [group for group in groups if group[2]]


def _left(count: int) -> Lien | None:
    hidden = count - PLACES
    if hidden <= 0:
        return None
    plural = "s" * (hidden > 1)
    return Lien(f"{nombre(hidden)} autre{plural} dans l’annuaire", DIRECTORY)


def _members(entry: Territoire, site: Site) -> tuple[str, tuple[Lien, ...]]:
    # What the territory is made of: the EPCI of a département or region, communes of an EPCI.
    geography = site.geography
    if links := tuple(link for _, link in _links(_epci(entry, geography), site)):
        return f"Les {nombre(len(links))} intercommunalités", links
    epci = geography.epci(entry.code or "")
    names = []
    if epci:
        names = [commune.nom for commune in geography.communes_of(epci)]
    links = tuple(Lien(typeset(name)) for name in sorted(names, key=sort_key))
    return (f"Les {nombre(len(links))} communes" if len(links) > 1 else ""), links


def territory_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    entry = inputs.item.of(Territoire)
    view, drawn_map = territoire_view(site, inputs.item.ref)
    return {
        "territoire": view,
        "carte": drawn_map,
        "faits": faits(_box(entry, site.geography)),
        "tableaux": key_figures(entry.chiffres),
    }


def _box(entry: Territoire, geography: Geography) -> Iterator[Fact]:
    seat = None
    if entry.siege:
        seat = geography.by_code(entry.siege)
    yield Fact("Siège", texts(town(seat)))
    yield from (
        Fact(capital(service.libelle), texts(service.valeur or "oui")) for service in entry.services
    )


_ELSEWHERE = "Ailleurs"


def by_territory(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """The region, its départements, the EPCI of each, then those of elsewhere."""
    geography = site.geography
    titles = {"region": "Région", "departement": "Départements"}
    home = geography.departements_of(geography.home.code) if geography.home else ()
    where = {}
    for dep in home:
        for epci in geography.home_epci_of(dep.code):
            where[epci.siren] = dep.nom

    def key(item: Item) -> str:
        entry = item.of(Territoire)
        return titles.get(entry.type or "") or where.get(entry.code or "", _ELSEWHERE)

    def group(title: str, items: list[Item]) -> Group:
        notes, fins = zip(*(_inside(site, item.ref) for item in items), strict=True)
        anchor = f"Dans-{slugify(title)}"
        return Group(title, asked(items), "simples", anchor, notes, fins=fins)

    by_title = by_key(items, key)
    order = (*titles.values(), *sorted((dep.nom for dep in home), key=sort_key), _ELSEWHERE)
    return counted(group(title, by_title[title]) for title in order if title in by_title)


@answer
def _inside(site: Site, ref: str) -> tuple[str, date | None]:
    # « 4 lieux · 2 à venir », and until when it is so: what its page counts.
    item = site.untitled(ref)
    there = [*map(site.untitled, territoire_refs(item, site))]
    places = sum(isinstance(item.entry, PlaceEntry) for item in there)
    count, end = coming_among(site, there)
    count = coming_at(site, ref)[1] or count
    notes = []
    if places:
        notes.append(f"{nombre(places)} {'lieux' if places > 1 else 'lieu'}")
    if count:
        notes.append(f"{nombre(count)} à venir")
    return " · ".join(notes), end


ROWS: Rows = {
    SEARCH_LINE: sort_line,
    ENTRY_FIELDS: territory_fields,
    BLOCS: territory_blocs,
    OWN_LIST: OwnList(by_territory),
    WANTED: (Wanted(("chiffres",), "le portrait commence par là"),),
}
