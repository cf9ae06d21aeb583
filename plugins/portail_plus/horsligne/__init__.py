"""Reading without a network: the pages that one keeps, and the agenda of the month with them.

Nothing is kept, and no worker is there, before a reader presses « Garder sans réseau » or stars a
content. A copy is renewed at each visit and every six hours; it goes with a 410, with a 404 two
days apart while the home page answers, or as the reader says. The network comes first, for four
seconds.
"""

from __future__ import annotations

from portail.feature import Feature, Keeping, Output, is_set
from portail.late import late
from portail.outputs.pages.slots import FOLLOW_LINKS, OFFLINE
from portail.settings import Setting, read_flag

with late(__name__):
    from . import page

_OFFERED = "PORTAIL_HORS_LIGNE"


feature = Feature(
    name="horsligne",
    title="Lire sans réseau",
    after=("calendriers",),
    needs=("agenda",),
    is_used=is_set("hors_ligne"),
    settings=(Setting(_OFFERED, read_flag(_OFFERED), default=False),),
    outputs=(Output("horsligne", page.plan_offline),),
    keeps=(
        Keeping(
            "Les pages que vous gardez pour les lire sans réseau, l’agenda du mois avec elles",
            "Jusqu’à « ne plus garder », au pied de chacune, ou « Tout effacer », sur la page "
            "« Lire sans réseau » ; ce que le site retire part dès que vous y revenez.",
            keys=("portail ",),
        ),
    ),
    slots={FOLLOW_LINKS: page.links, OFFLINE: page.script},
)
