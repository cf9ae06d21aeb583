"""Where contents are proposed and mended: a form for each kind, and what its scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.features.intake.contribuer.settings import CONTRIBUTIONS
from portail.late import late
from portail.outputs.pages.slots import MOVED, PROPOSE

if TYPE_CHECKING:
    from portail.features.intake.contribuer import addresses, files, page
else:
    addresses, files, page = late(__name__, "addresses", "files", "page")


feature = Feature(
    name="contribuer",
    title="Formulaires où l’on propose et corrige",
    needs=("horaires", "schemas", "tableurs"),
    settings=(CONTRIBUTIONS,),
    outputs=(
        Output("formulaires", page.plan_contribute),
        Output("contribuer", files.plan_contribuer),
    ),
    slots={PROPOSE: addresses.proposed, MOVED: addresses.moved},
    pages=frozenset({"/contribuer/"}),
)
