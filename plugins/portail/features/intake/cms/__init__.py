"""The configuration of an editor of Git repositories in the browser, made of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.late import late
from portail.settings import Setting, read_flag

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.features.intake.cms import configuration
else:
    configuration = late(__name__, "configuration")

_SETTING = "PORTAIL_CMS"


def _is_used(config: SiteConfig) -> bool:
    return bool(config.added.get("cms"))


feature = Feature(
    name="cms",
    title="Réglages pour un éditeur de dépôt",
    needs=("schemas",),
    settings=(Setting(_SETTING, read_flag(_SETTING), default=False),),
    is_used=_is_used,
    outputs=(Output("cms", configuration.plan_configuration),),
)
