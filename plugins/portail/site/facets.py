"""By what lists are narrowed: the facets of each kind, the values of its contents, the same
everywhere.

Touring tools, and the classes by which lists narrow them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from math import inf
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from msgspec import Struct, convert, field

from portail.agenda.occurrences import Occurrence
from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.collections import ResourceEntry
from portail.model.entry import Entry
from portail.model.kinds import DATED, Kind, kept, where
from portail.model.parts import OLDEST
from portail.model.vocabulary import Vocabularies
from portail.resources import rows
from portail.text.normalise import slugify, sort_key
from portail.text.typography import capital

from .item import Item
from .urls import facet_of


class Value(NamedTuple):
    """A value that some content has: its code in addresses, its label."""

    code: str
    label: str


UNKNOWN = Value("non-precise", "À demander")

TRANSPORTS = (
    Value("voiture", "Dans une voiture"),
    Value("utilitaire", "Dans un utilitaire"),
    Value("camion", "Dans un camion"),
    UNKNOWN,
)
SURFACES = (
    Value("jusqu-a-20", "Jusqu’à 20 m²"),
    Value("20-a-60", "De 20 à 60 m²"),
    Value("plus-de-60", "Plus de 60 m²"),
    UNKNOWN,
)


def is_tool(item: Item) -> bool:
    return isinstance(item.entry, ResourceEntry) and item.entry.itinerante


def lender_code(entry: ResourceEntry) -> str:
    """Who lends a tool, as addresses say it: the slug of a lieu, or that of a name.

    >>> from types import SimpleNamespace
    >>> lender_code(SimpleNamespace(proprietaire="Ville d’Exemple"))
    'ville-d-exemple'
    """
    return slugify(entry.proprietaire or "")


# A facet's key and a value's code: ``("theme", "astronomie-espace")``.
Pair: TypeAlias = tuple[str, str]
# Some of the occurrences of each of several contents, by reference, in order of time.
Sessions: TypeAlias = Mapping[str, tuple[Occurrence, ...]]
# The one value of a switch: ``gratuit=oui``.
OUI = "oui"
# The value of whatever is in another region than that of the instance.
AILLEURS = ("departement", "ailleurs")
# The value of events that one takes part in from anywhere.
PARTOUT: Pair = ("partout", OUI)
# The value of events that are reserved to some: lists show them where it is asked for.
RESERVED: Pair = ("reserve", OUI)
# Facets whose values are territories.
TERRITORIES = frozenset({"departement", "epci"})
# Facets whose values are called as contents are.
_NAMED = frozenset({"proprietaire", "temps-fort"})
# Ages that one looks for a sortie for; an event has the value of each that it is for.
AGES = tuple(
    Value(f"{first}-{last}", f"{first} à {last}\u00a0ans")
    for first, last in ((0, 3), (4, 6), (7, 9), (10, 12), (13, 15), (16, 18))
)
# That of an event that says no age: whatever age is asked, it stays, after the others.
AGELESS = Value("non-dit", "Âge non précisé")

# Facets whose values are always the same, in their order.
_CLASSES = {
    "transport": TRANSPORTS,
    "surface": SURFACES,
    "age": (*AGES, AGELESS),
    # What one looks for in the directory; a place may serve both.
    "pour": (Value("visiter", "Où aller"), Value("projet", "Avec qui monter un projet")),
}


def ages_of(entry: Entry, vocabularies: Vocabularies) -> tuple[int, int] | None:
    """The youngest and the oldest whom a content is for: as it says, else those of its audiences
    when each has ages. What is not among them contradicts it; ``None`` contradicts nobody."""
    age = vars(entry).get("age")
    if age and age.bornes:
        bounds: tuple[int, int] = age.bornes
        return bounds
    terms = [vocabularies["publics"][code].extra for code in vars(entry).get("publics", ())]
    if not terms or any("age_min" not in term for term in terms):
        return None
    youngest = min(term["age_min"] for term in terms)
    return youngest, max(term.get("age_max", OLDEST) for term in terms)


def territory_pair(territory: Epci | Departement, geography: Geography) -> Pair:
    """The value of a territory: ``("departement", "somme")``."""
    if isinstance(territory, Epci):
        return "epci", geography.slug(territory)
    return "departement", slugify(territory.nom)


class Facet(Struct, frozen=True, forbid_unknown_fields=True):
    """A facet: its key in addresses, its title, its vocabulary; a switch has the one value ``oui``.

    ``sur_place`` values have no page. ``moitie``: offered only where half of the contents tell it,
    among the switches. ``sans_rang``: the reader does not choose it, pages and addresses do.
    """

    cle: str
    titre: str
    bascule: bool = False
    liste: str = ""
    sur_place: bool = False
    valeurs: tuple[Value, ...] = ()
    moitie: bool = False
    sans_rang: bool = False

    @property
    def classes(self) -> Iterable[Value]:
        """Its values where they are always the same, in their order."""
        return _CLASSES.get(self.cle) or self.valeurs or [Value(OUI, self.titre)] * self.bascule


def values_of(
    facet: Facet,
    codes: Iterable[str],
    vocabularies: Vocabularies,
    geography: Geography,
    names: Mapping[Pair, str] = MappingProxyType({}),
) -> tuple[Value, ...]:
    """Codes of a facet with their labels, in the order of its classes, of its vocabulary, of names,
    or of years, latest first.
    """
    present = set(codes)
    cle = facet.cle
    if classes := facet.classes:
        values = tuple(value for value in classes if value.code in present)
        return () if values == (AGELESS,) else values
    if cle == "annee":
        return tuple(Value(code, code) for code in sorted(present, reverse=True))
    if cle in _NAMED:
        return by_label(Value(code, names.get((cle, code), code)) for code in present)
    if cle in TERRITORIES:
        far = present & {AILLEURS[1]}  # no name: it would be looked for in the whole country
        known = ((code, geography.territoire(code)) for code in present - far)
        values = by_label(Value(code, territory.nom) for code, territory in known if territory)
        return (*values, *(Value(code, "Ailleurs") for code in far))
    vocabulary, plural = rows("facettes").get(cle, ("", True))
    return tuple(
        Value(code, capital(term.pluriel if plural else term.label))
        for code, term in vocabularies[facet.liste or vocabulary].items()
        if code in present
    )


def by_label(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda value: (sort_key(value.label), value.code)))


_THEME = Facet("theme", "Thème")
_PUBLIC = Facet("public", "Public")
PLACES = (Facet("departement", "Département"), Facet("epci", "Intercommunalité"))
# Facets that contents of any kind may have, in the order in which they are shown.
COMMON = (_THEME, *PLACES, _PUBLIC)
_FREE = Facet("gratuit", "Gratuit", bascule=True)

# Facets of the kinds that have some: those of news first, then of the directory.
FACETS = kept(
    dict[Kind, tuple[Facet, ...]](),
    lambda: {
        kind: tuple(convert(facet, Facet) for facet in kind.info.facets)
        for kind in sorted(where(lambda info: info.facets), key=lambda kind: kind.info.news or inf)
    },
)

# Facets of events, in the order in which they are shown.
EVENT_FACETS = tuple(chain.from_iterable(FACETS.get(kind, ()) for kind in DATED))


class OwnValues(NamedTuple):
    """What a list alone reads of its contents."""

    # Names of values, where no table has them.
    names: Mapping[Pair, str] = MappingProxyType({})
    # The values of a content, besides those of its kind.
    pairs: Callable[[Item], Iterable[Pair]] = lambda _: ()


# Facets of what can be borrowed.
TOOL_FACETS = (
    Facet("type", "Type"),
    _THEME,
    _PUBLIC,
    Facet("proprietaire", "Prêteur"),
    *PLACES,
    Facet("transport", "À transporter"),
    Facet("surface", "Place au sol"),
    _FREE,
)


# A facet, and values of it.
Offered: TypeAlias = tuple[Facet, tuple[Value, ...]]
# Facets are offered once this many of their values leave a content out.
_LEAST = 2


class Facets(Struct, frozen=True):
    """The facets of the contents of the list at ``url``.

    ``values`` are those that some content has, by facet; ``refs`` the contents of each value;
    ``by_ref`` the reverse. ``partout`` are those that are everywhere: each territory where
    something is has them. ``seances`` are the sessions that bear a value, where not all of an event
    may.
    """

    url: str
    facets: tuple[Facet, ...]
    values: Mapping[str, tuple[Value, ...]]
    refs: Mapping[Pair, tuple[str, ...]]
    by_ref: Mapping[str, tuple[Pair, ...]]
    seuil: int
    partout: Mapping[str, None]
    seances: Mapping[Pair, Sessions] = field(default_factory=dict)

    def listed(self, pair: Pair) -> bool:
        """Whether a value has a list of its own; what is over counts, so that an address stays."""
        here = any(facet.cle == pair[0] and not facet.sur_place for facet in self.facets)
        refs = set(self.refs.get(pair, ()))
        if pair[0] in TERRITORIES:
            refs -= self.partout.keys()
        return here and len(refs) >= self.seuil

    def page_of(self, pair: Pair) -> str:
        """Site path of the list of a value, ``""`` when it has none."""
        if self.listed(pair):
            return facet_of(self.url, *pair)
        return ""

    def rare(self) -> Iterator[Pair]:
        """Values that some content has, and that have no list of their own."""
        every = ((facet.cle, value.code) for facet, value in self.pairs() if not facet.sur_place)
        yield from (pair for pair in every if not self.listed(pair))

    def pages(self) -> Iterator[tuple[Facet, Value]]:
        """Every value that has a list of its own."""
        for facet, value in self.pairs():
            if self.listed((facet.cle, value.code)):
                yield facet, value

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Every value with its facet, in the order in which they are shown."""
        for facet in self.facets:
            for value in self.values[facet.cle]:
                yield facet, value

    def useful(self, counts: Mapping[Pair, int], total: int) -> tuple[Offered, ...]:
        """The facets that leave out some of ``total`` contents, ``counts`` of which have each
        value, with the values that some have; none when all of them leave out too little."""
        offered = []
        apart = 0
        for facet in self.facets:
            present = {
                value: count
                for value in self.values[facet.cle]
                if (count := counts.get((facet.cle, value.code)))
            }
            leaving = sum(count < total for count in present.values())
            if leaving:
                offered.append((facet, tuple(present)))
            apart += leaving
        if apart >= _LEAST:
            return tuple(offered)
        return ()
