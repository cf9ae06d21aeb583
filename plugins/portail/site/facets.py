"""By what lists are narrowed: the facets of each kind, the values of its contents, the same
everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from portail.geo.places import Departement, Epci
from portail.geo.territories import Geography
from portail.model.articles import Annonce, Article
from portail.model.collections import Territoire
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Accessibilite
from portail.model.ressource import Ressource
from portail.model.vocabulary import Vocabularies
from portail.site.territories import code_of
from portail.site.tools import SURFACES, TRANSPORTS, lender_code, surface_code, transport_code
from portail.text.normalise import fold, slugify, sort_key
from portail.text.typography import capital

if TYPE_CHECKING:
    from portail.site.item import Item

Pair: TypeAlias = tuple[str, str]
"""A facet's key and a value's code: ``("theme", "astronomie-espace")``."""
OUI = "oui"
"""The one value of a switch: ``gratuit=oui``."""
AILLEURS = ("departement", "ailleurs")
"""The value of whatever is in another region than that of the instance."""
PARTOUT: Pair = ("partout", OUI)
"""The value of events that one takes part in from anywhere."""
RESERVED: Pair = ("reserve", OUI)
"""The value of events that are reserved to some: lists show them where it is asked for."""
_FREE_WORDS = frozenset({"gratuit", "gratuite", "gratuits", "gratuites", "acces libre"})
"""What a resource says of its price when it costs nothing, folded."""
_TERRITORIES = frozenset({"departement", "epci"})
_LISTS: Mapping[str, tuple[str, bool]] = {
    "theme": ("themes", False),
    "public": ("publics", True),
    "format": ("formats", True),
    "langue": ("langues", False),
    "accessible": ("handicaps", False),
    "genre": ("genres", True),
    "categorie": ("categories", True),
    "type": ("types-ressources", True),
    "role": ("roles", True),
    "offre": ("offres", False),
    "equipement": ("equipements", False),
    "eligible": ("eligibles", True),
    "niveau": ("niveaux", False),
    "matiere": ("matieres", False),
}
"""The vocabulary of each facet, and whether its values are named in the plural."""
_SIZES = {"transport": TRANSPORTS, "surface": SURFACES}
"""Facets whose values are classes, in their order."""


class Value(NamedTuple):
    """A value that some content has: its code in addresses, its label."""

    code: str
    label: str


_USES = (Value("visiter", "Où aller"), Value("projet", "Avec qui monter un projet"))
"""What one looks for in the directory; a place may serve both."""


def territory_pair(territory: Epci | Departement, geography: Geography) -> Pair:
    """The value of a territory: ``("departement", "somme")``."""
    if isinstance(territory, Epci):
        return "epci", geography.slug(territory)
    return "departement", slugify(territory.nom)


def values_of(
    cle: str,
    codes: Iterable[str],
    vocabularies: Vocabularies,
    geography: Geography,
    liste: str = "",
    names: Mapping[Pair, str] = MappingProxyType({}),
) -> tuple[Value, ...]:
    """Codes of a facet with their labels, in the order in which they are shown: that of their
    vocabulary or of their classes, of names, of years, the last first. A code that the vocabulary
    lacks is not a value; ``liste`` names the vocabulary when it is not that of the key, ``names``
    the values that contents name themselves."""
    held = set(codes)
    if cle in _SIZES:
        return tuple(Value(*size) for size in _SIZES[cle] if size.code in held)
    if cle == "proprietaire":
        named = {code: names.get((cle, code), code) for code in held}
        return tuple(Value(code, named[code]) for code in _by_name(named))
    if cle in _TERRITORIES:
        far = held & {AILLEURS[1]}  # no name: it would be looked for in the whole country
        named = {code: one.nom for code in held - far if (one := geography.territoire(code))}
        found = tuple(Value(code, named[code]) for code in _by_name(named))
        return (*found, *(Value(code, "Ailleurs") for code in far))
    if cle == "pour":
        return tuple(value for value in _USES if value.code in held)
    if cle in ("annee", "mois"):
        order = sorted(held, reverse=cle == "annee")
        return tuple(Value(code, names.get((cle, code), code)) for code in order)
    known, plural = _LISTS[cle]
    terms = (term for code, term in vocabularies[liste or known].items() if code in held)
    labels = ((term.code, term.pluriel if plural else term.label) for term in terms)
    return tuple(Value(code, capital(label)) for code, label in labels)


def _by_name(named: Mapping[str, str]) -> list[str]:
    """Codes in the order of their names."""
    return sorted(named, key=lambda code: (sort_key(named[code]), code))


class ValueReader:
    """Reads the values of contents; remembers the territories of each place. ``vocabularies`` say
    which places the public enters: who only reads what is ``common`` leaves them out."""

    def __init__(self, geography: Geography, vocabularies: Vocabularies | None = None) -> None:
        self._geography = geography
        self._home = frozenset(geography.home_territoires)
        types = vocabularies["types-lieux"].values() if vocabularies else ()
        self._eligibles = vocabularies["eligibles"] if vocabularies else None
        self._visited = {one.code for one in types if one.extra.get("visitable") == "oui"}
        self._pairs: dict[object, tuple[Pair, ...]] = {}

    def pairs(self, item: Item) -> Iterator[Pair]:
        """Every value of a content: those that any kind has, then those of its kind."""
        yield from self.common(item)
        own = _OWN.get(item.entry.kind)
        if own:
            yield from own(item)
        elif isinstance(item.entry, Lieu):
            yield from dict.fromkeys(self._lieu(item.entry))
        if isinstance(item.entry, Ressource) and self._eligibles:
            found = map(self._eligibles.begins, item.entry.eligibles)
            yield from dict.fromkeys(("eligible", one.code) for one in found if one)

    def common(self, item: Item) -> Iterator[Pair]:
        """``theme``, ``departement``, ``epci``, ``public``: what contents of any kind may have."""
        entry = item.entry
        yield from (("theme", code) for code in entry.themes)
        yield from self._around(item)
        yield from (("public", code) for code in vars(entry).get("publics", ()))

    def _around(self, item: Item) -> tuple[Pair, ...]:
        """Départements, then EPCI: where an event takes place (a territory that it names is no
        place to go to), or all that it covers when it is everywhere; what holds any other
        content."""
        commune = item.commune
        if item.partout:
            return self.covered(item.zone)
        if not isinstance(item.entry, Event):
            return self._held(item)
        if commune is None:
            return ()
        if commune.code not in self._pairs:
            wide = self._geography.departement(commune.departement)
            near = self._geography.epci(commune.epci or "")
            self._pairs[commune.code] = self._placed(wide, near)
        return self._pairs[commune.code]

    def _held(self, item: Item) -> tuple[Pair, ...]:
        """The territories that hold a content, or that it tells of: départements first."""
        codes = tuple(code for code, _ in item.territoires)
        if isinstance(item.entry, Territoire):
            codes = (code_of(item.entry), *codes)
        if codes not in self._pairs:
            wide = (self._geography.departement(code) for code in codes)
            near = (self._geography.epci(code) for code in codes)
            self._pairs[codes] = self._placed(*wide, *near)
        return self._pairs[codes]

    def covered(self, zone: tuple[str, ...]) -> tuple[Pair, ...]:
        """The territories where one may take part in what is everywhere in ``zone``."""
        if zone not in self._pairs:
            known = self._geography
            wide = [
                one for code in zone if code[0] == "R" for one in known.departements_of(code[1:])
            ]
            wide += (one for code in zone if (one := known.departement(code)))
            near = [epci for one in wide for epci in known.home_epci_of(one.code)]
            own = [epci for code in zone if (epci := known.epci(code))]
            wide += (one for epci in own if (one := known.departement(epci.departement)))
            near += own
            self._pairs[zone] = self._placed(*wide, *near)
        return self._pairs[zone]

    def _placed(self, *territories: Epci | Departement | None) -> tuple[Pair, ...]:
        """Values of territories; those of other regions are one place, ``AILLEURS``."""
        found = dict.fromkeys(
            territory_pair(one, self._geography)
            if not self._home or one in self._home
            else AILLEURS
            for one in territories
            if one
        )
        return tuple(found)

    def _lieu(self, entry: Lieu) -> Iterator[Pair]:
        """One goes to what the public enters; one sets up a project with all the others, and with
        whoever says that it plays a part or offers something."""
        if entry.type in self._visited:
            yield "pour", "visiter"
        if entry.type not in self._visited or entry.roles or entry.offre:
            yield "pour", "projet"
        if entry.type:
            yield "type", entry.type
        yield from (("role", code) for code in entry.roles)
        yield from (("offre", code) for code in entry.offre)
        if entry.groupes:
            yield "offre", "accueil-de-groupes"
        yield from (("equipement", one.type) for one in entry.equipements)
        yield from _accessible(entry.accessibilite)


def _accessible(told: Accessibilite | None) -> Iterator[Pair]:
    """The handicaps to which a place or an event is open, at least in part."""
    if told:
        yield from (("accessible", one) for one in told.ouverts)


def _event(item: Item) -> Iterator[Pair]:
    entry = item.of(Event)
    yield from (("format", code) for code in entry.format)
    yield from _accessible(entry.accessibilite)
    if entry.tarif and entry.tarif.nul:
        yield "gratuit", OUI
    if entry.en_ligne:
        yield "en-ligne", OUI
    if entry.partout:
        yield PARTOUT
    if entry.groupes:
        yield "groupes", OUI
    yield from (("langue", code) for code in entry.langues_parlees)
    if item.reserve:
        yield RESERVED


def _article(item: Item) -> Iterator[Pair]:
    entry = item.of(Article)
    if entry.genre:
        yield "genre", entry.genre
    if entry.publie_le:
        yield "annee", str(entry.publie_le.year)


def _annonce(item: Item) -> Iterator[Pair]:
    entry = item.of(Annonce)
    if entry.categorie:
        yield "categorie", entry.categorie


def _ressource(item: Item) -> Iterator[Pair]:
    entry = item.of(Ressource)
    if entry.type:
        yield "type", entry.type
    if entry.itinerante:
        yield "a-emprunter", OUI
    told = entry.pret if entry.itinerante else entry.acces
    if told and told.tarif and fold(told.tarif) in _FREE_WORDS:
        yield "gratuit", OUI
    if entry.itinerante:
        yield "transport", transport_code(entry.pret)
        yield "surface", surface_code(entry.pret)
        if owner := lender_code(entry):
            yield "proprietaire", owner


_OWN: Mapping[Kind, Callable[[Item], Iterator[Pair]]] = {
    Kind.EVENT: _event,
    Kind.ARTICLE: _article,
    Kind.ANNONCE: _annonce,
    Kind.RESSOURCE: _ressource,
}


def without_lone_territories(
    found: Mapping[str, Sequence[Pair]], partout: Collection[str]
) -> Mapping[str, Sequence[Pair]]:
    """The values of contents by reference, without the territories where only those that are
    everywhere (``partout``) are: sky evenings alone give no list to each of a hundred EPCI."""
    if not partout:
        return found
    placed = {one for ref, some in found.items() if ref not in partout for one in some}
    return {
        ref: some
        if ref not in partout
        else [one for one in some if one[0] not in _TERRITORIES or one in placed]
        for ref, some in found.items()
    }


class Facet(Struct, frozen=True):
    """A facet: its key in addresses (``theme``), its title, whether it is a switch with the one
    value ``oui`` (``gratuit``), the vocabulary of its values if it is not that of the key; whether
    its values are chosen ``sur_place``, and have no page: months, which pass; all the values that
    it may have, in their order, when no table says them."""

    cle: str
    titre: str
    bascule: bool = False
    liste: str = ""
    sur_place: bool = False
    valeurs: tuple[Value, ...] = ()


_THEME, _PUBLIC = Facet("theme", "Thème"), Facet("public", "Public")
PLACES = (Facet("departement", "Département"), Facet("epci", "Intercommunalité"))
_ACCESSIBLE = Facet("accessible", "Accessibilité")
_FREE = Facet("gratuit", "Gratuit", bascule=True)

EVENT_FACETS = (
    _THEME,
    *PLACES,
    _PUBLIC,
    Facet("format", "Format"),
    _ACCESSIBLE,
    _FREE,
    Facet("en-ligne", "En ligne", bascule=True),
    Facet(PARTOUT[0], "Partout, de chez vous", bascule=True),
    Facet("groupes", "Je viens avec un groupe", bascule=True),
    Facet("langue", "Langue parlée"),
    Facet(RESERVED[0], "Réservés", bascule=True),
)
"""Facets of events, in the order in which they are shown."""

FACETS: Mapping[Kind, tuple[Facet, ...]] = {
    Kind.EVENT: EVENT_FACETS,
    Kind.ARTICLE: (_THEME, Facet("genre", "Genre"), *PLACES, Facet("annee", "Année")),
    Kind.ANNONCE: (Facet("categorie", "Catégorie"), _THEME, *PLACES),
    Kind.RESSOURCE: (
        Facet("type", "Type"),
        _THEME,
        _PUBLIC,
        PLACES[0],
        Facet("a-emprunter", "À emprunter", bascule=True),
        _FREE,
        Facet("eligible", "Qui peut demander"),
    ),
    Kind.DOSSIER: (_THEME,),
    Kind.LIEU: (
        Facet("pour", "Je cherche"),
        Facet("type", "Type", liste="types-lieux"),
        Facet("role", "Rôle"),
        Facet("offre", "Ce qu’il offre"),
        _THEME,
        _PUBLIC,
        Facet("equipement", "Équipement"),
        *PLACES,
        _ACCESSIBLE,
    ),
}
"""Facets of the kinds that have some."""

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
"""Facets of what can be borrowed."""


class Facets(Struct, frozen=True):
    """The facets of the contents of one list.

    ``values`` are those that some content has, by facet, in the order in which they are shown;
    ``refs`` the contents of each value, in the order of their list; ``by_ref`` the values of each
    content; ``seuil`` how many contents a value needs to be listed apart. ``partout`` are those
    that are everywhere: they are of each territory where something is, and make none.
    """

    facets: tuple[Facet, ...]
    values: Mapping[str, tuple[Value, ...]]
    refs: Mapping[Pair, tuple[str, ...]]
    by_ref: Mapping[str, tuple[Pair, ...]]
    seuil: int = 1
    partout: frozenset[str] = frozenset()

    def listed(self, pair: Pair) -> bool:
        """Whether a value has a list of its own: enough contents have it, or had: what is over
        counts, so that an address stays."""
        here = any(facet.cle == pair[0] and facet.sur_place for facet in self.facets)
        held = set(self.refs.get(pair, ()))
        if pair[0] in _TERRITORIES:
            held -= self.partout
        return not here and len(held) >= self.seuil

    def rare(self) -> Iterator[Pair]:
        """Values that some content has, and that have no list of their own."""
        every = ((facet.cle, value.code) for facet, value in self.pairs())
        yield from (pair for pair in every if not self.listed(pair))

    def pairs(self) -> Iterator[tuple[Facet, Value]]:
        """Every value with its facet, in the order in which they are shown."""
        for facet in self.facets:
            for value in self.values.get(facet.cle, ()):
                yield facet, value


def facets_of(
    facets: tuple[Facet, ...],
    items: Iterable[Item],
    vocabularies: Vocabularies,
    geography: Geography,
    names: Mapping[Pair, str] = MappingProxyType({}),
    seuil: int = 1,
    more: Callable[[Item], Iterable[Pair]] | None = None,
) -> Facets:
    """These facets of contents, given in the order of their list; ``names`` as of ``values_of``,
    ``seuil`` as of ``Facets``, ``more`` the values that this list alone gives them."""
    reader = ValueReader(geography, vocabularies)
    keys, every = {facet.cle for facet in facets}, tuple(items)
    found = {item.ref: (*reader.pairs(item), *(more(item) if more else ())) for item in every}
    partout = frozenset(item.ref for item in every if item.partout)
    settled = without_lone_territories(found, partout)
    by_ref = {ref: tuple(one for one in some if one[0] in keys) for ref, some in settled.items()}
    refs: dict[Pair, list[str]] = defaultdict(list)
    for ref, pairs in by_ref.items():
        for pair in pairs:
            refs[pair].append(ref)
    values: dict[str, tuple[Value, ...]] = {}
    for facet in facets:
        codes = {code for key, code in refs if key == facet.cle}
        own = (Value(OUI, facet.titre),) if facet.bascule else facet.valeurs
        if codes and own:
            values[facet.cle] = tuple(one for one in own if one.code in codes)
        elif codes:
            told = facet.liste, names
            values[facet.cle] = values_of(facet.cle, codes, vocabularies, geography, *told)
    held = {one: tuple(it) for one, it in refs.items()}
    return Facets(facets, values, held, by_ref, seuil, partout)
