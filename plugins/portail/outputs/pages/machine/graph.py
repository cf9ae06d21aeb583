"""Open Graph for shared links, JSON-LD for engines; neither is shown without SITEURL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portail.config import SiteConfig
from portail.facts.base import licence
from portail.facts.when import STATES
from portail.model.articles import Article, Auteur
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.empreintes import shown_theme
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.machine import nodes
from portail.outputs.pages.machine.events import event_node, series_node
from portail.outputs.pages.page_context import PageContext, context_of
from portail.outputs.pages.slots import MACHINE
from portail.outputs.pages.states import LieuState
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Machine, PageView, Picture
from portail.site.site import Site
from portail.site.urls import HOME, shared_of
from portail.text.typography import plain

_CONTEXT = "https://schema.org"
_SHARED_SIZE = (1200, 630)


def graph(view: PageView, config: SiteConfig) -> nodes.Node:
    """The JSON-LD of a page: what it is about and where it stands; for the home page, the site."""
    found = list(view.machine.donnees) if view.machine else []
    if view.url == HOME:
        found.append(nodes.site_node(config, view.cadre.recherche))
    if len(view.fil) > 1:  # one step is no path
        found.append(nodes.breadcrumb(view.fil, view.titre, config))
    return {"@context": _CONTEXT, "@graph": found}


def entry_machine(inputs: EntryInputs, site: Site) -> Machine:
    """Open Graph and JSON-LD of the page of one content."""
    entry = inputs.item.entry
    context = context_of(site)
    node = _common(inputs, context)
    special = _HANDLERS.get(entry.kind)
    if isinstance(entry, Event):
        node = event_node(inputs, site, node)
    elif special:
        node = special(inputs, context, node)
    node |= dict(MACHINE.ask(site, inputs.item))
    if entry.kind.info.speaks and node["@type"] not in _NOT_WORKS:
        node["inLanguage"] = entry.langue
    kind = "article" if entry.kind is Kind.ARTICLE else "website"
    state = STATES.get(entry.etat, "") if isinstance(entry, Event) else ""
    return Machine(shared(inputs.card, entry), kind, (nodes.kept(node),), state)


def shared(card: Card, entry: Entry) -> Picture:
    """What a shared link shows: the content's picture, else a PNG of the theme, for networks show
    no SVG."""
    return card.image or Picture(shared_of(shown_theme(entry.themes)), "", *_SHARED_SIZE)


def _common(inputs: EntryInputs, context: PageContext) -> nodes.Node:
    card = inputs.card
    item = inputs.item
    config = context.config
    entry = item.entry
    url = config.absolute(card.url)
    return {
        "@type": entry.kind.info.schema,
        "@id": f"{url}#contenu",
        "url": url,
        "name": plain(entry.titre),
        "description": plain(entry.resume or item.facts.excerpt),
        "image": nodes.image_node(
            shared(card, entry) if entry.kind.info.pictured else card.image, config
        ),
    }


def _work(inputs: EntryInputs, context: PageContext, node: nodes.Node) -> nodes.Node:
    """A text or a tool: who made it, when, under which licence, from which sources."""
    entry = inputs.item.entry
    config = context.config
    return {
        **node,
        "datePublished": entry.publie_le.isoformat() if entry.publie_le else None,
        "dateModified": entry.modifie.isoformat() if entry.modifie else None,
        "author": nodes.agents(entry, "auteurs", inputs.links, config, "Person"),
        "publisher": nodes.publisher(config),
        "license": licence(entry.licence, context.vocabularies).url,
        "about": [context.label("themes", code) for code in entry.themes],
        "keywords": list(entry.mots_cles),
        "citation": [
            nodes.kept(
                {"@type": "CreativeWork", "name": plain(one.titre), "url": one.url or one.doi_url}
            )
            for one in entry.references
        ],
    }


def _article(inputs: EntryInputs, context: PageContext, node: nodes.Node) -> nodes.Node:
    item = inputs.item
    entry = inputs.item.of(Article)
    town = item.town
    where = nodes.place(town, None, town) if town else None
    work = {key: value for key, value in _work(inputs, context, node).items() if key != "name"}
    return {
        **work,
        "headline": node["name"],
        "wordCount": item.facts.words,
        "isAccessibleForFree": True,
        "editor": nodes.agents(entry, "relu_par", inputs.links, context.config, "Person"),
        "contentLocation": where,
    }


def _ressource(inputs: EntryInputs, context: PageContext, node: nodes.Node) -> nodes.Node:
    entry = inputs.item.of(Ressource)
    node["@type"] = context.vocabularies.detail(
        "types-ressources", entry.type, "schema", node["@type"]
    )
    terms = entry.acces.licence if entry.acces else None
    owner = nodes.agents(entry, "proprietaire", inputs.links, context.config)
    if node["@type"] in _NOT_WORKS:
        return {**node, "funder": owner}
    work = _work(inputs, context, node)
    work["author"] = nodes.agents(entry, "auteurs_ressource", inputs.links, context.config)
    return {
        **work,
        "provider": owner,
        "license": licence(terms, context.vocabularies).url,
        "dateCreated": str(entry.annee) if entry.annee else None,
    }


def _lieu(inputs: EntryInputs, context: PageContext, node: nodes.Node) -> nodes.Node:
    item = inputs.item
    entry = inputs.item.of(Lieu)
    sites = [entry.site, *(url for _, url in entry.reseaux_sociaux)]
    told = nodes.structure(entry, item.commune, node["url"], context)
    state = inputs.etat if isinstance(inputs.etat, LieuState) else None
    kind = told["@type"]
    organisation = {
        "email": entry.courriel,
        "memberOf": nodes.agents(entry, "membre_de", inputs.links, context.config),
    }
    return {
        **node,
        **told,
        **(nodes.visit_node(entry, state, kind, context) if kind in nodes.VENUES else {}),
        "telephone": entry.telephone,
        "sameAs": [url for url in sites if url],
        **(organisation if kind not in nodes.VENUES - nodes.BUSINESSES else {}),
    }


def _auteur(inputs: EntryInputs, context: PageContext, node: nodes.Node) -> nodes.Node:
    entry = inputs.item.of(Auteur)
    orcid = f"https://orcid.org/{entry.orcid}" if entry.orcid else ""
    return {
        **node,
        "affiliation": nodes.agents(entry, "affiliation", inputs.links, context.config),
        "sameAs": [url for url in (orcid, entry.site) if url],
    }


_NOT_WORKS = frozenset({"MonetaryGrant", "Demand"})
"""Types that are no ``CreativeWork``: nobody publishes them, they have no language."""

_HANDLERS: Mapping[Kind, Callable[[EntryInputs, PageContext, nodes.Node], nodes.Node]] = (
    MappingProxyType(
        {
            Kind.ARTICLE: _article,
            Kind.TEMPS_FORT: series_node,
            Kind.RESSOURCE: _ressource,
            Kind.LIEU: _lieu,
            Kind.AUTEUR: _auteur,
            Kind.DOSSIER: _work,
        }
    )
)
