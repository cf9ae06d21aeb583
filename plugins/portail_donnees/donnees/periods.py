"""Kinds that grow from year to year, cut so that an edit writes little again, and that no file
outgrows what hosts take.

A part is a year, when it holds few contents; else its months, tens of days, days. Bounds never
depend on the contents, so that one more moves none. The file of the kind lists the parts with
their sizes and digests: whoever keeps a copy asks for those that changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from msgspec import Struct

from portail.model.kinds import Kind
from portail.site.item import Item
from portail.site.memo import answer, kept_answer, published
from portail.site.site import Site

# Contents of a part that could be cut: some 250 kB of JSON.
MOST = 60
# Contents of a table that could be cut: some 3 MB of CSV.
MOST_ROWS = 2_000


class Part(Struct, frozen=True):
    """The contents of some days, ``refs`` in order. ``periode`` is how their day begins (ISO 8601:
    « 2021 », « 2021-10 », « 2021-10-1 » from the 10th to the 19th, « 2021-10-09 »)."""

    periode: str
    refs: tuple[str, ...]


@kept_answer
def parts(site: Site, folder: str) -> tuple[Part, ...]:
    """The parts of a kind of ``CUT``, in the order of time; none of them is empty. No title changes
    them."""
    days: dict[date, list[str]] = defaultdict(list)
    for item in published(site, Kind(folder)):
        days[day_of(item)].append(item.ref)
    return tuple(_cut(sorted(days.items()), 0))


def day_of(item: Item) -> date:
    # The first day of an event; the one when anything else was published, which kinds that are cut
    # must say.
    first = min((occurrence.day for occurrence in item.occurrences), default=item.entry.publie_le)
    assert first is not None
    return first


def _cut(days: Iterable[tuple[date, list[str]]], depth: int) -> Iterator[Part]:
    groups: dict[str, list[tuple[date, list[str]]]] = defaultdict(list)
    for day, refs in days:
        groups[f"{day}"[: _SIGNS[depth]]].append((day, refs))
    for periode, of_period in groups.items():
        contents = list(chain.from_iterable(refs for _, refs in of_period))
        if len(contents) > MOST and depth + 1 < len(_SIGNS):
            yield from _cut(of_period, depth + 1)
        else:
            yield Part(periode, tuple(sorted(contents)))


# How many signs of a day say its period, from long to short.
_SIGNS = (4, 7, 9, 10)


@answer
def years(site: Site, folder: str) -> Mapping[str, tuple[str, ...]]:
    """The contents of each year, in the order of references, of a kind that one table does not
    hold; nothing of another."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in parts(site, folder):
        found[part.periode[: _SIGNS[0]]] += part.refs
    if sum(map(len, found.values())) <= MOST_ROWS:
        return {}
    return {year: tuple(sorted(refs)) for year, refs in found.items()}
