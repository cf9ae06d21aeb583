"""What a class may book, narrowed by facets: events, places, tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from portail.facts.channels import added
from portail.feature import FOR_CLASSES
from portail.features.kinds.ressources.tool_cards import undated_cards
from portail.features.services.facettes.lists import ListData, narrows
from portail.features.services.facettes.pages import narrowed_to
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
from portail.site.site import Site
from portail.site.tools import is_tool
from portail.site.urls import HOME, data_of
from portail.text.typography import nombre

from .levels import last_booking
from .list import CLASSES, OFFERS, offers
from .offers import offer_of


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
        last = None
        if card.fin:
            last = card.fin.isoformat()
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

    def arranged(items: Sequence[Item]) -> Grouped:
        groups = [
            Group(title, asked(of_kind, offer_card), "offres", name, avenir=True)
            for name, title in SECTIONS.items()
            if (of_kind := [item for item in items if item.entry.kind.value == name])
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
