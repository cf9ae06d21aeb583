"""What a resource states: whose it is, for whom, until when, how one has it."""

from __future__ import annotations

from portail.facts.audience import audience
from portail.facts.base import Fact, Value, field, made, names, sort, texts
from portail.facts.common import DURATION
from portail.facts.funding import eligible, obtaining, until
from portail.features.kinds.ressources.model import Ressource
from portail.site.item import Item
from portail.site.site import Site


def _loan(entry: Ressource) -> tuple[Value, ...]:
    price = entry.pret.tarif if entry.pret else None
    return texts("à emprunter", price) if entry.itinerante else ()


def _offered_by(item: Item, site: Site) -> Fact:
    """Structures that own and carry a resource."""
    keys = ("proprietaire", "porteur")
    return Fact("Proposé par", tuple(name for key in keys for name in names(item, site, key)))


_AMOUNT = field("Montant", "montant")
_HAD = (made("Accès", obtaining), made("Prêt", _loan))

FEED = (sort, _offered_by, eligible, until, _AMOUNT, audience, DURATION, *_HAD)
