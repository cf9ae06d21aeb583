"""A page that only leads elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath

from portail.outputs.base import TemplatePage
from portail.outputs.pages.views import Frame, RedirectView
from portail.site.urls import file_of

__all__ = ["redirect_page"]


def redirect_page(
    url: str, target: str, title: str, frame: Frame, source: PurePosixPath | None = None
) -> TemplatePage:
    """The page at ``url`` that leads to ``target`` (site paths); ``title`` is the target's."""

    def view() -> RedirectView:
        return RedirectView(
            cadre=frame, titre=title, description=title, url=url, cible=target, noindex=True
        )

    key = (frame.digest, target, title)
    return TemplatePage(file_of(url), url, "redirect.html", key, view, source)
