"""Nodes of JSON-LD that several pages share (https://schema.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from portail.config import SiteConfig
from portail.geo.places import Commune
from portail.model.entry import REDACTION, Entry
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Adresse
from portail.model.registry import references_of
from portail.outputs.pages.event_inputs import Venue
from portail.outputs.pages.kit import Kit, unlinked
from portail.outputs.pages.views import Lien, Picture
from portail.site.urls import HOME
from portail.text.inline import plain

__all__ = [
    "VENUES",
    "Node",
    "address",
    "agents",
    "breadcrumb",
    "image_node",
    "kept",
    "licence_uri",
    "place",
    "publisher",
    "site_node",
    "structure",
]  # fmt: skip

Node: TypeAlias = dict[str, Any]
Located: TypeAlias = Adresse | Venue
"""What has a street and a postcode."""

_PERSON, _GROUP = "Person", "Organization"
VENUES = {
    "Museum", "Library", "EventVenue", "CivicStructure", "Park", "LandmarksOrHistoricalBuildings",
    "Zoo", "TouristInformationCenter", "PerformingArtsTheater",
}  # fmt: skip
"""Types of structures that are places for schema.org; the others are organizations."""


def kept(node: Node) -> Node:
    """``node`` without what is empty: a key that says nothing is not written."""
    return {key: value for key, value in node.items() if value not in (None, "", (), [], {})}


def site_node(config: SiteConfig, search: str = "") -> Node:
    """The site itself, told by its home page; ``search`` is the site path of its search
    (https://schema.org/SearchAction)."""
    home = config.absolute(HOME)
    node = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": f"{config.nom} en {config.region}",
        "inLanguage": "fr",
        "publisher": kept({**publisher(config), "email": config.courriel}),
    }
    if search:
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{config.absolute(search)}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
    return node


def publisher(config: SiteConfig) -> Node:
    """Who publishes: the editors of the instance."""
    home = config.absolute(HOME)
    return {"@type": _GROUP, "@id": f"{home}#editeur", "name": config.nom, "url": home}


def breadcrumb(trail: Iterable[Lien], title: str, url: str, config: SiteConfig) -> Node:
    """Where a page is: the links of its breadcrumb, then the page itself."""
    steps = [*trail, Lien(title, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": rank,
                "name": plain(step.texte),
                "item": config.absolute(step.url),
            }
            for rank, step in enumerate(steps, start=1)
        ],
    }


def image_node(image: Picture | None, config: SiteConfig) -> Node | None:
    """A picture, with its size and who made it."""
    if image is None:
        return None
    node = {
        "@type": "ImageObject",
        "url": config.absolute(image.url),
        "width": image.largeur,
        "height": image.hauteur,
        "caption": image.legende or image.alt,
        "creditText": image.credit,
    }
    return kept(node)


def address(where: Located | None, commune: Commune | None) -> Node | None:
    """A postal address, as precise as what is known."""
    if where is None and commune is None:
        return None
    node = {
        "@type": "PostalAddress",
        "streetAddress": where.rue if where else None,
        "postalCode": where.code_postal if where else None,
        "addressLocality": commune.nom if commune else None,
        "addressCountry": "FR",
    }
    return kept(node)


def place(name: str, where: Located | None, commune: Commune | None, url: str = "") -> Node:
    """A place where something happens."""
    node = {"@type": "Place", "name": name, "url": url, "address": address(where, commune)}
    return kept(node)


def structure(entry: Lieu, commune: Commune | None, url: str, kit: Kit) -> Node:
    """A structure of the directory, with the type that its own list gives it."""
    term = kit.vocabularies["types-lieux"].get(entry.type or "")
    kind = str(term.extra.get("schema", _GROUP)) if term else _GROUP
    node = {
        "@type": kind,
        "@id": f"{url}#structure",
        "name": plain(entry.titre),
        "url": url,
        "address": address(entry.adresse, commune),
    }
    if entry.coordonnees and kind in VENUES:
        spot = entry.coordonnees
        node["geo"] = {"@type": "GeoCoordinates", "latitude": spot.lat, "longitude": spot.lon}
    return kept(node)


def agents(
    entry: Entry, key: str, links: Mapping[str, Lien], config: SiteConfig, unknown: str = _GROUP
) -> list[Node]:
    """Who a field of ``entry`` names: structures, people, the editors; ``unknown`` is the type of
    a plain name."""
    found: list[Node] = []
    for mention in references_of(entry):
        if mention.loc[0] != key or len(mention.loc) > 2:
            continue
        ref = mention.named(links)
        if ref:
            kind = _PERSON if ref.startswith(f"{Kind.AUTEUR.value}/") else _GROUP
            link = links[ref]
            found.append({"@type": kind, "name": link.texte, "url": config.absolute(link.url)})
        elif mention.value == REDACTION:
            found.append(publisher(config))
        else:
            found.append({"@type": unknown, "name": unlinked(mention)})
    return found


def licence_uri(code: str | None, kit: Kit) -> str:
    """Address of a licence; empty when it has none."""
    term = kit.vocabularies["licences"].get(code or "")
    return str(term.extra.get("uri", "")) if term else ""
