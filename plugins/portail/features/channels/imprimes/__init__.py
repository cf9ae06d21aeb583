"""Documents for paper: the catalogue, programmes of editions, posters, made as PDF by the package
``portail_impression``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.late import late
from portail.outputs.pages.slots import PRINTED
from portail.settings import Setting, read_list

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.features.channels.imprimes import documents
else:
    documents = late(__name__, "documents")

_ASKED = "PORTAIL_IMPRIMES"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("imprimes"))


feature = Feature(
    name="imprimes",
    title="Documents à imprimer",
    is_used=_is_used,
    needs=("affiches", "catalogue", "editions", "ressources", "tempsforts"),
    settings=(Setting(_ASKED, read_list(_ASKED, '["catalogue"]'), ()),),
    outputs=(Output("imprimes", documents.plan_printed),),
    slots={PRINTED: documents.offered},
)
