"""Output « redirects »: former addresses, and folders of the site that have no list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.outputs.base import TemplatePage
from portail.outputs.pages.frame import build_frame
from portail.outputs.pages.views import Frame, RedirectView
from portail.site.site import Site
from portail.site.urls import file_of, path_of
from portail.text.inline import plain

__all__ = ["RedirectsOutput"]


class RedirectsOutput:
    """One page for each former address; cutting a URL at any slash gives a page."""

    name: ClassVar[str] = "redirects"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Redirect pages, in the order of contents."""
        frame = build_frame(site)
        if any(item.entry.kind.info.segment == "evenements" for item in site.items.values()):
            yield _page("/evenements/", "/agenda/", "Agenda", frame)
        for item in site.items.values():
            for url in item.entry.anciennes_urls:
                clean = "/" + url.strip("/")
                clean += "" if clean.endswith(".html") else "/"
                yield _page(clean, path_of(item.entry), plain(item.entry.titre), frame)


def _page(url: str, target: str, title: str, frame: Frame) -> TemplatePage:
    def view() -> RedirectView:
        return RedirectView(
            cadre=frame, titre=title, description=title, url=url, cible=target, noindex=True
        )

    return TemplatePage(file_of(url), url, "redirect.html", (frame.digest, target, title), view)
