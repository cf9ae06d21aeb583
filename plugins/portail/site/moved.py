"""References to contents that were renamed or taken back for another: where they lead now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.kinds import KINDS, Kind
from portail.model.registry import Mention, references_of
from portail.model.retrait import Retrait
from portail.site.reserved import former_path

__all__ = ["Renamed", "follow", "moved_refs"]

_KINDS = {info.segment: kind for kind, info in KINDS.items()}


class Renamed(NamedTuple):
    """A field that names a content as it was called before, and what to write there now."""

    mention: Mention
    written: str


def moved_refs(
    entries: Iterable[Entry], retraits: Iterable[Retrait], known: Container[str]
) -> dict[str, str]:
    """By each reference that is no more among ``known``, the one that took its address: what
    former addresses say, then the register of contents taken back."""
    found: dict[str, str] = {}
    for entry in entries:
        for url in entry.anciennes_urls:
            ref = _ref_at(former_path(url))
            if ref and ref not in known:
                found.setdefault(ref, entry.ref)
    for one in retraits:
        if one.vers in known and one.ref not in known:
            found.setdefault(one.ref, str(one.vers))
    return found


def _ref_at(path: str) -> str:
    """The content whose page was at ``path``; ``""`` for an address of another shape."""
    parts = path.strip("/").split("/")
    segment, slug = ("", parts[0]) if len(parts) == 1 else (parts[0], parts[-1])
    kind: Kind | None = _KINDS.get(segment)
    return f"{kind.value}/{slug}" if kind and len(parts) < 3 else ""


def follow(
    entry: Entry, known: Container[str], moved: Mapping[str, str]
) -> tuple[Entry, tuple[Renamed, ...]]:
    """``entry`` with each field that names a content of ``moved`` naming it as it is called now,
    and these fields."""
    renamed = tuple(_renamed(entry, known, moved))
    for one in renamed:
        entry = _with(entry, one.mention.loc, one.written)
    return entry, renamed


def _renamed(entry: Entry, known: Container[str], moved: Mapping[str, str]) -> Iterator[Renamed]:
    for mention in references_of(entry):
        old = mention.named(moved) if mention.named(known) is None else None
        folder, _, slug = moved[old].partition("/") if old else ("", "", "")
        if folder in mention.folders:
            whole = "/" in mention.value or len(mention.folders) > 1
            yield Renamed(mention, f"{folder}/{slug}" if whole else slug)


def _with(value: Any, loc: FieldPath, written: str) -> Any:
    """A copy of ``value`` where what stands at ``loc`` is ``written``."""
    if not loc:
        return written
    step, rest = loc[0], loc[1:]
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], _with(value[step], rest, written), *value[step + 1 :])
    inside = getattr(value, str(step))
    return value.model_copy(update={str(step): _with(inside, rest, written)})
