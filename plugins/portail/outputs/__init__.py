"""Every output of the kernel, in the order of the build. Each function imports the module that it
names, so that a module is imported when its output is planned: one whose files stand is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


class Output(NamedTuple):
    """Files that the kernel adds to the site."""

    name: str
    """Heads its section of ``docs/technique/outputs.md``."""
    plan: Callable[..., Iterable[Any]]
    """Artifacts for a ``Site``, in a stable order."""
    whole: bool = True
    """Whether its plan is one part; else it cuts its plan itself, or reads more than the site
    (files, the version of a library)."""


def _plan_pages(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pages.output import plan_pages

    return plan_pages(site)


def _plan_empreintes(site: Site) -> Iterable[Artifact]:
    from portail.outputs.empreintes import plan_empreintes

    return plan_empreintes(site)


def _plan_medias(site: Site) -> Iterable[Artifact]:
    from portail.outputs.pictures import plan_medias

    return plan_medias(site)


OUTPUTS = (
    Output("pages", _plan_pages, whole=False),
    Output("empreintes", _plan_empreintes),
    Output("medias", _plan_medias, whole=False),
)
"""Outputs that read the site."""
