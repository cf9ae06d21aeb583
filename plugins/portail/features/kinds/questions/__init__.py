"""« Une question, un labo »: what the public asks, until an article of a structure answers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Fait, Feature, Output
from portail.outputs.pages.slots import (
    ANSWERS,
    DESK_TABLES,
    EXPLORE,
    HOME_BLOCS,
    LIST_MORE,
    MACHINE,
    PLAN_OF,
    WEEKLY_ASKED,
)

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.facts.base import Fact
    from portail.model.kinds import Kind
    from portail.outputs.base import Artifact
    from portail.outputs.pages.slots import DeskTable
    from portail.outputs.pages.views.lists import Bloc
    from portail.outputs.pages.views.shared import Lien, NavGroup
    from portail.site.draft import Draft
    from portail.site.item import Item
    from portail.site.site import Site


def _check(draft: Draft) -> Iterator[Diagnostic]:
    from portail.features.kinds.questions.rules import check_answers

    return check_answers(draft)


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.kinds.questions.page import plan_questions

    return plan_questions(site)


def _asked(item: Item, site: Site) -> Fact:
    from portail.features.kinds.questions.answers import question_of

    return question_of(item, site)


def _answers(site: Site, item: Item) -> Iterator[Lien]:
    from portail.features.kinds.questions.answers import answer_links

    return answer_links(item, site)


def _list_links(site: Site, kind: Kind) -> Sequence[Lien]:
    from portail.features.kinds.questions.page import BOARD

    return BOARD.list_links(site, kind)


def _plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    from portail.features.kinds.questions.page import BOARD

    return BOARD.plan_groups(site, kind)


def _links(site: Site) -> Sequence[Lien]:
    from portail.features.kinds.questions.page import BOARD

    return BOARD.links(site)


def _waiting(site: Site) -> Iterator[Item]:
    from portail.features.kinds.demandes.board import waiting
    from portail.model.articles import QUESTION

    return waiting(site, QUESTION)


def _home(site: Site) -> Iterator[Bloc]:
    from portail.features.kinds.questions.around import home_bloc

    return home_bloc(site)


def _desk(site: Site) -> Iterator[DeskTable]:
    from portail.features.kinds.questions.around import desk_table

    return desk_table(site)


def _machine(site: Site, item: Item) -> Iterator[tuple[str, object]]:
    from portail.features.kinds.questions.machine import question

    return question(item, site)


feature = Feature(
    name="questions",
    title="« Une question, un labo »",
    needs=("demandes", "moteurs"),
    outputs=(Output("questions", _plan),),
    rules=(_check,),
    facts=(Fait(_asked, "articles", ("page", "flux")),),
    slots={
        ANSWERS: _answers,
        EXPLORE: _links,
        LIST_MORE: _list_links,
        PLAN_OF: _plan_groups,
        WEEKLY_ASKED: _waiting,
        HOME_BLOCS: _home,
        DESK_TABLES: _desk,
        MACHINE: _machine,
    },
    pages=frozenset({"/questions/"}),
)
