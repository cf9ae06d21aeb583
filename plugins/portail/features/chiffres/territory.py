"""The year of a territory: what took place, where and for whom, beside its region; what is
missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.price import PARTOUT
from portail.features.bilans.counting import Cut, Measure, Past, count, part, table_of
from portail.features.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.features.chiffres.activity import activity_of
from portail.features.chiffres.held import (
    FREE,
    KINDS,
    OFFERS,
    Pair,
    YearEvent,
    called_off,
    events_of,
    genuine,
    sessions,
)
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.names import in_territory
from portail.geo.places import Commune, Departement, Epci, Region, short_name
from portail.geo.places import Territoire as Territory
from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.site.item import Item
from portail.site.relations import point_of, point_of_commune
from portail.site.site import Site
from portail.site.territories import known_by_page, territory_code
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, typographie

PER = 10_000
"""Inhabitants to whom events are brought."""
_KINDS = tuple(one for one in KINDS if one is not Kind.EVENT)


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
        """Its true contents, those for the network too."""
        code = territory_code(self.territory)
        refs = self.site.indexes.by_territoire.get(code, ())
        trade = (item for item in self.site.trade() if code in dict(item.territoires))
        return genuine((*(self.site.items[ref] for ref in refs), *trade))

    @cached_property
    def events(self) -> Pair:
        """Its events; what is everywhere is of the region alone."""
        wide = isinstance(self.territory, Region)
        items = (one for one in self.items if wide or not one.partout)
        found = [one for one in items if one.entry.kind.info.dated]
        return Pair.of(self.site, found, self.annee)

    @cached_property
    def structures(self) -> tuple[Item, ...]:
        """Its structures of the directory."""
        return tuple(one for one in self.items if one.entry.kind is Kind.LIEU)

    @cached_property
    def active(self) -> tuple[Item, ...]:
        """Those that proposed or published something."""
        return tuple(one for one in self.structures if activity_of(self.site, one, self.annee))

    @cached_property
    def people(self) -> int | None:
        """Its inhabitants, if the tables tell."""
        known = self.territory.population
        return known.habitants if known else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Départements of a region, EPCI of a département, communes of an EPCI, by name."""
        return tuple(sorted(self._parts(), key=lambda one: (sort_key(one.nom), one.code)))

    @cached_property
    def zones(self) -> tuple[Part, ...]:
        """Where one looks for what has no event: communes of an EPCI, else EPCI."""
        if not isinstance(self.territory, Region):
            return self.parts
        inside = self.site.geography.departements_of(self.territory.code)
        found = (part for one in inside for part in replace(self, territory=one).parts)
        return tuple(sorted(found, key=lambda one: (sort_key(one.nom), one.code)))

    @cached_property
    def without(self) -> tuple[Part, ...]:
        """Those of ``zones`` where nothing takes place in the year."""
        found = frozenset[str]().union(*map(_places_of, self.events.now))
        return tuple(one for one in self.zones if one.code not in found)

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
        for one in inside:
            if isinstance(one, Commune):
                yield Part(one.code, typographie(one.nom), "", point_of_commune(one), None)
            else:
                name = capital(typographie(short_name(one)))
                code = territory_code(one)
                people = one.population.habitants if one.population else None
                point = point_of(self.site, one)
                yield Part(code, name, self.site.territory_url(code), point, people)


def _rate(events: int, people: int | None) -> float | None:
    """Events for ten thousand inhabitants."""
    return round(PER * events / people, 2) if people else None


def _places_of(one: YearEvent) -> frozenset[str]:
    """All that holds an event: its commune and territories, by their keys."""
    commune = one.item.commune
    return one.territoires | ({commune.code} if commune else set())


def territory_of(site: Site, ref: str) -> Territory | None:
    """The territory of the tables that a page describes. Raises ``KeyError`` for no page."""
    return known_by_page(site.items[ref].of(Territoire), site.geography)


def territory(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a territory for a year. Raises ``KeyError`` when it has no page, ``ValueError``
    when the tables do not know it."""
    known = territory_of(site, ref)
    if known is None:
        raise ValueError(ref)
    ground = TerritoryYear(site, known, year)
    titre = f"{site.items[ref].name} en {year}"
    if not (ground.events.now or ground.active or _published(ground)):
        said = f"De {year}, le portail n’a ni rendez-vous ni parution {in_territory(known)}."
        return Bilan(titre, year, (said,))
    phrases = tuple(_phrases(ground))
    keys = tuple(_keys(ground))
    method = tuple(_methode(ground))
    return Bilan(titre, year, phrases, keys, tuple(filter(None, _tables(ground))), method)


def note(bilan: Bilan) -> Bilan:
    """A bilan for those who have one page to read: five figures, a chart, three facts, what is
    missing."""
    kept = (bilan.table("mois"), bilan.table("lacunes"))
    return replace(
        bilan,
        phrases=bilan.phrases[:3],
        cles=bilan.cles[:5],
        tables=tuple(one for one in kept if one),
        methode=bilan.methode[:1],
    )


def _published(ground: TerritoryYear, back: int = 0) -> tuple[Item, ...]:
    """Contents that came out in the year, events left out."""
    dated = ((one, one.entry.publie_le) for one in ground.items if one.entry.kind in _KINDS)
    return tuple(one for one, day in dated if day and day.year == ground.annee - back)


def _phrases(ground: TerritoryYear) -> Iterator[str]:
    events = ground.events
    there = in_territory(ground.territory)
    count = len(events.now)
    year = ground.annee
    if count:
        became = events.became(count, len(events.before))
        rest = f"\u00a0: {became}" if became else ""
        if year < ground.site.day.date.year:
            verb = "ont eu lieu" if count > 1 else "a eu lieu"
        else:
            verb = "sont annoncés" if count > 1 else "est annoncé"
        held = f", en {counted(times, 'séance')}" if (times := sessions(events.now)) > count else ""
        yield f"En {year}, {nombre(count)} rendez-vous {verb} {there}{held}{rest}."
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
        yield events.terms()
        yield from events.most()


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
    yield events.key()
    if people:
        rate = _rate(len(events.now), people)
        yield Key(f"Rendez-vous pour {nombre(PER)} habitants", rate, note=_beside(ground))
    zones = f"sur {nombre(len(ground.zones))}"
    yield Key(f"{capital(_zone(ground))}s sans rendez-vous", len(ground.without), note=zones)
    every = nombre(len(ground.structures))
    yield Key("Structures actives", len(ground.active), note=f"sur {every} dans l’annuaire")
    if events.now:
        yield events.offer_key(FREE)
        yield from (events.offer_key(one) for one in OFFERS if one is not FREE)
    if ground.territory.population and people:
        known = ground.territory.population
        yield Key("Population", people, note=f"INSEE, {known.annee}")


def _beside(ground: TerritoryYear) -> str:
    """« 1,2 dans la région »; nothing for the region itself, nor outside."""
    home = ground.site.geography.home
    if home is None or home == ground.territory or not home.population:
        return ""
    held = TerritoryYear(ground.site, home, ground.annee).events.now
    rate = _rate(len(held), home.population.habitants)
    return f"{nombre(rate)} dans la région" if rate is not None else ""


def _tables(ground: TerritoryYear) -> Iterator[Table]:
    events = ground.events
    lists = ground.site.vocabularies
    yield events.months()
    yield _by_part(ground)
    if not isinstance(ground.territory, Epci):
        yield _by_town(ground)
    yield events.by("themes", "Par thème", "Thème", "themes", lists)
    yield events.by("publics", "Par public", "Public", "publics", lists)
    yield events.by("format", "Par format", "Format", "formats", lists)
    yield events.offered()
    yield _publications(ground)
    yield _by_type(ground)
    yield _without(ground)
    yield _gaps(ground)


def _by_part(ground: TerritoryYear) -> Table:
    """Events of each part that had one, for its inhabitants where they are known; then those that
    are everywhere."""
    held = ground.events
    people = {one.code: one.habitants for one in ground.parts}
    names = {one.code: one.nom for one in ground.parts} | {PARTOUT: PARTOUT}
    first = _NOUNS[type(ground.territory)]
    cut = Cut[YearEvent](
        "parties",
        f"Par {first.lower()}",
        first,
        lambda one: (PARTOUT,) if one.item.partout else _places_of(one),
        names,
        {one.code: one.url for one in ground.parts},
    )
    rate = Measure[YearEvent](
        Column(f"Pour {nombre(PER)} habitants"),
        lambda key, some: _rate(len(some), people.get(key)),
    )
    measures = (
        count("Rendez-vous"),
        part(len(held.now)),
        *([rate] if any(people.values()) else []),
    )
    placed = cut.sorted(held.now)
    lost = len(held.now) - sum(map(len, placed.values()))
    note = f"{nombre(lost)} rendez-vous ailleurs ou sans commune connue." if lost > 0 else ""
    if lost < 0:
        note = "Un rendez-vous de plusieurs territoires compte dans chacun."
    table = held.table(cut, *measures, note=note)
    last = sorted(table.lignes, key=lambda row: row.label == PARTOUT)
    return replace(table, lignes=tuple(last))


_NOUNS = {Region: "Département", Departement: "Intercommunalité", Epci: "Commune"}


def _by_town(ground: TerritoryYear) -> Table:
    """The communes that had most of them."""
    held = ground.events
    towns = {one.item.commune.code: one.item.town for one in held.now if one.item.commune}
    order = sorted(towns, key=lambda code: (sort_key(towns[code]), code))
    cut = Cut[YearEvent](
        "communes",
        "Par commune",
        "Commune",
        lambda one: (one.item.commune.code,) if one.item.commune else (),
        {code: towns[code] for code in order},
    )
    return held.table(cut)


def _publications(ground: TerritoryYear) -> Table:
    """What came out in the year, by kind."""
    cut = Cut[Item](
        "parutions",
        "Parutions",
        "Genre",
        lambda one: (one.entry.kind,),
        {kind: capital(kind.info.pluriel) for kind in _KINDS},
        rank=False,
    )
    now = _published(ground)
    before = _published(ground, 1)
    past = Past(Column(str(ground.annee - 1)), before) if ground.events.compared else None
    return table_of(cut, (count("Contenus"),), now, past)


def _by_type(ground: TerritoryYear) -> Table:
    """Structures of the directory by type, and those that are active."""
    lists = ground.site.vocabularies
    active = frozenset(one.ref for one in ground.active)
    found = Counter(one.of(Lieu).type or "" for one in ground.structures)
    cut = Cut[Item](
        "structures",
        "Les structures",
        "Type",
        lambda one: (one.of(Lieu).type or "",),
        {
            code: capital(lists.label("types-lieux", code, plural=found[code] > 1))
            for code in sorted(found)
        },
    )
    alive = Measure[Item](
        Column("Actives"), lambda key, some: sum(one.ref in active for one in some)
    )
    return table_of(cut, (count("Dans l’annuaire"), alive), ground.structures)


def _without(ground: TerritoryYear) -> Table:
    """Where nothing took place, how far the nearest event was."""
    held = events_of(ground.site, ground.annee).values()
    towns = {one.item.commune for one in held if one.item.commune and not one.item.entry.exemple}
    spots = [(one.nom, point) for one in towns if (point := point_of_commune(one))]
    rows = []
    for one in ground.without:
        near = min(
            ((distance_km(one.point, point), name) for name, point in spots if one.point),
            default=None,
        )
        far = (round(near[0]) or 1, near[1]) if near else (None, None)
        rows.append(Row(one.nom, far, one.url))
    noun = _zone(ground)
    columns = (Column("Le plus proche", "km"), Column("À"))
    note = "À vol d’oiseau, de centre à centre, jusqu’au rendez-vous de l’année le plus proche."
    return Table(
        "sans", f"{capital(noun)}s sans rendez-vous", capital(noun), columns, tuple(rows), note=note
    )


def _gaps(ground: TerritoryYear) -> Table:
    """What is missing, out of how many."""
    events = ground.events
    every = len(ground.structures)
    missing = {row.label: row.values[0] for row in events.unsaid().lignes}
    held = [one for one in ground.items if one.entry.kind.info.dated]
    rows = [
        Row(
            f"{capital(_zone(ground))}s sans rendez-vous", (len(ground.without), len(ground.zones))
        ),
        Row("Structures dont rien n’est annoncé", (every - len(ground.active), every)),
        *(
            Row(f"Rendez-vous qui ne disent pas leur {label.lower()}", (count, len(events.now)))
            for label, count in missing.items()
        ),
        Row("Rendez-vous annulés ou reportés sans date", (called_off(held, ground.annee), None)),
    ]
    columns = (Column("Nombre"), Column("Sur"))
    return Table("lacunes", "Ce qui manque", "Manque", columns, tuple(rows))


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
