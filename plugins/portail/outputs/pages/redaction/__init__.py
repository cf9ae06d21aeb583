"""``/redaction/``: the editors' desk, in previews alone."""

from __future__ import annotations

from collections.abc import Iterator

from portail.files import digest_bytes
from portail.outputs.base import TemplatePage
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.kit import kit_of
from portail.outputs.pages.redaction.contents import ends, lacks, stale_sheets, twins_found
from portail.outputs.pages.redaction.coverage import white_zones
from portail.outputs.pages.redaction.links import dead_links
from portail.outputs.pages.redaction.warnings import warnings_told
from portail.outputs.pages.views import Lien, RedactionView
from portail.site.site import Site
from portail.site.urls import DESK, HOME, file_of

__all__ = ["plan_desk"]


def plan_desk(site: Site) -> Iterator[TemplatePage]:
    """The page; for previews alone."""
    frame, kit = frame_of(site), kit_of(site)
    sections = (
        ends(site, kit),
        stale_sheets(site, kit),
        lacks(site),
        twins_found(site),
        *white_zones(site),
        dead_links(site),
        warnings_told(site),
    )
    view = RedactionView(
        cadre=frame,
        titre="Bureau de la rédaction",
        description="Ce qui demande un regard : cette page n’existe que dans les aperçus.",
        url=DESK,
        fil=(Lien("Accueil", HOME),),
        noindex=True,
        sections=sections,
    )
    key = (frame.digest, digest_bytes(repr(sections).encode()))
    yield TemplatePage(file_of(DESK), DESK, "redaction.html", key, lambda: view)
