"""Records and bodies in the memory of builds; both are made again when they are not there, or are
spoilt.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from msgspec import MsgspecError, msgpack
from msgspec.structs import replace

from portail.body.document import BodyHtml
from portail.diagnostics import CacheError
from portail.files import digest_bytes
from portail.memory import FILE, Memory
from portail.resources import quiet_gc
from portail.source.store import Loaded, Stamp

from .records import read, written

# Stamp of the file, and its record.
_Record: TypeAlias = tuple[Stamp, Loaded]

_RECORDS = "fiches"
_BODIES = "corps"
_WORDS = "mots"
_BASE = "base"
_RECENT_NS = 2_000_000_000  # the coarsest file systems count in steps of two seconds
_BATCH = 512
# How names begin of what former versions kept.
_FORMER = ("corps.sqlite", "expressions.bin", "fiches.bin", "gabarits-", "lectures-", "redites")


class DiskStore:
    """A ``Store`` in ``folder`` for ``salt``: the code, data and settings that records depend on.

    To ``verify``, ``find`` answers ``None``; ``clean``, nothing that was there is believed.
    """

    def __init__(
        self, folder: Path, salt: str, *, verify: bool = False, clean: bool = False
    ) -> None:
        seal = digest_bytes(salt.encode("utf-8", "surrogatepass"))
        self.memory = Memory(folder / FILE, seal)
        self._verify = verify
        self._pending: dict[str, BodyHtml] = {}
        self._dirty: set[str] = set()
        self._sound: dict[tuple[str, str], str] = {}  # each text recalled, thus right
        if clean:
            self.memory.discard()
        self._stored = self.memory.keys(_BODIES)
        with quiet_gc():
            self._records = _loaded(self.memory.recall(_RECORDS))

    def find(self, path: PurePosixPath, stamp: Stamp) -> Loaded | None:
        """See ``Store.find``."""
        record = self._records.get(str(path))
        if record is None or self._verify or record[0] != stamp:
            return None
        return self._whole(record[1])

    def find_digest(self, path: PurePosixPath, digest: str) -> Loaded | None:
        """See ``Store.find_digest``."""
        record = self._records.get(str(path))
        if record is None or record[1].digest != digest:
            return None
        return self._whole(record[1])

    def _whole(self, loaded: Loaded) -> Loaded | None:
        # ``loaded``, unless it has a text that is not stored any more.
        if loaded.facts is None or loaded.digest in self._stored:
            return loaded
        return None

    def put(self, loaded: Loaded, stamp: Stamp, body: BodyHtml | None) -> None:
        name = str(loaded.path)
        if self._verify and name in self._records and self._records[name][1] is loaded:
            return  # its stamp is not believed: nothing to write
        # A file as young as its reading may change again before its time does.
        if max(stamp.mtime_ns, stamp.ctime_ns) > time.time_ns() - _RECENT_NS:
            stamp = stamp._replace(mtime_ns=-1)
        self._records[name] = stamp, loaded
        self._dirty.add(name)
        if body:
            self._pending[loaded.digest] = body
            self._stored.add(loaded.digest)
            if len(self._pending) == _BATCH:
                self._flush()

    def body(self, digest: str) -> BodyHtml:
        """See ``Store.body``. Raises ``CacheError`` when it is not there or is spoilt."""
        if digest in self._pending:
            return self._pending[digest]
        with suppress(MsgspecError, KeyError):
            return _body.decode(self.memory.recall(_BODIES, [digest])[digest])
        raise self._spoilt(digest)

    def words(self, digests: Sequence[str]) -> list[str]:
        kept = self._texts(_WORDS, [digest for digest in digests if digest not in self._pending])
        kept |= {
            digest: self._pending[digest].words for digest in digests if digest in self._pending
        }
        for digest in digests:
            if digest not in kept:
                raise self._spoilt(digest)
        return [kept[digest] for digest in digests]

    def source(self, digest: str) -> str:
        return self.body(digest).source

    def recall(self, room: str, keys: Sequence[str]) -> dict[str, str]:
        """See ``Store.recall``; to ``verify`` too: a text bears its seal, and its key or its first
        line names what it was made of, which is read again."""
        texts = self._texts(f"textes {room}", keys)
        self._sound |= {(room, key): text for key, text in texts.items()}
        return texts

    def remember(self, room: str, texts: Mapping[str, str]) -> None:
        """See ``Store.remember``. What cannot be written is made again by the next run."""
        new = {key: text for key, text in texts.items() if self._sound.get((room, key)) != text}
        values = {key: new[key].encode() for key in sorted(new)}
        self.memory.keep(f"textes {room}", values)
        self.memory.forget(f"textes {room}", texts)

    @property
    def base(self) -> bytes:
        """See ``Store.base``."""
        return self.memory.recall(_BASE).get("", b"")

    @base.setter
    def base(self, data: bytes) -> None:
        self.memory.keep(_BASE, {"": data})

    def _texts(self, room: str, keys: Iterable[str]) -> dict[str, str]:
        texts = {}
        for key, value in self.memory.recall(room, keys).items():
            with suppress(UnicodeDecodeError):
                texts[key] = value.decode()
        return texts

    def _spoilt(self, digest: str) -> CacheError:
        self.memory.discard()
        where = self.memory.path.parent
        return CacheError(f"le texte {digest} est illisible dans « {where} » : recommencez")

    def keep(self, paths: Iterable[PurePosixPath]) -> None:
        names = {str(path) for path in paths}
        self._records = {name: record for name, record in self._records.items() if name in names}
        self._flush()
        live = {loaded.digest for _, loaded in self._records.values()}
        if len(self._stored) > 2 * len(live):
            for room in (_BODIES, _WORDS):
                self.memory.forget(room, live)
            self._stored &= live
        new = {}
        for name in sorted(self._dirty & names):
            stamp, loaded = self._records[name]
            new[name] = written(stamp, loaded)
        if self.memory.keep(_RECORDS, new):
            self._dirty.clear()
        self.memory.forget(_RECORDS, names)

    def close(self) -> None:
        self.memory.close()

    def _flush(self) -> None:
        # What cannot be written stays in memory.
        bodies = {}
        for digest, body in self._pending.items():
            bodies[digest] = msgpack.encode(replace(body, words=""))  # which are kept apart
        words = {digest: body.words.encode() for digest, body in self._pending.items()}
        kept = self.memory.keep(_WORDS, words)
        if kept and self.memory.keep(_BODIES, bodies):
            self._pending.clear()


_body = msgpack.Decoder(BodyHtml)


def _loaded(rows: Mapping[str, bytes]) -> dict[str, _Record]:
    records = {}
    for name, data in rows.items():
        with suppress(Exception):  # whatever foreign bytes can raise: it is only a memory
            stamp, loaded = read(data)
            if str(loaded.path) == name:
                records[name] = stamp, loaded
    return records


def open_store(folder: Path, salt: str, *, verify: bool = False, clean: bool = False) -> DiskStore:
    """The store of the cache folder ``folder`` (see ``DiskStore``); what former versions kept there
    goes."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(_FORMER):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    return DiskStore(folder, salt, verify=verify, clean=clean)
