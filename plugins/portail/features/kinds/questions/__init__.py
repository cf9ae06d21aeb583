"""« Une question, un labo »: what the public asks, until an article of a structure answers it."""

from portail.feature import FactSpec, Feature, Output
from portail.late import late
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

with late(__name__):
    from . import answers, rules


feature = Feature(
    name="questions",
    title="« Une question, un labo »",
    needs=("demandes", "referencement"),
    outputs=(Output("questions", answers.plan_questions),),
    rules=(rules.check_answers,),
    facts=(FactSpec(answers.question_of, "articles", ("page", "flux")),),
    slots={
        ANSWERS: answers.answer_links,
        EXPLORE: answers.links,
        LIST_MORE: answers.list_links,
        PLAN_OF: answers.plan_groups,
        WEEKLY_ASKED: answers.waiting_questions,
        HOME_BLOCS: answers.home_bloc,
        DESK_TABLES: answers.desk_table,
        MACHINE: answers.question,
    },
    pages=frozenset({"/questions/"}),
)
