"""What a proposal changes and what is wrong in it, by content: those that differ between two
folders (a picture that changes changes those that show it), and the faults of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.diagnostics import Diagnostic, Report, Severity
from portail.features.intake.corriger.files import mend
from portail.features.intake.corriger.sheet import Sheet
from portail.files import bytes_in
from portail.model.scalars import Reading
from portail.site.draft import read_document
from portail.source.loader import Listing, Media, SourceFile
from portail.terminal.readable import remedy
from portail.terminal.text import Lines, Style, excerpt, has_place
from portail.text.normalise import indent_of, words_in

# Change of a content; ``touche``: its file did not change, another's change broke it.
Sort: TypeAlias = Literal["nouveau", "modifie", "renomme", "retire", "touche"]

# The texts that show a picture or document, by its path.
Owners: TypeAlias = Mapping[PurePosixPath, Iterable[PurePosixPath]]

_ALIKE = 0.6
_COMPARED = 40  # renamed files that are looked for line by line, on each side
_READ = 100_000  # bytes of each


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
    return Differing(tuple(_renamed(texts)), tuple(medias), tuple(after.documents))


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


def _renamed(changes: Sequence[Change]) -> Iterator[Change]:
    # ``changes`` with a removed and a new text of a kind made one change, when they are alike.
    gone = [change for change in changes if change.sorte == "retire" and change.document]
    come = [change for change in changes if change.sorte == "nouveau" and change.document]
    gone = gone[:_COMPARED]
    come = come[:_COMPARED]
    words = {}
    if gone and come:
        words = {change.path: _words(change) for change in (*gone, *come)}

    def likeness(old: Change, new: Change) -> float:
        if not old.document or not new.document or old.document.kind is not new.document.kind:
            return -1
        mine = words[old.path]
        theirs = words[new.path]
        return len(mine & theirs) / max(len(mine | theirs), 1)

    paired = {}
    if gone:
        for new in come:
            candidates = [
                (likeness(old, new), str(old.path), old) for old in gone if old.path not in paired
            ]
            if candidates:
                like, _, near = max(candidates, key=lambda candidate: candidate[:2])
                if like >= _ALIKE:
                    paired[near.path] = Change("renomme", new.path, near.avant, new.apres)
    taken = paired.keys() | {old.path for old in paired.values()}
    yield from (change for change in changes if change.path not in taken)
    yield from paired.values()


def _words(change: Change) -> frozenset[str]:
    assert change.file is not None
    data = bytes_in(change.file.file) or b""
    return frozenset(words_in(data[:_READ].decode("utf-8", "replace")))


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


# The front matter of a faulty file, corrected as far as a machine may, to copy and paste.

# A header that nobody wrote by hand is read many times for nothing: it would not be shown.
_LONGEST = 20_000


class Header(NamedTuple):
    """A front matter, its two ``---`` included."""

    texte: str
    # Number of errors left in it, each announced by a remark above its line.
    reste: int


def corrected(
    data: bytes, file: SourceFile, reading: Reading, errors: Sequence[Diagnostic]
) -> Header | None:
    """The front matter of ``file`` without those of its ``errors`` that say what to write; ``None``
    when it cannot be, or does not change."""
    try:
        before = Sheet(file, _head(data, file).decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if len(before.raw) > _LONGEST:
        return None
    inside = [
        item
        for item in errors
        if item.position.path == file.path and before.offset(item.position.line) < before.body_start
    ]
    mended = mend(before.raw.encode(), file, inside, likely=True).data
    sheet = Sheet(file, mended.decode("utf-8"))
    left = {
        (item.code, item.message): item
        for item in read_document(mended, file, reading)[0].diagnostics
        if item.severity is Severity.ERREUR
    }
    # What other files show (a missing place) is there where the text did not change.
    for item in inside:
        same = item.position.length and before.written(item) == sheet.written(item)
        if item.code[1] in "45" and same:
            left[item.code, item.message] = item
    header = _header(sheet, left.values())
    written = _header(before, ())
    if header and written and header.texte == written.texte:
        return None
    return header


def _head(data: bytes, file: SourceFile) -> bytes:
    # The front matter and a word; all of the file when they cannot be parted.
    sheet = Sheet(file, data.decode("utf-8"))
    if sheet.parts is None:
        return data
    return f"{sheet.text[: sheet.body_start]}\nTexte.\n".encode()


def _last_line(sheet: Sheet) -> int:
    assert sheet.parts is not None
    lines = sheet.text.split("\n")
    for number in range(min(sheet.parts.body_line - 1, len(lines)), 1, -1):
        if lines[number - 1].rstrip() in ("---", "..."):
            return number
    return sheet.parts.body_line


def _header(sheet: Sheet, left: Collection[Diagnostic]) -> Header | None:
    # The lines of the front matter; what is left is announced above its line.
    parts = sheet.parts
    if parts is None:
        return None
    last = _last_line(sheet)
    lines = sheet.text.split("\n")[:last]
    inside = [item for item in left if 1 < item.position.line < last]
    missing = [item for item in left if item.code == "E201" and item not in inside]
    lines[last - 1 : last - 1] = [f"# À corriger : {item.message} {item.hint}" for item in missing]
    for item in sorted(inside, key=lambda item: item.position.line, reverse=True):
        rank = item.position.line - 1
        lines.insert(rank, f"{indent_of(lines[rank])}# À corriger : {item.message}")
    return Header("\n".join(lines), len(left))
