"""Sentences of pages, and what their parts hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portail.resources import rows

PARTS: Mapping[str, Any] = rows("parties")
"""Parts of pages: their titles, and what each holds."""
WORDS: Mapping[str, Mapping[str, str]] = rows("mots")
"""Sentences of pages, by what they tell of."""
