"""The door: mails to one box become proposals, and each is answered. It opens connections;
a build imports ``queue`` of it, which opens none."""

from __future__ import annotations

from portail.feature import EDITORS, Command, Feature, Keeping, Source, is_set
from portail.late import late
from portail.outputs.pages.slots import DESK_SECTIONS
from portail.settings import Setting, read_flag

with late(__name__):
    from . import queue

_READ = Setting("PORTAIL_PORTE", read_flag("PORTAIL_PORTE"), default=False)


feature = Feature(
    name="porte",
    title="Propositions par courriel",
    needs=(
        "deposer",
        "importer",
        "nouveau",
        "schemas",
    ),
    settings=(_READ,),
    reads=(Source("courrier", queue.load, lambda around: around.folder / "courrier.json"),),
    slots={DESK_SECTIONS: queue.desk_section},
    commands={"relever": Command("fait des courriels reçus des propositions, et y répond")},
    keeps=(
        Keeping(
            "Le courriel par lequel vous proposez, et nos réponses",
            "Un an, puis ils sont effacés de la boîte.",
            EDITORS,
            basis="votre demande de publier (RGPD, article 6, 1, b)",
            readers="la rédaction, et l’hébergeur de la boîte de courriel",
            is_used=is_set(_READ.key),
        ),
    ),
)
