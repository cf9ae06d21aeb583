"""What an article is in tables of kinds."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import BOX, CARD, Fact, byline, made, named, names, origin, texts
from portail.facts.common import whereabouts
from portail.facts.when import day_of
from portail.features.services.alentours.blocs import what_next
from portail.features.services.referencement import nodes
from portail.features.services.referencement.nodes import JSON_LD, work_node
from portail.model.entry import REDACTION
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.cards import few_facts, reading_time, signed
from portail.outputs.pages.entry.inputs import BLOCS, EntryInputs, OwnBlocs
from portail.outputs.pages.slots import (
    CARD_PARTS,
    SEARCH_BELOW,
    SEARCH_LINE,
    WEEKLY_DETAILS,
    CardParts,
    WeeklyLines,
)
from portail.outputs.pages.views.lists import Bloc, Card
from portail.site.facets import Pair
from portail.site.item import Item
from portail.site.kind_tables import VALUES, WANTED, Rows, Wanted
from portail.site.site import Site

from .model import Article


def _signed(item: Item, site: Site) -> Fact:
    # Signature of a content, when it is not that of the editors.
    alone = item.entry.auteurs == (REDACTION,)
    return Fact("Par", origin(item, site) or (() if alone else names(item, site, "auteurs")))


def article_values(item: Item, vocabularies: Vocabularies) -> Iterator[Pair]:
    entry = item.of(Article)
    if entry.genre:
        yield "genre", entry.genre
    if entry.publie_le:
        yield "annee", str(entry.publie_le.year)


def article_line(item: Item, card: Card, site: Site) -> str:
    return reading_time(item)


def article_details(item: Item, lines: WeeklyLines, section: str) -> Iterator[str]:
    yield byline(item, lines.site)
    yield reading_time(item)


def article_card(item: Item, site: Site) -> CardParts:
    return (*few_facts(item, site), reading_time(item)), ()


def article_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    cards = what_next(item, related, site)
    following = (Bloc("À lire ensuite", cards, code="ensuite"),) if cards else ()
    return OwnBlocs(rest=related, last=following)


def article_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A work with its length, who read it, where it takes one."""
    item = inputs.item
    entry = inputs.item.of(Article)
    town = item.town
    where = None
    if town:
        where = nodes.place(town, None, town)
    work = {key: value for key, value in work_node(inputs, site, node).items() if key != "name"}
    return {
        **work,
        "headline": node["name"],
        "wordCount": item.facts.words,
        "isAccessibleForFree": True,
        "editor": nodes.agents(entry, "relu_par", inputs.links, site.config, "Person"),
        "contentLocation": where,
    }


ROWS: Rows = {
    BOX: (whereabouts, named("Relu par", "relu_par")),
    CARD: (made("Publié le", lambda entry: texts(day_of(entry.publie_le))), _signed),
    CARD_PARTS: article_card,
    VALUES: article_values,
    SEARCH_LINE: article_line,
    SEARCH_BELOW: signed,
    WEEKLY_DETAILS: article_details,
    JSON_LD: article_node,
    BLOCS: article_blocs,
    WANTED: (Wanted(("themes",), "sans thème, il n’est lu que le jour où il paraît"),),
}
