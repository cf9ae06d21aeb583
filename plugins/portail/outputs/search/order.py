"""The number of each content in the search, and the card that it shares a file with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portail.files import digest_bytes
from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site

__all__ = ["BLOCK", "SEGMENT", "Segment", "segments"]

SEGMENT = 256
"""Numbers of a segment: content ``rank`` of segment ``number`` is ``number * SEGMENT + rank``."""

BLOCK = 8
"""Contents whose cards share a file: content ``n`` is in the file ``n // BLOCK``. The answers of
a query are seldom neighbours: more cards in a file are hardly fewer requests, and more bytes."""

_LEFT_OUT = frozenset({Kind.NEWSLETTER})
"""What gathers other contents week after week would answer every query."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Contents whose numbers follow one another, from ``number * SEGMENT``; ``mark`` is a digest
    of which they are, in order."""

    number: int
    refs: tuple[str, ...]
    mark: str


@per_site
def segments(site: Site) -> tuple[Segment, ...]:
    """All that can be found, in order of number.

    Numbers follow from the contents alone, and a new content moves few others: what has a day of
    publication is numbered by it, so that the newest comes last, in segments of odd number; the
    rest, by reference, in those of even number.
    """
    found = [item for item in site.items.values() if item.entry.kind not in _LEFT_OUT]
    dated = sorted((item for item in found if item.entry.publie_le), key=_by_day)
    undated = sorted((item for item in found if not item.entry.publie_le), key=lambda one: one.ref)
    return tuple(sorted([*_cut(dated, 1), *_cut(undated, 0)], key=lambda segment: segment.number))


def _by_day(item: Item) -> tuple[date, str]:
    assert item.entry.publie_le is not None
    return item.entry.publie_le, item.ref


def _cut(items: list[Item], parity: int) -> list[Segment]:
    cut = []
    for start in range(0, len(items), SEGMENT):
        refs = tuple(item.ref for item in items[start : start + SEGMENT])
        mark = digest_bytes("\n".join(refs).encode())[:6]
        cut.append(Segment(2 * (start // SEGMENT) + parity, refs, mark))
    return cut
