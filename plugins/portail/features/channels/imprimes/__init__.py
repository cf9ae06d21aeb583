"""Documents for paper: the catalogue, programmes of editions, posters, made as PDF by the package
``portail_impression``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import PRINTED
from portail.settings import Setting, read_list

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Imprime
    from portail.site.site import Site

_ASKED = "PORTAIL_IMPRIMES"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("imprimes"))


def _plan(site: Site) -> Iterable[Artifact]:
    from portail.features.channels.imprimes.documents import plan_printed

    return plan_printed(site)


def _printed(site: Site, page: str) -> Iterable[Imprime]:
    from portail.features.channels.imprimes.documents import offered

    return offered(site, page)


feature = Feature(
    name="imprimes",
    title="Documents à imprimer",
    is_used=_is_used,
    needs=("affiches", "catalogue", "editions", "ressources", "tempsforts"),
    settings=(Setting(_ASKED, read_list(_ASKED, '["catalogue"]'), ()),),
    outputs=(Output("imprimes", _plan),),
    slots={PRINTED: _printed},
)
