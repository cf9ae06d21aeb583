"""Reading without a network: the agenda of the month, what was read lately, what one keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import FOLLOW_LINKS, OFFLINE
from portail.settings import Setting, read_flag

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site

_OFFERED = "PORTAIL_HORS_LIGNE"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("hors_ligne"))


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.horsligne.page import plan_offline

    return plan_offline(site)


def _links(site: Site) -> Sequence[Lien]:
    from portail.features.pages.horsligne.page import PAGE

    return (PAGE,)


def _script(site: Site) -> str:
    from portail.features.pages.horsligne.page import SCRIPT

    return SCRIPT


feature = Feature(
    name="horsligne",
    title="Lire sans réseau",
    needs=("agenda",),
    is_used=_is_used,
    settings=(Setting(_OFFERED, read_flag(_OFFERED), default=False),),
    outputs=(Output("horsligne", _plan),),
    slots={FOLLOW_LINKS: _links, OFFLINE: _script},
)
