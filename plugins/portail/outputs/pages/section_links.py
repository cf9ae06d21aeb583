"""Links to sections that a portal may have: classes, the network."""

from __future__ import annotations

from portail.outputs.pages.views.shared import Lien
from portail.resources import rows
from portail.site import urls
from portail.site.memo import answer
from portail.site.narrowed import offers
from portail.site.site import Site


@answer
def class_links(site: Site) -> tuple[Lien, ...]:
    """The link to what a class may book, when there is something."""
    return (Lien(rows("pages")["classes"]["titre"], urls.CLASSES),) if offers(site) else ()


def trade_links(site: Site) -> tuple[Lien, ...]:
    """The link to what is for those who make the network, if there is something."""
    title = rows("pages")["vie-du-reseau"]["titre"]
    return (Lien(title, urls.TRADE),) if site.trade() else ()
