"""What JSON-LD says of a place or a structure."""

from __future__ import annotations

from portail.features.lieux.state import lieu_state
from portail.features.lieux.visit import visit_node
from portail.features.moteurs import nodes
from portail.model.lieu import Lieu
from portail.outputs.pages.context import context_of
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site


def lieu_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """What it is, how one visits it, how one reaches it."""
    item = inputs.item
    entry = inputs.item.of(Lieu)
    context = context_of(site)
    sites = [entry.site, *(url for _, url in entry.reseaux_sociaux)]
    structure = nodes.structure(entry, item.commune, node["url"], context)
    kind = structure["@type"]
    visit = visit_node(entry, lieu_state(site, item.ref), kind, context)
    organisation = {
        "email": entry.courriel,
        "memberOf": nodes.agents(entry, "membre_de", inputs.links, context.config),
    }
    return {
        **node,
        **structure,
        **(visit if kind in nodes.VENUES else {}),
        "telephone": entry.telephone,
        "sameAs": [url for url in sites if url],
        **(organisation if kind not in nodes.VENUES - nodes.BUSINESSES else {}),
    }
