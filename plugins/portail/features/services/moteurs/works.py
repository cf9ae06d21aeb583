"""What JSON-LD says of works: texts and tools that someone made."""

from __future__ import annotations

from portail.facts.base import licence, origin
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site
from portail.text.typography import plain

from . import nodes

# Types of resources that are no ``CreativeWork``: nobody publishes them, they have no language.
NOT_WORKS = frozenset({"Demand", "MonetaryGrant"})


def work_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A text or a tool: who made it, when, under which licence, from which sources."""
    entry = inputs.item.entry
    config = site.config
    return {
        **node,
        "datePublished": entry.publie_le.isoformat() if entry.publie_le else None,
        "dateModified": entry.modifie.isoformat() if entry.modifie else None,
        "author": nodes.agents(entry, "auteurs", inputs.links, config, "Person"),
        "publisher": nodes.publisher(config),
        "license": licence(entry.licence, site.vocabularies).url,
        "about": [site.vocabularies.label("themes", code) for code in entry.themes],
        "keywords": list(entry.mots_cles),
        "isBasedOn": next(
            (source.url for source in origin(inputs.item, site) if entry.d_apres), None
        ),
        "citation": [
            nodes.kept(
                {
                    "@type": "CreativeWork",
                    "name": plain(reference.titre),
                    "url": reference.url or reference.doi_url,
                }
            )
            for reference in entry.references
        ],
    }
