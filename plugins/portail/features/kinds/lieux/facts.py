"""What a place or a structure states: where it is, its prices, how one reaches it."""

from __future__ import annotations

from portail.facts.audience import SHOWN, facilities, levels
from portail.facts.base import Fact, made, mail_and_phone, sort, texts
from portail.facts.common import SITE
from portail.facts.place import postal_lines, town
from portail.site.item import Item
from portail.site.site import Site

from .model import Lieu
from .structures import tickets


def place(item: Item, site: Site) -> Fact:
    return Fact("Où", postal_lines(item.of(Lieu).adresse, item.commune))


def access_each(item: Item, site: Site) -> Fact:
    """One line for each handicap, what is unknown too, then its facilities and labels."""
    accessibility = item.of(Lieu).accessibilite
    lists = site.vocabularies
    if accessibility is None:
        return Fact("Accessibilité", value={})
    values = (*levels(accessibility, lists, SHOWN), *facilities(accessibility, lists))
    return Fact("Accessibilité", values, value=accessibility.niveaux)


def _commune(item: Item, site: Site) -> Fact:
    return Fact("Commune", texts(town(item.commune)))


_REACHED = made("Contact", lambda lieu: mail_and_phone(lieu.courriel, lieu.telephone))

FEED = (sort, place, SITE, tickets, _REACHED)
CARD = (_commune,)
