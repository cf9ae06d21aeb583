"""What an import starts from, and what it comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path, PurePosixPath

from portail.cli.contents import Contents
from portail.diagnostics import Diagnostic, Position
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.scalars import Reading
from portail.model.vocabulary import Vocabularies
from portail.schemas.front_matter import NameOf
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.source.store import Stamp
from portail.text.normalise import name_key
from portail.text.typography import plain, unmarked
from portail.workbooks.columns import IDENTIFIER

JOURNAL = "imports.json"
"""What was imported, beside the folder of contents: see ``journal``."""
NAMESPACE = "tableur"
"""Key of ``ids_externes`` that holds the identifier of a row."""


class State(Enum):
    """What a row does; its value ends the line that tells it."""

    NEW = "nouveau"
    CHANGED = "mis à jour"
    ADDED = "prêt ajouté"
    WAITING = "mise à jour à accepter"
    SAME = "inchangé"


@dataclass(frozen=True, slots=True)
class Step:
    """What one row does to one file: its bytes before (none: a new file), those that the
    spreadsheet proposes, those that are to be written (none: it is left)."""

    row: int
    path: PurePosixPath
    state: State
    before: bytes = b""
    proposed: bytes = b""
    after: bytes = b""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rows of a sheet come to."""

    steps: Sequence[Step]
    diagnostics: Sequence[Diagnostic]
    remembered: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    """The journal, when something is imported."""
    formulas: int = 0
    """Cells that a formula computed."""
    listed: Mapping[PurePosixPath, Sequence[int]] = field(default_factory=dict)
    """By file, the row that each row of its list comes from (0: it was there)."""

    @property
    def files(self) -> dict[PurePosixPath, bytes]:
        """The files to write."""
        return {step.path: step.after for step in self.steps if step.after}


@dataclass(frozen=True)
class Base:
    """The contents that an import adds to."""

    content: Path
    file: Path
    """The spreadsheet."""
    day: date
    reading: Reading
    items: Mapping[str, Item]
    label: NameOf
    """What a file writes for the INSEE code of a commune."""

    @classmethod
    def of(cls, read: Contents, file: Path) -> Base:
        """Those of ``read``, which has a site."""
        site = read.result.site
        assert site is not None
        reading = Reading(site.vocabularies, site.geography)
        return cls(read.content, file, read.day.date, reading, site.items, site.geography.label)

    @property
    def name(self) -> str:
        """The name of the spreadsheet."""
        return self.file.name

    @property
    def vocabularies(self) -> Vocabularies:
        """The controlled lists."""
        return self.reading.vocabularies

    @property
    def journal(self) -> Path:
        """Where imports are remembered."""
        return self.content.parent / JOURNAL

    @property
    def source_of_journal(self) -> PurePosixPath:
        """Its path, as those of the files to write."""
        return PurePosixPath(JOURNAL)

    def at(self, row: int, rank: int | None = None) -> Position:
        """A cell of the spreadsheet, or its whole row."""
        return Position(PurePosixPath(self.name), row, 1 if rank is None else rank + 1, 1)

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Slugs of each folder by the titles and short names of its contents (``name_key``)."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for item in self.items.values():
            for name in names_of(item):
                found[item.entry.kind.value][name_key(name)].add(item.entry.slug)
        return {
            folder: {name: sorted(slugs) for name, slugs in names.items()}
            for folder, names in found.items()
        }

    @cached_property
    def spellings(self) -> Mapping[Kind, Mapping[str, str]]:
        """The names of contents, by kind and ``name_key``."""
        found: dict[Kind, dict[str, str]] = defaultdict(dict)
        for item in self.items.values():
            found[item.entry.kind] |= {name_key(name): name for name in names_of(item)}
        return found

    def named(self, text: str, folders: Sequence[str]) -> str:
        """The slug of the one content of ``folders`` that has the title ``text``, else ``text``."""
        if any(f"{folder}/{text}" in self.items for folder in folders):
            return text
        key = name_key(text)
        found = [slug for folder in folders for slug in self.titles.get(folder, {}).get(key, ())]
        return found[0] if len(found) == 1 else text

    def known(self, kind: Kind, identifier: str, title: str, slug: str) -> Item | None:
        """The content that a row is about: the one with its identifier, else with its title, else
        with its slug."""
        found = self.by_identifier.get(f"{kind.value}/{identifier}")
        names = self.named(title, (kind.value,)), slug
        refs = (self.items.get(f"{kind.value}/{name}") for name in names)
        return found or next(filter(None, refs), None)

    @cached_property
    def by_identifier(self) -> Mapping[str, Item]:
        """Contents by their folder and what ``ids_externes`` says of spreadsheets."""
        return {
            f"{item.entry.kind.value}/{value}": item
            for item in self.items.values()
            for key, value in item.entry.ids_externes
            if key == NAMESPACE
        }

    def source(self, kind: Kind, slug: str, path: PurePosixPath | None = None) -> SourceFile:
        """The file of a content, which may not be there yet."""
        path = path or PurePosixPath(self.content.name, kind.value, f"{slug}.md")
        return SourceFile(path, self.content.parent / path, kind, slug, Stamp(0, 0))


def names_of(item: Item) -> Iterator[str]:
    """The title of a content as its file says it, without emphasis; its short name."""
    yield plain(unmarked(item.entry.titre))
    if isinstance(item.entry, Lieu) and item.entry.nom_court:
        yield item.entry.nom_court


FIELD = {IDENTIFIER: ("ids_externes", NAMESPACE)}
"""Where columns that no field is are written."""
