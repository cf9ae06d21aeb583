"""``/questions/``: what waits for an answer, then what has one; what waits is on the home page, in
the letter and on the editors’ desk too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.facts.base import names, text_of
from portail.facts.when import day_of
from portail.features.kinds.demandes.board import Board, open_refs, waiting
from portail.model.articles import QUESTION
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.cards import asked, card_of
from portail.outputs.pages.lists.paging import Group, Pages
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.lists import Bloc
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

_WORDS = rows_of("kinds.questions", "mots")
# Articles answer questions.
BOARD = Board(QUESTION, "/questions/", _WORDS, (Kind.ANNONCE, Kind.ARTICLE))
links, list_links, plan_groups = BOARD.links, BOARD.list_links, BOARD.plan_groups


def plan_questions(site: Site) -> Iterator[TemplatePage]:
    if BOARD.links(site):
        yield from _lists(site)[BOARD.url].plan(_lists)


@per_site
def _lists(site: Site) -> Mapping[str, Pages]:
    items = [*waiting(site, QUESTION)]
    group = Group(_WORDS["attendent"], asked(items), "lignes", "Ouvertes", avenir=True)
    return {BOARD.url: Pages(site, BOARD.listing(site, (group,) if items else ()))}


# Questions of the home page.
_FEW = 3


def home_bloc(site: Site) -> Iterator[Bloc]:
    shown = tuple(card_of(site, ref) for ref in open_refs(site, QUESTION)[:_FEW])
    if shown:
        yield Bloc(
            BOARD.title,
            shown,
            BOARD.url,
            "simples",
            lien=_WORDS["toutes"],
            ancre="Questions",
            avenir=True,
        )


def desk_table(site: Site) -> Iterator[DeskTable]:
    """Those that wait, who asks, since when; nothing in a portal where nobody asked anything."""
    if BOARD.links(site):
        rows = (
            (item, (text_of(names(item, site, "organisme")), day_of(item.entry.publie_le)))
            for item in waiting(site, QUESTION)
        )
        words = _WORDS["bureau"]
        yield DeskTable(
            "Questions",
            BOARD.title,
            words["phrase"],
            columns=tuple(words["colonnes"]),
            rows=tuple(rows),
            empty=_WORDS["rien"],
        )


def waiting_questions(site: Site) -> Iterator[Item]:
    return waiting(site, QUESTION)
