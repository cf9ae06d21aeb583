"""``/redaction/``: the editors' desk, in previews alone."""

from __future__ import annotations

from collections.abc import Iterator

from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.guides.documents import has_guides
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import kit_of
from portail.outputs.pages.redaction.contents import ends, lacks, stale_sheets, twins_found
from portail.outputs.pages.redaction.coverage import white_zones
from portail.outputs.pages.redaction.links import dead_links
from portail.outputs.pages.redaction.warnings import warnings_told
from portail.outputs.pages.views.redaction import RedactionView
from portail.outputs.pages.views.shared import Lien
from portail.resources import docs_dir
from portail.site.site import Site
from portail.site.urls import DESK, HOME

__all__ = ["plan_desk"]


def plan_desk(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    yield drawn(site, DESK, "redaction.html", _show, has_guides(docs_dir()))


def _show(site: Site, guides: bool) -> RedactionView:
    """The desk; ``guides`` tells whether what messages say is part of the site."""
    return RedactionView(
        cadre=frame_of(site),
        titre="Bureau de la rédaction",
        description="Ce qui demande un regard : cette page n’existe que dans les aperçus.",
        url=DESK,
        fil=(Lien("Accueil", HOME),),
        noindex=True,
        sections=(
            ends(site, kit_of(site)),
            stale_sheets(site, kit_of(site)),
            lacks(site),
            twins_found(site),
            *white_zones(site),
            dead_links(site),
            warnings_told(site, guides),
        ),
    )
