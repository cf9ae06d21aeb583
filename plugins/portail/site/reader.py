"""What a page reads of the site is written down: that, and nothing else, makes it stale.

A page is drawn from a ``Reader``, which notes each thing asked of the site. A *read* has a name and
a digest: the head of a content (all but its text), its text, an index at a key, the day. A
*question* is a function of the reader whose own reads are noted once. At the next build a page is
right as long as every read has its digest; an *answer* whose reads changed is asked again, and what
rests on it stays when it is the same (« Build Systems à la Carte », Mokhov et al., 2018: early
cutoff). Settings, tables and code are no reads: they are in the salt of every page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import json
from msgspec.msgpack import Decoder, Encoder, Ext
from pydantic import BaseModel

from portail.agenda.programme import Programme
from portail.day import Day
from portail.files import digest_bytes, digest_of
from portail.history import Revision
from portail.model.kinds import Kind

from .item import Item, MediaRecord, note, noting
from .site import Site
from .subscriptions import Ways

K = TypeVar("K")
V = TypeVar("V")

# Functions that may be asked again from one build to the next, by name (see ``site.memo``).
ANSWERS: dict[str, Callable[..., Any]] = {}
# Those of them whose answers are for one page.
OWN: dict[str, Callable[..., Any]] = {}
# Those of them whose answers are kept for the next build, with what reads them.
KEPT: dict[str, Decoder[Any]] = {}


# Before the name of a question, among those of reads; the arguments of an answer follow, as JSON.
ASKED = "? "


class Question(NamedTuple):
    """The name of an answer and its arguments, the digest of what it gave, what it read, what it
    gave if that is ``KEPT``.
    """

    function: str
    arguments: tuple[Any, ...]
    digest: str
    reads: tuple[str, ...]
    kept: bytes = b""


class Memory(Protocol):
    """What the last build read and planned."""

    def recall(self, part: str) -> Sequence[Any] | None:
        """The rows of a part of the plan, if what it read has not changed."""

    def keep(self, part: str, reads: Collection[str], rows: Callable[[], Sequence[Any]]) -> None:
        """Remember a part that was planned."""

    def kept(self, question: str) -> bytes:
        """What a question gave, if it was kept and would be the same."""

    def begin(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """``work``, which is long, or who waits for its result if another process can begin it."""


def digest_value(value: object) -> str:
    """Digest of a plain frozen value: the same for values that are shown alike."""
    return digest_bytes(_encoder.encode(value))


def _written(value: object) -> object:
    if isinstance(value, BaseModel | SimpleNamespace):
        return vars(value)
    if isinstance(value, str):
        return Ext(0, value.encode())
    return repr(value)


_encoder = Encoder(enc_hook=_written)
_plain = Encoder()


@dataclass(frozen=True, slots=True)
class _Noted(Mapping[K, V], Generic[K, V]):
    table: Mapping[K, V]
    name: str
    whole: str
    there: str = ""

    def __getitem__(self, key: K) -> V:
        note(f"{self.name} {key if type(key) is str else getattr(key, 'value', key)}")
        return self.table[key]

    def __contains__(self, key: object) -> bool:
        note(f"{self.there or self.name} {getattr(key, 'value', key)}")
        return key in self.table

    def __bool__(self) -> bool:
        note(self.there or self.whole)
        return bool(self.table)

    def __iter__(self) -> Iterator[K]:
        note(self.whole)
        return iter(self.table)

    def __len__(self) -> int:
        note(self.whole)
        return len(self.table)

    def values(self) -> Any:
        note(self.whole)
        return self.table.values()

    def items(self) -> Any:
        note(self.whole)
        return self.table.items()


class _Indexes:
    """The indexes of a site, noted key by key."""

    def __init__(self, site: Site) -> None:
        indexes = site.indexes
        self._indexes = indexes
        self.by_kind = _Noted(indexes.by_kind, "sans-titres", "sans-titres")
        for read, names in _TABLES.items():
            for name in names:
                reads = f"index {read}", f"index {read}", f"presence {name}"
                setattr(self, name, _Noted(getattr(indexes, name), *reads))

    @property
    def programme(self) -> Programme:
        note("programme")
        return self._indexes.programme


_TABLES = {name: [name] for name in ("by_theme", "by_territoire", "territory_pages")}
_TABLES |= {"autour": ["by_target", "apart", "gathered", "gatherers"]}
"""Tables by the read that stands for them: who looks around a content looks at all of it."""
# What is read whole, each under its name.
_SMALL = ("showings", "retraits", "report", "drafts", "told")
# What reads stand for it: what it is, or what assembly makes it of when it is found as it is asked
# for. A title changes none of them.
_DERIVED = {
    **{name: (f"site {name}",) for name in ("facets", *_SMALL)},
    "ahead": ("programme", "site facets", "jour"),
}
# What is in the salt, or named by a digest.
_STILL = ("config", "vocabularies", "geography", "holidays", "bodies", "features")


class Reader(Site):
    """A site that notes what is read of it. ``asked`` are the questions put, by name; ``memory`` is
    what is known of the last build.
    """

    __slots__ = ("_digests", "_known", "_new", "asked", "memory", "raw")

    raw: Site
    asked: dict[str, Question]
    memory: Memory | None
    _digests: dict[str, str]
    _known: dict[tuple[Any, ...], tuple[str, Any]]
    _new: dict[str, Question]

    def __init__(self, site: Site) -> None:
        fields: dict[str, Any] = {name: {} for name in "asked memo _digests _known _new".split()}
        fields |= {name: getattr(site, name) for name in _STILL}
        fields |= {"raw": site, "memory": None, "indexes": _Indexes(site)}
        fields["items"] = _Noted(site.items, "tete", "tetes")
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def remember(self, memory: Memory) -> None:
        object.__setattr__(self, "memory", memory)

    @property
    def medias(self) -> Mapping[Any, MediaRecord]:
        note("medias")
        return self.raw.medias

    @property
    def day(self) -> Day:
        note("jour")
        return self.raw.day

    def has_come(self, day: date) -> bool:
        """Whether a day has come: no read of the day of the build."""
        note(f"venu {day}")
        return self.raw.has_come(day)

    @property
    def revisions(self) -> Mapping[str, Revision]:
        """What Git remembers: each content that is looked at is noted."""
        return _Noted(self.raw.revisions, "revision", "revision")

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """Contents of a kind: one read for all of them."""
        note(f"tetes {kind.value}")
        return self.raw.of_kind(kind)

    def has(self, *kinds: Kind) -> bool:
        for kind in kinds:
            note(f"existe {kind.value}")
        return self.raw.has(*kinds)

    def untitled(self, ref: str) -> Item:
        note(f"sans-titre {ref}")
        return self.raw.items[ref]

    def untitled_of(self, kinds: Iterable[Kind] = Kind) -> tuple[Item, ...]:
        """Contents of ``kinds``, read as ``untitled``: one read for each kind."""
        for kind in (kinds := tuple(kinds)):
            note(f"sans-titres {kind.value}")
        return self.raw.of_kinds(kinds)

    def part(self, name: str) -> Any:
        """What a feature reads or derives: one read for all of it."""
        note(f"part {name}")
        return self.raw.part(name)

    def as_written(self, ref: str) -> Item:
        note(f"ecrit {ref}")
        return self.raw.items[ref]

    def ways(self, page: str) -> Ways:
        note(f"suivi {page}")
        return self.raw.ways(page)

    def medias_of(self, item: Item) -> dict[str, MediaRecord]:
        note(f"medias {item.ref}")
        return self.raw.medias_of(item)

    def answer(self, function: Callable[..., Any], arguments: tuple[Any, ...], again: str) -> Any:
        """What ``function`` gives, found once; ``again`` is its name among ``ANSWERS``, if it is
        one of them."""
        key = (function, arguments)
        if key not in self._known:
            name = f"{ASKED}{function.__module__}.{function.__qualname__}{arguments!r}"
            if again:
                name = f"{ASKED}{again} {json.encode(arguments).decode()}"
            decoder = KEPT.get(again)
            data = self.memory.kept(name) if decoder and self.memory else b""
            if decoder and data:
                value = decoder.decode(data)
            else:
                value = self._found(name, function, arguments, again)
            self._known[key] = (name, value)
        name, value = self._known[key]
        note(name)
        return value

    def _found(
        self, name: str, function: Callable[..., Any], arguments: tuple[Any, ...], again: str
    ) -> Any:
        with noting() as reads:
            value = function(self, *arguments)
        kept = _plain.encode(value) if again in KEPT else b""
        digest = ""
        if kept:  # the value is the one that a later build reads back: 84 may be 84.0 there
            digest = digest_bytes(kept)
            value = KEPT[again].decode(kept)
        elif again:
            digest = digest_value(value)
        stored = arguments if again else ()
        question = Question(again, stored, digest, tuple(sorted(reads)), kept)
        self.asked[name] = self._new[name] = question
        return value

    def newly_asked(self, *, compared: bool) -> dict[str, Question]:
        """The questions put since this was called last, by name; those ``compared`` stay in
        ``asked``.
        """
        questions = dict(self._new)
        self._new.clear()
        if not compared:
            self.asked.clear()
        return questions

    def forget(self, questions: Iterable[Question]) -> None:
        for question in questions:
            if function := OWN.get(question.function):
                self._known.pop((function, question.arguments), None)

    def digest(self, read: str) -> str:
        """Digest of what a read gives today; that of a question is its own affair."""
        digest = self._digests.get(read)
        if digest is None:
            name, _, key = read.partition(" ")
            leaf = _LEAVES.get(name)  # other code may have read otherwise
            digest = self._digests[read] = leaf(self, key) if leaf else ""
        return digest


def _noted(name: str, *reads: str) -> property:
    def get(self: Reader) -> Any:
        for read in reads:
            note(read)
        return getattr(self.raw, name)

    return property(get, doc=f"``Site.{name}``, whole.")


for _name, _reads in _DERIVED.items():
    setattr(Reader, _name, _noted(_name, *_reads))


def _item(reader: Reader, ref: str) -> Item | None:
    # A content, a draft that is shared, or what has no page.
    site = reader.raw
    return site.items.get(ref) or site.drafts.get(ref) or site.told.get(ref)


def _head(reader: Reader, ref: str) -> str:
    # Of a content, all but its text: its fields, its file, what the day and other files make of
    # them.
    item = _item(reader, ref)
    if item is None:
        return ""
    return digest_value((_front(reader, ref), *_made_of(item)))


def _untitled(reader: Reader, ref: str) -> str:
    # The same, but for title and summary.
    item = _item(reader, ref)
    if item is None:
        return ""
    return digest_value((item.written.untitled, item.url, item.entry.source, *_made_of(item)))


def _made_of(item: Item) -> tuple[Any, ...]:
    # What the day and other files make of its fields, which give its occurrences: of these, the
    # next is known by its rank.
    place = item.commune.code if item.commune else ""
    on = (item.upcoming and item.upcoming.rang, len(item.coming), item.is_over)
    return place, on, item.targets, item.cited, item.territoires, item.zone


def _front(reader: Reader, ref: str) -> str:
    # Of a content, what its file says above its text, and where it is: its address, its file.
    item = _item(reader, ref)
    if item:
        return f"{item.written.front} {item.url} {item.entry.source}"
    return ""


def _each(read: str, reader: Reader, kind: str) -> str:
    # That read of each content of a kind, in the order of its index, or of all kinds.
    if not kind:
        return digest_of(*(reader.digest(f"{read}s {sort.value}") for sort in Kind))
    refs = reader.raw.indexes.by_kind.get(Kind(kind), ())
    return digest_value([(ref, reader.digest(f"{read} {ref}")) for ref in refs])


def _file(reader: Reader, ref: str) -> Item | None:
    # The content whose file gives the text and pictures of ``ref``: that of a showing is the tool’s
    # (``site.showings``).
    return _item(reader, ref.partition("#")[0])


def _text(reader: Reader, ref: str) -> str:
    item = _file(reader, ref)
    if item:
        return f"{item.written.stored} {item.written.digest}"
    return ""


def _leads(reader: Reader, ref: str) -> str:
    item = _file(reader, ref)
    if item and item.leads:
        return digest_value(sorted(item.leads.items()))
    return ""


def _medias(reader: Reader, ref: str) -> str:
    site = reader.raw
    item = _file(reader, ref)
    if ref and not (item and item.medias):
        return ""
    rows = (site.medias_of(item) if item else site.medias).items()
    return digest_value(
        [
            (
                str(name),
                str(media.path),
                media.url,
                media.digest,
                media.pixels,
                media.animated,
                media.weight,
            )
            for name, media in rows
        ]
    )


def _index(reader: Reader, key: str) -> str:
    name, _, row = key.partition(" ")
    tables = [getattr(reader.raw.indexes, attribute) for attribute in _TABLES.get(name, ())]
    rows = [table.get(row) if row else sorted(table.items()) for table in tables]
    if rows != [None] * len(rows):
        return digest_value(rows)
    return ""


def _presence(reader: Reader, key: str) -> str:
    # Whether an index has something under a key, or anything: it says nothing of what.
    name, _, row = key.partition(" ")
    table = getattr(reader.raw.indexes, name, {})
    if row:
        return f"{row in table} {bool(table.get(row))}"
    return str(bool(table))


def _programme(reader: Reader, _: str) -> str:
    indexes = reader.raw.indexes
    return f"{indexes.programme.digest} {indexes.reserved.digest}"


_LEAVES: Mapping[str, Callable[[Reader, str], str]] = {
    "programme": _programme,
    "jour": lambda reader, _: repr(reader.raw.day),
    "venu": lambda reader, day: str(reader.raw.has_come(date.fromisoformat(day))),
    "ecrit": _front,
    "tete": _head,
    "tetes": partial(_each, "tete"),
    "sans-titre": _untitled,
    "sans-titres": partial(_each, "sans-titre"),
    "texte": _text,
    "liens": _leads,
    "medias": _medias,
    "index": _index,
    "presence": _presence,
    "existe": lambda reader, kind: str(reader.raw.has(Kind(kind))),
    "suivi": lambda reader, page: digest_value(reader.raw.ways(page)),
    "revision": lambda reader, ref: repr(reader.raw.revisions.get(ref)),
    "part": lambda reader, name: digest_value(reader.raw.part(name)),
    "site": lambda reader, name: (
        digest_value(getattr(reader.raw, name)) if hasattr(reader.raw, name) else ""
    ),
}
