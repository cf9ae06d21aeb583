"""What a resource is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from portail.facts.audience import audience
from portail.facts.base import Fact, Value, field, licence, made, names, owner, sort, text_of, texts
from portail.facts.common import DURATION
from portail.facts.funding import deadline_today, eligible, is_closed, obtaining, until
from portail.facts.place import place_of
from portail.facts.slots import FEED
from portail.features.services.moteurs import nodes
from portail.features.services.moteurs.by_kind import JSON_LD
from portail.features.services.moteurs.works import NOT_WORKS, work_node
from portail.model.resource import Pret
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.entry.around import BLOCS
from portail.outputs.pages.entry.by_kind import ENTRY_FIELDS
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.short_texts import owned, uncapitalised
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
)
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Etiquette
from portail.outputs.pages.weekly_details import offered
from portail.site.facets import OUI, Pair
from portail.site.item import Item
from portail.site.kind_tables import VALUES, WANTED, Rows, Wanted
from portail.site.site import Site
from portail.site.tools import SURFACES, TRANSPORTS, UNKNOWN, lender_code
from portail.text.dates import periode
from portail.text.normalise import fold
from portail.text.typography import capital

from .model import Ressource
from .page import ressource_blocs, ressource_fields


def _loan(entry: Ressource) -> tuple[Value, ...]:
    price = entry.pret.tarif if entry.pret else None
    if entry.itinerante:
        return texts("à emprunter", price)
    return ()


def _offered_by(item: Item, site: Site) -> Fact:
    # Structures that own and carry a resource.
    keys = ("proprietaire", "porteur")
    return Fact("Proposé par", tuple(chain.from_iterable(names(item, site, key) for key in keys)))


_AMOUNT = field("Montant", "montant")
_HAD = (made("Accès", obtaining), made("Prêt", _loan))


_CAR = (100.0, 6)
# The most that a vehicle takes, in kilograms and in crates of 60 × 40 × 30 cm. A car: the boot of
# an estate, seats folded (six are 430 litres). A van of 3.5 t (category B): what is left of about 1
# t with two people aboard; forty crates are 3 m³ of its 10, as panels and stands go beside them.
_VAN = (800.0, 40)

# In m²: a corner of a library or of a hall.
_CORNER = 20.0
# In m²: a classroom, whose usual size is 50 to 60.
_ROOM = 60.0


def transport_code(pret: Pret | None) -> str:
    """The smallest vehicle that takes a tool, by what its sheet tells of weight and crates.

    >>> [transport_code(Pret.model_validate(told)) for told in (
    ...     {"poids_kg": "62", "caisses": "3"}, {"caisses": "12"}, {"poids_kg": "900"}, {})]
    ['voiture', 'utilitaire', 'camion', 'non-precise']
    """
    if pret is None or (pret.poids_kg is None and pret.caisses is None):
        return UNKNOWN.code
    load = (pret.poids_kg or 0, pret.caisses or 0)
    for size, limits in zip(TRANSPORTS, (_CAR, _VAN), strict=False):
        if all(value <= limit for value, limit in zip(load, limits, strict=True)):
            return size.code
    return TRANSPORTS[2].code


def surface_code(pret: Pret | None) -> str:
    """Floor-area class of an exhibit.

    >>> [surface_code(Pret.model_validate(told)) for told in (
    ...     {"surface_m2": "20"}, {"surface_m2": "60"}, {"surface_m2": "61"}, {})]
    ['jusqu-a-20', '20-a-60', 'plus-de-60', 'non-precise']
    """
    if pret is None or pret.surface_m2 is None:
        return UNKNOWN.code
    return SURFACES[(pret.surface_m2 > _CORNER) + (pret.surface_m2 > _ROOM)].code


# What a resource says of its price when it costs nothing, folded.
_FREE_WORDS = frozenset({"gratuit", "gratuite", "gratuits", "gratuites", "acces libre"})


def ressource_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    entry = item.of(Ressource)
    if entry.type:
        yield "type", entry.type
    if entry.itinerante:
        yield "a-emprunter", OUI
    terms = entry.pret if entry.itinerante else entry.acces
    if terms and terms.tarif and fold(terms.tarif) in _FREE_WORDS:
        yield "gratuit", OUI
    if entry.itinerante:
        yield "transport", transport_code(entry.pret)
        yield "surface", surface_code(entry.pret)
        if owner := lender_code(entry):
            yield "proprietaire", owner
    eligibles = map(vocabularies["eligibles"].begins, entry.eligibles)
    yield from dict.fromkeys(("eligible", term.code) for term in eligibles if term)


def ressource_line(item: Item, card: Card, site: Site) -> str:
    """Until when, that it can be borrowed, else its sort."""
    entry = item.of(Ressource)
    if entry.echeance:
        return uncapitalised(deadline_today(item, site))
    if entry.itinerante:
        return "à emprunter"
    return uncapitalised(card.sorte)


def ressource_card(item: Item, site: Site) -> CardParts:
    entry = item.of(Ressource)
    if showing := site.showings.get(item.ref):
        days = capital(periode(showing.du, showing.au))
        doubt = "" if showing.ouvert else "visite à confirmer"
        return (days, place_of(item, site), doubt), ()
    labels = [Etiquette("À emprunter", "pret")] if entry.itinerante else []
    labels += [Etiquette("Clos", "passe")] if is_closed(item, site) else []
    return (deadline_today(item, site), text_of(owner(item, site))), tuple(labels)


def ressource_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A work of its own type, with who offers it; a grant, with who funds it."""
    entry = inputs.item.of(Ressource)
    node["@type"] = site.vocabularies.detail(
        "types-ressources", entry.type, "schema", node["@type"]
    )
    terms = entry.acces.licence if entry.acces else None
    owner = nodes.agents(entry, "proprietaire", inputs.links, site.config)
    if node["@type"] in NOT_WORKS:
        return {**node, "funder": owner}
    work = work_node(inputs, site, node)
    work["author"] = nodes.agents(entry, "auteurs_ressource", inputs.links, site.config)
    return {
        **work,
        "provider": owner,
        "license": licence(terms, site.vocabularies).url,
        "dateCreated": str(entry.annee) if entry.annee else None,
    }


def _lent(entry: Ressource, _: Vocabularies) -> bool:
    return entry.itinerante


def _at_home(entry: Ressource, _: Vocabularies) -> bool:
    return not entry.itinerante


def _funds(entry: Ressource, _: Vocabularies) -> bool:
    return entry.finance


ROWS: Rows = {
    FEED: (sort, _offered_by, eligible, until, _AMOUNT, audience, DURATION, *_HAD),
    CARD_PARTS: ressource_card,
    VALUES: ressource_values,
    SEARCH_LINE: ressource_line,
    SEARCH_BELOW: owned,
    WEEKLY_DETAILS: offered,
    JSON_LD: ressource_node,
    ENTRY_FIELDS: ressource_fields,
    BLOCS: ressource_blocs,
    WANTED: (
        Wanted(("proprietaire", "porteur", "auteurs_ressource"), "on ne sait pas à qui demander"),
        Wanted(("publics",), "les filtres du catalogue le demandent"),
        Wanted(("themes",), "on cherche par thème"),
        Wanted(("acces",), "on ne sait pas où la trouver", _at_home),
        Wanted(("pret",), "l’emprunteur prévoit la place, le transport, le délai", _lent),
        Wanted(("echeance",), "un dossier ne s’improvise pas", _funds),
    ),
}
