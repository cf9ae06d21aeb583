"""What search engines may index, when it last changed, what they and networks are told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from portail.feature import Feature, Output
from portail.outputs.pages.slots import DESCRIBED

if TYPE_CHECKING:
    from portail.config import SiteConfig
    from portail.outputs.base import Artifact
    from portail.outputs.pages.entry.inputs import EntryInputs
    from portail.outputs.pages.views.shared import Machine, PageView
    from portail.site.site import Site


def _plan_robots(site: Site) -> Iterator[Artifact]:
    from portail.features.services.moteurs.sitemap import plan_robots

    return plan_robots(site)


def _plan_sitemap(site: Site, planned: Sequence[Artifact]) -> Iterator[Artifact]:
    from portail.features.services.moteurs.sitemap import plan_sitemap

    return plan_sitemap(site, planned)


def _described(site: Site, inputs: EntryInputs) -> Iterator[Machine]:
    from portail.features.services.moteurs.graph import entry_machine

    yield entry_machine(inputs, site)


def _describes(view: PageView, config: SiteConfig) -> Mapping[str, Any]:
    from portail.features.services.moteurs.graph import graph

    return graph(view, config)


feature = Feature(
    name="moteurs",
    title="Moteurs de recherche",
    outputs=(Output("robots", _plan_robots), Output("sitemap", _plan_sitemap, is_survey=True)),
    slots={DESCRIBED: _described},
    describes=_describes,
)
