"""The configuration of an editor of Git repositories in the browser, made of the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.settings import Setting, read_flag

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.outputs.base import Artifact
    from portail.site.site import Site

_SETTING = "PORTAIL_CMS"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("cms"))


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.intake.cms.configuration import plan_configuration

    return plan_configuration(site)


feature = Feature(
    name="cms",
    title="Réglages pour un éditeur de dépôt",
    needs=("schemas",),
    settings=(Setting(_SETTING, read_flag(_SETTING), default=False),),
    is_used=_is_used,
    outputs=(Output("cms", _plan),),
)
