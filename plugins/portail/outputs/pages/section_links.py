"""Links to sections that a portal may have: classes, neighbours, the network."""

from __future__ import annotations

from portail.outputs.pages.views.shared import Lien
from portail.resources import rows
from portail.site import urls
from portail.site.memo import answer
from portail.site.narrowed import offers
from portail.site.network import has_network
from portail.site.site import Site


@answer
def class_links(site: Site) -> tuple[Lien, ...]:
    """The link to what a class may book, when there is something."""
    return (Lien(rows("pages")["classes"]["titre"], urls.CLASSES),) if offers(site) else ()


def network_links(site: Site) -> tuple[Lien, ...]:
    """The link to the agenda of several portals, when there is a neighbour."""
    return (Lien(rows("pages")["reseau"]["nom_court"], urls.NETWORK),) if has_network(site) else ()


def trade_links(site: Site) -> tuple[Lien, ...]:
    """The link to what is for those who make the network, if there is something."""
    title = rows("pages")["vie-du-reseau"]["titre"]
    return (Lien(title, urls.TRADE),) if site.trade() else ()
