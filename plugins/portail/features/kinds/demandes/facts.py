"""What a demande states: what is wished, for whom, when, by what it was answered. Its fields are
of no other announcement (E277), but the publics."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, Value, coded, names, naming, text_of, texts
from portail.facts.when import day_of
from portail.features.services.referencement import nodes
from portail.model.collections import DEMANDE, AnnouncementEntry
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital, small

# « Conférence ».
wish = coded("Souhait", "souhaits", "souhait")


def is_demande(item: Item) -> bool:
    """Whether a content asks for something to come."""
    return isinstance(item.entry, AnnouncementEntry) and item.entry.categorie == DEMANDE


def public(item: Item, site: Site) -> Fact:
    labels = site.vocabularies.labels("publics", item.of(AnnouncementEntry).publics)
    return Fact("Pour", texts(labels) if is_demande(item) else ())


def period(item: Item, site: Site) -> Fact:
    """« Du 8 novembre au 17 décembre 2027 », « À partir du… », « Jusqu’au… »."""
    entry = item.of(AnnouncementEntry)
    if entry.du and entry.au:
        text = periode(entry.du, entry.au)
    elif entry.du:
        text = f"à partir du {day_of(entry.du)}"
    else:
        text = f"jusqu’au {day_of(entry.au)}" if entry.au else ""
    return Fact("Souhaité", texts(capital(text)))


def brief(item: Item, site: Site) -> Fact:
    """The three in few words: « Conférence, primaire, du 8 novembre au 17 décembre 2027 »."""
    values = texts(*(text_of(make(item, site).values) for make in (wish, public, period)))
    first, *rest = (value.text for value in values) if values else ("",)
    return Fact("Souhait", values, short=", ".join((first, *map(small, rest))))


def answers(site: Site, item: Item) -> Iterator[Lien]:
    for answer in names(item, site, "reponse"):
        yield Lien(answer.text, answer.url)


def answering(item: Item, site: Site) -> Fact:
    demandes = naming(item, site, "reponse")
    return Fact("Répond à", tuple(Value(demande.name, demande.url) for demande in demandes))


def demand(site: Site, item: Item) -> Iterator[tuple[str, object]]:
    """Its properties in JSON-LD (https://schema.org/Demand): what is wished, where, between
    which days, until when one answers."""
    if not is_demande(item):
        return
    entry = item.of(AnnouncementEntry)
    label = site.vocabularies.label("souhaits", entry.souhait)
    yield "@type", "Demand"
    yield "itemOffered", nodes.kept({"@type": "Service", "name": label})
    yield "areaServed", nodes.place(item.town, None, item.town) if item.town else None
    days = {
        "availabilityStarts": entry.du,
        "availabilityEnds": entry.au,
        "validFrom": entry.publie_le,
        "validThrough": entry.echeance,
    }
    for name, day in days.items():
        yield name, day and day.isoformat()
