"""What JSON-LD says of an article."""

from __future__ import annotations

from portail.features.kinds.articles.model import Article
from portail.features.services.moteurs import nodes
from portail.features.services.moteurs.works import work_node
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site


def article_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """A work with its length, who read it, where it takes one."""
    item = inputs.item
    entry = inputs.item.of(Article)
    town = item.town
    where = nodes.place(town, None, town) if town else None
    work = {key: value for key, value in work_node(inputs, site, node).items() if key != "name"}
    return {
        **work,
        "headline": node["name"],
        "wordCount": item.facts.words,
        "isAccessibleForFree": True,
        "editor": nodes.agents(entry, "relu_par", inputs.links, site.config, "Person"),
        "contentLocation": where,
    }
