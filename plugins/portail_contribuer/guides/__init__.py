"""Guides for contributors: documents of the project, as pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portail.feature import Feature, Output, Source, is_kept
from portail.late import late
from portail.outputs.pages.slots import GUIDES

if TYPE_CHECKING:
    from portail.site.site import Site

with late(__name__):
    from . import documents, page


def _guides(site: Site) -> str:
    if site.part("guides"):
        return "/contribuer/guides/"
    return ""


feature = Feature(
    name="guides",
    title="Guides pour qui contribue",
    after=("choisir",),
    is_used=is_kept,
    needs=("contribuer",),
    reads=(Source("guides", documents.load),),
    outputs=(
        Output("pages des guides", page.plan_guides),
        Output("guides", documents.plan_pictures),
    ),
    slots={GUIDES: _guides},
)
