"""Documents for contributors: where each is published, how they link."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from portail.body.finish import anchor_of
from portail.files import digest_bytes, digest_of, files_in
from portail.late import expression
from portail.model.kinds import DATED
from portail.outputs.base import CopiedFile
from portail.resources import docs_dir
from portail.source.store import Stamp

from ..contribuer.addresses import CONTRIBUTE

if TYPE_CHECKING:
    from portail.diagnostics import Diagnostic
    from portail.feature import Around
    from portail.site.site import Site

GUIDES = f"{CONTRIBUTE}guides/"
IMAGES = f"{GUIDES}images/"

# Folder of documents that holds what is published.
ROOM = "contribuer"
_ORDER = ("README", "premiere-proposition", "formulaire", "tableurs")
_LINK = expression(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
_CODE = expression(r"(^```.*?^```[ ]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


class Guide(Struct, frozen=True):
    """A document: its site path, its file below ``docs/``, its title, its Markdown without the
    title."""

    url: str
    source: PurePosixPath
    titre: str
    texte: str


# Guides that tell of some kinds, by the name of their file.
_ABOUT = {"premiere-proposition": DATED}


def state_of(docs: Path) -> tuple[tuple[str, Stamp], ...]:
    """What tells whether a document or picture has changed: the name and the stamp of each; nothing
    in an installation without."""
    stamps = []
    for folder in (docs / ROOM, docs / ROOM / "images"):
        if folder.is_dir():
            with os.scandir(folder) as entries:
                stamps += [
                    (entry.path, Stamp.of(entry.stat())) for entry in entries if entry.is_file()
                ]
    return tuple(sorted(stamps))


def guides_of(docs: Path, sans: Container[str] = ()) -> tuple[Guide, ...]:
    """The guides of the folder of documents in reading order, but those of the kinds of
    ``sans``.
    """
    room = docs / ROOM
    paths = {}
    if room.is_dir():
        paths = {path.stem: path for path in files_in(room, ".md")}
    names = (*_ORDER, *(name for name in paths if name not in _ORDER))
    return tuple(
        _guide(docs, paths[name]) for name in names if name in paths and _is_about(name, sans)
    )


def _is_about(name: str, sans: Container[str]) -> bool:
    return name not in _ABOUT or any(kind.value not in sans for kind in _ABOUT[name])


def _guide(docs: Path, path: Path) -> Guide:
    titre, texte = _read(path)
    url = GUIDES if path.stem == "README" else f"{GUIDES}{path.stem}/"
    return Guide(url, PurePosixPath(path.relative_to(docs).as_posix()), titre, texte)


def _read(path: Path) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    mark, _, title = text.partition("\n")[0].partition(" ")
    if mark != "#" or not title:
        raise ValueError(f"{path}: the first line is no title")
    return title, text.partition("\n")[2].lstrip("\n")


def pictures_of(docs: Path) -> tuple[Path, ...]:
    return tuple(files_in(docs / "contribuer" / "images", ".webp"))


def link_of(target: str, guide: Guide, urls: Mapping[PurePosixPath, str]) -> str:
    """Site path of what ``guide`` names ``target``; empty when it is not published."""
    path, _, fragment = target.partition("#")
    file = guide.source
    if path:
        file = PurePosixPath(posixpath.normpath(file.parent / path))
    end = f"#{anchor_of(fragment)}" if fragment else ""
    if file not in urls:
        return ""
    if path:
        return urls[file] + end
    return end


def unlinked(texte: str, addresses: Mapping[str, str]) -> str:
    """The text of a guide where what leads nowhere on the site is no link: ``addresses`` gives the
    address of each target, as it is written, empty when there is none."""

    def plain(match: re.Match[str]) -> str:
        if addresses.get(match[2], match[2]):
            return match[0]
        return match[1]

    pieces = _CODE.split(texte)
    pieces[::2] = [_LINK.sub(plain, piece) for piece in pieces[::2]]
    return "".join(pieces)


def targets(texte: str) -> tuple[str, ...]:
    """What the text of a guide links to inside the project, as it is written."""
    pieces = _CODE.split(texte)[::2]
    addresses = (match[2] for match in chain.from_iterable(map(_LINK.finditer, pieces)))
    return tuple(
        dict.fromkeys(address for address in addresses if ":" not in address.partition("/")[0])
    )


def plan_pictures(site: Site) -> Iterator[CopiedFile]:
    if not site.part("guides"):
        return
    for path in pictures_of(docs_dir()):
        url = f"{IMAGES}{path.name}"
        key = (digest_bytes(path.read_bytes()),)
        yield CopiedFile(url[1:], url, key, path)


def load(around: Around) -> tuple[str, Iterable[Diagnostic]]:
    state = state_of(docs_dir())
    return digest_of(*state) if state else "", ()
