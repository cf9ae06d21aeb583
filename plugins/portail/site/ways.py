"""How one follows a page: its feeds, its calendar, the frame that other sites show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

# Media type of each format of a feed: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1.
FORMATS: Mapping[str, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


class Address(Struct, frozen=True):
    """One form of a feed: a key of ``FORMATS``, its site path."""

    format: str
    url: str

    @property
    def type(self) -> str:
        return FORMATS[self.format]


class Ways(NamedTuple):
    """How one follows a page; a feature says what it brings (``Feature.ways``)."""

    feeds: tuple[tuple[str, tuple[Address, ...]], ...] = ()
    calendar: str = ""
    # Address where the code of its frame is given; ``""`` where it holds nothing recent.
    frame: str = ""


def joined(every: Iterable[Ways]) -> Ways:
    every = tuple(every)
    return Ways(
        feeds=tuple(feed for ways in every for feed in ways.feeds),
        calendar=next((ways.calendar for ways in every if ways.calendar), ""),
        frame=next((ways.frame for ways in every if ways.frame), ""),
    )
