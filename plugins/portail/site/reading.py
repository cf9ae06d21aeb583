"""From the files of ``content/`` to records, reading only what the store does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeAlias, cast

from portail.agenda.occurrences import Occurrence
from portail.agenda.recurrence import expand
from portail.body.facts import BodyHtml
from portail.body.render import RenderedBody, render_body
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position, Report
from portail.files import digest_bytes, digest_of
from portail.model.entry import Entry
from portail.model.event import Event
from portail.model.fields import Reading
from portail.search.words import packed
from portail.source.document import Parts, decode, split
from portail.source.frontmatter import Node, parse_front_matter
from portail.source.loader import Listing, Media, SourceFile, reason_of
from portail.source.mailing_lists import check_addresses
from portail.source.medias import check_media, check_weight, is_animated
from portail.source.private import check_private
from portail.source.retraits import Register, read_register
from portail.source.store import Loaded, Store
from portail.source.validation import locate, validate
from portail.text.inline import plain
from portail.text.visible import shows

__all__ = ["Mapper", "read_all", "read_document", "register_of"]

Mapper: TypeAlias = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Applies a function to every item, in order, perhaps in several processes.

Results are taken one by one as they come: bodies go to the store, and need not all be in memory.
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading a file gave: its record, and its body when it had to be rendered."""

    loaded: Loaded
    body: BodyHtml | None


def read_all(
    files: Sequence[SourceFile | Media], store: Store, reading: Reading, mapper: Mapper
) -> list[Loaded]:
    """Records of ``files``, in their order; those the store lacks are read through ``mapper``."""
    known = [store.find(file.path, file.stamp) for file in files]
    stale = [(rank, file) for rank, file in enumerate(files) if known[rank] is None]

    def read(file: SourceFile | Media) -> _Read:
        return _read(file, store, reading)

    results = mapper(read, [file for _, file in stale])
    for (rank, file), result in zip(stale, results, strict=True):
        known[rank] = result.loaded
        store.put(result.loaded, file.stamp, result.body)
    return cast(list[Loaded], known)


def register_of(listing: Listing, reading: Reading) -> Register:
    """The register of contents taken back: short, so read at every build."""
    file = listing.register
    if file is None:
        return Register()
    try:
        data = file.file.read_bytes()
    except OSError as error:
        found = diagnostic("E118", Position(file.path), raison=reason_of(error))
        return Register(file.path, diagnostics=(found,))
    return read_register(data, file.path, reading)


def _read(file: SourceFile | Media, store: Store, reading: Reading) -> _Read:
    heavy = check_weight(file.path, file.stamp.size) if isinstance(file, Media) else None
    if heavy is not None:
        return _Read(Loaded(file.path, "", None, None, (), (heavy,)), None)
    try:
        data = file.file.read_bytes()
    except OSError as error:
        found = diagnostic("E118", Position(file.path), raison=reason_of(error))
        return _Read(Loaded(file.path, "", None, None, (), (found,)), None)
    digest = digest_bytes(data)
    known = store.find_digest(file.path, digest)
    if known is not None:
        return _Read(known, None)
    if isinstance(file, Media):
        pixels, found_all = check_media(file.path, data)
        if file.path.suffix.lower() == ".csv":
            found_all += check_addresses(file.path, data)
        moves = pixels is not None and is_animated(file.path, data)
        loaded = Loaded(file.path, digest, None, None, (), tuple(found_all), pixels, moves)
        return _Read(loaded, None)
    loaded, rendered = read_document(data, file, reading)
    found_all = [*loaded.diagnostics, *check_addresses(file.path, data)]
    loaded = replace(loaded, digest=digest, diagnostics=tuple(found_all))
    return _Read(loaded, _with_words(rendered.html, loaded) if rendered else None)


def _with_words(body: BodyHtml, loaded: Loaded) -> BodyHtml:
    """A body with the words by which its content is found, when that may be published."""
    entry, facts = loaded.entry, loaded.facts
    if entry is None or facts is None:
        return body
    headings = [heading.text for heading in facts.toc]
    words = packed(plain(entry.titre), entry.resume or "", headings, body.text)
    return replace(body, words=words)


def read_document(
    data: bytes, file: SourceFile, reading: Reading
) -> tuple[Loaded, RenderedBody | None]:
    """Read the bytes of one document: text, front matter, fields, body, occurrences.

    Every stage that can run does, so that one pass names every mistake of the file.
    """
    path = file.path

    def refused(found: Iterable[Diagnostic]) -> tuple[Loaded, None]:
        return Loaded(path, "", None, None, (), tuple(found)), None

    parts = _parts(data, path, file.kind.info.nom)
    if not isinstance(parts, Parts):
        return refused(parts)
    root, found = parse_front_matter(parts.front, path, parts.front_line)
    body = render_body(parts.body, path, parts.body_line)
    body = replace(body, html=replace(body.html, source=parts.body.strip("\n")))
    found += body.diagnostics
    entry: Entry | None = None
    occurrences: tuple[Occurrence, ...] = ()
    if root is not None:
        entry, more = validate(root, file.kind, file.slug, path, reading)
        if not Report(more).has_errors:
            occurrences, own = _own_rules(entry, root)
            more += own
        if entry.texte_obligatoire and not _has_text(parts.body, body):
            more.append(diagnostic("E326", Position(path, parts.body_line)))
        found += more
    found += check_private(root, parts, path)
    front = digest_of(parts.front)
    return Loaded(path, "", entry, body.facts, occurrences, tuple(found), front=front), body


def _parts(data: bytes, path: PurePosixPath, genre: str) -> Parts | list[Diagnostic]:
    """Front matter and body of a document, or what forbids telling them apart."""
    text = decode(data, path, genre)
    if not isinstance(text, str):
        return text
    parts = split(text, path)
    return [parts] if isinstance(parts, Diagnostic) else parts


def _has_text(source: str, body: RenderedBody) -> bool:
    """Whether a reader sees something of a body; one that is refused says why itself."""
    if body.diagnostics:
        return shows(source)
    return shows(body.html.text) or bool(body.facts.images)


def _own_rules(entry: Entry, root: Node) -> tuple[tuple[Occurrence, ...], list[Diagnostic]]:
    if not isinstance(entry, Event):
        return (), []
    result = expand(entry.debut, entry.fin, entry.seances, entry.horaires, entry.rrule, entry.etat)
    if isinstance(result, tuple):
        return result, []
    return (), [locate(fault, root, entry.source) for fault in result]


def position_of(path: PurePosixPath, data: bytes, loc: tuple[str | int, ...]) -> Position:
    """Where the field ``loc`` stands in the bytes of a document that was read without error."""
    parts = _parts(data, path, "")
    if not isinstance(parts, Parts):
        return Position(path)
    root, _ = parse_front_matter(parts.front, path, parts.front_line)
    return root.at(loc).position(path) if root else Position(path)
