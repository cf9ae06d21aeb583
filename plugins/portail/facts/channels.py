"""Facts that channels show of each kind, in order: the one place to add a fact to all of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from portail.facts.audience import access, audience, capacity, formats, language
from portail.facts.base import (
    Fact,
    Maker,
    Value,
    coded,
    contacts,
    field,
    lacking,
    mail_and_phone,
    named,
    opened,
    texts,
    web_site,
)
from portail.facts.price import booking, booking_contact, booking_today, price
from portail.facts.when import dates, day_of, state
from portail.facts.where import online, postal_lines, town_of, venue, where
from portail.model.annonce import Annonce
from portail.model.auteur import Auteur
from portail.model.communaute import Communaute
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.projet import Projet
from portail.model.ressource import Ressource
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital


def reach(item: Item, site: Site) -> Fact:
    """Ways to reach whoever proposes or carries a content."""
    entry = item.entry
    if isinstance(entry, Lieu):
        return Fact("Contact", mail_and_phone(entry.courriel, entry.telephone))
    assert isinstance(entry, Annonce | Projet | Communaute)
    return Fact("Contact", contacts(entry.contact))


def deadline(item: Item, site: Site) -> Fact:
    """The last day of an announcement or of a funding."""
    entry = item.entry
    assert isinstance(entry, Annonce | Ressource)
    full = capital(jour(entry.echeance)) if entry.echeance else None
    return Fact("Jusqu’au", texts(full), short=day_of(entry.echeance), value=entry.echeance)


def until(item: Item, site: Site) -> Fact:
    """The same day, without its week day."""
    fact = deadline(item, site)
    return fact._replace(values=texts(fact.short))


def spot(item: Item, site: Site) -> Fact:
    """The place that a content names, and its commune."""
    return Fact("Où", (*named("Où", "lieu")(item, site).values, *texts(town_of(item))))


def place(item: Item, site: Site) -> Fact:
    """The address of a place."""
    assert isinstance(item.entry, Lieu)
    return Fact("Où", postal_lines(item.entry.adresse, town_of(item)))


def home_page(item: Item, site: Site) -> Fact:
    """The web site of a place or of a person."""
    assert isinstance(item.entry, Lieu | Auteur)
    return Fact("Site", web_site(item.entry.site))


def orcid(item: Item, site: Site) -> Fact:
    """The identifier of a researcher."""
    code = item.entry.orcid if isinstance(item.entry, Auteur) else None
    return Fact("ORCID", (Value(code, f"https://orcid.org/{code}"),) if code else ())


def offered_by(item: Item, site: Site) -> Fact:
    """Who owns or carries a resource."""
    owner, carrier = (named("", key)(item, site).values for key in ("proprietaire", "porteur"))
    return Fact("Proposé par", (*owner, *carrier))


def obtaining(item: Item, site: Site) -> Fact:
    """Where a resource is, and at what price."""
    one = item.entry.acces if isinstance(item.entry, Ressource) else None
    return Fact("Accès", (*web_site(one.url), *texts(one.tarif)) if one else ())


def loan(item: Item, site: Site) -> Fact:
    """That a resource can be borrowed, and at what price."""
    entry = item.entry
    if not isinstance(entry, Ressource) or not entry.itinerante:
        return Fact("Prêt")
    return Fact("Prêt", texts("à emprunter", entry.pret.tarif if entry.pret else None))


_JOB = (
    coded("Contrat", "contrats", "contrat"),
    field("Durée", "duree"),
    field("Rémunération", "remuneration"),
)
_CARRIED = named("Porté par", "porteurs")

BOX: Mapping[Kind, tuple[Maker, ...]] = MappingProxyType(
    {
        Kind.ARTICLE: (spot, named("Relu par", "relu_par")),
        Kind.EVENT: (where, opened(online), price, opened(audience), formats, language, access,
                     capacity, booking_today, booking_contact),
        Kind.ANNONCE: (deadline, named("Proposé par", "organisme"), spot, *_JOB, reach),
        Kind.PROJET: (_CARRIED, spot, reach),
        Kind.COMMUNAUTE: (named("Animée par", "animateurs"), reach),
        Kind.AUTEUR: (named("Structure", "affiliation"), orcid, home_page),
    }
)  # fmt: skip
"""Practical box of a page."""
FEED: Mapping[Kind, tuple[Maker, ...]] = MappingProxyType(
    {
        Kind.EVENT: (state, dates, venue, online, price, audience, booking),
        Kind.ANNONCE: (until, coded("Catégorie", "categories", "categorie"),
                       named("Proposé par", "organisme"), spot, *_JOB, reach),
        Kind.LIEU: (coded("Type", "types-lieux", "type"), place, home_page, reach),
        Kind.RESSOURCE: (coded("Type", "types-ressources", "type"), offered_by,
                         field("Pour qui", "pour_qui"), until, field("Montant", "montant"),
                         audience, field("Durée", "duree"), obtaining, loan),
        Kind.PROJET: (coded("Avancement", "avancements", "avancement"), _CARRIED,
                      field("Il manque", "besoins"), reach),
    }
)  # fmt: skip
"""Head of a content in a feed; nothing of it depends on the day of the build."""
CALENDAR: tuple[Maker, ...] = (price, audience, booking, online)
"""Lines of the description of an event in a calendar."""
_EXPECTED = {
    Kind.EVENT: ("Tarif", "Public", "Accessibilité", "Inscription"),
    Kind.ANNONCE: ("Contact",),
    Kind.PROJET: ("Contact",),
    Kind.COMMUNAUTE: ("Contact",),
}
"""Labels that a page misses when they have no value."""


@answer
def box_of(site: Site, ref: str) -> tuple[Fact, ...]:
    """Facts of the practical box of a content, then one for those that it lacks."""
    item = site.items[ref]
    entry = item.entry
    facts = tuple(make(item, site) for make in BOX.get(entry.kind, ()))
    if item.passe or getattr(entry, "etat", "") == "annule":
        return facts
    if isinstance(entry, Projet) and entry.avancement == "termine":
        return facts
    expected = _EXPECTED.get(entry.kind, ())
    if isinstance(entry, Annonce) and family_of(entry, site) == "emploi":
        expected = ("Contrat", "Durée", "Rémunération", *expected)
    return (*facts, lacking(facts, *expected))


def family_of(entry: Annonce, site: Site) -> str:
    """Family of the category of an announcement: « emploi »; empty without one."""
    term = site.vocabularies["categories"].get(entry.categorie or "")
    return str(term.extra.get("famille", "")) if term else ""
