"""The digest of a published site, by which two people compare what they built.

Canonical, and told by the usual tools too (docs/technique/empreinte.md): the digest of a folder at
the root of a site is the SHA-256 of what ``sha256sum`` says of its files, named from the root of
the site and sorted by the bytes of their names; that of the site, of all files. Files at the root
are those of ``.``. Nothing is left out but what is no part of a site, ``trees.RETAINED``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from portail.diagnostics import ConfigError
from portail.files import atomic_write, digest_bytes
from portail.machine import reason_of
from portail_publication import manifest, trees
from portail_publication.manifest import Seal

ROOT = "."
"""The name of the folder of files that are in none."""
_FORMAT = 1
_RECORD = "fabrication.json"
_LARGEST = 200_000_000  # bytes of a saved digest: a million files
_SIGNS = ("\n", "\r", "\\")  # sha256sum writes such names in another way


class File(NamedTuple):
    """A file of a site."""

    sha256: str
    """64 hexadecimal digits."""
    size: int
    """Bytes."""


class Folder(NamedTuple):
    """A folder at the root of a site, or all of it."""

    sha256: str
    files: int
    size: int


class Empreinte(Struct, frozen=True):
    """A site: its files by name, sorted; what made it, by the keys of ``MADE`` (empty: unknown)."""

    files: Mapping[str, File]
    made: Mapping[str, str]

    @property
    def whole(self) -> Folder:
        """The digest of the site."""
        return _folder(self.files.items())

    @property
    def folders(self) -> dict[str, Folder]:
        """Those of its folders, by name."""
        rows = sorted(self.files.items(), key=lambda row: top(row[0]))
        return {name: _folder(part) for name, part in groupby(rows, lambda row: top(row[0]))}

    def saved(self) -> str:
        """The JSON that ``read`` takes."""
        content = {
            "format": _FORMAT,
            "empreinte": self.whole.sha256,
            "fabrication": self.made,
            "fichiers": self.files,
        }
        return json.dumps(content, indent=0, separators=(",", ":")) + "\n"


MADE = {
    "portail": "version de Portail",
    "python": "version de Python",
    "bibliotheques": "bibliothèques",
    "jour": "jour",
    "adresse": "adresse du site",
    "fabrique": "réglages, thème, tables et code",
    "contenus": "contenus",
    "commit": "commit",
}
"""What is known of the making of a site, and its words."""


def top(path: str) -> str:
    """The folder at the root that holds a file.

    >>> top("lieux/index.html"), top("404.html")
    ('lieux', '.')
    """
    return path.split("/", 1)[0] if "/" in path else ROOT


def _folder(rows: Iterable[tuple[str, File]]) -> Folder:
    state = hashlib.sha256()
    files = size = 0
    for path, file in rows:
        state.update(b"%s  %s\n" % (file.sha256.encode(), os.fsencode(path)))
        files, size = files + 1, size + file.size
    return Folder(state.hexdigest(), files, size)


def read(source: Path, cache: Path) -> Empreinte:
    """The digest of a folder, or the one that a file holds; ``cache`` is that of the project, where
    publications that cannot write beside their folder keep what they know. Raises ``ConfigError``.
    """
    try:
        if source.is_dir():
            files = _sorted(dict(_files(source)))
            return Empreinte(files, _made(source.resolve(), cache.resolve(), files))
        if source.stat().st_size > _LARGEST:
            raise ValueError
        return _loaded(json.loads(source.read_bytes()))
    except OSError as error:
        name = error.filename or source
        raise ConfigError(f"« {name} » ne peut pas être lu : {reason_of(error)}.") from error
    except ConfigError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ConfigError(
            f"« {source} » n’est pas une empreinte, ou n’est plus telle qu’elle a été écrite. "
            "→ Demandez-la de nouveau à qui l’a faite : portail empreinte --vers FICHIER"
        ) from None


def _files(root: Path) -> Iterator[tuple[str, File]]:
    for path, (size, _) in trees.scan(root).files.items():
        if size < 0:
            raise ConfigError(
                f"« {root}/{path} » est un lien, ou n’est pas un fichier : un site n’en a pas."
            )
        if any(sign in path for sign in _SIGNS):
            raise ConfigError(f"Un nom de fichier a un signe interdit : « {path} ».")
        data = (root / path).read_bytes()
        yield path, File(hashlib.sha256(data).hexdigest(), len(data))


def _sorted(files: Mapping[str, File]) -> dict[str, File]:
    return dict(sorted(files.items(), key=lambda row: os.fsencode(row[0])))


def _loaded(told: object) -> Empreinte:
    """A saved digest. Raises ``ValueError`` and others when it is not what was written."""
    if not isinstance(told, dict) or told["format"] != _FORMAT:
        raise ValueError
    files = {path: File(sha256, int(size)) for path, (sha256, size) in told["fichiers"].items()}
    made = {key: str(words) for key, words in told["fabrication"].items() if key in MADE}
    found = Empreinte(_sorted(files), made)
    if found.whole.sha256 != told["empreinte"]:
        raise ValueError
    return found


# What made a site, beside it as its manifest is, and sealed by it: known of this publication alone.


def record(seal: Seal, made: Mapping[str, str]) -> None:
    """Keep what made the tree that was just published. Raises ``OSError``."""
    told = {"sceau": [Path(seal.path).name, seal.inode, seal.mtime_ns], "fabrication": made}
    atomic_write(Path(seal.path).with_name(_RECORD), json.dumps(told).encode(), durable=False)


def _made(site: Path, cache: Path, files: Mapping[str, File]) -> dict[str, str]:
    """What was kept of the publication of ``site``, if its files are still those of that day."""
    away = cache / f"publication-{digest_bytes(bytes(site))}"
    for side in (site.with_name(f".{site.name}.suivant"), away):
        seal = manifest.seal(side, site)
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            told = json.loads((side / _RECORD).read_bytes())
            if (
                seal
                and told["sceau"] == [Path(seal.path).name, seal.inode, seal.mtime_ns]
                and manifest.load(side, site).intact(site).keys() == files.keys()
            ):
                return {key: str(told["fabrication"][key]) for key in MADE}
    return {}
