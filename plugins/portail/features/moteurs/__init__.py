"""What search engines may index, and when it last changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from portail.feature import Feature, Output

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan_robots(site: Site) -> Iterator[Artifact]:
    from portail.features.moteurs.sitemap import plan_robots

    return plan_robots(site)


def _plan_sitemap(site: Site, planned: Sequence[Artifact]) -> Iterator[Artifact]:
    from portail.features.moteurs.sitemap import plan_sitemap

    return plan_sitemap(site, planned)


feature = Feature(
    name="moteurs",
    title="Moteurs de recherche",
    outputs=(Output("robots", _plan_robots), Output("sitemap", _plan_sitemap, is_survey=True)),
)
