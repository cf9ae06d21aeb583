"""``/demandes/``: what is asked for, by département, then what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portail.model.collections import DEMANDE
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.lists.paging import Group, Pages
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import slugify, sort_key

from .board import Board, waiting

_WORDS = rows_of("kinds.demandes", "mots")
# Who lends tools passes by their list.
BOARD = Board(DEMANDE, "/demandes/", _WORDS, (Kind.ANNONCE, Kind.RESSOURCE))
links = BOARD.links
list_links = BOARD.list_links
plan_groups = BOARD.plan_groups


def plan_demandes(site: Site) -> Iterator[TemplatePage]:
    if BOARD.links(site):
        yield from _lists(site)[BOARD.url].plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    return {BOARD.url: Pages(site, BOARD.listing(site, tuple(_by_departement(site))))}


def _by_departement(site: Site) -> Iterator[Group]:
    # Where it is asked for, in the order of names; last, a region or elsewhere.
    by_name: dict[str, list[Item]] = defaultdict(list)
    for item in waiting(site, DEMANDE):
        departement = site.departement_of(item)
        by_name[departement.nom if departement else ""].append(item)
    for name in sorted(by_name, key=lambda name: (not name, sort_key(name))):
        title = name or _WORDS["ailleurs"]
        anchor = f"Dans-{slugify(title)}"
        yield Group(title, asked(by_name[name]), "lignes", anchor, avenir=True)
