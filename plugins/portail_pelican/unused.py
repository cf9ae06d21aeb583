"""Settings of Pelican that were given another value than the usual one, and have no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from portail.cli.in_vain import in_vain, is_feed

_USUAL = {**DEFAULT_CONFIG, **dict.fromkeys(filter(is_feed, DEFAULT_CONFIG))}
"""Feeds are off in a portal that gives none of them."""


def unused(settings: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each of them, in order (``portail.cli.in_vain``)."""
    return in_vain(settings, _USUAL)
