"""Which source gave each content, and whether the one that is read is among them.

The journal keeps for each content the sources that tell it. A source goes on with a former one if
it has its whole address; else if it calls itself the same, or neither has a name, and most of what
they hold is the same. In doubt it is another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from portail.features.services.tableurs.models import NAMESPACE
from portail.model.event import Event

from .base import (
    Base,
    Claim,
    Journal,
    claims_of,
    is_owned,
    keep,
    mark,
)
from .matching import Traits


class Former(Struct):
    """What a source gave that is still there: the contents, and its claims to those to come."""

    labels: set[str] = field(default_factory=set)
    refs: set[str] = field(default_factory=set)
    coming: dict[str, Claim] = field(default_factory=dict)


def formers(base: Base) -> Mapping[str, Former]:
    found: dict[str, Former] = defaultdict(Former)
    for ref, memory in base.journal.items():
        item = base.items.get(ref)
        for claim in claims_of(memory) if item else ():
            former = found[claim.source]
            former.labels.add(claim.label)
            former.refs.add(ref)
            if item and isinstance(item.entry, Event) and not item.is_over:
                former.coming[ref] = claim
    return found


def origin_of(found: Sequence[tuple[Traits, Traits]], new: int, base: Base) -> str:
    """The name of the former source that this one goes on with; "" for none. ``found`` are its
    items that are contents, each with its content, ``new`` how many it has that were never seen."""
    known = formers(base)
    if base.address in known:
        return base.address
    there = {content.ref for _, content in found}
    best: dict[str, int] = {}
    for name, former in sorted(known.items()):
        alike = bool(former.labels & base.labels)
        named = "=" in {label[0] for label in (base.label, *former.labels)}
        own = [pair for pair in found if pair[1].ref in former.refs and _is_kept(*pair, alike)]
        most = alike or 2 * len(former.coming.keys() & there) > len(former.coming)
        if 2 * len(own) > len(found) + new and most and (alike or not named):
            best[name] = len(own)
    return max(best, key=lambda name: best[name], default="")


# Rows of two tables may have the same numbers: there, a number alone proves nothing.


def _is_kept(item: Traits, content: Traits, alike: bool) -> bool:
    # Whether an item proves that its source, of the same name or not, is that of its content.
    same = item.identifier == content.identifier != ""
    if item.titles & content.titles:
        return alike or same
    return alike and (item.namespace != NAMESPACE or (same and item.starts == content.starts))


def is_its(item: Traits, content: Traits) -> bool:
    """Whether an item is a content of another source, and not one of its own that looks alike."""
    same = item.identifier == content.identifier != ""
    begins = item.starts == content.starts
    if item.titles & content.titles:
        return same or begins or not (item.identifier and content.identifier)
    return same and begins and bool(item.starts) and item.namespace != NAMESPACE


def claim(refs: Iterable[str], origin: str, base: Base, journal: Journal) -> None:
    """Note that the source that is read, ``origin`` or a new one, tells the contents ``refs``. Of
    what an earlier version wrote, which may be of several, it takes its own."""
    refs = sorted(refs)
    kept = origin not in ("", *base.labels)
    name = origin if kept else base.address or mark([base.label, *refs])
    for ref in refs:
        mine = is_owned(journal[ref], origin)
        others = [it for it in claims_of(journal[ref]) if it.source not in (name, origin)]
        own = [Claim(name, base.label)]
        keep([*own, *others] if mine else [*others, *own], journal[ref])
