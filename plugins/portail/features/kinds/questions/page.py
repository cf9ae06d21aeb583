"""``/questions/``: what waits for an answer, then what has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.features.kinds.demandes.board import Board, waiting
from portail.model.articles import QUESTION
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked
from portail.outputs.pages.lists.paging import Group, Pages
from portail.resources import rows_of
from portail.site.memo import per_site
from portail.site.site import Site

_WORDS = rows_of("kinds.questions", "mots")
BOARD = Board(QUESTION, "/questions/", _WORDS, (Kind.ANNONCE, Kind.ARTICLE))
"""Articles answer questions."""
links, list_links, plan_groups = BOARD.links, BOARD.list_links, BOARD.plan_groups


def plan_questions(site: Site) -> Iterator[TemplatePage]:
    """The page, when something is or was asked."""
    if BOARD.links(site):
        yield from _lists(site)[BOARD.url].plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    items = [*waiting(site, QUESTION)]
    group = Group(_WORDS["attendent"], asked(items), "lignes", "Ouvertes", avenir=True)
    return {BOARD.url: Pages(site, BOARD.listing(site, (group,) if items else ()))}
