"""Facts that contents of several kinds state."""

from __future__ import annotations

from portail.site.item import Item
from portail.site.site import Site

from .base import Fact, coded, contacts, field, made, named, names, texts, web_site
from .place import town


def whereabouts(item: Item, site: Site) -> Fact:
    return Fact("Où", (*names(item, site, "lieu"), *texts(town(item.commune))))


CONTACT = made("Contact", lambda entry: contacts(entry.contact))
SITE = made("Site", lambda entry: web_site(entry.site))
CARRIED = named("Porté par", "porteurs")
DURATION = field("Durée", "duree")
JOB = (coded("Contrat", "contrats", "contrat"), DURATION, field("Rémunération", "remuneration"))
