"""Facts of each kind that channels show, in order: the single place to add a fact to all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from portail.diagnostics import PlanError
from portail.facts.audience import access, audience, capacity, formats, language, reserved, spoken
from portail.facts.base import (
    Fact,
    FactFunction,
    Value,
    coded,
    contacts,
    field,
    lacking,
    made,
    mail_and_phone,
    named,
    names,
    opened,
    sort,
    texts,
    web_site,
)
from portail.facts.funding import deadline, eligible, obtaining, until
from portail.facts.price import (
    booking,
    booking_contact,
    booking_today,
    online,
    postal_lines,
    price,
    town,
    venue,
    where,
)
from portail.facts.structures import tickets
from portail.facts.when import awaited, dates, day_of, state
from portail.model.articles import ASKING, DEMANDE, QUESTION, Annonce, Auteur
from portail.model.collections import Projet
from portail.model.entry import REDACTION
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.site.added import facts_of
from portail.site.item import Item
from portail.site.site import Site


def _loan(entry: Ressource) -> tuple[Value, ...]:
    price = entry.pret.tarif if entry.pret else None
    return texts("à emprunter", price) if entry.itinerante else ()


def _orcid(entry: Auteur) -> tuple[Value, ...]:
    return (Value(entry.orcid, f"https://orcid.org/{entry.orcid}"),) if entry.orcid else ()


def whereabouts(item: Item, site: Site) -> Fact:
    """The place that a content names, and its commune."""
    return Fact("Où", (*names(item, site, "lieu"), *texts(town(item.commune))))


def place(item: Item, site: Site) -> Fact:
    """The address of a place."""
    return Fact("Où", postal_lines(item.of(Lieu).adresse, item.commune))


def commune(item: Item, site: Site) -> Fact:
    """The commune of a content."""
    return Fact("Commune", texts(town(item.commune)))


def _signed(item: Item, site: Site) -> Fact:
    """Signature of a content, when it is not that of the editors."""
    alone = item.entry.auteurs == (REDACTION,)
    return Fact("Par", () if alone else names(item, site, "auteurs"))


def offered_by(item: Item, site: Site) -> Fact:
    """Structures that own and carry a resource."""
    keys = ("proprietaire", "porteur")
    return Fact("Proposé par", tuple(one for key in keys for one in names(item, site, key)))


_CONTACT = made("Contact", lambda entry: contacts(entry.contact))
_SITE = made("Site", lambda entry: web_site(entry.site))
_ASKED = {DEMANDE: "Demandé par", QUESTION: "Posée par"}


def _proposed(item: Item, site: Site) -> Fact:
    """Who publishes an announcement, or who asks."""
    label = _ASKED.get(item.of(Annonce).categorie or "", "Proposé par")
    return Fact(label, names(item, site, "organisme"))


_CARRIED = named("Porté par", "porteurs")
_DURATION = field("Durée", "duree")
_JOB = (coded("Contrat", "contrats", "contrat"), _DURATION, field("Rémunération", "remuneration"))
_KNOWN = (formats, language, spoken, access, capacity)
_BOOKED = (booking_today, booking_contact)
_YEARLY = named("Temps fort", "temps_fort")
_AMOUNT = field("Montant", "montant")
_REACHED = made("Contact", lambda one: mail_and_phone(one.courriel, one.telephone))
_HAD = (made("Accès", obtaining), made("Prêt", _loan))

BOX: Mapping[Kind, tuple[FactFunction, ...]] = MappingProxyType(
    {
        Kind.ARTICLE: (whereabouts, named("Relu par", "relu_par")),
        Kind.EVENT: (where, opened(online), price, opened(audience), *_KNOWN, *_BOOKED),
        Kind.ANNONCE: (deadline, _proposed, _YEARLY, whereabouts, *_JOB, _CONTACT),
        Kind.PROJET: (_CARRIED, whereabouts, _CONTACT),
        Kind.COMMUNAUTE: (named("Animée par", "animateurs"), _CONTACT),
        Kind.AUTEUR: (named("Structure", "affiliation"), made("ORCID", _orcid), _SITE),
    }
)
"""Practical box of a page."""
BEFORE: tuple[FactFunction, ...] = (reserved, awaited)
"""First lines of the practical box of an event, before its date."""
FEED: Mapping[Kind, tuple[FactFunction, ...]] = MappingProxyType(
    {
        Kind.EVENT: (state, dates, venue, online, price, audience, spoken, booking),
        Kind.ANNONCE: (until, sort, _proposed, whereabouts, *_JOB, _CONTACT),
        Kind.LIEU: (sort, place, _SITE, tickets, _REACHED),
        Kind.RESSOURCE: (sort, offered_by, eligible, until, _AMOUNT, audience, _DURATION, *_HAD),
        Kind.PROJET: (sort, _CARRIED, field("Il manque", "besoins"), _CONTACT),
    }
)
"""Head of a content in a feed; nothing of it depends on the day of the build."""
CARD: Mapping[Kind, tuple[FactFunction, ...]] = MappingProxyType(
    {
        Kind.ARTICLE: (made("Publié le", lambda entry: texts(day_of(entry.publie_le))), _signed),
        Kind.LIEU: (commune,),
        Kind.PROJET: (_CARRIED,),
        Kind.AUTEUR: (named("Structure", "affiliation"),),
    }
)
"""Details of a card; those of other kinds depend on the day of the build."""
CALENDAR: tuple[FactFunction, ...] = (reserved, price, audience, spoken, booking, online)
"""Lines of the description of an event in a calendar."""


def added(site: Site, channel: str, item: Item) -> Iterator[Fact]:
    """The facts with a value that features add to a channel, those of the instance too.
    Raises ``PlanError`` for what is no fact."""
    for name, make in facts_of(site.features, channel, item.entry.kind.value):
        fact = make(item, site)
        if not isinstance(fact, Fact):
            raise PlanError(
                f"Le greffon « {name} » donne à {item.ref} ce qui n’est pas un « Fact »."
            )
        if fact.values:
            yield fact


def box_of(item: Item, site: Site) -> tuple[Fact, ...]:
    """Facts of the practical box of a content; those that it lacks are a last fact, when few."""
    entry = item.entry
    known = (make(item, site) for make in BOX.get(entry.kind, ()))
    facts = (*known, *added(site, "page", item))
    if item.passe or getattr(entry, "etat", "") == "annule":
        return facts
    if isinstance(entry, Projet) and entry.avancement == "termine":
        return facts
    if isinstance(entry, Annonce) and entry.categorie in ASKING:
        return facts  # who asks may be nobody but an inhabitant
    expected = entry.kind.info.expected
    if item.partout:
        expected = tuple(one for one in expected if one != "Accessibilité")
    if isinstance(entry, Annonce) and family_of(entry, site) == "emploi":
        expected = ("Contrat", "Durée", "Rémunération", *expected)
    return (*facts, lacking(facts, *expected))


def family_of(entry: Annonce, site: Site) -> str:
    """Family of the category of an announcement: « emploi »; empty without one."""
    return site.vocabularies.detail("categories", entry.categorie, "famille")
