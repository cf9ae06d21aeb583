"""Who and what could answer a demande, the nearest first: who asks does not know all that is
lent."""

from __future__ import annotations

from collections.abc import Iterator

from portail.features.demandes.facts import is_demande
from portail.model.articles import Annonce
from portail.model.kinds import Kind
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views.lists import Bloc
from portail.outputs.pages.views.shared import Lien
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer
from portail.site.relations import (
    Around,
    is_helper,
    nearest,
    nearest_by_lender,
    point_of_commune,
)
from portail.site.site import Site
from portail.site.tools import is_tool

REACH = 60.0
"""Kilometres, as the crow flies, from which one may come or lend."""
_MOST = 4
_TOOL = "outil"
_WORDS = rows_of("demandes", "mots")


def helping_blocs(item: Item, site: Site) -> Iterator[Bloc]:
    """Tools of other lenders for who wants one, else structures that come to others; nothing for
    what is answered, over or nowhere."""
    if not is_demande(item) or item.passe:
        return
    found = _near(site, item.ref)
    if found:
        tool = item.of(Annonce).souhait == _TOOL
        yield Bloc(
            _WORDS["outils" if tool else "acteurs"],
            tuple(card_of(site, ref) for ref, _ in found),
            forme="simples",
            notes=tuple(far for _, far in found),
        )


def near_links(site: Site, ref: str) -> tuple[Lien, ...]:
    """The same as links, how far each is as a note."""
    found = ((site.items[one], far) for one, far in _near(site, ref))
    return tuple(Lien(item.name, item.url, far) for item, far in found)


@answer
def _near(site: Site, ref: str) -> tuple[tuple[str, str], ...]:
    """References and distances in words."""
    item = site.items[ref]
    point = point_of_commune(item.commune)
    if point is None:
        return ()
    around: tuple[Around, ...]
    if item.of(Annonce).souhait == _TOOL:
        tools = [one for one in site.of_kind(Kind.RESSOURCE) if is_tool(one)]
        around = nearest_by_lender(point, tools, _MOST, REACH)
    else:
        helpers = [one for one in site.of_kind(Kind.LIEU) if is_helper(one)]
        around = nearest(point, helpers, _MOST, REACH)
    return tuple((one.item.ref, one.loin) for one in around)
