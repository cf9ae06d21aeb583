"""Open Graph for shared links, JSON-LD for engines; neither is shown without SITEURL."""

from __future__ import annotations

from collections.abc import Iterator

from portail.config import SiteConfig
from portail.facts.when import STATES
from portail.features.services.facades.share import picture_of
from portail.model.event import Event
from portail.outputs.empreintes import shown_theme
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.slots import MACHINE
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Machine, PageView, Picture
from portail.outputs.pictures import SHARED_SIZE
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import HOME, shared_of
from portail.text.typography import plain

from . import nodes
from .by_kind import JSON_LD
from .works import NOT_WORKS

_CONTEXT = "https://schema.org"


def graph(view: PageView, config: SiteConfig) -> nodes.Node:
    """The JSON-LD of a page: what it is about and where it stands; for the home page, the site."""
    graph_nodes = []
    if view.machine:
        graph_nodes = list(view.machine.donnees)
    if view.url == HOME:
        graph_nodes.append(nodes.site_node(config, view.cadre.recherche))
    if len(view.fil) > 1:  # one step is no path
        graph_nodes.append(nodes.breadcrumb(view.fil, view.titre, config))
    return {"@context": _CONTEXT, "@graph": graph_nodes}


def described(site: Site, inputs: EntryInputs) -> Iterator[Machine]:
    """Open Graph and JSON-LD of the page of one content."""
    entry = inputs.item.entry
    node = _common(inputs, site)
    if completed := JSON_LD.of(site.features, entry.kind):
        node = completed(inputs, site, node)
    node |= dict(MACHINE.ask(site, inputs.item))
    if entry.kind.info.speaks and node["@type"] not in NOT_WORKS:
        node["inLanguage"] = entry.langue
    kind = entry.kind.info.shared
    state = ""
    if isinstance(entry, Event):
        state = STATES.get(entry.etat, "")
    yield Machine(shared(inputs.card, inputs.item, site), kind, (nodes.kept(node),), state)


def shared(card: Card, item: Item, site: Site) -> Picture:
    """What a shared link shows: the content's picture, its place drawn, else a PNG of the theme,
    for networks show no SVG."""
    theme = Picture(shared_of(shown_theme(item.entry.themes)), "", *SHARED_SIZE)
    return card.image or picture_of(item, site) or theme


def _common(inputs: EntryInputs, site: Site) -> nodes.Node:
    card = inputs.card
    item = inputs.item
    config = site.config
    entry = item.entry
    url = config.absolute(card.url)
    return {
        "@type": entry.kind.info.schema,
        "@id": f"{url}#contenu",
        "url": url,
        "name": plain(entry.titre),
        "description": plain(entry.resume or item.facts.excerpt),
        "image": nodes.image_node(
            shared(card, item, site) if entry.kind.info.pictured else card.image, config
        ),
    }
