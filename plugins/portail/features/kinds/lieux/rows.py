"""A place in tables of kinds, and how one visits it as JSON-LD.

Only types that are places for schema.org have hours, rooms and amenities; what it cannot say (ranks
in the month, school holidays, comments) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec.structs import replace

from portail.facts.base import CARD, FEED, Fact, in_words, made, mail_and_phone, sort, texts
from portail.facts.common import SITE
from portail.facts.place import town
from portail.features.services.fondsdecarte.atlas import Placed, atlas_of, directory_map
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.horaires.rules import DAY, OpeningHours, Rule
from portail.features.services.referencement import nodes
from portail.features.services.referencement.nodes import DAYS, JSON_LD, Node, kept
from portail.geo.places import Commune, short_name
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import card_of, few_facts, joined
from portail.outputs.pages.entry.inputs import BLOCS, ENTRY_FIELDS, EntryInputs
from portail.outputs.pages.frame import contribution
from portail.outputs.pages.lists.listings import OWN_LIST, OwnList
from portail.outputs.pages.lists.paging import (
    Group,
    Grouped,
    Listing,
    by_key,
    by_letter,
    names_group,
)
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_ACTIONS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette, Lien, MapView, Ouvert
from portail.site.facet_readers import accessible
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.kind_tables import UNKNOWN_ACCESS, VALUES, WANTED, Rows, Wanted
from portail.site.showings import family_of, family_of_type, is_visited
from portail.site.site import Site
from portail.text.dates import JOURS
from portail.text.normalise import slugify
from portail.text.typography import capital, euros, plain

from .blocs import lieu_blocs
from .model import Lieu
from .opening import hours_of, opened, said
from .page import hours_elsewhere, lieu_fields, place
from .structures import LieuState, closed_today, lieu_state, tickets

# Types of structures that are places for schema.org; the others are organizations.
VENUES = frozenset(
    """Museum Library EventVenue CivicStructure Park LandmarksOrHistoricalBuildings Zoo
    TouristInformationCenter PerformingArtsTheater""".split()
)
# Those that are both (``LocalBusiness``).
BUSINESSES = {"Library", "TouristInformationCenter"}
_SCHEMA = "https://schema.org/"
# Opens and closes at midnight: closed all day.
_SHUT = (0, 0)


def visit_node(entry: Lieu, state: LieuState, kind: str, site: Site) -> Node:
    """What a visitor asks of a place whose type is ``kind``."""
    prices = [price.prix for price in entry.tarifs]
    low, high = (min(prices), max(prices)) if prices else (0, 0)
    span = euros(high) if low == high else f"{euros(low)} – {euros(high)}"
    closures = (
        _opening(_SHUT, du=closure.du, au=closure.au)
        for closure in (entry.fermetures[rank] for rank, _ in state.fermetures)
        if closure.equipement is None
    )
    return {
        "openingHoursSpecification": list(_hours(entry, state)),
        "specialOpeningHoursSpecification": list(closures),
        "amenityFeature": list(_amenities(entry, site)),
        "containsPlace": [
            {
                "@type": "Place",
                "name": capital(site.vocabularies.label("equipements", room.type)),
                "maximumAttendeeCapacity": room.places,
            }
            for room in entry.equipements
            if room.places
        ],
        "isAccessibleForFree": True if entry.prix_connu and not high else None,
        "priceRange": span if kind in BUSINESSES and high else None,
    }


def _hours(entry: Lieu, state: LieuState) -> Iterator[Node]:
    if not entry.horaires_ouverture:
        return
    hours = read_opening_hours(entry.horaires_ouverture)
    yield from _weekly(hours)
    seasons = iter(state.saisons)
    for rule in hours.regles:
        periods = [next(seasons, None) for _ in rule.dates]
        if rule.feries == ("PH",) and not (rule.dates or rule.jours):
            yield from _specifications(rule, ("PublicHolidays",))
        elif rule.dates and not rule.feries and not any(few.rangs for few in rule.jours):
            days = tuple(DAYS[day] for few in rule.jours for day in few.jours)
            for period in filter(None, periods):
                yield from _specifications(rule, days, *period)


def _weekly(hours: OpeningHours) -> Iterator[Node]:
    # The ordinary week: days that have the same span are told together.
    days_of: dict[tuple[int, int | None], list[str]] = defaultdict(list)
    for day, name in enumerate(DAYS):
        of_day = (
            rule
            for rule in hours.regles
            if rule.is_weekly and (not rule.jours or any(day in few.jours for few in rule.jours))
        )
        for rule in hours.among(of_day):
            for span in rule.heures:
                days_of[span.debut, span.fin].append(name)
    for bounds, names in days_of.items():
        yield _opening(bounds, names)


def _specifications(
    rule: Rule, days: Iterable[str], du: date | None = None, au: date | None = None
) -> Iterator[Node]:
    spans = [(span.debut, span.fin) for span in rule.heures] or [_SHUT] * rule.ferme
    for bounds in spans:
        yield _opening(bounds, days, du, au)


def _opening(
    bounds: tuple[int, int | None],
    days: Iterable[str] = (),
    du: date | None = None,
    au: date | None = None,
) -> Node:
    start, end = bounds
    closes = None
    if end is not None:
        closes = "23:59" if end == DAY else _clock(end % DAY)
    node = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"{_SCHEMA}{day}" for day in days],
        "opens": _clock(start),
        "closes": closes,
        "validFrom": du and du.isoformat(),
        "validThrough": au and au.isoformat(),
    }
    return kept(node)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _amenities(entry: Lieu, site: Site) -> Iterator[Node]:
    # Facilities, and to whom it is accessible or not; nothing unknown, nor in part only.
    for room in entry.equipements:
        yield _feature(site.vocabularies.label("equipements", room.type), available=True)
    if entry.accessibilite is None:
        return
    for code in entry.accessibilite.equipements:
        yield _feature(site.vocabularies.label("equipements-accessibilite", code), available=True)
    for name, level in entry.accessibilite.niveaux.items():
        if level in ("oui", "non"):
            yield _feature(
                f"Accessible : {site.vocabularies.label('handicaps', name)}",
                available=level == "oui",
            )


def _feature(name: str, *, available: bool) -> Node:
    return {"@type": "LocationFeatureSpecification", "name": capital(name), "value": available}


def lieu_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    entry = item.of(Lieu)
    yield from dict.fromkeys(_pairs(entry, visited=is_visited(entry, vocabularies)))


def _pairs(entry: Lieu, *, visited: bool) -> Iterator[Pair]:
    # One goes to what the public enters; one sets up a project with all the others, and with
    # whoever says that it plays a part or offers something.
    if visited:
        yield "pour", "visiter"
    if not visited or entry.roles or entry.offre:
        yield "pour", "projet"
    if entry.type:
        yield "type", entry.type
    yield from (("role", code) for code in entry.roles)
    yield from (("offre", code) for code in entry.offre)
    if entry.groupes:
        yield "offre", "accueil-de-groupes"
    yield from (("equipement", room.type) for room in entry.equipements)
    yield from accessible(entry.accessibilite)


def lieu_line(item: Item, card: Card, site: Site) -> str:
    if item.commune:
        return item.commune.nom
    if item.territoires:
        return item.territoires[0][1]
    return ""


def lieu_below(item: Item, card: Card, site: Site) -> str:
    """« Wizernes · Pays de Saint-Omer », « Sud Avesnois · Nord »."""
    commune = item.commune
    if commune is None:
        near = [name for code, name in item.territoires if not code.startswith("R")]
        return joined(*near[:2])
    epci = site.geography.epci(commune.epci or "")
    wide = epci or site.geography.departement(commune.departement)
    return joined(commune.nom, short_name(wide) if wide else "")


def lieu_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    """« Ouvert tous les jours, sauf lundi », the hours that these days have, « Amiens »."""
    if section == "faire":
        week = [lines.day + timedelta(days=count) for count in range(7)]
        every = [dict(hours_of(lines.site, day.isoformat())).get(item.ref) for day in week]
        pairs = zip(week, every, strict=True)
        shut = in_words([JOURS[day.weekday()] for day, spans in pairs if not spans])
        yield f"Ouvert tous les jours{', sauf ' * bool(shut)}{shut}"
        hours = {said(spans) for spans in every if spans}
        yield "".join(hours) * (len(hours) == 1)
    yield item.town


def lieu_card(item: Item, site: Site) -> CardParts:
    closed = (Etiquette(text, "ferme", fin=day) for text, day in closed_today(item, site))
    return few_facts(item, site), tuple(closed)


def lieu_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    item = inputs.item
    entry = inputs.item.of(Lieu)
    sites = [entry.site, *(url for _, url in entry.reseaux_sociaux)]
    structure = _structure(entry, item.commune, node["url"], site)
    kind = structure["@type"]
    visit = visit_node(entry, lieu_state(site, item.ref), kind, site)
    organisation = {
        "email": entry.courriel,
        "memberOf": nodes.agents(entry, "membre_de", inputs.links, site.config),
    }
    return {
        **node,
        **structure,
        **(visit if kind in VENUES else {}),
        "telephone": entry.telephone,
        "sameAs": [url for url in sites if url],
        **(organisation if kind not in VENUES - BUSINESSES else {}),
    }


def _structure(entry: Lieu, commune: Commune | None, url: str, site: Site) -> nodes.Node:
    # A structure of the directory, with the type that its own list gives it.
    kind = site.vocabularies.detail("types-lieux", entry.type, "schema", nodes.GROUP)
    node = {
        "@type": kind,
        "@id": f"{url}#structure",
        "name": plain(entry.titre),
        "url": url,
        "address": nodes.address(entry.adresse, *nodes.in_country(commune, site.vocabularies)),
    }
    if entry.coordonnees and kind in VENUES:
        spot = entry.coordonnees
        node["geo"] = {"@type": "GeoCoordinates", "latitude": spot.lat, "longitude": spot.lon}
    return nodes.kept(node)


def places_map(site: Site, refs: Sequence[str]) -> tuple[MapView | None, Mapping[str, int]]:
    """Where the places that a page lists are, and the number of the point of each that has one."""
    placed = [
        Placed(ref, Lien(plain(card.titre), card.url), card.theme, commune)
        for ref in refs
        if (commune := site.items[ref].commune)
        for card in (card_of(site, ref),)
    ]
    return directory_map(placed, atlas_of(site))


def drawings(site: Site, refs: Sequence[str]) -> Mapping[str, Ouvert]:
    """Places of a page where one goes, drawn, each with its hours of the day."""
    day = site.day.date
    items = map(site.items.__getitem__, refs)
    lists = site.vocabularies
    hours = dict(hours_of(site, day.isoformat()))
    return {
        item.ref: opened(item, site, day=day, spans=hours.get(item.ref, ()))
        for item in items
        if is_visited(item.entry, lists)
    }


# Places of the first page, each with its drawing and its point: so many times the cards of a page.
_SHOWN = 2


def directory(site: Site, listing: Listing) -> Listing:
    """The list with its map and the button to add a place."""
    return replace(
        listing,
        template="annuaire.html",
        taille=_SHOWN,
        carte=partial(places_map, site),
        dessins=partial(drawings, site),
        boutons=contribution(site, Kind(listing.kind), "Ajouter un lieu"),
        langues=site.ways(listing.url).langues,
    )


def arranged(site: Site, kind: Kind, items: Sequence[Item]) -> Grouped:
    """Where one goes first, then structures by letter, with the index of these."""
    structures = [item for item in items if not family_of(item.entry, site.vocabularies)]
    letters = by_letter(site, kind, structures)
    return Grouped([*_by_family(items, site), *letters.groups], letters.index)


def _by_family(items: Sequence[Item], site: Site) -> list[Group]:
    # Places where one goes, by what one finds there, in the order of the types of places.
    lists = site.vocabularies
    families = by_key(items, lambda item: family_of(item.entry, lists))
    order = dict.fromkeys(family_of_type(code, lists) for code in lists["types-lieux"])
    return [
        names_group(family, f"Famille-{slugify(family)}", families[family], site)
        for family in order
        if family and family in families
    ]


def _commune(item: Item, site: Site) -> Fact:
    return Fact("Commune", texts(town(item.commune)))


_REACHED = made("Contact", lambda lieu: mail_and_phone(lieu.courriel, lieu.telephone))

ROWS: Rows = {
    FEED: (sort, place, SITE, tickets, _REACHED),
    CARD: (_commune,),
    CARD_PARTS: lieu_card,
    VALUES: lieu_values,
    SEARCH_LINE: lieu_line,
    SEARCH_BELOW: lieu_below,
    SEARCH_ACTIONS: hours_elsewhere,
    WEEKLY_DETAILS: lieu_details,
    JSON_LD: lieu_node,
    ENTRY_FIELDS: lieu_fields,
    BLOCS: lieu_blocs,
    OWN_LIST: OwnList(arranged, directory),
    WANTED: (
        Wanted(("adresse",), "on veut y aller", is_visited),
        Wanted(("courriel", "telephone", "site"), "on veut joindre quelqu’un"),
        Wanted(("horaires_ouverture",), "on ne vient pas devant une porte close", is_visited),
        Wanted(("tarifs",), "le prix décide souvent de la visite", is_visited),
        Wanted(("accessibilite",), UNKNOWN_ACCESS, is_visited),
        Wanted(("acces",), "tout le monde n’a pas de voiture", is_visited),
        Wanted(("publics",), "les filtres de l’annuaire le demandent"),
        Wanted(("roles", "offre"), "un projet local y cherche ses partenaires"),
    ),
}
