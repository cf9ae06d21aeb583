"""Drafts with a page of their own, to be read before they are out by who has its address."""

from portail.feature import Feature, Output
from portail.late import late

with late(__name__):
    from . import page


feature = Feature(
    name="brouillons",
    title="Brouillons partagés par un lien",
    after=("bilans",),
    outputs=(Output("brouillons", page.plan_drafts),),
)
