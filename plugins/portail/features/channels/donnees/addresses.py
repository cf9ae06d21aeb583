"""Addresses of open data."""

from __future__ import annotations

from portail.model.kinds import Kind
from portail.site.urls import API

DATA = "/donnees/"
# Where fields were told, before schemas.
FORMER_DICTIONARY = f"{DATA}dictionnaire/"


def api_of(kind: Kind) -> str:
    """Site path of the open data of a kind: ``/api/v1/evenements.json``, ``/api/v1/pages.json``."""
    return f"{API}{kind.info.segment or kind.info.folder}.json"
