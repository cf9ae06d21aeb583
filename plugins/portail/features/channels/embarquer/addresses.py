"""Addresses of what other sites show."""

from __future__ import annotations

from portail.site.urls import EMBEDS


def embed_of(page: str) -> str:
    """Site path of what another site shows of the agenda of a page:
    ``/embarquer/lieux/la-coupole/``."""
    return f"{EMBEDS[:-1]}{page}"
