"""The index of subjects: where each theme and each keyword of several contents is looked up."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import SUBJECTS

with late(__name__):
    from . import index


feature = Feature(
    name="sujets",
    title="Index des sujets",
    outputs=(Output("sujets", index.plan_index),),
    slots={SUBJECTS: index.subject_links},
)
