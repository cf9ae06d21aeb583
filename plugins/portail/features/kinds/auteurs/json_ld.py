"""What JSON-LD says of an author."""

from __future__ import annotations

from portail.features.kinds.auteurs.model import Auteur
from portail.features.services.moteurs import nodes
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site


def auteur_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A person, with their structure and what identifies them elsewhere."""
    entry = inputs.item.of(Auteur)
    orcid = f"https://orcid.org/{entry.orcid}" if entry.orcid else ""
    return {
        **node,
        "affiliation": nodes.agents(entry, "affiliation", inputs.links, site.config),
        "sameAs": [url for url in (orcid, entry.site) if url],
    }
