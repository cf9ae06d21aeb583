"""What a proposal changes and what is wrong in it, by content: those that differ between two
folders (a picture that changes changes those that show it), and the faults of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.diagnostics import Diagnostic, Report, Severity
from portail.files import bytes_in
from portail.model.kinds import Kind
from portail.source.loader import Listing, Media, SourceFile
from portail.terminal.readable import remedy
from portail.terminal.text import Lines, Style, excerpt, has_place

# Change of a content; ``touche``: its file did not change, another's change broke it.
Sort: TypeAlias = Literal["nouveau", "modifie", "renomme", "retire", "touche"]

# The texts that show a picture or document, by its path.
Owners: TypeAlias = Mapping[PurePosixPath, Iterable[PurePosixPath]]

_TITLE = re.compile(rb"^titre:[ \t]*(\S.*)$", re.MULTILINE)


class Change(Struct, frozen=True):
    """A content that differs, or a file that no content shows."""

    sorte: Sort
    # Path in the proposal, in the base when it is removed.
    path: PurePosixPath
    avant: SourceFile | Media | None = None
    apres: SourceFile | Media | None = None
    # Pictures and documents that changed and that it shows.
    fichiers: tuple[PurePosixPath, ...] = ()
    texte: bool = True

    @property
    def file(self) -> SourceFile | Media | None:
        return self.apres or self.avant

    @property
    def document(self) -> SourceFile | None:
        if isinstance(self.file, SourceFile):
            return self.file
        return None

    @property
    def paths(self) -> frozenset[PurePosixPath]:
        return frozenset((self.path, *self.fichiers))


class Differing(Struct, frozen=True):
    """The files that differ."""

    textes: tuple[Change, ...]
    autres: tuple[Change, ...]
    # All the texts of the proposal.
    connus: tuple[SourceFile, ...]


def differing(before: Listing, after: Listing) -> Differing:
    texts = _compared(before.documents, after.documents)
    medias = _compared(_medias_of(before), _medias_of(after))
    return Differing(tuple(_moved(texts)), tuple(medias), tuple(after.documents))


def compare(files: Differing, owners: Owners) -> list[Change]:
    """Contents that differ, texts first, in the order of their paths, then files of no content."""
    changes = {change.path: change for change in files.textes}
    alone = []
    texts = {text.path: text for text in files.connus}
    for media in files.autres:
        shown = set(owners.get(media.path, ())) | set(_beside(media.path, texts, changes))
        for path in sorted(shown & (texts.keys() | changes.keys())):
            text = texts.get(path)
            change = changes.get(path) or Change("modifie", path, text, text, texte=False)
            changes[path] = replace(change, fichiers=(*change.fichiers, media.path))
        if not shown:
            alone.append(media)
    return [*(changes[path] for path in sorted(changes)), *alone]


def _medias_of(listing: Listing) -> list[Media]:
    register = []
    if listing.register:
        register = [listing.register]
    return [*listing.medias, *listing.beside, *register]


def _compared(
    before: Sequence[SourceFile | Media], after: Sequence[SourceFile | Media]
) -> list[Change]:
    old, new = ({file.path: file for file in files} for files in (before, after))
    changes = []
    for path in sorted(old.keys() | new.keys()):
        was = old.get(path)
        now = new.get(path)
        if was is None or now is None:
            changes.append(Change("retire" if was else "nouveau", path, was, now))
        elif was.stamp.size != now.stamp.size or bytes_in(was.file) != bytes_in(now.file):
            changes.append(Change("modifie", path, was, now))
    return changes


def _moved(changes: Sequence[Change]) -> Iterator[Change]:
    # What goes, and comes elsewhere under the same title, has moved.
    gone = {_named(change): change for change in changes if change.sorte == "retire"}
    come = {_named(change): change for change in changes if change.sorte == "nouveau"}
    moved = {name: come[name] for name in gone.keys() & come.keys() if name}
    left = {*moved.values(), *(gone[name] for name in moved)}
    yield from (change for change in changes if change not in left)
    for name, change in moved.items():
        yield replace(change, sorte="renomme", avant=gone[name].avant)


def _named(change: Change) -> tuple[Kind, bytes] | None:
    document = change.document
    title = _TITLE.search(bytes_in(document.file) or b"") if document else None
    if document and title:
        return document.kind, title[1]
    return None


def _beside(
    media: PurePosixPath,
    texts: Mapping[PurePosixPath, SourceFile],
    changes: Iterable[PurePosixPath],
) -> Iterator[PurePosixPath]:
    # The text of the folder of a file, and changed ones that name it, faulty or not.
    index = media.parent / "index.md"
    if index in texts:
        yield index
    for path in changes:
        doc = texts.get(path)
        if doc and media.name.encode() in (bytes_in(doc.file) or b""):
            yield doc.path


_MOST = 40


class ExcerptLine(NamedTuple):
    """A line of an excerpt; ``forte``: the faulty one, or its carets."""

    texte: str
    forte: bool


class Fault(Struct, frozen=True):
    """A mistake or an advice, in texts of strangers that nothing has escaped yet."""

    code: str
    path: PurePosixPath
    # 0 for a mistake of the whole file.
    ligne: int
    message: str
    remede: str
    ecrire: tuple[str, ...] = ()
    extrait: tuple[ExcerptLine, ...] = ()


class ContentDiagnostics(Struct, frozen=True):
    """Diagnostics of a content."""

    erreurs: tuple[Diagnostic, ...] = ()
    conseils: tuple[Diagnostic, ...] = ()
    tues: int = 0


def diagnostics_of(
    changes: Sequence[Change], before: Report, after: Report
) -> tuple[list[Change], Mapping[PurePosixPath, ContentDiagnostics]]:
    """``changes`` with other files that have a new error, and diagnostics by path: every error, new
    advice.
    """
    former = {
        change.path: change.avant.path
        for change in changes
        if change.sorte == "renomme" and change.avant
    }
    old = {(item.position.path, item.code, item.message) for item in before}
    owners: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for change in changes:
        for path in change.paths:
            owners[path].append(change.path)
    by_path: dict[PurePosixPath, list[Diagnostic]] = defaultdict(list)
    touched: dict[PurePosixPath, Change] = {}
    for item in after:
        path = item.position.path
        error = item.severity is Severity.ERREUR
        new = (former.get(path, path), item.code, item.message) not in old
        if path in owners and (new or error):
            for owner in owners[path]:
                by_path[owner].append(item)
        elif path not in owners and new and error:
            touched[path] = Change("touche", path, texte=False)
            by_path[path].append(item)
    return [*changes, *touched.values()], {
        path: _shortened(items) for path, items in by_path.items()
    }


def _shortened(items: Iterable[Diagnostic]) -> ContentDiagnostics:
    ranked = sorted(items, key=lambda item: (item.severity.rank, item.sort_key))
    errors = [item for item in ranked if item.severity is Severity.ERREUR]
    advice = ranked[len(errors) :]
    dropped = max(len(errors) - _MOST, 0) + max(len(advice) - _MOST, 0)
    return ContentDiagnostics(tuple(errors[:_MOST]), tuple(advice[:_MOST]), dropped)


def faults_of(items: Iterable[Diagnostic], lines: Lines) -> tuple[Fault, ...]:
    """``items`` with their excerpts of ``lines``."""
    return tuple(_fault(item, lines) for item in items)


def _fault(item: Diagnostic, lines: Lines) -> Fault:
    place = item.position
    hint, rows = remedy(item)
    faulty = ("", str(place.line))
    quoted = tuple(
        ExcerptLine(text[2:], text.partition("│")[0].strip() in faulty)
        for text in excerpt(item, lines(place.path), Style(False), "")
    )
    if rows:  # announced by the remedy, they are written below it
        hint = hint.removesuffix(":").rstrip(" \u00a0").removesuffix(", par exemple")
        if hint == "Écrivez":
            hint = ""
    return Fault(
        item.code,
        place.path,
        place.line if has_place(item) else 0,
        message=item.message,
        remede=hint,
        ecrire=tuple(rows),
        extrait=quoted,
    )
