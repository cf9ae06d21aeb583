"""What a class may book, narrowed by facets: events, places, tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from portail.facts.structures import offer_of
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import _without_example, asked, card_of
from portail.outputs.pages.frame import words_of
from portail.outputs.pages.lists.facettes import narrowed_to
from portail.outputs.pages.lists.indexes import kinds_index
from portail.outputs.pages.lists.paging import Group, Grouped, Listing, Pages
from portail.outputs.pages.tool_cards import tool_cards
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows
from portail.site.indexes import OFFERS
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.narrowed import offers
from portail.site.reader import digest_value
from portail.site.school import last_booking
from portail.site.site import Site
from portail.site.urls import CLASSES, HOME
from portail.text.typography import nombre

SECTIONS: Mapping[str, str] = rows("pages")["classes-parties"]
"""Titles of the three sections, by kind of content."""
_DENSE_OFFERS = 4
"""Lines of a page: so many times the cards of a page."""
_STATES = frozenset({"brouillon", "programme", "en-ligne", "libre", "en-pret", "ferme"})
"""Labels that lines say too."""


@answer
def offer_card(site: Site, ref: str) -> Card:
    """The line of what a class may book."""
    item = site.items[ref]
    tool = item.entry.kind is Kind.RESSOURCE
    card = tool_cards(site)[ref] if tool else card_of(site, ref)
    told = offer_of(item, site)
    line = replace(
        card,
        feuille=None,
        precision=told.pour,
        details=tuple(_without_example(item.entry, told.details)),
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
    for pages in _offer_lists(site).values():
        yield from pages.plan(_offer_lists)


@per_site
def _offer_lists(site: Site) -> Mapping[str, Pages]:
    items = offers(site)
    words = words_of(site, "classes")

    def arranged(some: Sequence[Item]) -> Grouped:
        found = {name: [one for one in some if one.entry.kind.value == name] for name in SECTIONS}
        groups = [
            Group(SECTIONS[name], asked(held, offer_card), "lignes", name, avenir=True)
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
        taille=_DENSE_OFFERS * site.config.taille_page,
        template="classes.html",
    )
    return {one.url: Pages(site, one) for one in narrowed_to(site, first, OFFERS)}
