"""The index of subjects: where each theme and each keyword of several contents is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portail.feature import Feature, Output
from portail.outputs.pages.slots import SUBJECTS

if TYPE_CHECKING:
    from portail.outputs.base import Artifact
    from portail.outputs.pages.views.shared import Lien
    from portail.site.site import Site


def _plan(site: Site) -> Iterator[Artifact]:
    from portail.features.pages.sujets.index import plan_index

    return plan_index(site)


def _links(site: Site) -> Iterable[Lien]:
    from portail.features.pages.sujets.index import subject_links

    return subject_links(site)


feature = Feature(
    name="sujets",
    title="Index des sujets",
    outputs=(Output("sujets", _plan),),
    slots={SUBJECTS: _links},
)
