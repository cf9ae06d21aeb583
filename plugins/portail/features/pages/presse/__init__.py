"""The page for journalists: whom to call, figures with their source, pictures to publish."""

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import ABOUT

with late(__name__):
    from . import page


feature = Feature(
    name="presse",
    title="Page pour les journalistes",
    needs=("fiches",),
    outputs=(Output("presse", page.plan_press),),
    slots={ABOUT: page.press_link},
    pages=frozenset({"/presse/"}),
)
