"""Addresses and words of the agenda of several portals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portail.resources import rows_of

NETWORK = "/reseau/"
NETWORK_COMMUNES = f"{NETWORK}communes.json"

WORDS: Mapping[str, Any] = rows_of("pages.voisins", "mots")
PAGE: Mapping[str, str] = WORDS["page"]
