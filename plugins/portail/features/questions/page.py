"""``/questions/``: what waits for an answer, then what has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portail.features.demandes.asking import asking_groups, asking_links, asking_list, open_refs
from portail.model.articles import QUESTION
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.lists.paging import Group, Pages
from portail.outputs.pages.views.shared import Lien, NavGroup
from portail.resources import rows_of
from portail.site.memo import per_site
from portail.site.site import Site

_WORDS: Mapping[str, Any] = rows_of("questions", "mots")
PAGE = Lien(_WORDS["page"]["titre"], "/questions/")


def page_links(site: Site) -> tuple[Lien, ...]:
    """The link to the page, when something is or was asked."""
    return asking_links(site, QUESTION, PAGE)


def list_links(site: Site, kind: Kind) -> tuple[Lien, ...]:
    """The same, above the lists of announcements and of articles."""
    return page_links(site) if kind in (Kind.ANNONCE, Kind.ARTICLE) else ()


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    """The same, in the site plan."""
    return asking_groups(site, QUESTION, PAGE, kind)


def plan_questions(site: Site) -> Iterator[TemplatePage]:
    """The page, when something is or was asked."""
    if page_links(site):
        yield from _lists(site)[PAGE.url].plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    found = [site.items[ref] for ref in open_refs(site, QUESTION)]
    group = Group(_WORDS["attendent"], asked(found), "lignes", "Ouvertes", avenir=True)
    waiting = (group,) if found else ()
    return {PAGE.url: Pages(site, asking_list(site, QUESTION, PAGE.url, _WORDS, waiting))}
