"""Drafts with a page of their own, to be read before they are out by who has its address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    if site.drafts:
        from .page import plan_drafts

        yield from plan_drafts(site)


feature = Feature(
    name="brouillons",
    title="Brouillons partagés par un lien",
    outputs=(Output("brouillons", _plan),),
)
