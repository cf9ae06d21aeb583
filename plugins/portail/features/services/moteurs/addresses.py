"""Addresses of what engines read."""

from __future__ import annotations

SITEMAP = "/sitemap.xml"


def sitemap_of(family: str, number: int) -> str:
    """Site path of one file, from 1, of what the sitemap tells of a family of pages:
    ``/sitemap-articles.xml``, ``/sitemap-articles-2.xml``. At the top: a sitemap only speaks of
    what is below its own folder (sitemaps.org, « location »)."""
    rank = f"-{number}" if number > 1 else ""
    return f"/sitemap-{family}{rank}.xml"
