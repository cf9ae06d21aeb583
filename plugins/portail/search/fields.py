"""The fields of a content in the search: where their positions begin, how much each says."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FIELDS", "HEADINGS", "MOST", "NAMES", "SUMMARY", "TEXT", "TITLE", "Field"]


class Field(NamedTuple):
    """Positions of a field go from ``start`` to before ``end``.

    ``boost`` is what one occurrence counts for, one in a body counting for 1, where the field has
    ``usual`` words that count. ``slope`` says how much its length matters: 0 not at all, 1 half as
    much where it is twice as long.
    """

    start: int
    end: int
    boost: float
    usual: float
    slope: float


TITLE = Field(0, 64, 9.0, 6, 0.3)
SUMMARY = Field(64, 192, 3.0, 14, 0.3)
NAMES = Field(192, 320, 4.0, 16, 0.1)
HEADINGS = Field(320, 512, 2.5, 8, 0.3)
TEXT = Field(512, 1 << 30, 1.0, 250, 0.6)

FIELDS = (TITLE, SUMMARY, NAMES, HEADINGS, TEXT)
"""In the order of their positions."""

MOST = 32
"""Most positions that are kept of a term in a content: its first ones."""
