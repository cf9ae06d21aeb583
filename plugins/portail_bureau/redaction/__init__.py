"""The editors’ desk of previews: what asks for a look, where nothing happens yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.late import late

if TYPE_CHECKING:
    from portail.config import SiteConfig

with late(__name__):
    from . import page


def _is_used(config: SiteConfig) -> bool:
    return config.apercu


feature = Feature(
    name="redaction",
    title="Bureau de la rédaction",
    needs=("alentours", "bilans", "editions", "fondsdecarte", "horaires", "liens", "lieux"),
    is_used=_is_used,
    outputs=(Output("redaction", page.plan),),
)
