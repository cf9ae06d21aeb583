"""JSON files of ``/api/v1/``: their head, one record a line, their cut by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.json import encode

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Derived
from portail.site.item import Item
from portail.site.memo import answer, per_site
from portail.site.published import published
from portail.site.site import Site
from portail.site.urls import API, file_of

from .addresses import api_of
from .catalogue import (
    CUT,
    LICENCE,
    VERSION,
    Fichier,
    attribution,
)

# Key of the list of records.
DATA_KEY = "donnees"

# Signs that JSON allows and that some readers of lines take for the end of one.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def to_json(value: object) -> str:
    """``value`` on one line, for readers of lines too."""
    text = encode(value).decode()
    for sign, escaped in _LINE_ENDS.items():
        text = text.replace(sign, escaped)
    return text


def head_of(site: Site) -> dict[str, Any]:
    return {
        "version": VERSION,
        "licence": LICENCE,
        "attribution": attribution(site.config, site.vocabularies),
    }


def document(
    head: Mapping[str, Any], rows: Iterable[object], name: str = DATA_KEY
) -> Iterator[str]:
    """The text of a document: ``head``, then the list ``name``, one of ``rows`` a line."""
    yield f"{to_json(head)[:-1]},{to_json(name)}:["
    for rank, row in enumerate(rows):
        yield f"{',' if rank else ''}\n{to_json(row)}"
    yield "\n]}\n"


# Kinds that grow from year to year, cut so that an edit writes little again.
# A part is a year, when it holds few contents; else its months, tens of days, days. Bounds never
# depend on the contents, so that one more moves none. The file of the kind lists the parts with
# their sizes and digests: whoever keeps a copy asks for those that changed.

# Contents of a part that could be cut: some 250 kB of JSON.
MOST = 60


class Part(Struct, frozen=True):
    """The contents of some days, in the order of references. ``periode`` is how their day begins
    (ISO 8601: « 2021 », « 2021-10 », « 2021-10-1 » from the 10th to the 19th, « 2021-10-09 »)."""

    periode: str
    items: tuple[Item, ...]


@per_site
def parts(site: Site, kind: Kind) -> tuple[Part, ...]:
    """The parts of a kind of ``CUT``, in the order of time; none of them is empty."""
    days: dict[date, list[Item]] = defaultdict(list)
    for item in published(site, kind):
        days[_day(item)].append(item)
    return tuple(_cut(sorted(days.items()), 0))


def _day(item: Item) -> date:
    # The first day of an event; the one when anything else was published, which kinds that are cut
    # must say.
    first = min((occurrence.day for occurrence in item.occurrences), default=item.entry.publie_le)
    assert first is not None
    return first


def _cut(days: Iterable[tuple[date, list[Item]]], depth: int) -> Iterator[Part]:
    groups: dict[str, list[tuple[date, list[Item]]]] = defaultdict(list)
    for day, items in days:
        groups[f"{day}"[: _SIGNS[depth]]].append((day, items))
    for periode, of_period in groups.items():
        contents = list(chain.from_iterable(items for _, items in of_period))
        if len(contents) > MOST and depth + 1 < len(_SIGNS):
            yield from _cut(of_period, depth + 1)
        else:
            yield Part(periode, tuple(sorted(contents, key=lambda item: item.ref)))


# How many signs of a day say its period, from long to short.
_SIGNS = (4, 7, 9, 10)


def part_url(kind: Kind, part: Part) -> str:
    return f"{api_of(kind).removesuffix('.json')}/{part.periode}.json"


@answer
def record_url(site: Site, ref: str) -> str:
    """Site path of the file that has the record of a content."""
    item = site.items[ref]
    kind = item.entry.kind
    if kind not in CUT:
        return api_of(kind)
    day = f"{_day(item)}"
    return next(part_url(kind, one) for one in parts(site, kind) if day.startswith(one.periode))


def parts_list(file: Fichier, kind: Kind, site: Site) -> Derived:
    """The list of the parts of a kind, made of their bytes."""
    periods = parts(site, kind)
    paths = tuple(file_of(part_url(kind, part)) for part in periods)
    key = digest_of(*((part.periode, len(part.items)) for part in periods))
    make = partial(_list, site, kind.value)
    return Derived(file_of(file.url), file.url, paths, make, key=(key,))


def _list(site: Site, of: str, data: Iterable[bytes]) -> bytes:
    kind = Kind(of)
    periods = parts(site, kind)
    rows = [
        {
            "periode": part.periode,
            "total": len(part.items),
            "fichiers": [_file_entry(part_url(kind, part), content)],
        }
        for part, content in zip(periods, data, strict=True)
    ]
    head = {**head_of(site), "total": sum(len(part.items) for part in periods)}
    return "".join(document(head, rows, "parties")).encode()


def _file_entry(url: str, data: bytes) -> Mapping[str, Any]:
    return {"nom": url.removeprefix(API), "octets": len(data), "sha256": sha256(data).hexdigest()}
