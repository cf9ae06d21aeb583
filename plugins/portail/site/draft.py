"""All that was read, before it becomes a site: what the rules across documents look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from portail.config import Day
from portail.diagnostics import Position
from portail.geo.territories import Geography
from portail.links import RefIndex
from portail.model.entry import Entry
from portail.model.faults import FieldPath
from portail.model.issue import Frozen
from portail.model.kinds import Kind
from portail.model.registry import Mention, references_of
from portail.site.envois import Envois
from portail.site.moved import Renamed
from portail.site.reading import position_of
from portail.source.retraits import Register
from portail.source.store import Loaded

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Documents and medias that were read.

    ``items`` holds, by reference, every document that can be an entry, perhaps without its faulty
    fields; ``doubles`` those whose reference is taken, which rules look at all the same; ``known``
    every reference that a file of the tree claims, even an unreadable one. ``medias`` are the
    records of pictures and documents by path; ``bytes_of`` reads a file again, to find the place
    of a mistake. ``refs`` finds what a link names among the known. References of what has an error
    of its own are ``faulty``: what names it has nothing more to say; those of what is not
    published on the day of the build are ``hidden``. ``register`` says what was taken back,
    ``envois`` which letters were sent, ``sent`` those that were by the day of the build. ``moved``
    says what contents that were renamed are called now; ``renamed`` the fields of items that call
    them as before, by reference of the item: its entry has the name of now already.
    """

    items: Mapping[str, Loaded]
    doubles: Sequence[Loaded]
    known: Mapping[str, PurePosixPath]
    medias: Mapping[PurePosixPath, Loaded]
    geography: Geography
    day: Day
    preview: bool
    bytes_of: Callable[[PurePosixPath], bytes]
    register: Register = field(default_factory=Register)
    envois: Envois = field(default_factory=Envois)
    moved: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, tuple[Renamed, ...]] = field(default_factory=dict)
    refs: RefIndex = field(init=False)
    faulty: frozenset[str] = field(init=False)
    sent: Mapping[str, Frozen] = field(init=False)
    hidden: frozenset[str] = field(init=False)
    _entries: list[tuple[Loaded, Entry]] = field(init=False)
    _mentions: dict[int, tuple[Mention, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.refs = RefIndex(self.known, self.moved)
        documents = (*self.items.values(), *self.doubles)
        self._entries = [(one, one.entry) for one in documents if one.entry]
        self.sent = self.envois.seen(self.day.date)
        self.faulty = frozenset(ref for ref, one in self.items.items() if one.faulty)
        entries = ((ref, one.entry) for ref, one in self.items.items())
        self.hidden = frozenset(ref for ref, entry in entries if entry and not self.visible(entry))

    def entry(self, ref: str) -> Entry | None:
        """The entry of ``ref``, if it can be read."""
        loaded = self.items.get(ref)
        return loaded.entry if loaded else None

    def entries(self) -> Sequence[tuple[Loaded, Entry]]:
        """Every readable document with its entry, in the order of references, then doubles."""
        return self._entries

    def visible(self, entry: Entry) -> bool:
        """Whether the entry is published on the day of the build."""
        return self.preview or entry.paru(self.day.date)

    def is_sent(self, entry: Entry) -> bool:
        """Whether it is the editor's word of a letter that was sent: it changes nothing any more,
        and what it names may be gone."""
        return entry.kind is Kind.NEWSLETTER and entry.slug in self.sent

    def scheduled(self, entry: Entry) -> bool:
        """Whether its day of publication is still to come."""
        return entry.publie_le is not None and entry.publie_le > self.day.date

    def place(self, loaded: Loaded, loc: FieldPath) -> Position:
        """Where a field stands; reads the file again, so only for what is wrong."""
        return position_of(loaded.path, self.bytes_of(loaded.path), loc)

    def mentions(self, entry: Entry) -> tuple[Mention, ...]:
        """What an entry names in its fields, looked for once."""
        found = self._mentions.get(id(entry))  # the draft holds every entry, so none is reused
        if found is None:
            found = self._mentions[id(entry)] = tuple(references_of(entry))
        return found
