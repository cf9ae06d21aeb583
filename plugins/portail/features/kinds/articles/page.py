"""The page of an article: what to read next."""

from __future__ import annotations

from portail.features.services.alentours.blocs import what_next
from portail.outputs.pages.entry.around import OwnBlocs
from portail.outputs.pages.views.lists import Bloc
from portail.site.item import Item
from portail.site.site import Site


def article_blocs(item: Item, related: tuple[str, ...], site: Site) -> OwnBlocs:
    """What names it, then what to read next."""
    cards = what_next(item, related, site)
    following = (Bloc("À lire ensuite", cards, code="ensuite"),) if cards else ()
    return OwnBlocs(rest=related, last=following)
