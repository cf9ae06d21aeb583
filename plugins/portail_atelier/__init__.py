"""The desk of who has an account: an editor that others keep, in the browser, set by our models."""

from portail.feature import Feature, Keeping, Output, is_set
from portail.late import late
from portail.outputs.pages.slots import EDITED, EDITOR_SCRIPT

from .settings import ATELIER

with late(__name__):
    from . import page


feature = Feature(
    name="atelier",
    title="Atelier de la rédaction",
    needs=("schemas",),
    is_used=is_set(ATELIER.key),
    settings=(ATELIER,),
    outputs=(Output("atelier", page.plan),),
    keeps=(
        Keeping(
            "Votre accès à l’atelier, ses réglages, ce que vous n’avez pas enregistré",
            "Jusqu’à ce que vous vous déconnectiez de l’atelier.",
        ),
    ),
    slots={EDITED: page.edited, EDITOR_SCRIPT: page.script},
)
