"""Questions that wait, where structures pass: the letter, the home page, the editors’ desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.facts.base import names, text_of
from portail.facts.when import day_of
from portail.features.kinds.demandes.board import open_refs, waiting
from portail.features.kinds.questions.page import BOARD
from portail.model.articles import QUESTION
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.slots import DeskTable
from portail.outputs.pages.views.lists import Bloc
from portail.resources import rows_of
from portail.site.site import Site

if TYPE_CHECKING:
    from portail.site.item import Item

_WORDS = rows_of("kinds.questions", "mots")
_FEW = 3
"""Questions of the home page."""


def home_bloc(site: Site) -> Iterator[Bloc]:
    """A few of them, when there is one."""
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
            tuple(words["colonnes"]),
            tuple(rows),
            _WORDS["rien"],
        )


def waiting_questions(site: Site) -> Iterator[Item]:
    """Questions that wait."""
    return waiting(site, QUESTION)
