"""The year of a territory: what took place, where and for whom, beside its region; what is
missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from portail.features.services.bilans.table import Bilan, Key, Row, Table, counted, table
from portail.geo.names import in_territory
from portail.geo.places import Departement, Epci, Region
from portail.geo.places import Territoire as Territory
from portail.model.collections import TerritoryEntry
from portail.site.site import Site
from portail.site.territories import known_by_page, territory_code
from portail.text.dates import jour
from portail.text.typography import capital, nombre

from .counts import PER, Figures, rate_of, rows


class TerritoryYear(Figures, frozen=True, dict=True, kw_only=True):
    """A territory, what is in it in a year."""

    territory: Territory

    @cached_property
    def structures(self) -> tuple[int, int]:
        """How many the directory has, how many proposed or published something."""
        rows = self.asked("territoire.structures")
        return sum(every for *_, every, _ in rows), sum(active for *_, active in rows)

    @cached_property
    def people(self) -> int | None:
        population = self.territory.population
        if population:
            return population.habitants
        return None

    @cached_property
    def zones(self) -> tuple[int, int]:
        """How many communes of an EPCI, else EPCI, have no event, out of how many."""
        ((without, every),) = self.asked("zones")
        return without, every


def _ground(site: Site, territory: Territory, year: int) -> TerritoryYear:
    return TerritoryYear.of(site, territory_code(territory), year, territory=territory)


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
    published = any(row_year == year for row_year, *_ in ground.asked("parutions"))
    if not (ground.number or ground.structures[1] or published):
        empty = f"De {year}, le portail n’a ni rendez-vous ni parution {in_territory(area)}."
        return Bilan(titre, year, (empty,))
    phrases = tuple(_phrases(ground))
    keys = tuple(_keys(ground))
    method = tuple(_methode(ground))
    return Bilan(
        titre, year, phrases, cles=keys, tables=tuple(filter(None, _tables(ground))), methode=method
    )


def _phrases(ground: TerritoryYear) -> Iterator[str]:
    in_words = in_territory(ground.territory)
    count = ground.number
    year = ground.annee
    if count:
        if year < ground.site.day.date.year:
            verb = "ont eu lieu" if count > 1 else "a eu lieu"
        else:
            verb = "sont annoncés" if count > 1 else "est annoncé"
        yield f"En {year}, {nombre(count)} rendez-vous {verb} {in_words}."
    else:
        yield f"En {year}, le portail ne connaît aucun rendez-vous {in_words}."
    yield _missing(ground)
    every, active = ground.structures
    if active:
        yield (
            f"{counted(active, 'structure')} sur {nombre(every)} de l’annuaire "
            f"{'ont' if active > 1 else 'a'} proposé ou publié quelque chose dans l’année."
        )
    elif every:
        yield "Aucune structure de l’annuaire n’y a rien proposé ni publié dans l’année."


def _missing(ground: TerritoryYear) -> str:
    count, zones = ground.zones
    noun = _zone(ground)
    if not count:
        return f"Chaque {noun} a eu un rendez-vous au moins."
    have = "n’ont" if count > 1 else "n’a"
    return f"{counted(count, noun)} sur {nombre(zones)} {have} eu aucun rendez-vous."


def _zone(ground: TerritoryYear) -> str:
    if isinstance(ground.territory, Epci):
        return "commune"
    return "intercommunalité"


def _keys(ground: TerritoryYear) -> Iterator[Key]:
    people = ground.people
    yield ground.events_key()
    if people:
        rate = rate_of(ground.number, people)
        yield Key(f"Rendez-vous pour {nombre(PER)} habitants", rate, note=_beside(ground))
    without, zones = ground.zones
    label = f"{capital(_zone(ground))}s sans rendez-vous"
    yield Key(label, without, note=f"sur {nombre(zones)}")
    every, active = ground.structures
    yield Key("Structures actives", active, note=f"sur {nombre(every)} dans l’annuaire")
    yield from ground.offer_keys()
    yield Key("Séances", ground.totals[0].seances)
    if ground.territory.population and people:
        population = ground.territory.population
        yield Key("Population", people, note=f"INSEE, {population.annee}")


def _beside(ground: TerritoryYear) -> str:
    home = ground.site.geography.home
    if home is None or home == ground.territory or not home.population:
        return ""
    events = _ground(ground.site, home, ground.annee).number
    rate = rate_of(events, home.population.habitants)
    if rate is not None:
        return f"{nombre(rate)} dans la région"
    return ""


def _tables(ground: TerritoryYear) -> Iterator[Table]:
    yield ground.told("evenements.mois")
    yield _by_part(ground)
    if not isinstance(ground.territory, Epci):
        yield ground.told("territoire.communes")
    yield from map(ground.by_field, ("themes", "publics", "format"))
    yield ground.offered()
    yield from map(ground.told, ("territoire.parutions", "territoire.structures"))
    yield table("territoire.lacunes", _gaps(ground))


_BY_PEOPLE = "Pour {par} habitants"
_NOUNS = {Region: "Département", Departement: "Intercommunalité", Epci: "Commune"}


def _by_part(ground: TerritoryYear) -> Table:
    # Events of each part that had one, for its inhabitants where they are known; then those that
    # are everywhere.
    found = ground.asked("territoire.parties")
    lost = ground.number - sum(now for _, _, now, *_ in found)
    note = f"{nombre(lost)} rendez-vous ailleurs ou sans commune connue." if lost > 0 else ""
    if lost < 0:
        note = "Un rendez-vous de plusieurs territoires compte dans chacun."
    noun = _NOUNS[type(ground.territory)]
    return ground.table(
        "territoire.parties",
        rows(found),
        without=() if any(rate is not None for *_, rate, _ in found) else (_BY_PEOPLE,),
        note=note,
        partie=noun.lower(),
        Partie=noun,
        par=nombre(PER),
    )


def _gaps(ground: TerritoryYear) -> Iterator[Row]:
    yield Row(f"{capital(_zone(ground))}s sans rendez-vous", ground.zones)
    every, active = ground.structures
    yield Row("Structures dont rien n’est annoncé", (every - active, every))
    for row in ground.rows("evenements.manques"):
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
