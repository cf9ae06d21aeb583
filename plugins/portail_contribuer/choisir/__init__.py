"""Choosing a date: in the form of an event, what is already on that day around its place; the
advice of what clashes at one place.
"""

from portail.feature import Feature, Output, is_kept
from portail.late import late
from portail.outputs.pages.slots import FORM_FILES

with late(__name__):
    from . import clashes, dates


feature = Feature(
    name="choisir",
    title="Choisir sa date",
    after=("contribuer",),
    is_used=is_kept,
    needs=("contribuer",),
    rules=(clashes.clashes,),
    outputs=(Output("choisir", dates.plan_dates),),
    slots={FORM_FILES: dates.form_files},
)
