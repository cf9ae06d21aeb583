"""What a place or a structure states: where it is, its prices, how one reaches it."""

from __future__ import annotations

from portail.facts.base import Fact, made, mail_and_phone, sort, texts
from portail.facts.common import SITE, place
from portail.facts.price import town
from portail.features.lieux.structures import tickets
from portail.site.item import Item
from portail.site.site import Site


def _commune(item: Item, site: Site) -> Fact:
    return Fact("Commune", texts(town(item.commune)))


_REACHED = made("Contact", lambda lieu: mail_and_phone(lieu.courriel, lieu.telephone))

FEED = (sort, place, SITE, tickets, _REACHED)
CARD = (_commune,)
