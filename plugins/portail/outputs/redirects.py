"""Output « redirects »: former addresses, and folders without a list of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.outputs.pages.frame import build_frame
from portail.outputs.pages.redirection import redirect_page
from portail.site.site import Site
from portail.site.urls import former_path, listing_of
from portail.text.inline import plain

__all__ = ["RedirectsOutput"]


class RedirectsOutput:
    """One page for each former address, and one for the folder of events."""

    name: ClassVar[str] = "redirects"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Redirect pages, in the order of contents."""
        frame, agenda = build_frame(site), Kind.EVENT.info
        if site.indexes.by_kind.get(Kind.EVENT):
            folder = f"/{agenda.segment}/"
            yield redirect_page(folder, listing_of(Kind.EVENT), agenda.rubrique, frame)
        for item in site.items.values():
            entry = item.entry
            for path in dict.fromkeys(map(former_path, entry.anciennes_urls)):
                title = plain(entry.titre)
                yield redirect_page(path, item.url, title, frame, entry.source)
