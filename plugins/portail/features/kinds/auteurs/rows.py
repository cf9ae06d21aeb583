"""What an author is in tables of kinds."""

from __future__ import annotations

from typing import Any

from portail.facts.base import BOX, CARD, Value, made, named
from portail.facts.common import SITE
from portail.features.services.referencement import nodes
from portail.features.services.referencement.nodes import JSON_LD
from portail.model.kinds import Kind
from portail.outputs.pages.entry.inputs import ENTRY_FIELDS, EntryInputs
from portail.outputs.pages.frame import contribution
from portail.outputs.pages.views.shared import Vide
from portail.outputs.pages.words import WORDS
from portail.site.kind_tables import Rows
from portail.site.site import Site


def _orcid(entry: Any) -> tuple[Value, ...]:
    if entry.orcid:
        return (Value(entry.orcid, f"https://orcid.org/{entry.orcid}"),)
    return ()


_AFFILIATION = named("Structure", "affiliation")


def author_fields(inputs: EntryInputs, site: Site) -> dict[str, Any]:
    empty = Vide(WORDS["blocs"]["sans_auteur"], issues=contribution(site, Kind.ARTICLE))
    return {"vide": None if inputs.related.blocs else empty}


def auteur_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    entry: Any = inputs.item.entry
    orcid = ""
    if entry.orcid:
        orcid = f"https://orcid.org/{entry.orcid}"
    return {
        **node,
        "affiliation": nodes.agents(entry, "affiliation", inputs.links, site.config),
        "sameAs": [url for url in (orcid, entry.site) if url],
    }


ROWS: Rows = {
    BOX: (_AFFILIATION, made("ORCID", _orcid), SITE),
    CARD: (_AFFILIATION,),
    JSON_LD: auteur_node,
    ENTRY_FIELDS: author_fields,
}
