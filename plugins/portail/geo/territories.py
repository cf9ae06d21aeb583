"""From the name of a commune, as people write it, to the commune and the territories around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain

from msgspec import Struct

from portail.resources import Folder
from portail.text.normalise import name_key
from portail.text.place import PLACE, Place

from .names import CommuneNames, Unknown, grouped
from .places import (
    Commune,
    Departement,
    Epci,
    Region,
    Tables,
    Territoire,
    column,
    commune_of,
    departement_of,
    epci_of,
    read_tables,
    region_of,
    territoire_slug,
)


class Ambiguous(Struct, frozen=True):
    """Several communes fit; ``candidates`` are those of the instance's region, then the others,
    each by code. For a number, the commune of which it is the INSEE code comes first."""

    candidates: tuple[Commune, ...]


class Geography:
    """Communes, EPCI, départements and regions, seen from one region.

    ``region`` (name or INSEE code) is the instance's: its names win over their homonyms elsewhere.
    Rows are cut, and names indexed, when first asked for. ``data`` is the folder of the tables.
    """

    def __init__(self, tables: Tables, region: str = "") -> None:
        self._tables = tables
        self.data: Folder | None = None
        self._communes: dict[str, Commune] = {}
        self._answers: dict[str, Commune | Ambiguous | Unknown] = {}
        self._epci = {row[0]: epci_of(*row) for row in tables.epci}
        self._departements = {row[0]: departement_of(*row) for row in tables.departements}
        self._regions = {row[0]: region_of(*row) for row in tables.regions}
        wanted = name_key(region)
        named = (area for area in self._regions.values() if wanted == name_key(area.nom))
        # The instance's region, if the tables know it.
        self.home = self._regions.get(region) or next(named, None)
        home = self.home.code if self.home else None
        codes: dict[str, str] = {}
        for area in self._departements.values():
            key = name_key(area.nom)
            codes |= {key: area.code, key.removeprefix("la "): area.code}
        self.names = CommuneNames(
            tables.communes,
            tables.alias,
            codes,
            frozenset(area.code for area in self._departements.values() if area.region == home),
        )

    @classmethod
    def load(cls, folder: Folder, region: str = "") -> Geography:
        """Read the tables of ``folder`` (``data/``). Raises ``DataError``."""
        read = cls(read_tables(folder), region)
        read.data = folder
        return read

    @property
    def millesime(self) -> str:
        if self._tables.decoupage:
            return "".join(self._tables.decoupage[0])
        return ""

    def commune(self, text: str) -> Commune | Ambiguous | Unknown:
        """The commune that ``text`` names.

        Understood: an INSEE code; a name, whatever its case, accents, hyphens and *St*; a name and,
        in brackets, the code or name of its département, its INSEE code or its postcode. A name
        unique in the instance's region wins; then the exact official spelling, then communes over
        aliases. A postcode alone gives candidates.
        """
        if text not in self._answers:
            codes = self.names.find(text)
            if isinstance(codes, Unknown):
                self._answers[text] = codes
            elif len(codes) == 1:
                self._answers[text] = self._made(codes[0])
            else:
                self._answers[text] = Ambiguous(tuple(map(self._made, codes)))
        return self._answers[text]

    def named(self, text: str) -> Commune | None:
        """The one commune that has the name ``text``, as ``commune`` understands names; what is
        like an unknown name is not looked for, which takes a hundred times as long."""
        codes = self.names.written(" ".join(text.split()))
        if len(codes) == 1:
            return self._made(codes[0])
        return None

    def is_elsewhere(self, postcode: str, commune: str) -> bool:
        """Whether ``postcode`` is that of other communes than that of the INSEE code ``commune``;
        what is that of none (CEDEX) may be anywhere."""
        posted = self.names.posted(postcode)
        return bool(posted) and commune not in posted

    def by_code(self, code: str) -> Commune | None:
        if code in self.names:
            return self._made(code)
        return None

    def label(self, code: str) -> str:
        """What a file writes for the commune of an INSEE code, so that ``commune`` finds it: its
        name, with its département or its code when the name is shared. Raises ``KeyError``."""
        return self.names.label(code)

    def epci(self, siren: str) -> Epci | None:
        return self._epci.get(siren)

    def departement(self, code: str) -> Departement | None:
        return self._departements.get(code)

    def region(self, code: str) -> Region | None:
        return self._regions.get(code)

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(self._regions.values())

    def region_of(self, departement: str) -> str | None:
        record = self._departements.get(departement)
        if record:
            return record.region
        return None

    def departements_of(self, region: str) -> tuple[Departement, ...]:
        """Départements of a region, given by its code, in the order of their codes."""
        return tuple(area for area in self._departements.values() if area.region == region)

    def epci_of(self, departements: Iterable[str]) -> tuple[Epci, ...]:
        """EPCI that have most of their communes in one of these départements."""
        wanted = frozenset(departements)
        return tuple(epci for epci in self._epci.values() if epci.departement in wanted)

    @cached_property
    def home_territoires(self) -> tuple[Territoire, ...]:
        """The instance's region, its départements, the EPCI that have a commune in it, each in the
        order of its table; none without a region."""
        home = self.home
        if home is None:
            return ()
        epci = (area for area in self._epci.values() if area.siren in self._home_epci)
        return (home, *self.departements_of(home.code), *epci)

    def home_epci_of(self, departement: str) -> tuple[Epci, ...]:
        """EPCI that have, of their communes in the instance's region, most in this département."""
        sirens = self._home_epci
        return tuple(epci for epci in self._epci.values() if sirens.get(epci.siren) == departement)

    def territoires_of(self, commune: Commune) -> tuple[Territoire, ...]:
        """What holds a commune, from near to far: EPCI, département, region; those known."""
        around = (
            self.epci(commune.epci or ""),
            self.departement(commune.departement),
            self.region(self.region_of(commune.departement) or ""),
        )
        return tuple(territoire for territoire in around if territoire is not None)

    def communes_of(self, territoire: Territoire) -> tuple[Commune, ...]:
        return tuple(map(self._made, self._codes_of(territoire)))

    def count_of(self, territoire: Territoire) -> int:
        return len(self._codes_of(territoire))

    def _codes_of(self, territoire: Territoire) -> Sequence[str]:
        match territoire:
            case Epci(siren=siren):
                return self._by_epci.get(siren, ())
            case Departement(code=code):
                return self._by_departement.get(code, ())
            case Region():
                inside = [area.code for area in self.departements_of(territoire.code)]
                return list(
                    chain.from_iterable(self._by_departement.get(inner, ()) for inner in inside)
                )

    def slug(self, territoire: Territoire) -> str:
        """The slug of a territory; EPCI that would share one get their département, or their SIREN.
        An EPCI of the instance's region gives way to no EPCI from elsewhere.

        Raises ``KeyError`` for a territory of another table.
        """
        return self._home_slugs.get(territoire) or self._slugs[territoire]

    def territoire(self, text: str) -> Territoire | None:
        """The territory of a slug, of an official name, or of a SIREN.

        >>> from portail.geo.places import Tables
        >>> country = Geography(Tables((), departements=(("62", "Pas-de-Calais", "32"),)))
        >>> country.territoire("departement-62") == country.territoire("pas-de-calais")
        True
        """
        key = name_key(text)
        return self._epci.get(text) or self._home_territoires.get(key) or self._territoires.get(key)

    @property
    def territoires(self) -> tuple[Territoire, ...]:
        """Every territory: EPCI, départements, regions, each in the order of its table."""
        return (*self._epci.values(), *self._wider)

    @cached_property
    def towns(self) -> tuple[Commune, ...]:
        """Towns of the instance's region whose place is known, the most populous first."""
        home = self.names.home
        ranked = sorted((-int(population), code) for code, population in self._tables.villes)
        towns = (self.by_code(code) for _, code in ranked)
        return tuple(
            town for town in towns if town and town.lat is not None and town.departement in home
        )

    @cached_property
    def chief_town(self) -> Commune | None:
        """The commune of the prefect of the instance's region, else its largest town, else the
        first of its communes; ``None`` without a region, or in one without communes."""
        if self.home is None:
            return None
        towns = self.towns or self.communes_of(self.home)
        return self.by_code(self.home.chef_lieu) or next(iter(towns), None)

    @cached_property
    def place(self) -> Place:
        """Where examples are: the chief town of the instance's region; ``PLACE`` without a region,
        or in one without communes that have a postcode."""
        town = self.chief_town
        if town is None or self.home is None or not town.codes_postaux:
            return PLACE
        near = self.epci(town.epci or "")
        return replace(
            PLACE,
            commune=self.label(town.code),
            code=town.code,
            code_postal=town.codes_postaux[0],
            departement=town.departement,
            territoire=self.slug(near or self._departements[town.departement]),
            region=self.home.nom,
            siren=near.siren if near else PLACE.siren,
            lat=PLACE.lat if town.lat is None else town.lat,
            lon=PLACE.lon if town.lon is None else town.lon,
        )

    def _made(self, code: str) -> Commune:
        commune = self._communes.get(code)
        if commune is None:
            commune = self._communes[code] = commune_of(self.names.row(code))
        return commune

    @cached_property
    def _by_epci(self) -> Mapping[str, list[str]]:
        return grouped(zip(self._column(4), self._column(0), strict=True))

    @cached_property
    def _by_departement(self) -> Mapping[str, list[str]]:
        return grouped(zip(self._column(3), self._column(0), strict=True))

    def _column(self, rank: int) -> list[str]:
        return column(self._tables.communes, rank)

    @cached_property
    def _home_epci(self) -> Mapping[str, str]:
        pairs = zip(*(column(self.names.home_rows, rank) for rank in (4, 3)), strict=True)
        count = Counter(pair for pair in pairs if pair[0])
        ranked = sorted(sorted(count, reverse=True), key=count.__getitem__)
        return dict(ranked)  # the last of each SIREN stays: the most, then the first code

    @property
    def _wider(self) -> tuple[Territoire, ...]:
        return (*self._departements.values(), *self._regions.values())

    @cached_property
    def _home_slugs(self) -> Mapping[Territoire, str]:
        epcis = [epci for epci in self._epci.values() if epci.siren in self._home_epci]
        return {area: territoire_slug(area) for area in self._wider} | _distinct_slugs(epcis)

    @cached_property
    def _slugs(self) -> Mapping[Territoire, str]:
        elsewhere = [epci for epci in self._epci.values() if epci.siren not in self._home_epci]
        return {**self._home_slugs, **_distinct_slugs(elsewhere, {*self._home_slugs.values()})}

    @cached_property
    def _home_territoires(self) -> Mapping[str, Territoire]:
        return _by_key(self._home_slugs)

    @cached_property
    def _territoires(self) -> Mapping[str, Territoire]:
        return _by_key(self._slugs)


def _by_key(slugs: Mapping[Territoire, str]) -> dict[str, Territoire]:
    named = {name_key(area.nom): area for area in slugs}
    return named | {name_key(slug): area for area, slug in slugs.items()}


def _distinct_slugs(group: Sequence[Epci], taken: Collection[str] = ()) -> dict[Territoire, str]:
    slugs: dict[Territoire, str] = {epci: territoire_slug(epci) for epci in group}
    for distinction in ("departement", "siren"):
        count = Counter(slugs.values())
        for epci, slug in slugs.items():
            if count[slug] > 1 or slug in taken:
                slugs[epci] = f"{territoire_slug(epci)}-{getattr(epci, distinction).lower()}"
    return slugs
