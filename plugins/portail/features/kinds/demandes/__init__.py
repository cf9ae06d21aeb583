"""« On voudrait ça ici »: what schools, town halls, inhabitants ask for, until it is answered."""

from portail.feature import FactSpec, Feature, Output
from portail.late import late
from portail.outputs.pages.slots import (
    ANSWERS,
    CATALOGUE_BAR,
    DESK_TABLES,
    EXPLORE,
    LIST_MORE,
    MACHINE,
    PLAN_OF,
    WEEKLY_ASKED,
    ZONE,
)

with late(__name__):
    from . import board, facts, helping


_WHOLE = ("page", "flux")

feature = Feature(
    name="demandes",
    title="« On voudrait ça ici »",
    needs=("alentours", "referencement"),
    outputs=(Output("demandes", board.plan_demandes),),
    facts=(
        FactSpec(facts.wish, "annonces", _WHOLE),
        FactSpec(facts.public, "annonces", _WHOLE),
        FactSpec(facts.period, "annonces", _WHOLE),
        FactSpec(facts.brief, "annonces", ("carte", "lettre")),
        FactSpec(facts.answering, "events", ("page",)),
        FactSpec(facts.answering, "ressources", ("page",)),
    ),
    slots={
        ANSWERS: facts.answers,
        EXPLORE: board.links,
        CATALOGUE_BAR: board.links,
        LIST_MORE: board.list_links,
        PLAN_OF: board.plan_groups,
        WEEKLY_ASKED: board.demands,
        DESK_TABLES: helping.desk_table,
        ZONE: helping.asked_in,
        MACHINE: facts.demand,
    },
    pages=frozenset({"/demandes/"}),
)
