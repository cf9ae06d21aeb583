"""Which contents differ between two folders: new, modified, renamed, removed.

A picture is no content of its own: when it changes, the contents that show it do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

from portail.source.loader import Listing, Media, SourceFile

Sort: TypeAlias = Literal["nouveau", "modifie", "renomme", "retire", "touche"]
"""What became of a content; ``touche``: its file did not change, another's change broke it."""

Owners: TypeAlias = Mapping[PurePosixPath, Iterable[PurePosixPath]]
"""The texts that show a picture or document, by its path."""

_ALIKE = 0.6
_COMPARED = 40  # renamed files that are looked for line by line, on each side
_READ = 100_000  # bytes of each
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """A content that differs, or a file that no content shows.

    ``path`` is that of the proposal (of the base, when it is removed); ``avant`` and ``apres``
    the files, ``None`` where there is none; ``fichiers`` the pictures and documents that changed
    and that it shows; ``texte`` whether its text differs.
    """

    sorte: Sort
    path: PurePosixPath
    avant: SourceFile | Media | None = None
    apres: SourceFile | Media | None = None
    fichiers: tuple[PurePosixPath, ...] = ()
    texte: bool = True

    @property
    def file(self) -> SourceFile | Media | None:
        """The file of the proposal, else that of the base."""
        return self.apres or self.avant

    @property
    def document(self) -> SourceFile | None:
        """The text, when it is one."""
        return self.file if isinstance(self.file, SourceFile) else None

    @property
    def paths(self) -> frozenset[PurePosixPath]:
        """Every file of the proposal that it is made of."""
        return frozenset((self.path, *self.fichiers))


@dataclass(frozen=True, slots=True)
class Differing:
    """The files that differ: the ``textes``, those that were renamed as one change; the
    ``autres``; ``connus`` are all the texts of the proposal."""

    textes: tuple[Change, ...]
    autres: tuple[Change, ...]
    connus: tuple[SourceFile, ...]


def differing(before: Listing, after: Listing) -> Differing:
    """Read the files of both, to tell which differ; one that cannot be read counts as changed."""
    texts = _compared(before.documents, after.documents)
    others = _compared(_others(before), _others(after))
    return Differing(tuple(_renamed(texts)), tuple(others), tuple(after.documents))


def compare(found: Differing, owners: Owners) -> list[Change]:
    """The contents that differ by the files of ``found``, texts first, in the order of their paths.

    ``owners`` says which texts show a picture; one that nothing shows stands alone.
    """
    changes = {one.path: one for one in found.textes}
    alone: list[Change] = []
    known = {doc.path: doc for doc in found.connus}
    for one in found.autres:
        shown = set(owners.get(one.path, ())) | set(_beside(one.path, known, changes))
        for path in sorted(shown & (known.keys() | changes.keys())):
            doc = known.get(path)
            change = changes.get(path) or Change("modifie", path, doc, doc, texte=False)
            changes[path] = replace(change, fichiers=(*change.fichiers, one.path))
        if not shown:
            alone.append(one)
    return [*(changes[path] for path in sorted(changes)), *alone]


def _others(listing: Listing) -> list[Media]:
    register = [listing.register] if listing.register else []
    return [*listing.medias, *listing.frozen, *register]


def _compared(
    before: Sequence[SourceFile | Media], after: Sequence[SourceFile | Media]
) -> list[Change]:
    old, new = {one.path: one for one in before}, {one.path: one for one in after}
    found = []
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path), new.get(path)
        if was is None:
            found.append(Change("nouveau", path, None, now))
        elif now is None:
            found.append(Change("retire", path, was, None))
        elif was.stamp.size != now.stamp.size or _bytes(was.file) != _bytes(now.file):
            found.append(Change("modifie", path, was, now))
    return found


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _renamed(found: Sequence[Change]) -> Iterator[Change]:
    """``found`` with a removed and a new text of one folder made one, when they are alike."""
    gone = [one for one in found if one.sorte == "retire" and one.document][:_COMPARED]
    come = [one for one in found if one.sorte == "nouveau" and one.document][:_COMPARED]
    words = {one.path: _words(one) for one in (*gone, *come)} if gone and come else {}

    def likeness(one: Change, other: Change) -> float:
        mine, theirs = words[one.path], words[other.path]
        return len(mine & theirs) / max(len(mine | theirs), 1)

    paired: dict[PurePosixPath, Change] = {}
    for new in come if gone else ():
        near = max(
            (one for one in gone if one.path not in paired and _same_kind(one, new)),
            key=lambda one: (likeness(one, new), str(one.path)),
            default=None,
        )
        if near is not None and likeness(near, new) >= _ALIKE:
            paired[near.path] = Change("renomme", new.path, near.avant, new.apres)
    taken = {one.path for one in paired.values()}
    yield from (one for one in found if one.path not in taken and one.path not in paired)
    yield from paired.values()


def _same_kind(one: Change, other: Change) -> bool:
    return bool(one.document and other.document and one.document.kind is other.document.kind)


def _words(change: Change) -> frozenset[str]:
    """The words of a text: what it has in common with another."""
    assert change.file is not None
    data = _bytes(change.file.file) or b""
    return frozenset(_WORDS.findall(data[:_READ].decode("utf-8", "replace")))


def _beside(
    media: PurePosixPath,
    known: Mapping[PurePosixPath, SourceFile],
    changes: Iterable[PurePosixPath],
) -> Iterator[PurePosixPath]:
    """Texts that a file belongs to by its place: that of its folder, or a changed one that names
    it: a faulty text shows nothing yet."""
    own = media.parent / "index.md"
    if own in known:
        yield own
    for path in changes:
        doc = known.get(path)
        if doc and media.name.encode() in (_bytes(doc.file) or b""):
            yield doc.path
