"""What search engines and networks are told of a page: JSON-LD (https://schema.org), Open Graph.

Some nodes of JSON-LD are shared by several pages: the portal, places, works (texts and tools that
someone made); each kind of content adds its own. Nothing is shown without SITEURL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from portail.config import SiteConfig
from portail.facts.base import licence, origin, unlinked
from portail.facts.place import Address, online_link
from portail.facts.when import STATES
from portail.features.services.facades.share import picture_of
from portail.geo.places import Commune
from portail.geo.territories import Geography
from portail.model.entry import REDACTION, Entry
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER, PEOPLE
from portail.model.parts import Adresse
from portail.model.registry import references_of
from portail.model.vocabulary import Vocabularies, iso_of
from portail.outputs.empreintes import shown_theme
from portail.outputs.pages.entry.inputs import EntryInputs
from portail.outputs.pages.slots import MACHINE
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien, Machine, PageView, Picture
from portail.outputs.pictures import SHARED_SIZE
from portail.site.item import Item
from portail.site.kind_tables import OfKind
from portail.site.site import Site
from portail.site.territories import is_whole, known_by_key
from portail.site.urls import HOME, shared_of
from portail.text.typography import plain, signed

NodeFunction: TypeAlias = "Callable[[EntryInputs, Site, Node], Node]"

# Completes the JSON-LD node of a content with what it has of its kind.
JSON_LD: OfKind[NodeFunction] = OfKind("JSON_LD")


# Types of resources that are no ``CreativeWork``: nobody publishes them, they have no language.
NOT_WORKS = frozenset({"Demand", "MonetaryGrant"})


def work_node(inputs: EntryInputs, site: Site, node: Node) -> Node:
    """A text or a tool: who made it, when, under which licence, from which sources."""
    entry = inputs.item.entry
    config = site.config
    return {
        **node,
        "datePublished": entry.publie_le.isoformat() if entry.publie_le else None,
        "dateModified": entry.modifie.isoformat() if entry.modifie else None,
        "author": agents(entry, "auteurs", inputs.links, config, "Person"),
        "publisher": publisher(config),
        "license": licence(entry.licence, site.vocabularies).url,
        "about": [site.vocabularies.label("themes", code) for code in entry.themes],
        "keywords": list(entry.mots_cles),
        "isBasedOn": next(
            (source.url for source in origin(inputs.item, site) if entry.d_apres), None
        ),
        "citation": [
            kept(
                {
                    "@type": "CreativeWork",
                    "name": plain(reference.titre),
                    "url": reference.url or reference.doi_url,
                }
            )
            for reference in entry.references
        ],
    }


Node: TypeAlias = dict[str, Any]
# What has a street and a postcode.
Located: TypeAlias = Adresse | Address

_PERSON = "Person"
# The type of a structure, where nothing says more.
GROUP = "Organization"


def kept(node: Node) -> Node:
    """``node`` without what is empty: a key that says nothing is not written."""
    return {key: value for key, value in node.items() if value not in (None, "", (), [], {})}


def site_node(config: SiteConfig, search: str = "") -> Node:
    """The site; ``search`` is the site path of its search (https://schema.org/SearchAction)."""
    home = config.absolute(HOME)
    node = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": config.nom_complet,
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
    home = config.absolute(HOME)
    return {"@type": GROUP, "@id": f"{home}#editeur", "name": config.nom, "url": home}


def breadcrumb(trail: Sequence[Lien], title: str, config: SiteConfig) -> Node:
    """Where a page is, below the home page; engines want neither that one nor its own address
    (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb)."""
    steps = [*trail[1:], Lien(title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            kept(
                {
                    "@type": "ListItem",
                    "position": rank,
                    "name": plain(step.texte),
                    "item": config.absolute(step.url) if step.url else None,
                }
            )
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


def address(where: Located | None, town: str, country: str = "FR") -> Node | None:
    """A postal address, as precise as what is known."""
    if where is None and not town:
        return None
    node = {
        "@type": "PostalAddress",
        "streetAddress": where and where.rue,
        "postalCode": where and where.code_postal,
        "addressLocality": town,
        "addressCountry": country,
    }
    return kept(node)


def place(name: str, where: Located | None, town: str, url: str = "", country: str = "FR") -> Node:
    located = address(where, town, country)
    return kept({"@type": "Place", "name": name, "url": url, "address": located})


def region(config: SiteConfig) -> Node:
    """The region, of what happens all over it; the country without a region."""
    name = config.region
    where = kept({"@type": "PostalAddress", "addressRegion": name, "addressCountry": "FR"})
    return {"@type": "Place", "name": name or "France", "address": where}


def everywhere(item: Item, geography: Geography, config: SiteConfig) -> list[Node]:
    """The territories from where one takes part in what is everywhere; none of what has a place."""
    if not item.partout:
        return []
    if is_whole(item.zone, geography):
        return [region(config)]
    where = region(config)["address"]
    territories = (known_by_key(code, geography) for code in item.zone)
    return [
        {"@type": "AdministrativeArea", "name": territory.nom, "address": where}
        for territory in territories
        if territory
    ]


def in_country(commune: Commune | None, vocabularies: Vocabularies) -> tuple[str, str]:
    """The name of a town and the code of its country."""
    if commune:
        return (commune.ville, iso_of(vocabularies, commune.pays))
    return ("", "FR")


def locations(
    item: Item, where: Address, config: SiteConfig, vocabularies: Vocabularies
) -> list[Node]:
    """Where an event takes place: a lieu, an address or a town; on line."""
    event = item.of(Event)
    places = []
    if where.nom or where.commune:
        url = ""
        if where.url:
            url = config.absolute(where.url)
        town, country = in_country(item.commune, vocabularies)
        places.append(place(where.precis or town, where, town, url, country))
    places += [kept({"@type": "VirtualLocation", "url": link.url}) for link in online_link(event)]
    return places


def status(etat: str, vocabularies: Vocabularies) -> str:
    """The address of a state; a full event goes on as planned, its offer says the rest."""
    name = vocabularies.detail("etats", etat, "schema")
    return f"https://schema.org/{name if name.startswith('Event') else 'EventScheduled'}"


def agents(
    entry: Entry, key: str, links: Mapping[str, Lien], config: SiteConfig, unknown: str = GROUP
) -> list[Node]:
    """Who a field of ``entry`` names; ``unknown`` is the type of a plain name."""
    people = []
    for mention in references_of(entry, key):
        if len(mention.loc) > 2:
            continue
        ref = mention.named(links)
        if ref:
            kind = _PERSON if BY_FOLDER[ref.partition("/")[0]] in PEOPLE else GROUP
            link = links[ref]
            people.append(
                {"@type": kind, "name": signed(link.texte), "url": config.absolute(link.url)}
            )
        elif mention.value == REDACTION:
            people.append(publisher(config))
        else:
            people.append({"@type": unknown, "name": unlinked(mention)})
    return people


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_CONTEXT = "https://schema.org"


def graph(view: PageView, config: SiteConfig) -> Node:
    """The JSON-LD of a page: what it is about and where it stands; for the home page, the site."""
    graph_nodes = []
    if view.machine:
        graph_nodes = list(view.machine.donnees)
    if view.url == HOME:
        graph_nodes.append(site_node(config, view.cadre.recherche))
    if len(view.fil) > 1:  # one step is no path
        graph_nodes.append(breadcrumb(view.fil, view.titre, config))
    return {"@context": _CONTEXT, "@graph": graph_nodes}


def described(site: Site, inputs: EntryInputs) -> Iterator[Machine]:
    """Open Graph and JSON-LD of the page of one content."""
    entry = inputs.item.entry
    node = _common(inputs, site)
    if completed := JSON_LD.of(site.features, entry.kind):
        node = completed(inputs, site, node)
    node |= dict(MACHINE.ask(site, inputs.item))
    if entry.kind.info.speaks and node["@type"] not in NOT_WORKS:
        node["inLanguage"] = entry.langue
    kind = entry.kind.info.shared
    state = ""
    if isinstance(entry, Event):
        state = STATES.get(entry.etat, "")
    yield Machine(shared(inputs.card, inputs.item, site), kind, (kept(node),), state)


def shared(card: Card, item: Item, site: Site) -> Picture:
    """What a shared link shows: the content's picture, its place drawn, else a PNG of the theme,
    for networks show no SVG."""
    theme = Picture(shared_of(shown_theme(item.entry.themes)), "", *SHARED_SIZE)
    return card.image or picture_of(item, site) or theme


def _common(inputs: EntryInputs, site: Site) -> Node:
    card = inputs.card
    item = inputs.item
    config = site.config
    entry = item.entry
    url = config.absolute(card.url)
    return {
        "@type": entry.kind.info.schema,
        "@id": f"{url}#contenu",
        "url": url,
        "name": plain(entry.titre),
        "description": plain(entry.resume or item.facts.excerpt),
        "image": image_node(
            shared(card, item, site) if entry.kind.info.pictured else card.image, config
        ),
    }
