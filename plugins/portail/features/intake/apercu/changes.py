"""Contents that differ between two folders; a picture that changes changes those that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from portail.files import bytes_in
from portail.source.loader import Listing, Media, SourceFile
from portail.text.normalise import words_in

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
    alone: list[Change] = []
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
