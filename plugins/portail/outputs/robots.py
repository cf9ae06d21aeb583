"""Output « robots »: what crawlers are told first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from portail.config import SiteConfig
from portail.files import digest_of
from portail.outputs.base import TextFile
from portail.site.site import Site
from portail.site.urls import ROBOTS, SITEMAP, file_of

__all__ = ["RobotsOutput"]


class RobotsOutput:
    """``/robots.txt`` (RFC 9309): a published site is open to all, a preview to nobody.

    What engines must not index is said by each page (``noindex``): a page that they are kept from
    could not tell them.
    """

    name: ClassVar[str] = "robots"

    def plan(self, site: Site) -> Iterator[TextFile]:
        """One file."""
        text = _text(site.config)
        yield TextFile(file_of(ROBOTS), ROBOTS, (digest_of(text),), lambda: iter((text,)))


def _text(config: SiteConfig) -> str:
    if config.apercu:
        return f"User-agent: *\nDisallow: {config.base}/\n"
    sitemap = f"\nSitemap: {config.absolute(SITEMAP)}\n" if config.siteurl else ""
    return f"User-agent: *\nDisallow:\n{sitemap}"
