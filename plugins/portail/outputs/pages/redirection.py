"""A page that only leads elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath

from portail.outputs.base import TemplatePage
from portail.outputs.drawn import drawn
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.lists import RedirectView
from portail.site.site import Site

__all__ = ["redirect_page"]


def redirect_page(
    site: Site, url: str, target: str, title: str, source: PurePosixPath | None = None
) -> TemplatePage:
    """The page at ``url`` that leads to ``target`` (site paths); ``title`` is the target's."""
    return drawn(site, url, "redirect.html", _show, url, target, title, source=source)


def _show(site: Site, url: str, target: str, title: str) -> RedirectView:
    return RedirectView(
        cadre=frame_of(site), titre=title, description=title, url=url, cible=target, noindex=True
    )
