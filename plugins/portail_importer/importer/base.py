"""What an import starts from, including the journal of former imports, and its outcome."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct, field

from portail.codes import diagnostic
from portail.diagnostics import ConfigError, Diagnostic, Position
from portail.features.intake.corriger.sheet import Sheet as Text
from portail.features.services.schemas.front_matter import front_matter_of
from portail.features.services.tableurs.columns import IDENTIFIER
from portail.features.services.tableurs.models import NAMESPACE
from portail.files import digest_of
from portail.machine import reason_of
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import PLACES, Kind
from portail.model.place import PlaceEntry
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.source.store import Stamp
from portail.text.addresses import shown_address
from portail.text.normalise import name_key
from portail.text.typography import plain, unmarked

from .sources.items import Loss
from .sources.places import Portal

# ``imports.json`` has a line for each content, with a digest of each imported value. The next
# import compares: a value that no longer has its digest was edited by a person, and is left.

_VERSION = 1
_SIGNS = 12

# By reference (``ressources/x``): digests by field, a list of digests for rows of a list; that of
# its identifier without the hour it held (``BARE``), its sources (``SOURCE``: see ``origins.py``).
Journal: TypeAlias = dict[str, dict[str, Any]]
SOURCE = "@source"
BARE = "@sans-heure"


def mark(value: object) -> str:
    """The digest of a value of a front matter, whatever the order of its keys.

    >>> mark("12") == mark(12), mark({"a": [1]}) == mark({"a": [1]})
    (False, True)
    """
    return digest_of(json.dumps(value, ensure_ascii=False, sort_keys=True))[:_SIGNS]


def read_journal(file: Path) -> Journal:
    try:
        document = json.loads(file.read_bytes())
        contents = document["contenus"]
        whole = all(isinstance(values, dict) for values in contents.values())
        if document["version"] != _VERSION or not whole:
            raise ValueError(_VERSION)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{file} ne s’ouvre pas : {reason_of(error)}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ConfigError(
            f"{file} n’est plus lisible : reprenez-en la version précédente (git), ou supprimez-le."
        ) from None
    return dict(contents)


def journal_text(journal: Mapping[str, Mapping[str, Any]]) -> bytes:
    contents = ((ref, values) for ref, values in sorted(journal.items()) if values)
    inside = ",\n".join(
        f"{json.dumps(ref)}: {json.dumps(values, ensure_ascii=False, sort_keys=True)}"
        for ref, values in contents
    )
    return f'{{"version": {_VERSION}, "contenus": {{\n{inside}\n}}}}\n'.encode()


# Which sources tell each content.


class Claim(NamedTuple):
    """A source that tells a content: its name in the journal, what it called itself then."""

    source: str
    label: str


def claims_of(memory: Mapping[str, Any]) -> list[Claim]:
    """The sources of a content, first the one that its values come from."""
    rows = memory.get(SOURCE, [])
    told = (str(row).partition(" ") for row in (rows if isinstance(rows, list) else [rows]))
    return [Claim(source, label or source) for source, _, label in told if source]


def is_owned(memory: Mapping[str, Any], origin: str) -> bool:
    """Whether the values of a content come from ``origin``, or from no source."""
    return next((claim.source == origin for claim in claims_of(memory)), True)


def keep(claims: Iterable[Claim], memory: dict[str, Any]) -> None:
    """Write the sources of a content in what the journal says of it."""
    memory[SOURCE] = [" ".join(claim) for claim in claims]


# What was imported, beside the folder of contents: see ``Journal``.
JOURNAL = "imports.json"
# Folder of the files that are not ready, beside that of contents, whose sub-folders it has.
ASIDE = "a-completer"
# What begins each line that an import writes at the head of a file, to say what it lacks.
NOTE = "# À compléter : "


_PLACED = tuple(kind.value for kind in PLACES)


class State(Enum):
    """What an item does to a file; the value is what the report prints."""

    NEW = "nouveau"
    CHANGED = "mis à jour"
    ADDED = "prêt ajouté"
    WAITING = "mise à jour à accepter"
    SAME = "inchangé"
    LEFT = "à compléter"
    REFUSED = "non importé"
    GONE = "n’est plus dans la source"


class Step(Struct, frozen=True):
    """What one item does to one file: new without ``before``, not written without ``after``."""

    row: int
    path: PurePosixPath
    state: State
    before: bytes = b""
    proposed: bytes = b""
    after: bytes = b""
    note: str = ""
    faults: tuple[Diagnostic, ...] = ()
    losses: tuple[Loss, ...] = ()


class Outcome(Struct, frozen=True):
    """What the items of a source come to."""

    steps: Sequence[Step]
    diagnostics: Sequence[Diagnostic]
    # The journal to write; ``None`` when it does not change.
    journal: Journal | None = None
    # Pictures to write, each in the folder of its content.
    beside: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    # By file, the spreadsheet row that each loan of its list comes from; 0: it was there.
    listed: Mapping[PurePosixPath, Sequence[int]] = field(default_factory=dict)
    # How many items have an error, and no step.
    faulty: int = 0
    # How many rows are other dates of the item of a step.
    joined: int = 0
    # How many rows are empty, or still the example of the template.
    blank: int = 0

    @property
    def files(self) -> dict[PurePosixPath, bytes]:
        return {
            step.path: step.after for step in self.steps if step.after and step.state != State.LEFT
        }

    @property
    def aside(self) -> dict[PurePosixPath, bytes]:
        return {
            step.path: step.after for step in self.steps if step.after and step.state == State.LEFT
        }

    @property
    def remembered(self) -> dict[PurePosixPath, bytes]:
        return {} if self.journal is None else {PurePosixPath(JOURNAL): journal_text(self.journal)}


class Base(Struct, frozen=True, dict=True):
    """The contents of the portal that an import adds to."""

    content: Path
    # Where they come from: a path, a URL.
    source: str
    items: Mapping[str, Item]
    # The day, the vocabularies, the communes.
    portal: Portal
    # The name that the source gives itself.
    called: str = ""
    # Who mailed it, if it was: a mail is called so, whatever its calendar calls itself.
    sender: str = ""

    @property
    def name(self) -> str:
        if "://" in self.source:
            return PurePath(urlsplit(self.source).path).name or shown_address(self.source)
        return PurePath(self.source).name or self.source

    @property
    def vocabularies(self) -> Vocabularies:
        return self.portal.reading.vocabularies

    @cached_property
    def journal(self) -> Journal:
        return read_journal(self.content.parent / JOURNAL)

    def at(self, row: int, rank: int | None = None) -> Position:
        return Position(PurePosixPath(self.name), row, 1 if rank is None else rank + 1, 1)

    def diagnose(
        self, code: str, row: int, rank: int | None = None, /, **values: object
    ) -> Diagnostic:
        return diagnostic(code, self.at(row, rank), paste="", label="", **values)

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        names: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for item in sorted(self.items.values(), key=lambda item: item.entry.slug):
            for name in names_of(item.entry):
                names[item.entry.kind.value][name_key(name)][item.entry.slug] = name
        return names

    def slugs(self, text: str, folders: Iterable[str]) -> Sequence[str]:
        """The slugs of the contents of ``folders`` that have the title ``text``."""
        key = name_key(text)
        return [slug for name in folders for slug in self.titles.get(name, {}).get(key, ())]

    def spellings(self, folders: Iterable[str] = _PLACED) -> Mapping[str, str]:
        """The names of the contents of ``folders``, by ``name_key``."""
        rows = chain.from_iterable(self.titles.get(name, {}).items() for name in folders)
        return {key: name for key, names in rows for name in names.values()}

    @cached_property
    def lieux(self) -> Mapping[str, str]:
        return self.spellings()

    def commune(self, text: str) -> str:
        """The INSEE code of what a cell says; empty when it is unknown, or several have it."""
        return str(getattr(self.portal.reading.places.commune(text), "code", ""))

    def town(self, name: str, postcode: str) -> str:
        """What a file writes for a commune: its postcode parts those of one name."""
        code = postcode and self.commune(f"{name} ({postcode})")
        return self.portal.geography.label(code) if code else name

    def named(self, text: str, folders: Sequence[str] = _PLACED) -> str:
        """The slug of the one content of ``folders`` that has the title ``text``, else ``text``."""
        if any(f"{folder}/{text}" in self.items for folder in folders):
            return text
        slugs = self.slugs(text, folders)
        return slugs[0] if len(slugs) == 1 else text

    @cached_property
    def address(self) -> str:
        """The digest of its address, which may hold a secret; "" for a file."""
        return mark(self.source) if "://" in self.source else ""

    @cached_property
    def label(self) -> str:
        """The digest of its sender or of the name that it gives itself, after « = »; else of where
        it is."""
        if self.sender:
            return f"={mark(self.sender)}"
        if self.called:
            return f"={mark(name_key(self.called))}"
        path = "" if self.address else os.path.relpath(self.source, self.content.parent)
        return f"/{mark(path or self.source)}"

    @cached_property
    def labels(self) -> frozenset[str]:
        """``label``, and what an earlier version wrote: the name of the file."""
        return frozenset([self.label, mark(self.name)])

    def text(self, entry: Entry) -> Text:
        """The file of a content that is there, to be mended."""
        file = self.file(entry.kind, entry.slug, entry.source)
        return Text(file, file.file.read_bytes().decode("utf-8"))

    def front(self, entry: Entry) -> dict[str, Any]:
        return front_matter_of(entry, self.portal.geography.label)

    def is_told(self, memory: Mapping[str, Any]) -> bool:
        """Whether a source of a content calls itself as the one that is read."""
        return any(claim.label in self.labels for claim in claims_of(memory))

    def file(self, kind: Kind, slug: str, path: PurePosixPath | None = None) -> SourceFile:
        path = path or PurePosixPath(self.content.name, kind.value, f"{slug}.md")
        return SourceFile(path, self.content.parent / path, kind, slug, Stamp(0, 0))


def days_of(entry: Entry) -> frozenset[date]:
    """The days on which an event begins; that of publication of another content."""
    if not isinstance(entry, Event):
        return frozenset(filter(None, [entry.publie_le]))
    moments = [entry.debut, *(seance.debut for seance in entry.seances)]
    first = [entry.horaires.du] if entry.horaires else []
    return frozenset([*(moment.jour for moment in moments if moment), *first])


def names_of(entry: Entry) -> Iterator[str]:
    """The title of a content as its file says it, without emphasis; its short name."""
    yield plain(unmarked(entry.titre))
    if isinstance(entry, PlaceEntry) and entry.nom_court:
        yield entry.nom_court


# Paths in the front matter of the columns that are not fields of the model.
FIELD = {IDENTIFIER: ("ids_externes", NAMESPACE)}
