"""Spreadsheets that people send: read within bounds, their columns recognised by our labels; those
that they are given to fill in."""

from portail.feature import Feature, Output, is_kept
from portail.late import late
from portail.outputs.pages.slots import SHEETS

with late(__name__):
    from . import output

feature = Feature(
    name="tableurs",
    title="Tableurs à remplir, tableurs reçus",
    is_used=is_kept,
    needs=("schemas",),
    outputs=(Output("modeles", output.plan),),
    slots={SHEETS: output.offered},
)
