"""All that was read, before it becomes a site: what the rules across documents look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from portail.config import Day
from portail.diagnostics import Position
from portail.geo.territories import Geography
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.site.reading import position_of
from portail.source.store import Loaded

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Documents and medias that were read.

    ``items`` holds, by reference, every document that can be an entry; ``known`` every reference
    that a file of the tree claims, even a faulty one (a mistake is said once, at its source).
    ``medias`` are the records of pictures and documents by path; ``bytes_of`` reads a file again,
    to find the place of a mistake.
    """

    items: Mapping[str, Loaded]
    known: Mapping[str, PurePosixPath]
    medias: Mapping[PurePosixPath, Loaded]
    geography: Geography
    day: Day
    preview: bool
    bytes_of: Callable[[PurePosixPath], bytes]
    content: str = "content"
    _by_slug: dict[str, list[str]] = field(default_factory=dict)

    def entry(self, ref: str) -> Entry | None:
        """The entry of ``ref``, if it can be read."""
        loaded = self.items.get(ref)
        return loaded.entry if loaded else None

    def entries(self) -> list[tuple[Loaded, Entry]]:
        """Every readable document with its entry, in the order of paths."""
        return [(loaded, loaded.entry) for loaded in self.items.values() if loaded.entry]

    def visible(self, entry: Entry) -> bool:
        """Whether the entry is published on the day of the build."""
        if self.preview:
            return True
        return not entry.brouillon and not self.scheduled(entry)

    def scheduled(self, entry: Entry) -> bool:
        """Whether its day of publication is still to come."""
        return entry.publie_le is not None and entry.publie_le > self.day.date

    def place(self, loaded: Loaded, loc: FieldPath) -> Position:
        """Where a field stands; reads the file again, so only for what is wrong."""
        return position_of(loaded.path, self.bytes_of(loaded.path), loc)

    def refs_named(self, slug: str) -> list[str]:
        """References, of any kind, whose last part is ``slug``."""
        if not self._by_slug:
            for ref in self.known:
                self._by_slug.setdefault(ref.partition("/")[2], []).append(ref)
        return self._by_slug.get(slug, [])
