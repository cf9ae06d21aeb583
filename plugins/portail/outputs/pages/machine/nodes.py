"""Nodes of JSON-LD that several pages share (https://schema.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from portail.config import SiteConfig
from portail.facts.base import unlinked
from portail.facts.where import Address, online_link
from portail.geo.places import Commune
from portail.model.entry import REDACTION, Entry
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.parts import Adresse
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies
from portail.outputs.pages.kit import Kit
from portail.outputs.pages.views.shared import Lien, Picture
from portail.site.urls import HOME
from portail.text.inline import plain

__all__ = [
    "BUSINESSES",
    "VENUES",
    "Node",
    "address",
    "agents",
    "breadcrumb",
    "image_node",
    "kept",
    "locations",
    "place",
    "publisher",
    "region",
    "site_node",
    "status",
    "structure",
]  # fmt: skip

Node: TypeAlias = dict[str, Any]
Located: TypeAlias = Adresse | Address
"""What has a street and a postcode."""

_PERSON, _GROUP = "Person", "Organization"
VENUES = {
    "Museum", "Library", "EventVenue", "CivicStructure", "Park", "LandmarksOrHistoricalBuildings",
    "Zoo", "TouristInformationCenter", "PerformingArtsTheater",
}  # fmt: skip
"""Types of structures that are places for schema.org; the others are organizations."""
BUSINESSES = {"Library", "TouristInformationCenter"}
"""Those that are both (``LocalBusiness``)."""


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
        "name": f"{config.nom} {config.en_region}",
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


def address(where: Located | None, town: str) -> Node | None:
    """A postal address, as precise as what is known."""
    if where is None and not town:
        return None
    node = {
        "@type": "PostalAddress",
        "streetAddress": where.rue if where else None,
        "postalCode": where.code_postal if where else None,
        "addressLocality": town,
        "addressCountry": "FR",
    }
    return kept(node)


def place(name: str, where: Located | None, town: str, url: str = "") -> Node:
    """A place where something happens."""
    return kept({"@type": "Place", "name": name, "url": url, "address": address(where, town)})


def region(config: SiteConfig) -> Node:
    """The region, of what happens all over it."""
    name = config.region
    where = {"@type": "PostalAddress", "addressRegion": name, "addressCountry": "FR"}
    return {"@type": "Place", "name": name, "address": where}


def locations(event: Event, one: Address, config: SiteConfig) -> list[Node]:
    """Where an event takes place: a lieu, an address or a town; on line."""
    found: list[Node] = []
    if one.nom or one.commune:
        url = config.absolute(one.url) if one.url else ""
        found.append(place(one.nom or one.commune, one, one.commune, url))
    found += [{"@type": "VirtualLocation", "url": link.url} for link in online_link(event)]
    return found


def status(etat: str, vocabularies: Vocabularies) -> str:
    """The address of a state; a full event goes on as planned, its offer says the rest."""
    name = vocabularies.detail("etats", etat, "schema")
    return f"https://schema.org/{name if name.startswith('Event') else 'EventScheduled'}"


def structure(entry: Lieu, commune: Commune | None, url: str, kit: Kit) -> Node:
    """A structure of the directory, with the type that its own list gives it."""
    kind = kit.vocabularies.detail("types-lieux", entry.type, "schema", _GROUP)
    node = {
        "@type": kind,
        "@id": f"{url}#structure",
        "name": plain(entry.titre),
        "url": url,
        "address": address(entry.adresse, commune.nom if commune else ""),
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
