"""Reading: from files to the draft that rules across documents look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from traceback import extract_tb
from typing import Any, TypeAlias, cast

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence
from portail.agenda.recurrence import expand
from portail.body.document import BodyHtml
from portail.body.render import RenderedBody, render_body
from portail.codes import diagnostic
from portail.config import SiteConfig
from portail.day import Day
from portail.diagnostics import INCOMPLETE, ConfigError, Diagnostic, Position, Report
from portail.feature import CLOSES, Feature
from portail.files import digest_bytes, digest_of
from portail.geo.territories import Geography
from portail.links import RefIndex
from portail.machine import refused
from portail.model import genres
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.faults import FieldPath
from portail.model.kinds import BY_FOLDER, WEEKLY, Kind
from portail.model.registry import Mention, references_of
from portail.model.scalars import Reading
from portail.site.greffons import blamed
from portail.site.reader import digest_value
from portail.source.document import (
    Node,
    Parts,
    check_merged,
    check_unseen,
    decode,
    parse_front_matter,
    read_around,
    split,
)
from portail.source.loader import Listing, Media, Register, SourceFile, bytes_of
from portail.source.medias import check_media, check_weight, is_animated
from portail.source.store import Loaded, Store
from portail.source.validation import locate, validate
from portail.text.suggest import meant, nearest
from portail.text.visible import shows

from .redirections import Renamed

# From the files of ``content/`` to records, reading only what the store does not know.

# Applies a function to every item, perhaps in several processes: each item with its result.
# Results are taken one by one as they come: bodies go to the store, and need not all be in memory.
Mapper: TypeAlias = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[tuple[Any, Any]]]


# What reading a file gave: its record, and its body when it had to be rendered; the digest alone of
# one that is stored, so that no process sends what all have.
_Read: TypeAlias = tuple[Loaded | str, BodyHtml | None]


def read_all(
    files: Sequence[SourceFile | Media], store: Store, reading: Reading, mapper: Mapper
) -> list[Loaded]:
    """Records of ``files``, in their order; those the store lacks are read through ``mapper``. What
    fails on one is a fault of that one (E161), unless the machine refuses."""
    records = {file.path: store.find(file.path, file.stamp) for file in files}

    def read(file: SourceFile | Media) -> _Read:
        try:
            return _read(file, store, reading)
        except Exception as error:
            if refused(error):
                raise
            fault = diagnostic("E161", Position(file.path), raison=blamed(error) or _told(error))
            return _unread(file.path, fault), None

    for file, (loaded, body) in mapper(read, [one for one in files if records[one.path] is None]):
        if isinstance(loaded, str):
            stored = store.find_digest(file.path, loaded)
            loaded, body = (stored, None) if stored else read(file)  # spoilt meanwhile
        records[file.path] = record = cast(Loaded, loaded)
        if record.digest:  # else it is read again
            store.put(record, file.stamp, body)
    return cast(list[Loaded], [*records.values()])


def _told(error: Exception) -> str:
    place = extract_tb(error.__traceback__)[-1]
    name = PurePosixPath(place.filename).name
    return f"{type(error).__name__}: {error} ({name}, ligne {place.lineno})"


def _unread(path: PurePosixPath, *faults: Diagnostic) -> Loaded:
    return Loaded(path, "", None, facts=None, occurrences=(), diagnostics=faults)


def without_examples(
    listing: Listing, records: list[Loaded], config: SiteConfig
) -> tuple[Listing, list[Loaded]]:
    """A listing and its records without examples, unless the settings keep them."""
    if config.exemples:
        return listing, records
    count = len(listing.documents)
    pairs = [
        (document, record)
        for document, record in zip(listing.documents, records[:count], strict=True)
        if not (record.entry and record.entry.exemple)
    ]
    texts = [document for document, _ in pairs]
    return replace(listing, documents=texts), [*(record for _, record in pairs), *records[count:]]


def without_kinds(listing: Listing, config: SiteConfig) -> Listing:
    """A listing without the contents of the kinds that the portal has not, each told (E157), nor
    of those of the instance that cannot be read."""
    if broken := genres.current().broken:
        told = [
            fault
            for fault in listing.diagnostics
            if fault.code != "E113" or fault.position.path.name not in broken
        ]
        listing = replace(listing, diagnostics=told)
    if not config.sans:
        return listing
    for folder in config.sans:
        if folder not in BY_FOLDER:
            hint = meant(folder, BY_FOLDER)
            raise ConfigError(f"PORTAIL_SANS : « {folder} » n’est pas un genre de contenus.{hint}")
    refused = [document for document in listing.documents if document.kind.value in config.sans]
    documents = [
        document for document in listing.documents if document.kind.value not in config.sans
    ]
    beside = [file for file in listing.beside if file.path.parts[1] not in config.sans]
    faults = [
        diagnostic(
            "E157",
            Position(document.path),
            genre=document.kind.info.pluriel,
            dossier=document.kind.value,
        )
        for document in refused
    ]
    diagnostics = [*listing.diagnostics, *faults]
    return replace(listing, documents=documents, beside=beside, diagnostics=diagnostics)


def _read(file: SourceFile | Media, store: Store, reading: Reading) -> _Read:
    data = bytes_of(file)
    if isinstance(data, Diagnostic):
        return _unread(file.path, data), None
    digest = digest_bytes(data)
    if store.find_digest(file.path, digest):
        return digest, None
    if isinstance(file, Media):
        pixels, found_all = check_media(file.path, data)
        moves = pixels is not None and is_animated(file.path, data)
        if file.path.suffix.lower() == ".csv":
            found_all += [*_of_bytes(file.path, data, reading), *check_merged(file.path, data)]
        return Loaded(
            file.path,
            digest,
            None,
            facts=None,
            occurrences=(),
            diagnostics=tuple(found_all),
            pixels=pixels,
            animated=moves,
        ), None
    loaded, rendered = read_document(data, file, reading)
    found_all = [*loaded.diagnostics, *_of_bytes(file.path, data, reading)]
    loaded = replace(loaded, digest=digest, diagnostics=tuple(found_all))
    if rendered is None:
        return loaded, None
    body = rendered.html
    entry = loaded.entry
    if entry and reading.packs:
        headings = [heading.text for heading in rendered.facts.toc]
        words = reading.packs(entry.titre, entry.resume or "", headings, body.text)
        body = replace(body, words=words)
    return loaded, body


def _of_bytes(path: PurePosixPath, data: bytes, reading: Reading) -> list[Diagnostic]:
    return list(chain.from_iterable(judge(path, data) for judge in reading.judges_bytes))


def read_document(
    data: bytes, file: SourceFile, reading: Reading
) -> tuple[Loaded, RenderedBody | None]:
    """Read the bytes of one document; every stage that can run does, to name every mistake."""
    path = file.path

    def refused(diagnostics: Iterable[Diagnostic]) -> tuple[Loaded, None]:
        return _unread(path, *diagnostics), None

    if heavy := check_weight(path, len(data)):
        return refused([heavy])
    text = decode(data, path, file.kind.info.nom)
    if not isinstance(text, str):
        return refused(text)
    parts = split(text, path)
    if not isinstance(parts, Parts):
        return refused([parts])
    front = read_around(parts.front, path, parts.front_line)
    root = front.root
    entry: Entry | None = None
    occurrences: tuple[Occurrence, ...] = ()
    status = Position(path)
    faults: list[Diagnostic] = []
    gaps: list[str] = []
    if root is not None:
        entry, faults, gaps = validate(root, file.kind, file.slug, path, reading)
        status = root.at(("statut",)).position(path)
        if not gaps and not Report(faults).has_errors:
            occurrences, raised = _own_rules(entry, root)
            faults += raised
    unseen = check_unseen(root, parts, path)
    body = render_body(parts.body, path, parts.body_line)
    body = replace(body, html=replace(body.html, source=parts.body.strip("\n")))
    of_body = body.diagnostics
    if entry and entry.texte_obligatoire and not _has_text(parts.body, body):
        if entry.en_cours:
            gaps.append("texte")
        else:
            faults.append(diagnostic("E326", Position(path, parts.body_line)))
    if gaps:
        faults.append(diagnostic(INCOMPLETE, status, champs=", ".join(gaps)))
        of_body = tuple(fault for fault in of_body if fault.code != "A153")
    shown_parts = replace(parts, body="") if body.refused else parts  # nothing more of a body
    checks = chain.from_iterable(judge(root, shown_parts, path, entry) for judge in reading.judges)
    diagnostics = [*front.diagnostics, *of_body, *front.elsewhere([*faults, *checks, *unseen])]
    outline = ""
    if file.kind not in WEEKLY:  # a letter names events by its words
        outline = digest_of(str(path), repr(body.facts.outline))
    front_digest = digest_of(parts.front)
    loaded = Loaded(
        path,
        "",
        entry,
        facts=body.facts,
        occurrences=occurrences,
        diagnostics=tuple(diagnostics),
        front=front_digest,
        outline=outline,
        untitled=_untitled(entry) or front_digest,
    )
    return loaded, body


def _untitled(entry: Entry | None) -> str:
    # See ``Loaded.untitled``.
    if entry is None or entry.kind.info.names_others:
        return ""
    return digest_value({**vars(entry), "titre": "", "resume": ""})


def _has_text(source: str, body: RenderedBody) -> bool:
    if body.diagnostics:
        return shows(source)
    return shows(body.html.text) or bool(body.facts.images)


def _own_rules(entry: Entry, root: Node) -> tuple[tuple[Occurrence, ...], list[Diagnostic]]:
    if not isinstance(entry, Event):
        return (), []
    result = expand(
        entry.debut,
        entry.fin,
        entry.seances,
        horaires=entry.horaires,
        rrule=entry.rrule,
        etat=entry.etat,
    )
    if isinstance(result, tuple):
        return result, []
    return (), [locate(fault, root, entry.source) for fault in result]


def position_of(path: PurePosixPath, data: bytes, loc: tuple[str | int, ...]) -> Position:
    """Where the field ``loc`` stands in the bytes of a document that was read without error."""
    text = decode(data, path, "")
    parts = split(text, path) if isinstance(text, str) else None
    if not isinstance(parts, Parts):
        return Position(path)
    root, _ = parse_front_matter(parts.front, path, parts.front_line)
    if root:
        return root.at(loc).position(path)
    return Position(path)


@dataclass(slots=True)
class Draft:
    """Documents and medias that were read, before they are a site.

    ``items`` holds every document that can be an entry, by reference, perhaps without its faulty
    fields; ``doubles`` those whose reference is taken; ``known`` every reference that a file
    claims. References of what has an error of its own are ``faulty``, of what is not published that
    day ``hidden``, of what changes nothing any more ``closed``. ``moved`` gives the present names
    of renamed contents, ``renamed`` the fields that used former ones. ``parts`` are what features
    read besides, by name.
    """

    items: Mapping[str, Loaded]
    doubles: Sequence[Loaded]
    known: Mapping[str, PurePosixPath]
    medias: Mapping[PurePosixPath, Loaded]
    geography: Geography
    day: Day
    preview: bool
    bytes_of: Callable[[PurePosixPath], bytes]
    key: str = ""
    register: Register = field(default_factory=Register)
    moved: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, tuple[Renamed, ...]] = field(default_factory=dict)
    features: tuple[Feature, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    unpublished: Mapping[PurePosixPath, Diagnostic] = field(default_factory=dict)
    refs: RefIndex = field(init=False)
    faulty: frozenset[str] = field(init=False)
    hidden: frozenset[str] = field(init=False)
    closed: frozenset[str] = field(init=False)
    _entries: dict[Kind | None, list[tuple[Loaded, Entry]]] = field(init=False)
    _mentions: dict[int, tuple[Mention, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.refs = RefIndex(self.known, self.moved)
        every = [(item, item.entry) for item in (*self.items.values(), *self.doubles) if item.entry]
        self._entries = {None: every} | {kind: [] for kind in Kind}
        for pair in every:
            self._entries[pair[1].kind].append(pair)
        self.faulty = frozenset(ref for ref, loaded in self.items.items() if loaded.faulty)
        entries = ((ref, loaded.entry) for ref, loaded in self.items.items())
        self.hidden = frozenset(ref for ref, entry in entries if entry and not self.visible(entry))
        closes = CLOSES.of(self.features)
        self.closed = frozenset(closes(self) if closes else ())

    def part(self, name: str) -> Any:
        return self.parts.get(name)

    def entry(self, ref: str) -> Entry | None:
        loaded = self.items.get(ref)
        if loaded:
            return loaded.entry
        return None

    def entries(self, kind: Kind | None = None) -> Sequence[tuple[Loaded, Entry]]:
        """Every readable document with its entry, or those of a kind, in order, then doubles."""
        return self._entries[kind]

    def visible(self, entry: Entry) -> bool:
        return self.preview or entry.paru(self.day.date)

    def is_closed(self, entry: Entry) -> bool:
        """Whether the entry changes nothing any more, and may name what is gone."""
        return bool(self.closed) and entry.ref in self.closed

    def scheduled(self, entry: Entry) -> bool:
        return entry.publie_le is not None and entry.publie_le > self.day.date

    def place(self, loaded: Loaded, loc: FieldPath) -> Position:
        """Where a field stands; reads the file again, so only for what is wrong."""
        return position_of(loaded.path, self.bytes_of(loaded.path), loc)

    def mentions(self, entry: Entry) -> tuple[Mention, ...]:
        """What an entry names in its fields, looked for once."""
        mentions = self._mentions.get(id(entry))  # the draft holds every entry, so none is reused
        if mentions is None:
            mentions = self._mentions[id(entry)] = tuple(references_of(entry))
        return mentions


# What the settings of an instance name, looked for in the reference tables.

_FEW = 8


def confront(config: SiteConfig, geography: Geography) -> None:
    """Raise ``ConfigError`` when the region is in no table: pages would be written, and empty."""
    home = geography.home
    if config.region and (home is None or home.nom != config.region.replace("’", "'")):
        names = [region.nom for region in geography.regions]
        raise ConfigError(
            f"PORTAIL_REGION : « {config.region} » n’est le nom d’aucune région "
            "(data/regions.csv)."
            f"{instead(config.region, names, [home.nom] if home else ())}"
        )


def instead(wrong: str, codes: Collection[str], first: Collection[str] = ()) -> str:
    """What may have been meant: the nearest, else all of them when they are few."""
    near = [*first, *nearest(wrong, codes, limit=1)]
    if near:
        return f" Vouliez-vous dire « {near[0]} » ?"
    if len(codes) <= _FEW:
        return f" Choisissez : {', '.join(codes)}."
    return ""
