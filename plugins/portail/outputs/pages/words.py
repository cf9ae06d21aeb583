"""Sentences of pages, and what their parts hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portail.resources import rows

# Parts of pages: their titles, and what each holds.
PARTS: Mapping[str, Any] = rows("parties")
# Sentences of pages, by what they tell of.
WORDS: Mapping[str, Mapping[str, str]] = rows("mots")
