"""What an import starts from: the contents of the portal, and the source that is read.

What the front matter of a file bears that sources gave or tell: the name of the one that wrote
it, and the seal of what was written; what each other one calls it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Final

from msgspec import Struct

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.features.services.schemas.front_matter import front_matter_of
from portail.files import digest_of
from portail.model.collections import PlaceEntry
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.kinds import PLACES, Kind, place_ref
from portail.model.vocabulary import Vocabularies
from portail.site.item import Item
from portail.source.loader import SourceFile
from portail.source.store import Stamp
from portail.text.addresses import address_parts, shown_address
from portail.text.normalise import name_key, with_newlines
from portail.text.suggest import sure
from portail.text.typography import plain, unmarked
from portail_importer.tableurs.columns import IDENTIFIER
from portail_importer.tableurs.models import NAMESPACE
from portail_plume.sheet import Sheet as Text

from .sources.places import Portal
from .where import is_hall, where_of

_SIGNS = 12
# Words of the name of a commune that are looked for.
_NAME = 4


def mark(value: object) -> str:
    """The digest of a value of a front matter, whatever the order of its keys.

    >>> mark("12") == mark(12), mark({"a": [1]}) == mark({"a": [1]})
    (False, True)
    """
    return digest_of(json.dumps(value, ensure_ascii=False, sort_keys=True))[:_SIGNS]


# What begins each line that an import writes at the head of a draft, to say what it lacks.
NOTE = "# À compléter : "


# What stands before a commune: « salle des fêtes de Lens ».
_OF = re.compile(r"\b(?:à|de|d[’'])\s*\b")
_PLACED = tuple(kind.value for kind in PLACES)


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
    # The host that gave it, if it was asked for on the Web.
    host: str = ""
    # Who mailed it, if it was: its source is this person, whatever its calendar calls itself.
    sender: str = ""
    # What was asked of it once, by the key of ``sources.yml`` and what it says (``name_key``).
    answers: Mapping[tuple[str, str], str] = {}

    @property
    def name(self) -> str:
        if "://" in self.source:
            return PurePath(address_parts(self.source).path).name or shown_address(self.source)
        return PurePath(self.source).name or self.source

    @property
    def vocabularies(self) -> Vocabularies:
        return self.portal.reading.vocabularies

    def at(self, row: int, rank: int | None = None) -> Position:
        return Position(PurePosixPath(self.name), row, 1 if rank is None else rank + 1, 1)

    def diagnose(
        self, code: str, row: int, rank: int | None = None, /, **values: object
    ) -> Diagnostic:
        return diagnostic(code, self.at(row, rank), paste="", label="", **values)

    @cached_property
    def titles(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """The names of the contents by slug, by their folder and ``name_key``."""
        names: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for item in sorted(self.items.values(), key=lambda item: item.entry.slug):
            for name in names_of(item.entry):
                names[item.entry.kind.value, name_key(name)][item.entry.slug] = name
        return names

    def slugs(self, text: str, folders: Iterable[str]) -> Sequence[str]:
        """The slugs of the contents of ``folders`` that have the title ``text``."""
        key = name_key(text)
        return list(chain.from_iterable(self.titles.get((name, key), ()) for name in folders))

    def spellings(self, folders: Collection[str] = _PLACED) -> Mapping[str, str]:
        """The names of the contents of ``folders``, by ``name_key``."""
        rows = self.titles.items()
        return {key: [*names.values()][-1] for (name, key), names in rows if name in folders}

    @cached_property
    def lieux(self) -> Mapping[str, str]:
        return self.spellings()

    def commune(self, text: str) -> str:
        """The INSEE code of what a cell says; empty when it is unknown, or several have it."""
        geography = self.portal.geography
        is_code = len(text) == 5 and text[:1].isdigit()
        found = geography.commune(text) if is_code else geography.named(text)
        return str(getattr(found, "code", ""))

    def town(self, name: str, postcode: str) -> str:
        """What a file writes for a commune: its postcode, or the region, tells it apart."""
        code = postcode and self.commune(f"{name} ({postcode})")
        here = {it.code for it in self.portal.towns.get(name_key(name), ())}
        if not code and len(here) == 1:  # others have its name elsewhere
            code = here.pop()
        if code:
            return self.portal.geography.label(code)
        return name

    def told(self, where: str, text: str = "") -> str:
        """What whoever keeps the source answers of what it says; "" where nobody did."""
        return self.answers.get((where, name_key(text)), "")

    def town_of(self, text: str) -> str:
        """The commune of all that its source tells, "" where ``text`` may name another one."""
        words = name_key(text).split()
        told = self.told("commune")
        for at, _ in enumerate(words):
            for end in range(at + 1, at + _NAME + 1):
                name = " ".join(words[at:end])
                if name in self.portal.towns and name != name_key(told):
                    return ""
        return told

    def placed(self, text: str) -> dict[str, str]:
        """Where ``text`` is said to be, as a file writes it; nothing where nobody said it."""
        told = self.told("lieux", text)
        if any(f"{folder}/{told}" in self.items for folder in _PLACED):
            return {"lieu": told}
        if told:
            return {"adresse.nom": text, "adresse.commune": told}
        return {}

    def likely(self, text: str) -> str:
        """The sheet that a place which is written so must be, else its commune; "" where nothing
        tells. It is for a person to accept."""
        *_, town = _OF.split(text)
        code = self.commune(town) if town != text else ""
        slug = self.named(self.lieux.get(sure(text, self.lieux), ""))
        place = self.items.get(place_ref(slug))
        if place and (not (code or is_hall(text)) or code == getattr(place.commune, "code", "")):
            return slug
        if code and "rue" not in where_of(text).parts:
            return self.portal.geography.label(code)
        return ""

    def named(self, text: str, folders: Sequence[str] = _PLACED) -> str:
        """The slug of the one content of ``folders`` that has the title ``text``, else ``text``."""
        if any(f"{folder}/{text}" in self.items for folder in folders):
            return text
        slugs = self.slugs(text, folders)
        if len(slugs) == 1:
            return slugs[0]
        return text

    def text(self, entry: Entry) -> Text:
        """The file of a content that is there, to be mended."""
        file = self.file(entry.kind, entry.slug, entry.source)
        return Text(file, file.file.read_bytes().decode("utf-8"))

    def front(self, entry: Entry) -> dict[str, Any]:
        return front_matter_of(entry, self.portal.geography.label)

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


# Keys of ``ids_externes``.
SOURCE: Final = "moisson"
SEAL: Final = "empreinte"
# Before the name of a source that tells it too.
TOO: Final = "aussi-"
_IDS = "ids_externes."
# A letter first: YAML would take twelve figures for a number.
_OPEN = f"b{'0' * 12}"
_SEAL = re.compile(rf"(?<=\b{SEAL}: )b[0-9a-f]{{12}}\b")


def source_of(entry: Entry) -> str:
    """The slug of the source that gave a content; "" for none."""
    return dict(entry.ids_externes).get(SOURCE, "")


def keys_of(entry: Entry, slug: str) -> Iterator[tuple[str, str]]:
    """Each namespace and identifier by which the source ``slug`` calls a content."""
    for name, value in entry.ids_externes:
        if name == f"{TOO}{slug}":
            namespace, _, identifier = value.partition(" ")
            yield namespace, identifier
        elif source_of(entry) == slug and not (name in (SOURCE, SEAL) or name.startswith(TOO)):
            yield name, value


def tellers_of(entry: Entry) -> set[str]:
    """The slugs of the sources that tell a content."""
    too = {name.removeprefix(TOO) for name, _ in entry.ids_externes if name.startswith(TOO)}
    return too | ({source_of(entry)} - {""})


def borne(values: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """``values`` of a file, flat, with the source ``slug``, if any, and a seal to close."""
    there = {name: it for name, it in values.items() if name.startswith(_IDS)}
    ids = {name.removeprefix(_IDS): it for name, it in there.items()}
    ids |= {SOURCE: slug, SEAL: _OPEN} if slug else {}
    others = {name: it for name, it in values.items() if name not in there}
    return others | {f"{_IDS}{name}": it for name, it in ordered(ids).items()}


def ordered(ids: Mapping[str, Any]) -> dict[str, Any]:
    """Identifiers in the order of files: two runs write the same bytes."""
    last = (SOURCE, SEAL)
    ranks = {name: (last.index(name) + 1 if name in last else 0) for name in ids}
    return {name: ids[name] for name in sorted(ids, key=lambda it: (ranks[it], it))}


def sealed(text: str, path: PurePosixPath) -> bytes:
    """A file whose seal is closed over all the rest and its folder."""
    opened = _SEAL.sub(_OPEN, text, count=1)
    return _SEAL.sub(_digest(opened, path), opened, count=1).encode()


def is_sealed(text: str, path: PurePosixPath) -> bool:
    """Whether nobody changed a file, nor moved it, since it was written for its source."""
    found = _SEAL.search(text)
    opened = _SEAL.sub(_OPEN, with_newlines(text), count=1)
    return found is not None and found[0] == _digest(opened, path)


def closed_again(before: bytes, after: bytes, path: PurePosixPath) -> bytes:
    """A file that a tool mended: nobody wrote in it."""
    if is_sealed(before.decode(), path):
        return sealed(after.decode(), path)
    return after


def _digest(text: str, path: PurePosixPath) -> str:
    return f"b{mark([*path.parts[1:-1], text])}"
