"""Every output of the site: one line each. A module is imported when its output is planned: one
whose files stand is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


class Output(NamedTuple):
    """An output: its name, which heads its section of ``docs/technique/outputs.md``; the function
    that plans it, after its module. ``whole``: its plan is one part; else it cuts its plan itself,
    or reads more than the site (files, the version of a library)."""

    name: str
    planner: str
    whole: bool = True

    def plan(self, site: Site, *planned: Sequence[Artifact]) -> Iterable[Artifact]:
        """Every artifact of this output, in a stable order, for ``site`` and, where it describes
        the others, for what these ``planned``."""
        module, _, function = self.planner.partition(":")
        found: Iterable[Artifact] = getattr(import_module(f"{__name__}.{module}"), function)(
            site, *planned
        )
        return found


OUTPUTS = (
    Output("pages", "pages.output:plan_pages", whole=False),
    Output("redirects", "redirects:plan_redirects"),
    Output("robots", "sitemap:plan_robots"),
    Output("empreintes", "empreintes:plan_empreintes"),
    Output("facettes", "facettes:plan_facettes"),
    Output("medias", "picture_sizes:plan_medias", whole=False),
    Output("fonds", "base_maps:plan_base_maps"),
    Output("guides", "guides:plan_pictures", whole=False),
    Output("contribuer", "contribuer:plan_contribuer"),
    Output("textes", "textes:plan_texts"),
)
"""Outputs that read the site."""

SURVEYS = (Output("sitemap", "sitemap:plan_sitemap"),)
"""Outputs that come after, and read what the others planned too: all but surveys."""
