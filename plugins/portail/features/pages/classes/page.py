"""What a class may book, narrowed by facets: events, places, tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace

from portail.facts.audience import ages, groups, publics
from portail.facts.base import Value, contacts, mail_and_phone, names, sort, text_of
from portail.facts.channels import added
from portail.facts.place import place_of
from portail.facts.price import booking, booking_deadline, price
from portail.facts.when import occurrence_phrase
from portail.feature import FOR_CLASSES
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.state import open_days
from portail.features.kinds.lieux.structures import delay, group_size
from portail.features.kinds.ressources.model import Ressource
from portail.features.kinds.ressources.tool_cards import undated_cards
from portail.features.services.facettes.lists import ListData, narrows
from portail.features.services.facettes.pages import narrowed_to
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.outputs.base import Artifact, TemplatePage, TextFile, text_file
from portail.outputs.pages.cards import asked, below_title, card_of
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.indexes import kinds_index
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, Pages
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien, NavGroup, Vide
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, kept_answer, per_site
from portail.site.narrowed import narrowed
from portail.site.reader import digest_value
from portail.site.school import SCHOOL
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.site.urls import HOME, data_of
from portail.text.dates import periode
from portail.text.typography import capital, nombre

from .levels import last_booking
from .list import CLASSES, OFFERS, offers

# What a teacher asks first of what a class may book: for whom, where, when, how many, how much,
# how one books. The unknown is not said.

_YEAR = timedelta(days=365)
_MONTH = timedelta(days=30)


class Offer(NamedTuple):
    """What a line says of an offer."""

    pour: str
    details: tuple[str, ...]


def offer_of(item: Item, site: Site) -> Offer:
    """What is said of a content that a class may book."""
    if isinstance(item.entry, Event):
        whom = _classes(item, site)
        details_of = _event(item, site)
    else:
        codes = [code for code in item.of(Lieu, Ressource).publics if code in SCHOOL]
        levels = site.vocabularies.labels("publics", codes)
        whom = iter((text_of(sort(item, site).values), levels))
        details_of = _lieu(item, site) if isinstance(item.entry, Lieu) else _tool(item, site)
    details = tuple(map(capital, filter(None, details_of)))
    return Offer(" · ".join(filter(None, whom)), details)


def _classes(item: Item, site: Site) -> Iterator[str]:
    # Classes by their names, else publics; subjects, else ages.
    by_label = {fact.label: fact for fact in groups(item, site)[1]}
    yield by_label["Niveaux"].short or text_of(publics(item, site).values)
    yield text_of(by_label["Disciplines"].values) or ages(item, site).short


def _event(item: Item, site: Site) -> Iterator[str]:
    event = item.of(Event)
    today = site.day.date
    by_label = {fact.label: fact.short for fact in groups(item, site)[1]}
    most = event.groupes.effectif_max if event.groupes else None
    yield _when(item, site)
    yield place_of(item, site)
    yield by_label["Durée"]
    yield f"{nombre(most)} élèves au plus" if most else ""
    yield by_label["Prix du groupe"] or price(item, site).short
    yield booking_deadline(event, today)
    yield _ways(booking(item, site).values[1:])


def _when(item: Item, site: Site) -> str:
    # Its dates to come: the only one, else how many and from when to when.
    coming = [
        occurrence
        for occurrence in item.occurrences
        if occurrence.is_to_come(site.day.date) and occurrence.maintained
    ]
    if len(coming) < 2:
        return "".join(map(occurrence_phrase, coming))
    first = coming[0].first_day
    last = max(occurrence.last_day for occurrence in coming)
    return f"{nombre(len(coming))} séances, {periode(first, last)}"


def _lieu(item: Item, site: Site) -> Iterator[str]:
    place = item.of(Lieu)
    terms = place.groupes
    yield item.town
    yield "toute l’année" if place.horaires_ouverture and _all_year(item, site) else ""
    yield place.duree_visite or ""
    yield group_size(terms) if terms else ""
    yield delay(terms.delai_jours) if terms else ""
    yield _ways(contacts(terms) or mail_and_phone(place.courriel, place.telephone))


def _all_year(item: Item, site: Site) -> bool:
    # Whether a place opens in each month of the year that begins.
    first = site.day.date
    days = (first + rank * _MONTH for rank in range(_YEAR // _MONTH))
    return all(any(open_days(site, item, day, day + _MONTH)) for day in days)


def _tool(item: Item, site: Site) -> Iterator[str]:
    tool = item.of(Ressource)
    yield ", ".join(filter(None, (text_of(names(item, site, "proprietaire")), item.town)))
    yield tool.duree or ""
    yield capital((tool.pret and tool.pret.tarif) or "")
    yield delay(tool.pret.delai_jours) if tool.pret else ""


def _ways(values: Iterable[Value]) -> str:
    ways = [*values]
    signed = sorted((way for way in ways if way.sign), key=lambda way: way.sign, reverse=True)
    if signed:
        return f"réserver : {', '.join(way.text for way in signed)}"
    if ways:
        return "réservation en ligne"
    return ""


def plan_data(site: Site) -> Iterator[TextFile]:
    if narrows(site, OFFERS):
        yield text_file(site, data_of(OFFERS.url), _offers)


def _offers(site: Site) -> Iterator[str]:
    data = ListData(site, OFFERS.url)
    sections = list(SECTIONS)
    rows = []
    for ref, pairs in data.pairs.items():
        card = offer_card(site, ref)
        row = data.table.row(card, card.details, site.items[ref].commune, pairs)
        last = card.fin.isoformat() if card.fin else None
        rows.append([*row, data.labels(card), last, sections.index(card.kind)])
    return data.text(rows, parties=[*SECTIONS.values()])


def plan(site: Site) -> Iterator[Artifact]:
    yield from plan_classes(site)
    yield from plan_data(site)


_WORDS: Mapping[str, Any] = rows_of("pages.classes", "mots")
_TITLE = _WORDS["page"]["titre"]
# Titles of the three sections, by kind of content.
SECTIONS: Mapping[str, str] = _WORDS["parties"]
# Lines of a page: so many times the cards of a page.
_DENSE_OFFERS = 4
_LAST = [*Kind][-1]
# Labels that lines say too.
_STATES = frozenset({"brouillon", "programme", "en-ligne", "libre", "en-pret", "ferme"})


@kept_answer
def offer_card(site: Site, ref: str) -> Card:
    """The line of what a class may book."""
    item = site.items[ref]
    tool = is_tool(item)
    card = undated_cards(site)[ref] if tool else card_of(site, ref)
    offer = offer_of(item, site)
    more = [fact.brief for fact in added(site, FOR_CLASSES, item)]
    line = replace(
        card,
        feuille=None,
        precision=offer.pour,
        details=tuple(below_title(item.entry, (*offer.details, *more))),
        etiquettes=tuple(label for label in card.etiquettes if label.code in _STATES),
        fin=last_booking(item),
        suite=(),
        ancien="",
        digest="",
    )
    return replace(line, digest=digest_value(line))


@answer
def class_links(site: Site) -> tuple[Lien, ...]:
    """The link to what a class may book, when there is something."""
    if offers(site):
        return (Lien(_TITLE, CLASSES),)
    return ()


def home_door(site: Site) -> tuple[Lien, ...]:
    """The same, on the home page, as who teaches says it."""
    return tuple(replace(link, texte="Pour ma classe") for link in class_links(site))


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    if kind in OFFERS.kinds:
        return class_links(site)
    return ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan, below all kinds."""
    if kind is _LAST and (links := class_links(site)):
        yield NavGroup(_TITLE, links)


def plan_classes(site: Site) -> Iterator[TemplatePage]:
    """The list and the pages of its values. Their addresses stay when all that a class could book
    is over, and lead to the list."""
    if not offers(site) and narrowed(site, OFFERS) is None:
        return
    for pages in _offer_lists(site).values():
        yield from pages.plan(_offer_lists)


@per_site
def _offer_lists(site: Site) -> Mapping[str, Pages]:
    items = offers(site)
    words = words_of(site, _WORDS["page"])

    def arranged(some: Sequence[Item]) -> Grouped:
        groups = [
            Group(title, asked(of_kind, offer_card), "offres", name, avenir=True)
            for name, title in SECTIONS.items()
            if (of_kind := [item for item in some if item.entry.kind.value == name])
        ]
        index = (replace(link, texte=link.texte.partition(" ")[0]) for link in kinds_index(groups))
        return Grouped(groups, tuple(index))

    grouped = arranged(items)
    first = Listing(
        url=CLASSES,
        titre=_TITLE,
        chapo=words["chapo"],
        kind="classes",
        nombre=f"{nombre(len(items))} {OFFERS.counted(len(items))}",
        groups=grouped.groups,
        index=grouped.index,
        vide=None if items else Vide(f"{OFFERS.none_of_it} en ce moment"),
        rangement=arranged,
        fil=(Lien("Accueil", HOME),),
        rubrique="",
        taille=_DENSE_OFFERS * site.config.taille_page,
        template="classes.html",
    )
    return {listing.url: Pages(site, listing) for listing in narrowed_to(site, first, OFFERS)}
