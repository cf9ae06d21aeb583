"""The year of a territory: what took place, where and for whom, beside its region; what is
missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.place import PARTOUT
from portail.features.services.alentours.relations import point_of, point_of_commune
from portail.features.services.bilans.counting import Counts, Measure, count, part, table
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.names import in_territory
from portail.geo.places import Commune, Departement, Epci, Region, short_name
from portail.geo.places import Territoire as Territory
from portail.model.kinds import where
from portail.model.place import PlaceEntry
from portail.model.territory import TerritoryEntry
from portail.site.item import Item
from portail.site.site import Site
from portail.site.territories import known_by_page, territory_code
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, typeset

from .counts import (
    Events,
    YearEvent,
    called_off,
    genuine,
    plurals,
    published,
    years,
)
from .structure import activity_of

# Inhabitants to whom events are brought.
PER = 10_000
_KINDS = where(lambda info: not info.dated)
_TRADE = where(lambda info: info.trade)


class Part(Struct, frozen=True):
    """What a territory is made of: a commune, an intercommunalité, a département. ``code`` is its
    key among those that hold an event."""

    code: str
    nom: str
    url: str
    point: LatLon | None
    habitants: int | None


class TerritoryYear(Struct, frozen=True, dict=True):
    """A territory, what is in it in a year."""

    site: Site
    territory: Territory
    annee: int

    @cached_property
    def items(self) -> tuple[Item, ...]:
        code = territory_code(self.territory)
        refs = self.site.indexes.by_territoire.get(code, ())
        # For the network alone, or reserved to some: no list of the territory has them.
        apart = (item for item in self.site.of_kinds(_TRADE) if not item.listed)
        inside = (item for item in apart if code in dict(item.territoires))
        return genuine((*(self.site.items[ref] for ref in refs), *inside))

    @cached_property
    def events(self) -> Events:
        """Its events; what is everywhere is of the region alone."""
        wide = isinstance(self.territory, Region)
        dated = [
            item for item in self.items if item.entry.kind.info.dated and (wide or not item.partout)
        ]
        return Events.of(self.site, dated, self.annee)

    @cached_property
    def parutions(self) -> Counts[Item]:
        """Its contents that came out, events left out."""
        others = [item for item in self.items if item.entry.kind in _KINDS]
        now, before = (published(others, year) for year in (self.annee, self.annee - 1))
        return Counts(self.site, self.annee, now, before, self.events.compared)

    @cached_property
    def structures(self) -> tuple[Item, ...]:
        return tuple(structure for structure in self.items if structure.entry.kind.info.place)

    @cached_property
    def active(self) -> tuple[Item, ...]:
        """Those that proposed or published something."""
        return tuple(
            structure
            for structure in self.structures
            if activity_of(self.site, structure, self.annee)
        )

    @cached_property
    def people(self) -> int | None:
        population = self.territory.population
        return population.habitants if population else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Départements of a region, EPCI of a département, communes of an EPCI, by name."""
        return tuple(sorted(self._parts(), key=lambda part: (sort_key(part.nom), part.code)))

    @cached_property
    def zones(self) -> tuple[Part, ...]:
        """Where one looks for what has no event: communes of an EPCI, else EPCI."""
        if not isinstance(self.territory, Region):
            return self.parts
        inside = self.site.geography.departements_of(self.territory.code)
        parts = (
            part for departement in inside for part in replace(self, territory=departement).parts
        )
        return tuple(sorted(parts, key=lambda part: (sort_key(part.nom), part.code)))

    @cached_property
    def without(self) -> tuple[Part, ...]:
        """Those of ``zones`` where nothing takes place in the year."""
        places = frozenset[str]().union(*map(_places_of, self.events.now))
        return tuple(zone for zone in self.zones if zone.code not in places)

    def _parts(self) -> Iterator[Part]:
        geography = self.site.geography
        inside: Iterable[Territory | Commune]
        match self.territory:
            case Region(code=code):
                inside = geography.departements_of(code)
            case Departement(code=code, region=region):
                own = geography.home and geography.home.code == region
                inside = geography.home_epci_of(code) if own else geography.epci_of([code])
            case Epci():
                inside = geography.communes_of(self.territory)
        for area in inside:
            if isinstance(area, Commune):
                yield Part(area.code, typeset(area.nom), "", point_of_commune(area), None)
            else:
                name = capital(typeset(short_name(area)))
                code = territory_code(area)
                people = area.population.habitants if area.population else None
                point = point_of(self.site, area)
                yield Part(code, name, self.site.territory_url(code), point, people)


def _rate(events: int, people: int | None) -> float | None:
    return round(PER * events / people, 2) if people else None


def _places_of(event: YearEvent) -> frozenset[str]:
    commune = event.item.commune
    return event.territoires | ({commune.code} if commune else set())


def territory_of(site: Site, ref: str) -> Territory | None:
    """The territory of the tables that a page describes. Raises ``KeyError`` for no page."""
    return known_by_page(site.items[ref].of(TerritoryEntry), site.geography)


def territory(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a territory for a year. Raises ``KeyError`` when it has no page, ``ValueError``
    when the tables do not know it."""
    area = territory_of(site, ref)
    if area is None:
        raise ValueError(ref)
    ground = TerritoryYear(site, area, year)
    titre = f"{site.items[ref].name} en {year}"
    if not (ground.events.now or ground.active or ground.parutions.now):
        empty = f"De {year}, le portail n’a ni rendez-vous ni parution {in_territory(area)}."
        return Bilan(titre, year, (empty,))
    phrases = tuple(_phrases(ground))
    keys = tuple(_keys(ground))
    method = tuple(_methode(ground))
    return Bilan(titre, year, phrases, keys, tuple(filter(None, _tables(ground))), method)


def note(bilan: Bilan) -> Bilan:
    """A bilan for those who have one page to read: five figures, a chart, three facts, what is
    missing."""
    tables = (bilan.table("mois"), bilan.table("lacunes"))
    return replace(
        bilan,
        phrases=bilan.phrases[:3],
        cles=bilan.cles[:5],
        tables=tuple(table for table in tables if table),
        methode=bilan.methode[:1],
    )


def _phrases(ground: TerritoryYear) -> Iterator[str]:
    events = ground.events
    there = in_territory(ground.territory)
    count = len(events.now)
    year = ground.annee
    if count:
        if year < ground.site.day.date.year:
            verb = "ont eu lieu" if count > 1 else "a eu lieu"
        else:
            verb = "sont annoncés" if count > 1 else "est annoncé"
        yield f"En {year}, {nombre(count)} rendez-vous {verb} {there}{events.detail()}."
    else:
        yield f"En {year}, le portail ne connaît aucun rendez-vous {there}."
    yield _missing(ground)
    if ground.structures:
        active = len(ground.active)
        yield (
            f"{counted(active, 'structure')} sur {nombre(len(ground.structures))} de l’annuaire "
            f"{'ont' if active > 1 else 'a'} proposé ou publié quelque chose dans l’année."
            if active
            else "Aucune structure de l’annuaire n’y a rien proposé ni publié dans l’année."
        )
    if count:
        yield from events.phrases()


def _missing(ground: TerritoryYear) -> str:
    left = len(ground.without)
    zones = len(ground.zones)
    noun = _zone(ground)
    if not left:
        return f"Chaque {noun} a eu un rendez-vous au moins."
    have = "n’ont" if left > 1 else "n’a"
    return f"{counted(left, noun)} sur {nombre(zones)} {have} eu aucun rendez-vous."


def _zone(ground: TerritoryYear) -> str:
    return "commune" if isinstance(ground.territory, Epci) else "intercommunalité"


def _keys(ground: TerritoryYear) -> Iterator[Key]:
    events = ground.events
    people = ground.people
    yield events.key("Rendez-vous")
    if people:
        rate = _rate(len(events.now), people)
        yield Key(f"Rendez-vous pour {nombre(PER)} habitants", rate, note=_beside(ground))
    zones = f"sur {nombre(len(ground.zones))}"
    yield Key(f"{capital(_zone(ground))}s sans rendez-vous", len(ground.without), note=zones)
    every = nombre(len(ground.structures))
    yield Key("Structures actives", len(ground.active), note=f"sur {every} dans l’annuaire")
    yield from events.offer_keys()
    if ground.territory.population and people:
        population = ground.territory.population
        yield Key("Population", people, note=f"INSEE, {population.annee}")


def _beside(ground: TerritoryYear) -> str:
    home = ground.site.geography.home
    if home is None or home == ground.territory or not home.population:
        return ""
    events = TerritoryYear(ground.site, home, ground.annee).events.now
    rate = _rate(len(events), home.population.habitants)
    return f"{nombre(rate)} dans la région" if rate is not None else ""


def _tables(ground: TerritoryYear) -> Iterator[Table]:
    events = ground.events
    yield events.months()
    yield _by_part(ground)
    if not isinstance(ground.territory, Epci):
        yield _by_town(events)
    for field in ("themes", "publics", "format"):
        yield events.by_field(field)
    yield events.offered()
    yield ground.parutions.by(
        "territoire.parutions", lambda item: (item.entry.kind,), plurals(_KINDS)
    )
    yield _by_type(ground)
    noun = _zone(ground)
    words = {"zone": noun, "Zone": capital(noun)}
    yield table("territoire.sans", _without(ground), **words)
    yield table("territoire.lacunes", _gaps(ground))


_NOUNS = {Region: "Département", Departement: "Intercommunalité", Epci: "Commune"}


def _by_part(ground: TerritoryYear) -> Table:
    # Events of each part that had one, for its inhabitants where they are known; then those that
    # are everywhere.
    events = ground.events
    people = {area.code: area.habitants for area in ground.parts}
    names = {area.code: area.nom for area in ground.parts} | {PARTOUT: PARTOUT}
    noun = _NOUNS[type(ground.territory)]

    def places(event: YearEvent) -> Iterable[str]:
        return (PARTOUT,) if event.item.partout else _places_of(event)

    rate = Measure[YearEvent](
        Column(f"Pour {nombre(PER)} habitants"),
        lambda key, some: _rate(len(some), people.get(key)),
    )
    placed = sum(len(names.keys() & {*places(event)}) for event in events.now)
    lost = len(events.now) - placed
    note = f"{nombre(lost)} rendez-vous ailleurs ou sans commune connue." if lost > 0 else ""
    if lost < 0:
        note = "Un rendez-vous de plusieurs territoires compte dans chacun."
    table = events.by(
        "territoire.parties",
        places,
        names,
        *(count("Rendez-vous"), part(len(events.now))),
        *([rate] if any(people.values()) else []),
        urls={area.code: area.url for area in ground.parts},
        note=note,
        partie=noun.lower(),
        Partie=noun,
    )
    return replace(table, lignes=tuple(sorted(table.lignes, key=lambda row: row.label == PARTOUT)))


def _by_town(events: Events) -> Table:
    towns = {event.item.commune.code: event.item.town for event in events.now if event.item.commune}
    order = sorted(towns, key=lambda code: (sort_key(towns[code]), code))
    return events.by(
        "territoire.communes",
        lambda event: (event.item.commune.code,) if event.item.commune else (),
        {code: towns[code] for code in order},
    )


def _by_type(ground: TerritoryYear) -> Table:
    active = frozenset(structure.ref for structure in ground.active)
    types = Counter(structure.of(PlaceEntry).type or "" for structure in ground.structures)
    names = {
        code: capital(ground.site.vocabularies.label("types-lieux", code, plural=types[code] > 1))
        for code in sorted(types)
    }
    alive = Measure[Item](
        Column("Actives"), lambda key, some: sum(structure.ref in active for structure in some)
    )
    return Counts(ground.site, ground.annee, ground.structures).by(
        "territoire.structures",
        lambda structure: (structure.of(PlaceEntry).type or "",),
        names,
        *(count("Dans l’annuaire"), alive),
    )


def _without(ground: TerritoryYear) -> Iterator[Row]:
    year = years(ground.site).get(ground.annee)
    towns = {event.item.commune for event in (year.events if year else ()) if event.item.commune}
    spots = [(town.nom, point) for town in towns if (point := point_of_commune(town))]
    for zone in ground.without:
        near = min(
            ((distance_km(zone.point, point), name) for name, point in spots if zone.point),
            default=None,
        )
        far = (round(near[0]) or 1, near[1]) if near else (None, None)
        yield Row(zone.nom, far, zone.url)


def _gaps(ground: TerritoryYear) -> Iterator[Row]:
    events = ground.events
    every = len(ground.structures)
    yield Row(
        f"{capital(_zone(ground))}s sans rendez-vous", (len(ground.without), len(ground.zones))
    )
    yield Row("Structures dont rien n’est annoncé", (every - len(ground.active), every))
    for row in events.unsaid().lignes:
        label = f"Rendez-vous qui ne disent pas leur {row.label.lower()}"
        yield Row(label, (row.values[0], len(events.now)))
    dated = [item for item in ground.items if item.entry.kind.info.dated]
    yield Row("Rendez-vous annulés ou reportés sans date", (called_off(dated, ground.annee), None))


def _methode(ground: TerritoryYear) -> Iterator[str]:
    yield (
        "Un rendez-vous compte s’il a lieu au moins un jour de l’année dans une commune du "
        "territoire, ou si sa fiche nomme le territoire\u00a0; annulé ou reporté, il ne compte pas."
    )
    yield "Une structure est active quand un rendez-vous ou une parution de l’année la nomme."
    yield "Les contenus donnés en exemple ne comptent pas."
    day = ground.site.day.date
    if ground.annee >= day.year:
        yield f"Compté au {jour(day, semaine=False)}\u00a0: l’année n’est pas finie."
