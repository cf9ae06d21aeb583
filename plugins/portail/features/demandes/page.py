"""``/demandes/``: what is asked for, by département, then what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from portail.features.demandes.asking import asking_groups, asking_links, asking_list, open_refs
from portail.model.articles import DEMANDE
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.lists.paging import Group, Pages
from portail.outputs.pages.views.shared import Lien, NavGroup
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import slugify, sort_key

_WORDS: Mapping[str, Any] = rows_of("demandes", "mots")
PAGE = Lien(_WORDS["page"]["titre"], "/demandes/")


def page_links(site: Site) -> tuple[Lien, ...]:
    """The link to the page, when something is or was asked for."""
    return asking_links(site, DEMANDE, PAGE)


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    """The same, above the lists of announcements, and of tools for who lends."""
    return page_links(site) if kind in (Kind.ANNONCE, Kind.RESSOURCE) else ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan."""
    return asking_groups(site, DEMANDE, PAGE, kind)


def plan_demandes(site: Site) -> Iterator[TemplatePage]:
    """The page, when something is or was asked for."""
    if page_links(site):
        yield from _lists(site)[PAGE.url].plan(_lists)


def waiting(site: Site) -> Iterator[Item]:
    """What waits for an answer, for the letter."""
    return (site.items[ref] for ref in open_refs(site, DEMANDE))


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    waiting = tuple(_by_departement(site))
    return {PAGE.url: Pages(site, asking_list(site, DEMANDE, PAGE.url, _WORDS, waiting))}


def _by_departement(site: Site) -> Iterator[Group]:
    """Where it is asked for, in the order of names."""
    found: dict[str, list[Item]] = defaultdict(list)
    for ref in open_refs(site, DEMANDE):
        found[_departement(site.items[ref], site)].append(site.items[ref])
    for name in sorted(found, key=lambda one: (not one, sort_key(one))):
        title = name or _WORDS["ailleurs"]
        anchor = f"Dans-{slugify(title)}"
        yield Group(title, asked(found[name]), "lignes", anchor, avenir=True)


def _departement(item: Item, site: Site) -> str:
    """The name of the one where it is asked for; ``""`` for a region, or for elsewhere."""
    code = item.commune.departement if item.commune else ""
    known = site.geography.departement(code) if code else None
    if known is None:
        codes = (code for code, _ in item.territoires)
        known = next(filter(None, map(site.geography.departement, codes)), None)
    return known.nom if known else ""
