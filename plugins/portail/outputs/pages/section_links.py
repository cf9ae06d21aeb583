"""The link to the section of those who make the network."""

from __future__ import annotations

from portail.outputs.pages.views.shared import Lien
from portail.resources import rows
from portail.site import urls
from portail.site.site import Site


def trade_links(site: Site) -> tuple[Lien, ...]:
    """The link to what is for those who make the network, if there is something."""
    title = rows("pages")["vie-du-reseau"]["titre"]
    return (Lien(title, urls.TRADE),) if site.trade() else ()
