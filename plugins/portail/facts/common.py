"""Facts that contents of several kinds state."""

from __future__ import annotations

from portail.facts.base import Fact, coded, contacts, field, made, named, names, texts, web_site
from portail.facts.price import postal_lines, town
from portail.model.lieu import Lieu
from portail.site.item import Item
from portail.site.site import Site


def whereabouts(item: Item, site: Site) -> Fact:
    """The place that a content names, and its commune."""
    return Fact("Où", (*names(item, site, "lieu"), *texts(town(item.commune))))


def place(item: Item, site: Site) -> Fact:
    """The address of a place."""
    return Fact("Où", postal_lines(item.of(Lieu).adresse, item.commune))


CONTACT = made("Contact", lambda entry: contacts(entry.contact))
SITE = made("Site", lambda entry: web_site(entry.site))
CARRIED = named("Porté par", "porteurs")
DURATION = field("Durée", "duree")
JOB = (coded("Contrat", "contrats", "contrat"), DURATION, field("Rémunération", "remuneration"))
