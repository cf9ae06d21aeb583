"""What a dialogue looks things up in: lists, communes, contents of the folder; and the check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from portail.cli.excerpt import title_of
from portail.cli.new.composed import composed
from portail.config import Day
from portail.diagnostics import Diagnostic, Position, Severity
from portail.geo.territories import Geography
from portail.model.fields import Reading
from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.site.assemble import check, draft_of
from portail.site.envois import envois_of
from portail.site.reading import read_all, read_document, register_of
from portail.source.document import Parts, split
from portail.source.frontmatter import parse_front_matter
from portail.source.loader import Listing, Media, SourceFile, list_content
from portail.source.mailing_lists import check_addresses
from portail.source.store import Stamp, Store
from portail.text.slugs import slug_of_filename

__all__ = ["World", "key_at"]

_HEAD = 4096


@dataclass(slots=True)
class World:
    """The folder ``content`` as it was when the command began, with the tables it needs."""

    content: Path
    kind: Kind
    today: date
    vocabularies: Vocabularies
    geography: Geography
    store: Store
    listing: Listing
    _titles: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, content: Path, data: Path, region: str, kind: Kind, today: date, store: Store,
             statiques: Sequence[str] = ()) -> World:  # fmt: skip
        """List ``content`` and read the tables of ``data``. Raises ``DataError``."""
        lists, geography = Vocabularies.load(data), Geography.load(data, region)
        listing = list_content(content, statiques)
        return cls(content, kind, today, lists, geography, store, listing)

    @property
    def reading(self) -> Reading:
        """What validation is given."""
        return Reading(self.vocabularies, self.geography)

    @property
    def path(self) -> PurePosixPath:
        """The path under which a file that has no name yet is checked."""
        return PurePosixPath(self.content.name, self.kind.value, "nouveau.md")

    @property
    def refs(self) -> frozenset[str]:
        """References of all contents."""
        return frozenset(f"{one.kind.value}/{one.slug}" for one in self.listing.documents)

    def names(self, folders: Sequence[str]) -> dict[str, str]:
        """Slugs by title, of the contents of ``folders`` and of the territories of the tables."""
        found: dict[str, str] = {}
        for folder in folders:
            if folder not in self._titles:
                self._titles[folder] = dict(self._named(folder))
            found |= {title: slug for title, slug in self._titles[folder].items()
                      if title not in found}  # fmt: skip
        return found

    def label(self, folders: Sequence[str], slug: str) -> str:
        """The title of a content, with its reference as the file will write it."""
        titles = self.names(folders)
        title = next((title for title, one in titles.items() if one == slug), slug)
        return title if title == slug else f"{title} ({slug})"

    def _named(self, folder: str) -> Iterator[tuple[str, str]]:
        for one in self.listing.documents:
            if one.kind.value == folder:
                title = ""
                with suppress(OSError), one.file.open(encoding="utf-8", errors="replace") as stream:
                    title = title_of(stream.read(_HEAD).splitlines())
                yield title.replace("*", "") or one.slug, one.slug
        if folder == Kind.TERRITOIRE.value:
            for territory in self.geography.territoires:
                yield territory.nom, self.geography.slug(territory)

    def faults(self, values: dict[str, Any], body: str) -> list[tuple[str, Diagnostic]]:
        """Errors of a file that would hold ``values`` and ``body`` alone, each with its key."""
        text = composed(self.kind, values, body)
        file = SourceFile(self.path, Path(), self.kind, "nouveau", Stamp(0, 0))
        loaded, _ = read_document(text.encode("utf-8", "surrogatepass"), file, self.reading)
        errors = (one for one in loaded.diagnostics if one.severity is Severity.ERREUR)
        return [(key_at(text, one.position), one) for one in errors]

    def check(self, name: str, text: str) -> list[Diagnostic]:
        """All that ``portail check`` would say of a new file ``name`` with ``text``."""
        path = PurePosixPath(self.content.name, self.kind.value, f"{name}.md")
        data = text.encode("utf-8")
        slug = slug_of_filename(path.name)
        file = SourceFile(path, Path(*path.parts), self.kind, slug, Stamp(len(data), 0))
        loaded, _ = read_document(data, file, self.reading)
        old = self.listing
        files: list[SourceFile | Media] = [*old.documents, *old.medias]
        records = read_all(files, self.store, self.reading, map)
        count = len(old.documents)
        listing = Listing([*old.documents, file], old.medias, old.frozen, old.register)
        draft, doubles = draft_of(
            listing,
            [*records[:count], loaded, *records[count:]],
            self.geography,
            Day(self.today, pinned=True),
            False,
            register_of(listing, self.reading),
            envois_of(listing, self.store),
        )
        others = draft.bytes_of
        draft.bytes_of = lambda one: data if one == path else others(one)
        found = [*loaded.diagnostics, *check_addresses(path, data), *doubles, *check(draft)]
        return sorted({one for one in found if one.position.path == path},
                      key=lambda one: one.sort_key)  # fmt: skip


def key_at(text: str, position: Position) -> str:
    """The field of the front matter that holds ``position``; « texte » for the body, empty for a
    mistake of the whole file."""
    parts = split(text, position.path)
    if not isinstance(parts, Parts):
        return ""
    if position.line >= parts.body_line:
        return "texte"
    root, _ = parse_front_matter(parts.front, position.path, parts.front_line)
    rows = root.value if root and isinstance(root.value, dict) else {}
    found = ""
    for key, node in rows.items():
        if (node.key or (node.line, 0, 0))[0] <= position.line:
            found = key
    return found
