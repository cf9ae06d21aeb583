"""Pictures and documents of an old site: found in its folder, given a path here, checked."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from portail.features.intake.importer.sites.texts import walked
from portail.source.loader import MEDIA_TYPES
from portail.source.medias import DOCUMENT_BYTES, PICTURES, check_media
from portail.source.signatures import FORMATS, format_of
from portail.text.normalise import slugify

_FOLDER = "medias"


class Medias:
    """The files of the folder of a site, by the ways in which its texts name them."""

    def __init__(self, folder: Path, roots: Sequence[str]) -> None:
        """``roots`` are the folders, from ``folder``, whose files have addresses of the site."""
        self.folder = folder
        self.roots = tuple(dict.fromkeys(roots))
        self._judged: dict[str, tuple[str, str]] = {}
        self._places: dict[str, str] = {}
        taken: set[str] = set()
        for path in walked(folder, MEDIA_TYPES):
            place = _place(path, self.roots)
            name, suffix = place.rsplit(".", 1)
            numbered = (f"{name}-{rank}.{suffix}" for rank in count(2))
            self._places[path] = own = (
                place
                if place not in taken
                else next(candidate for candidate in numbered if candidate not in taken)
            )
            taken.add(own)

    def find(self, named: str, near: str) -> str:
        """The path, from the folder of the site, of what a text of the folder ``near`` names; ""
        for what is not there, is no file of it, or is reached by a link."""
        bare = named.lstrip("/")
        tried = [] if named.startswith("/") else [posixpath.join(near, bare)]
        tried += [posixpath.join(root, bare) for root in self.roots]
        return next((path for candidate in tried if (path := self._inside(candidate))), "")

    def _inside(self, path: str) -> str:
        normal = posixpath.normpath(path)
        if normal in (".", "") or normal.startswith(("..", "/")) or "\0" in normal:
            return ""
        file = self.folder / normal
        try:
            own = file.resolve() == self.folder.resolve() / normal
            return normal if own and file.is_file() else ""
        except (OSError, RuntimeError, ValueError):
            return ""

    def judged(self, path: str) -> tuple[str, str]:
        """Where the file ``path`` goes among the contents (``medias/…``), or why it is left."""
        if path not in self._judged:
            self._judged[path] = self._judge(path)
        return self._judged[path]

    def _judge(self, path: str) -> tuple[str, str]:
        suffix = PurePosixPath(path).suffix.lower()
        if suffix not in MEDIA_TYPES:
            return "", f"le portail ne publie pas les fichiers « {suffix or path} »"
        file = self.folder / path
        try:
            if file.stat().st_size > DOCUMENT_BYTES:
                return "", f"il pèse plus de {DOCUMENT_BYTES // 1_000_000} Mo"
            data = file.read_bytes()
        except OSError:
            return "", "il ne se lit pas"
        place = self._places.get(path, "")
        if not place:
            return "", "son dossier n’est pas de ceux du site"
        name = format_of(data)
        if suffix in PICTURES and name and name != FORMATS[suffix]:  # a .png that is a JPEG
            own = next((ending for ending, kind in FORMATS.items() if kind == name), suffix)
            place = f"{place.replace(suffix, suffix.replace('.', '-'))}{own}"
            suffix = own
        remarks = check_media(PurePosixPath(f"x{suffix}"), data)[1]
        if faults := [remark for remark in remarks if remark.code[0] == "E"]:
            return "", faults[0].message.rstrip(".").lower()
        return place, ""


def _place(path: str, roots: Sequence[str]) -> str:
    """Where a file goes: its path under the folder of the site that published it, in plain
    letters."""
    within = [root for root in roots if root and path.startswith(f"{root}/")]
    longest = max(within, key=len, default="")
    inner = PurePosixPath(path.removeprefix(f"{longest}/") if longest else path)
    parts = [slugify(part) or "fichier" for part in inner.with_suffix("").parts if part != _FOLDER]
    return f"{_FOLDER}/{'/'.join(parts)}{inner.suffix.lower()}"
