"""What JSON-LD says of a place or a structure."""

from __future__ import annotations

from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.lieux.state import lieu_state
from portail.features.kinds.lieux.visit import BUSINESSES, VENUES, visit_node
from portail.features.services.moteurs import nodes
from portail.geo.places import Commune
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.site.site import Site
from portail.text.typography import plain


def lieu_node(inputs: EntryInputs, site: Site, node: nodes.Node) -> nodes.Node:
    """What it is, how one visits it, how one reaches it."""
    item = inputs.item
    entry = inputs.item.of(Lieu)
    sites = [entry.site, *(url for _, url in entry.reseaux_sociaux)]
    structure = _structure(entry, item.commune, node["url"], site)
    kind = structure["@type"]
    visit = visit_node(entry, lieu_state(site, item.ref), kind, site)
    organisation = {
        "email": entry.courriel,
        "memberOf": nodes.agents(entry, "membre_de", inputs.links, site.config),
    }
    return {
        **node,
        **structure,
        **(visit if kind in VENUES else {}),
        "telephone": entry.telephone,
        "sameAs": [url for url in sites if url],
        **(organisation if kind not in VENUES - BUSINESSES else {}),
    }


def _structure(entry: Lieu, commune: Commune | None, url: str, site: Site) -> nodes.Node:
    """A structure of the directory, with the type that its own list gives it."""
    kind = site.vocabularies.detail("types-lieux", entry.type, "schema", nodes.GROUP)
    node = {
        "@type": kind,
        "@id": f"{url}#structure",
        "name": plain(entry.titre),
        "url": url,
        "address": nodes.address(entry.adresse, *nodes.in_country(commune, site.vocabularies)),
    }
    if entry.coordonnees and kind in VENUES:
        spot = entry.coordonnees
        node["geo"] = {"@type": "GeoCoordinates", "latitude": spot.lat, "longitude": spot.lon}
    return nodes.kept(node)
