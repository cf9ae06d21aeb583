"""The year of a territory: what took place, where and for whom, beside its region; what is
missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from portail.facts.place import PARTOUT
from portail.features.services.alentours.relations import point_of, point_of_commune
from portail.features.services.bilans.counting import table
from portail.features.services.bilans.table import Bilan, Column, Key, Row, Table, counted
from portail.features.services.fiches.base import Answer
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.names import in_territory
from portail.geo.places import Commune, Departement, Epci, Region, short_name
from portail.geo.places import Territoire as Territory
from portail.model.kinds import where
from portail.model.territory import TerritoryEntry
from portail.site.site import Site
from portail.site.territories import known_by_page, territory_code
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, typeset

from .counts import EVERYWHERE, PORTAL, Figures, asked, plurals

# Inhabitants to whom events are brought.
PER = 10_000
_KINDS = where(lambda info: not info.dated)


class Part(Struct, frozen=True):
    """What a territory is made of: a commune, an intercommunalité, a département. ``code`` is its
    key among those that hold an event."""

    code: str
    nom: str
    url: str
    point: LatLon | None
    habitants: int | None


class TerritoryYear(Figures, frozen=True, dict=True, kw_only=True):
    """A territory, what is in it in a year."""

    territory: Territory

    @cached_property
    def structures(self) -> dict[str, tuple[int, int]]:
        """By type, how many the directory has, how many proposed or published something."""
        return {kind: (every, active) for _, kind, every, active in self.asked("types")}

    @property
    def active(self) -> int:
        return sum(active for _, active in self.structures.values())

    @property
    def known(self) -> int:
        return sum(every for every, _ in self.structures.values())

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
        places = {code for year, code, _ in self.asked("endroits") if year == self.annee}
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


def _ground(site: Site, territory: Territory, year: int) -> TerritoryYear:
    return TerritoryYear.of(site, territory_code(territory), year, territory=territory)


def _rate(events: int, people: int | None) -> float | None:
    return round(PER * events / people, 2) if people else None


def territory_of(site: Site, ref: str) -> Territory | None:
    """The territory of the tables that a page describes. Raises ``KeyError`` for no page."""
    return known_by_page(site.items[ref].of(TerritoryEntry), site.geography)


def territory(site: Site, ref: str, year: int) -> Bilan:
    """The bilan of a territory for a year. Raises ``KeyError`` when it has no page, ``ValueError``
    when the tables do not know it."""
    area = territory_of(site, ref)
    if area is None:
        raise ValueError(ref)
    ground = _ground(site, area, year)
    titre = f"{site.items[ref].name} en {year}"
    published = any(one == year for one, *_ in ground.asked("parutions"))
    if not (ground.number or ground.active or published):
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
    there = in_territory(ground.territory)
    count = ground.number
    year = ground.annee
    if count:
        if year < ground.site.day.date.year:
            verb = "ont eu lieu" if count > 1 else "a eu lieu"
        else:
            verb = "sont annoncés" if count > 1 else "est annoncé"
        yield f"En {year}, {nombre(count)} rendez-vous {verb} {there}{ground.detail()}."
    else:
        yield f"En {year}, le portail ne connaît aucun rendez-vous {there}."
    yield _missing(ground)
    if ground.known:
        active = ground.active
        yield (
            f"{counted(active, 'structure')} sur {nombre(ground.known)} de l’annuaire "
            f"{'ont' if active > 1 else 'a'} proposé ou publié quelque chose dans l’année."
            if active
            else "Aucune structure de l’annuaire n’y a rien proposé ni publié dans l’année."
        )
    if count:
        yield from ground.phrases()


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
    people = ground.people
    yield ground.events_key()
    if people:
        rate = _rate(ground.number, people)
        yield Key(f"Rendez-vous pour {nombre(PER)} habitants", rate, note=_beside(ground))
    zones = f"sur {nombre(len(ground.zones))}"
    yield Key(f"{capital(_zone(ground))}s sans rendez-vous", len(ground.without), note=zones)
    every = nombre(ground.known)
    yield Key("Structures actives", ground.active, note=f"sur {every} dans l’annuaire")
    yield from ground.offer_keys()
    if ground.territory.population and people:
        population = ground.territory.population
        yield Key("Population", people, note=f"INSEE, {population.annee}")


def _beside(ground: TerritoryYear) -> str:
    home = ground.site.geography.home
    if home is None or home == ground.territory or not home.population:
        return ""
    events = _ground(ground.site, home, ground.annee).number
    rate = _rate(events, home.population.habitants)
    return f"{nombre(rate)} dans la région" if rate is not None else ""


def _tables(ground: TerritoryYear) -> Iterator[Table]:
    yield ground.months()
    yield _by_part(ground)
    if not isinstance(ground.territory, Epci):
        yield _by_town(ground)
    for field in ("themes", "publics", "format"):
        yield ground.by_field(field)
    yield ground.offered()
    yield ground.by("territoire.parutions", ground.asked("parutions"), plurals(_KINDS))
    yield _by_type(ground)
    noun = _zone(ground)
    words = {"zone": noun, "Zone": capital(noun)}
    yield table("territoire.sans", _without(ground), **words)
    yield table("territoire.lacunes", _gaps(ground))


_NOUNS = {Region: "Département", Departement: "Intercommunalité", Epci: "Commune"}


def _by_part(ground: TerritoryYear) -> Table:
    # Events of each part that had one, for its inhabitants where they are known; then those that
    # are everywhere.
    people = {area.code: area.habitants for area in ground.parts}
    names = {area.code: area.nom for area in ground.parts} | {EVERYWHERE: PARTOUT}
    noun = _NOUNS[type(ground.territory)]
    counts = {(year, code): count for year, code, count in ground.asked("endroits")}
    found = [
        (year, code, count, _rate(count, people.get(code)))
        for (year, code), count in _with_none(counts, ground.annee).items()
        if code in names
    ]
    placed = sum(count for year, _, count, _ in found if year == ground.annee)
    lost = ground.number - placed
    note = f"{nombre(lost)} rendez-vous ailleurs ou sans commune connue." if lost > 0 else ""
    if lost < 0:
        note = "Un rendez-vous de plusieurs territoires compte dans chacun."
    made = ground.by(
        "territoire.parties",
        found,
        names,
        *([Column(f"Pour {nombre(PER)} habitants")] if any(people.values()) else []),
        whole=ground.number,
        urls={area.code: area.url for area in ground.parts},
        note=note,
        partie=noun.lower(),
        Partie=noun,
    )
    return replace(made, lignes=tuple(sorted(made.lignes, key=lambda row: row.label == PARTOUT)))


def _with_none(counts: dict[tuple[int, str], int], year: int) -> dict[tuple[int, str], int]:
    # Places of the year before where nothing takes place any more: their rate is known.
    gone = {(year, code): 0 for one, code in counts if one == year - 1}
    return {**gone, **counts}


def _by_town(ground: TerritoryYear) -> Table:
    found = ground.asked("communes")
    towns = {code: town.nom for code, town in _towns(ground, found).items()}
    order = sorted(towns, key=lambda code: (sort_key(towns[code]), code))
    names = {code: towns[code] for code in order}
    return ground.by("territoire.communes", found, names, whole=ground.number)


def _towns(ground: TerritoryYear, found: Iterable[Answer]) -> dict[str, Commune]:
    # Those of the year, by their code.
    items = ((year, ground.site.items[ref]) for year, _, _, ref in found)
    towns = (item.commune for year, item in items if year == ground.annee)
    return {town.code: town for town in towns if town}


def _by_type(ground: TerritoryYear) -> Table:
    words = ground.site.vocabularies
    names = {
        code: capital(words.label("types-lieux", code, plural=every > 1))
        for code, (every, _) in sorted(ground.structures.items())
    }
    return ground.by("territoire.structures", ground.asked("types"), names)


def _without(ground: TerritoryYear) -> Iterator[Row]:
    towns = _towns(ground, asked(ground.site, "communes", PORTAL, ground.annee)).values()
    spots = [(town.nom, point) for town in towns if (point := point_of_commune(town))]
    for zone in ground.without:
        near = min(
            ((distance_km(zone.point, point), name) for name, point in spots if zone.point),
            default=None,
        )
        far = (round(near[0]) or 1, near[1]) if near else (None, None)
        yield Row(zone.nom, far, zone.url)


def _gaps(ground: TerritoryYear) -> Iterator[Row]:
    zones = len(ground.without), len(ground.zones)
    yield Row(f"{capital(_zone(ground))}s sans rendez-vous", zones)
    yield Row("Structures dont rien n’est annoncé", (ground.known - ground.active, ground.known))
    for row in ground.unsaid().lignes:
        label = f"Rendez-vous qui ne disent pas leur {row.label.lower()}"
        yield Row(label, (row.values[0], ground.number))
    ((off,),) = ground.asked("retires")
    yield Row("Rendez-vous annulés ou reportés sans date", (off, None))


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
