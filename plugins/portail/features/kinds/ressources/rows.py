"""What a resource is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from types import SimpleNamespace
from typing import Any

from portail.facts.audience import audience, language
from portail.facts.base import (
    FEED,
    Fact,
    Value,
    field,
    licence,
    made,
    names,
    owner,
    sort,
    text_of,
    texts,
)
from portail.facts.channels import added
from portail.facts.common import DURATION
from portail.facts.funding import (
    deadline,
    deadline_today,
    eligible,
    is_closed,
    obtaining,
    past,
    until,
)
from portail.facts.place import place_of, town
from portail.features.services.alentours.blocs import what_next
from portail.features.services.referencement import nodes
from portail.features.services.referencement.nodes import JSON_LD, NOT_WORKS, work_node
from portail.model.collections import Pret
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import offered, owned, uncapitalised
from portail.outputs.pages.entry.inputs import (
    BLOCS,
    ENTRY_FIELDS,
    EntryInputs,
    OwnBlocs,
    faits,
    parted,
)
from portail.outputs.pages.frame import ACCUEIL
from portail.outputs.pages.names import resolve_names, resolved_values
from portail.outputs.pages.slots import (
    CARD_PARTS,
    LENT,
    OPEN_FUNDINGS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
)
from portail.outputs.pages.views.lists import Bloc, Card
from portail.outputs.pages.views.shared import Etiquette, Lien, Message
from portail.outputs.pages.words import WORDS
from portail.site.facets import OUI, SURFACES, TRANSPORTS, UNKNOWN, Pair, lender_code
from portail.site.item import Item
from portail.site.kind_tables import VALUES, WANTED, Rows, Wanted
from portail.site.showings import shown_format
from portail.site.site import Site
from portail.text.addresses import address_parts
from portail.text.dates import periode
from portail.text.normalise import fold
from portail.text.typography import capital, euros, nombre

from .loans import asking, with_loans
from .model import Ressource
from .tool_cards import months_of, pieces, tool_state

# The page of a resource: its box, availability, how to get or borrow it.


def ressource_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    entry = inputs.item.of(Ressource)
    message, after = ressource_messages(inputs, site)
    facts = (*ressource_rows(inputs, site), *added(site, "page", inputs.item))
    listed = not (inputs.item.reseau or inputs.item.apart)
    lent = ""
    if entry.itinerante and listed:
        lent = LENT.ask(site)
    trail = {}
    if lent:
        trail = {"fil": (ACCUEIL, Lien("Catalogue", lent))}
    return {
        **trail,
        "apres": after,
        "boutons": ressource_buttons(inputs, site),
        **parted(entry.kind, faits(facts)),
        "message": message,
        "outil": ressource_view(inputs, site),
    }


def ressource_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    cards = what_next(item, related, site)
    return OwnBlocs(rest=related, last=(Bloc("À voir aussi", cards),) if cards else ())


def ressource_rows(inputs: EntryInputs, site: Site) -> Iterator[Fact]:
    item = inputs.item
    links = inputs.links
    entry = item.of(Ressource)
    yield deadline(item, site)
    yield Fact("Montant", texts(entry.montant))
    owner = resolved_values(entry, "proprietaire", links)
    if entry.itinerante:
        place = town(item.commune)
        yield Fact("Prêteur", tuple(value._replace(note=place) for value in owner))
        price = entry.pret.tarif if entry.pret else None
        yield Fact(WORDS["prets"]["tarif"], texts(capital(price or "")))
    ages = (value._replace(text=capital(value.text)) for value in audience(item, site).values)
    yield Fact("Pour qui", (*eligible(item, site).values, *ages))
    yield Fact("Durée", texts(entry.duree))
    if entry.itinerante:
        wait = ""
        if entry.delai:
            wait = f"{entry.delai} jours à l’avance"
        yield Fact("À demander", texts(wait))
    else:
        yield Fact("Propriétaire", owner)
    yield Fact("Porteur", resolved_values(entry, "porteur", links))
    yield Fact("Conception", resolved_values(entry, "auteurs_ressource", links))
    yield Fact("Année", texts(str(entry.annee) if entry.annee else None))
    yield language(item, site)
    if not entry.itinerance and entry.itinerante:
        carried = [fact for fact in carrying(entry.pret or Pret()) if fact.values]
        if len(carried) <= _THIN:
            yield from carried
    if entry.acces:
        terms = licence(entry.acces.licence, site.vocabularies).text
        # What a loan costs is told above.
        price = None if entry.itinerante and entry.pret and entry.pret.tarif else entry.acces.tarif
        yield Fact("Accès", texts(capital(price or ""), terms))


# Facts about moving a tool that its box holds: so few make no part of the page.
_THIN = 2


def ressource_buttons(inputs: EntryInputs, site: Site) -> tuple[Lien, ...]:
    """Ask for the loan, see the resource: what one comes for is first."""
    entry = inputs.item.of(Ressource)
    links: list[Lien] = []
    owner = resolve_names(entry, "proprietaire", inputs.links)
    if entry.itinerante:
        lender = tool_state(site, inputs.item.ref).preteur
        links += asking(inputs.item, lender, next(iter(owner), None), site)
    url = entry.acces.url if entry.acces else None
    if url:
        open_ = entry.finance and not is_closed(inputs.item, site)
        verb = "Faire une demande" if open_ else "Consulter en ligne"
        end = entry.limite if open_ else None
        links.append(Lien(verb, url, address_parts(url).hostname or "", fin=end))
    if entry.itinerante and not links:
        links += [Lien(WORDS["prets"]["voir"], who.url) for who in owner if who.url]
    return tuple(links)


def ressource_messages(inputs: EntryInputs, site: Site) -> tuple[Message | None, Message | None]:
    """That a funding is closed; what says so once its last day is past."""
    if not inputs.item.of(Ressource).limite:
        return None, None
    url = ""
    if not inputs.item.apart:
        url = OPEN_FUNDINGS.ask(site)
    links = (Lien("Ceux qui restent ouverts", url),) if url else ()
    over = Message(past(inputs.item), "On ne peut plus le demander.", liens=links)
    if is_closed(inputs.item, site):
        return (over, None)
    return (None, over)


def ressource_view(inputs: EntryInputs, site: Site) -> SimpleNamespace | None:
    entry = inputs.item.of(Ressource)
    if not entry.itinerante:
        return None
    rows = list(carrying(entry.pret or Pret()))
    facts = faits(rows)
    thin = len(facts) <= _THIN and not entry.itinerance
    owner = resolve_names(entry, "proprietaire", inputs.links)
    view = SimpleNamespace(
        transport=() if thin else facts,
        a_demander=not all(fact.values for fact in rows),
        preteur=next(iter(owner), None),
        publique=bool(shown_format(entry, site.vocabularies)),
        mois=months_of(site, inputs.item.ref),
        ou=(),
        ensuite=(),
        frise=None,
        etapes=(),
        avant=0,
        carte=None,
        demande=None,
    )
    return with_loans(view, inputs, site)


def carrying(loan: Pret) -> Iterator[Fact]:
    yield Fact("Contenu", texts(*pieces(loan)))
    surface = None
    if loan.surface_m2:
        surface = f"{nombre(loan.surface_m2)}\u00a0m²"
    yield Fact("Place nécessaire", texts(surface))
    yield Fact("Poids", texts(f"{nombre(loan.poids_kg)}\u00a0kg" if loan.poids_kg else None))
    yield Fact("Montage", texts(capital(loan.montage or "")))
    yield Fact("Transport", texts(capital(loan.transport or "")))
    yield Fact("Valeur à assurer", texts(euros(loan.assurance_eur) if loan.assurance_eur else None))
    if loan.exemplaires > 1:
        yield Fact("Exemplaires", texts(str(loan.exemplaires)))


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
    labels = []
    if entry.itinerante:
        labels = [Etiquette("À emprunter", "pret")]
    if is_closed(item, site):
        labels += [Etiquette("Clos", "passe")]
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
        Wanted(("acces",), "on ne sait pas où la trouver", lambda entry, _: not entry.itinerante),
        Wanted(
            ("pret",),
            "l’emprunteur prévoit la place, le transport, le délai",
            lambda entry, _: entry.itinerante,
        ),
        Wanted(("echeance",), "un dossier ne s’improvise pas", lambda entry, _: entry.finance),
    ),
}
