"""A demande: what it states (what is wished, for whom, when, by what it was answered), and who and
what could answer it.

Its fields are of no other announcement (E277), but the publics. Answers are listed the nearest
first, on the desk of editors; the page of those who are not reached in a territory tells readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, Value, coded, names, naming, text_of, texts
from portail.facts.when import day_of
from portail.features.services.alentours.relations import (
    is_helper,
    nearest,
    nearest_by_lender,
    point_of_commune,
)
from portail.features.services.referencement import nodes
from portail.model.collections import DEMANDE, AnnouncementEntry
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, borrowable
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import capital, small

from .board import waiting
from .page import BOARD

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
    for article in names(item, site, "reponse"):
        yield Lien(article.text, article.url)


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


# Kilometres, as the crow flies, from which one may come or lend.
_REACH = 60.0
_MOST = 4
_TOOL = "outil"
_WORDS = rows_of("kinds.demandes", "mots")


def near_links(site: Site, ref: str) -> tuple[Lien, ...]:
    near = ((site.items[helper], distance) for helper, distance in _near(site, ref))
    return tuple(Lien(item.name, item.url, distance) for item, distance in near)


@answer
def _near(site: Site, ref: str) -> tuple[tuple[str, str], ...]:
    # References and distances in words.
    item = site.items[ref]
    point = point_of_commune(item.commune)
    if point is None:
        return ()
    if item.of(AnnouncementEntry).souhait == _TOOL:
        around = nearest_by_lender(point, borrowable(site), _MOST, _REACH)
    else:
        helpers = filter(is_helper, site.places)
        around = nearest(point, helpers, _MOST, _REACH)
    return tuple((near.item.ref, near.loin) for near in around)


_DESK = _WORDS["bureau"]


def desk_table(site: Site) -> Iterator[DeskTable]:
    """What waits for an answer: where, what, when, since when, who could answer."""
    if BOARD.links(site):
        yield DeskTable(
            "Demandes",
            BOARD.title,
            _DESK["phrase"],
            columns=tuple(_DESK["colonnes"]),
            rows=tuple((item, _cells(item, site)) for item in waiting(site, DEMANDE)),
            empty=_DESK["vide"],
        )


def _cells(item: Item, site: Site) -> tuple[str | tuple[Lien, ...], ...]:
    wished = (text_of(make(item, site).values) for make in (wish, period))
    return (
        item.town,
        ", ".join(filter(None, wished)),
        day_of(item.entry.publie_le),
        near_links(site, item.ref),
    )


def asked_in(site: Site, siren: str) -> Iterator[Lien]:
    """What waits for an answer in an EPCI."""
    for item in waiting(site, DEMANDE):
        if any(code == siren for code, _ in item.territoires):
            yield Lien(item.name, item.url)
