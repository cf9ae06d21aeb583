"""The fields of a content in the search: where their positions begin, how much each says."""

from __future__ import annotations

from typing import NamedTuple

from portail.body.words import BODY

__all__ = ["FIELDS", "HEADINGS", "NAMES", "SUMMARY", "TEXT", "TITLE", "Field", "Record"]


class Field(NamedTuple):
    """Positions of a field go from ``start`` to before ``end``.

    ``boost`` is what one occurrence counts for, an occurrence in a body counting for 1; in a field
    of ``usual`` words exactly. ``slope`` says how much the length of the field matters: 0 not at
    all, 1 half as much where it is twice as long.
    """

    start: int
    end: int
    boost: float
    usual: float
    slope: float


TITLE = Field(0, 64, 9.0, 6, 0.3)
SUMMARY = Field(64, 192, 3.0, 14, 0.3)
NAMES = Field(192, 320, 4.0, 16, 0.1)
HEADINGS = Field(320, BODY, 2.5, 8, 0.3)
TEXT = Field(BODY, 1 << 30, 1.0, 250, 0.6)

FIELDS = (TITLE, SUMMARY, NAMES, HEADINGS, TEXT)
"""In the order of their positions; the body comes last."""


class Record(NamedTuple):
    """The texts of one content: those of each of ``FIELDS`` but the body, plain, several of one
    field being apart from one another; ``body`` is packed (``body.words``)."""

    title: str
    summary: str
    names: tuple[str, ...]
    headings: tuple[str, ...]
    body: str
