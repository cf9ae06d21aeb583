"""Who and what could answer a demande, the nearest first: who asks does not know all that is
lent."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.kinds.demandes.facts import is_demande
from portail.features.services.alentours.relations import (
    is_helper,
    nearest,
    nearest_by_lender,
    point_of_commune,
)
from portail.model.articles import AnnouncementEntry
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.borrowed import borrowable
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.site import Site

_REACH = 60.0
"""Kilometres, as the crow flies, from which one may come or lend."""
_MOST = 4
_TOOL = "outil"
_WORDS = rows_of("kinds.demandes", "mots")


def helping_blocs(site: Site, item: Item) -> Iterator[Bloc]:
    """Tools of other lenders for who wants one, else structures that come to others; nothing for
    what is answered, over or nowhere."""
    near = _near(site, item.ref) if is_demande(item) and not item.is_over else ()
    if near:
        cards = tuple(card_of(site, ref) for ref, _ in near)
        title = _WORDS["outils" if item.of(AnnouncementEntry).souhait == _TOOL else "acteurs"]
        yield Bloc(title, cards, forme="simples", notes=tuple(distance for _, distance in near))


def near_links(site: Site, ref: str) -> tuple[Lien, ...]:
    """The same as links, how far each is as a note."""
    near = ((site.items[helper], distance) for helper, distance in _near(site, ref))
    return tuple(Lien(item.name, item.url, distance) for item, distance in near)


@answer
def _near(site: Site, ref: str) -> tuple[tuple[str, str], ...]:
    """References and distances in words."""
    item = site.items[ref]
    point = point_of_commune(item.commune)
    if point is None:
        return ()
    if item.of(AnnouncementEntry).souhait == _TOOL:
        around = nearest_by_lender(point, borrowable(site), _MOST, _REACH)
    else:
        helpers = filter(is_helper, site.places)
        around = nearest(point, helpers, _MOST, _REACH)
    return tuple((near.item.ref, near.loin) for near in around)
