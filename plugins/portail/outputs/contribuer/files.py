"""The files of published contents as the form reads them again: front matter as text, and body.

A few contents of a kind share a file, found by the CRC-32 of a slug, here and in
``js/contribuer-reprise.js``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zlib import crc32

from portail.facts.base import unlinked
from portail.model.kinds import Kind
from portail.model.registry import references_of
from portail.outputs.opendata.catalogue import published
from portail.outputs.pages.reading import mistake_address
from portail.schemas.front_matter import front_matter_of
from portail.site.item import Item
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.opening_hours_french import opening_lines
from portail.text.opening_hours_text import read_opening_hours

__all__ = ["as_text", "group_count", "groups_of", "source_file"]

_SHARED = 32
"""Most contents that share a file, on average: about 40 kB compressed."""


@per_site
def group_count(site: Site, kind: Kind) -> int:
    """How many files the contents of a kind are in: a power of two, so that contents change files
    only when there are twice as many."""
    least = -(-len(published(site, kind)) // _SHARED)
    return 1 << max(least - 1, 0).bit_length()


def groups_of(site: Site, kind: Kind) -> dict[int, list[Item]]:
    """The contents of each file that has some, in the order of references."""
    count, groups = group_count(site, kind), dict[int, list[Item]]()
    for item in published(site, kind):
        groups.setdefault(crc32(item.entry.slug.encode()) % count, []).append(item)
    return groups


def source_file(item: Item, site: Site) -> dict[str, Any]:
    """``chemin`` of the file in the repository, where one tells of a mistake in it (``signaler``,
    if there is such an address), its front matter with every scalar as text (``entete``), its
    Markdown as it is written (``corps``). Opening hours are in French, which reads back the same.

    A person who left is not named. Raises ``CacheError`` when the store lost the text.
    """
    front = front_matter_of(item.entry, site.geography.label)
    for loc, said in _left(site, item.ref):
        place: Any = front
        for step in loc[:-1]:
            place = place[step]
        place[loc[-1]] = said
    hours = front.get("horaires_ouverture")
    if hours:
        said = " ; ".join(opening_lines(read_opening_hours(hours)))
        front["horaires_ouverture"] = said.replace("\u00a0", " ")
    mistake = mistake_address(item.entry, item.url, site.config)
    return {
        "chemin": str(item.entry.source),
        **({"signaler": mistake} if mistake else {}),
        "entete": as_text(front),
        "corps": site.bodies.source(item.stored),
    }


def _left(site: Site, ref: str) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Where a content names a person who left, and what is written there instead."""
    return tuple(
        (mention.loc, said)
        for mention in references_of(site.items[ref].entry)
        if not mention.named(site.items) and (said := unlinked(mention)) != mention.value
    )


def as_text(value: Any) -> Any:
    """A front matter whose scalars are what a contributor writes.

    >>> as_text({"tarif": {"prix": 5.5, "gratuit": False}, "jauge": 40})
    {'tarif': {'prix': '5,50', 'gratuit': 'false'}, 'jauge': '40'}
    """
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    """A price as it is printed; more decimals than cents are those of a position."""
    text = f"{Decimal(repr(value)):f}"
    whole, _, decimals = text.partition(".")
    return f"{whole},{decimals:0<2}" if len(decimals) <= 2 else text
