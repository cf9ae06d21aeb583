"""Years in figures, of the portal and of its loans; the bilan of a structure or of a territory."""

from portail.feature import Command, Feature, Output, Source
from portail.late import late
from portail.outputs.pages.slots import ABOUT, CATALOGUE_BAR
from portail.resources import own_of
from portail.settings import Setting, read_flag

with late(__name__):
    from . import page, readers, reports

_SHOWN = "PORTAIL_CHIFFRES"


feature = Feature(
    name="chiffres",
    title="Les années en chiffres",
    needs=("bilans", "fiches", "prets"),
    settings=(Setting(_SHOWN, read_flag(_SHOWN), default=False),),
    reads=(
        Source("chiffres", reports.load, lambda around: own_of(around.data) / "chiffres"),
        Source(
            "audience", readers.load, lambda around: own_of(around.data) / "chiffres/audience.csv"
        ),
    ),
    outputs=(Output("chiffres", page.plan),),
    slots={
        ABOUT: page.about_links,
        CATALOGUE_BAR: page.loan_links,
    },
    pages=frozenset({"/chiffres/"}),
    commands={
        "chiffres": Command(
            "compte une année : du portail, d’une structure, d’un territoire", example="2026"
        )
    },
)
