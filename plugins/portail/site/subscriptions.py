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
    # Pages that tell the same in other languages: the code of each, its name, a site path.
    langues: tuple[tuple[str, str, str], ...] = ()


def joined(every: Iterable[Ways]) -> Ways:
    feeds: list[tuple[str, tuple[Address, ...]]] = []
    calendar = ""
    frame = ""
    langues: tuple[tuple[str, str, str], ...] = ()
    for ways in every:
        feeds += ways.feeds
        calendar = calendar or ways.calendar
        frame = frame or ways.frame
        langues = langues or ways.langues
    return Ways(tuple(feeds), calendar, frame, langues)
