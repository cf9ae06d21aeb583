"""What a class may book: one list of events, places and tools, narrowed by facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from portail.facts.structures import offer_of
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import card_of, said_once
from portail.outputs.pages.catalogue import tool_cards
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.indexes import kinds_index
from portail.outputs.pages.lists.narrowed import folders_of_values, narrowed_to
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, Pages
from portail.outputs.pages.views.lists import Card, ListingView
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows
from portail.site.indexes import OFFERS
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.narrowed import offers
from portail.site.reader import digest_value
from portail.site.school import last_booking
from portail.site.site import Site
from portail.site.urls import CLASSES, HOME
from portail.text.typography import nombre

SECTIONS: Mapping[str, str] = rows("pages")["classes-parties"]
"""Titles of the three sections, by kind of content."""
_DENSE = 4
"""Lines of a page: so many times the cards of a page."""
_STATES = frozenset({"brouillon", "programme", "en-ligne", "libre", "en-pret", "ferme"})
"""Labels that lines say too."""


@per_site
def offer_cards(site: Site) -> Mapping[str, Card]:
    """The line of everything that a class may book, by reference."""
    return {item.ref: _card(item, site) for item in offers(site)}


def _card(item: Item, site: Site) -> Card:
    tool = item.entry.kind is Kind.RESSOURCE
    card, told = (
        tool_cards(site)[item.ref] if tool else card_of(site, item.ref),
        offer_of(item, site),
    )
    line = replace(
        card,
        feuille=None,
        precision=told.pour,
        details=tuple(said_once(item.entry, told.details)),
        etiquettes=tuple(one for one in card.etiquettes if one.code in _STATES),
        fin=last_booking(item),
        suite=(),
        ancien="",
        digest="",
    )
    return replace(line, digest=digest_value(line))


def plan_classes(site: Site) -> Iterator[TemplatePage]:
    """The list and the pages of its values."""
    if not offers(site):
        return
    for url, pages in _lists(site).items():
        yield from pages.plan(_show, url)
    yield from folders_of_values(site, _lists(site)[CLASSES].listing, OFFERS)


def _show(site: Site, url: str, number: int) -> ListingView:
    return _lists(site)[url].view(number)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    """The list and those of its values, by address."""
    items, cards, words = offers(site), offer_cards(site), words_of(site, "classes")

    def arranged(some: Sequence[Item]) -> Grouped:
        found = {name: [one for one in some if one.entry.kind.value == name] for name in SECTIONS}
        groups = [
            Group(
                SECTIONS[name], tuple(cards[one.ref] for one in held), "lignes", name, avenir=True
            )
            for name, held in found.items()
            if held
        ]
        index = (replace(one, texte=one.texte.partition(" ")[0]) for one in kinds_index(groups))
        return Grouped(groups, tuple(index))

    grouped = arranged(items)
    first = Listing(
        url=CLASSES,
        titre=words["titre"],
        chapo=words["chapo"],
        kind="classes",
        nombre=f"{nombre(len(items))} {OFFERS.counted(len(items))}",
        groups=grouped.groups,
        index=grouped.index,
        rangement=arranged,
        fil=(Lien("Accueil", HOME),),
        rubrique="",
        taille=_DENSE * site.config.taille_page,
        template="classes.html",
    )
    return {one.url: Pages(site, one) for one in narrowed_to(site, first, OFFERS)}
