"""The editors’ desk of previews: what asks for a look, where nothing happens yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _is_used(config: SiteConfig) -> bool:
    return config.apercu


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.desk.redaction.coverage_map import plan_map
    from portail.features.desk.redaction.coverage_page import plan_coverage
    from portail.features.desk.redaction.page import plan_desk
    from portail.features.desk.redaction.pictures import plan_pictures

    yield from plan_desk(site)
    yield from plan_coverage(site)
    yield from plan_map(site)
    yield from plan_pictures(site)


feature = Feature(
    name="redaction",
    title="Bureau de la rédaction",
    needs=("alentours", "bilans", "editions", "fonds", "horaires", "liens", "lieux"),
    is_used=_is_used,
    outputs=(Output("redaction", _plan),),
)
