"""Output « robots »: what crawlers are told first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.outputs.base import TextFile
from portail.outputs.drawn import text_file
from portail.site.site import Site
from portail.site.urls import ROBOTS, SITEMAP

__all__ = ["RobotsOutput"]


class RobotsOutput:
    """``/robots.txt`` (RFC 9309): a published site is open to all, a preview to nobody.

    What engines must not index is said by each page (``noindex``): a page that they are kept from
    could not tell them.
    """

    name: ClassVar[str] = "robots"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """One file."""
        yield text_file(site, ROBOTS, _text)


def _text(site: Site) -> Iterator[str]:
    config = site.config
    if config.apercu:
        yield f"User-agent: *\nDisallow: {config.base}/\n"
        return
    sitemap = f"\nSitemap: {config.absolute(SITEMAP)}\n" if config.siteurl else ""
    yield f"User-agent: *\nDisallow:\n{sitemap}"
