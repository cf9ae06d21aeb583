"""How one follows a page: its feeds, its calendar, the frame that other sites show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

FORMATS: Mapping[str, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
"""Media type of each format of a feed: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""


class Address(Struct, frozen=True):
    """One form of a feed: a key of ``FORMATS``, its site path."""

    format: str
    url: str

    @property
    def type(self) -> str:
        """Its media type."""
        return FORMATS[self.format]


class Ways(NamedTuple):
    """How one follows a page; a feature says what it brings (``Feature.ways``)."""

    feeds: tuple[tuple[str, tuple[Address, ...]], ...] = ()
    """Names and addresses of its feeds."""
    calendar: str = ""
    """Address of its calendar; ``""`` for none."""
    frame: str = ""
    """Address where the code of its frame is given; ``""`` where it holds nothing recent."""


def joined(every: Iterable[Ways]) -> Ways:
    """All that several features bring."""
    every = tuple(every)
    return Ways(
        feeds=tuple(feed for ways in every for feed in ways.feeds),
        calendar=next((ways.calendar for ways in every if ways.calendar), ""),
        frame=next((ways.frame for ways in every if ways.frame), ""),
    )
