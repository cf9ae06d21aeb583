"""What JSON-LD says of a resource."""

from __future__ import annotations

from portail.facts.base import licence
from portail.features.kinds.ressources.model import Ressource
from portail.features.services.moteurs import nodes
from portail.features.services.moteurs.works import NOT_WORKS, work_node
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site


def ressource_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A work of its own type, with who offers it; a grant, with who funds it."""
    entry = inputs.item.of(Ressource)
    node["@type"] = site.vocabularies.detail(
        "types-ressources", entry.type, "schema", node["@type"]
    )
    terms = entry.acces.licence if entry.acces else None
    owner = nodes.agents(entry, "proprietaire", inputs.links, site.config)
    if node["@type"] in NOT_WORKS:
        return {**node, "funder": owner}
    work = work_node(inputs, site, node)
    work["author"] = nodes.agents(entry, "auteurs_ressource", inputs.links, site.config)
    return {
        **work,
        "provider": owner,
        "license": licence(terms, site.vocabularies).url,
        "dateCreated": str(entry.annee) if entry.annee else None,
    }
