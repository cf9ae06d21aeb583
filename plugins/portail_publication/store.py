"""Records kept on disk from a build to the next in a file read whole, bodies in SQLite, read one by
one; both are made again when they are foreign, cut or spoilt.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import Any

from portail.body.document import BodyHtml
from portail.diagnostics import CacheError
from portail.files import digest_bytes
from portail.source.store import Loaded, Stamp

from .records import RecordFile

# A SQLite file under a cache folder: disposable, opened when needed, never trusted blindly.

# Connections of a parent process: SQLite forbids a child even to close them.
_inherited: list[sqlite3.Connection] = []


class Database:
    """``path`` holds ``tables`` (SQL) made for ``tag``; a file of another tag is thrown away."""

    def __init__(self, path: Path, tables: str, tag: str) -> None:
        self.path = path
        self.tables = tables
        self.tag = tag
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def connect(self) -> sqlite3.Connection:
        """The connection of this process, opened at the first call and again after a fork. Raises
        ``sqlite3.Error`` or ``OSError`` when the file can be neither read nor made."""
        if self._connection is not None and self._pid != os.getpid():
            _inherited.append(self._connection)
            self._connection = None
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._open()
            except sqlite3.OperationalError:
                raise  # busy, or not to be written: it may be right
            except sqlite3.DatabaseError:
                self.discard()
                self._connection = self._open()
            self._pid = os.getpid()
        return self._connection

    def rows(self, query: str, keys: Sequence[str], *first: str) -> Iterator[tuple[Any, ...]]:
        """Rows of ``query``, which takes the values of ``first``, then a list of ``keys``, however
        many. Raises as ``connect`` does."""
        connection = self.connect()
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            yield from connection.execute(f"{query} ({marks})", (*first, *some))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            # Durability is not needed: a file that a power cut spoils is made again.
            connection.execute("PRAGMA synchronous=OFF")
            tagged = "SELECT name FROM sqlite_master WHERE name='tag'"
            if connection.execute(tagged).fetchone() is None:
                connection.executescript(f"BEGIN; CREATE TABLE tag(value TEXT); {self.tables};")
                connection.execute("INSERT INTO tag VALUES(?)", (self.tag,))
                connection.commit()
            elif connection.execute("SELECT * FROM tag").fetchall() != [(self.tag,)]:
                raise sqlite3.DatabaseError("another format")
        except BaseException:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
            self._connection = None

    def discard(self) -> None:
        """Throw the file away; the next ``connect`` makes another one."""
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


_SECOND_NS = 1_000_000_000
_RECENT_NS = 2_000_000_000  # the coarsest file systems count in steps of two seconds
_BATCH = 512
_TABLES = """
CREATE TABLE body(digest TEXT PRIMARY KEY, html TEXT, text TEXT, seal INTEGER);
CREATE TABLE words(digest TEXT PRIMARY KEY, words TEXT, seal INTEGER);
CREATE TABLE source(digest TEXT PRIMARY KEY, source TEXT, seal INTEGER);
CREATE TABLE kept(room TEXT, key TEXT, text TEXT, seal INTEGER, PRIMARY KEY(room, key))
"""


class DiskStore:
    """A ``Store`` in ``folder`` for ``salt``: the code, data and settings that records depend on.

    To ``verify``, ``find`` answers ``None``; ``clean``, nothing that was there is believed.
    """

    def __init__(
        self,
        folder: Path,
        salt: str,
        *,
        verify: bool = False,
        clean: bool = False,
        admit: Iterable[type] = (),
    ) -> None:
        seal = digest_bytes(salt.encode("utf-8", "surrogatepass"))
        self._folder = folder
        self._verify = verify
        self._file = RecordFile(folder / "fiches.bin", seal, admit)
        self._database = Database(folder / "corps.sqlite", _TABLES, seal)
        self._pending: dict[str, BodyHtml] = {}
        self._writable = True
        self._dirty: set[str] = set()
        self._sound: dict[tuple[str, str], str] = {}  # each text recalled, thus right
        if clean:
            self._database.discard()
        self._records = {} if clean else self._file.load()
        self._trusted_ns = self._file.mtime_ns - _RECENT_NS
        self._stored: set[str] = set()
        with self._spoilt_or_absent():
            if self._records:
                rows = self._database.connect().execute("SELECT digest FROM body")
                self._stored = {digest for (digest,) in rows}

    @contextmanager
    def _spoilt_or_absent(self) -> Iterator[None]:
        # What cannot be read or written is made again; a file that is spoilt is thrown away, else
        # it would stay so for ever.
        try:
            yield
        except (sqlite3.OperationalError, OSError):
            return
        except sqlite3.Error:
            self._database.discard()
            self._stored = set()

    def find(self, path: PurePosixPath, stamp: Stamp) -> Loaded | None:
        """See ``Store.find``; a file changed about when the last build ran is not believed."""
        record = self._records.get(str(path))
        if record is None or self._verify or record[0] != stamp:
            return None
        young = max(stamp.mtime_ns, stamp.ctime_ns) > self._trusted_ns
        return None if young else self._whole(record[1])

    def find_digest(self, path: PurePosixPath, digest: str) -> Loaded | None:
        """See ``Store.find_digest``."""
        record = self._records.get(str(path))
        return self._whole(record[1]) if record and record[1].digest == digest else None

    def _whole(self, loaded: Loaded) -> Loaded | None:
        # ``loaded``, unless it has a text that is not stored any more.
        return loaded if loaded.facts is None or loaded.digest in self._stored else None

    def put(self, loaded: Loaded, stamp: Stamp, body: BodyHtml | None) -> None:
        name = str(loaded.path)
        if self._verify and name in self._records and self._records[name][1] is loaded:
            return  # its stamp is not believed: nothing to write
        # Where times count in seconds (FAT), it may change again before its time does, however long
        # the build lasts after reading it.
        recent = time.time_ns() - _RECENT_NS
        times = stamp.mtime_ns, stamp.ctime_ns
        if any(moment > recent and not moment % _SECOND_NS for moment in times):
            stamp = stamp._replace(mtime_ns=-1)
        self._records[name] = (tuple(stamp), loaded)
        self._dirty.add(name)
        if body is not None:
            self._pending[loaded.digest] = body
            self._stored.add(loaded.digest)
            if len(self._pending) >= _BATCH:
                self._flush()

    def body(self, digest: str) -> BodyHtml:
        """See ``Store.body``. Raises ``CacheError`` when it is not there or is spoilt."""
        if digest in self._pending:
            return self._pending[digest]
        with suppress(sqlite3.Error, OSError):
            connection = self._database.connect()
            query = "SELECT html, text, seal FROM body WHERE digest=?"
            row = connection.execute(query, (digest,)).fetchone()
            if row and checksum(row[0], row[1]) == row[2]:
                return BodyHtml(row[0], row[1])
        raise self._spoilt(digest)

    def words(self, digests: Sequence[str]) -> list[str]:
        return self._every("words", digests)

    def source(self, digest: str) -> str:
        return self._every("source", [digest])[0]

    def _every(self, name: str, digests: Sequence[str]) -> list[str]:
        # The texts of the table and attribute ``name``. Raises ``CacheError``.
        texts = {d: getattr(self._pending[d], name) for d in digests if d in self._pending}
        stored = [digest for digest in digests if digest not in texts]
        query = f"SELECT digest, {name}, seal FROM {name} WHERE digest IN"  # noqa: S608
        texts |= self._texts(query, stored)
        for digest in digests:
            if digest not in texts:
                raise self._spoilt(digest)
        return [texts[digest] for digest in digests]

    def recall(self, room: str, keys: Sequence[str]) -> dict[str, Any]:
        """See ``Store.recall``; to ``verify`` too: a text bears its seal, and its key or its first
        line names what it was made of, which is read again."""
        query = "SELECT key, text, seal FROM kept WHERE room=? AND key IN"
        texts = self._texts(query, keys, room)
        for key, text in texts.items():
            if isinstance(text, bytes):
                texts[key] = self._file.read(text, self._records)
        self._sound |= {(room, key): text for key, text in texts.items()}
        return texts

    def remember(self, room: str, texts: Mapping[str, Any]) -> None:
        """See ``Store.remember``. What cannot be written is made again by the next run."""
        with suppress(sqlite3.Error, OSError, TypeError), self._database.connect() as connection:
            rows = connection.execute("SELECT key FROM kept WHERE room=?", (room,))
            stored = {key for (key,) in rows}
            gone = [(room, key) for key in stored - texts.keys()]
            connection.executemany("DELETE FROM kept WHERE room=? AND key=?", gone)
            sound = self._sound
            new = {key: text for key, text in texts.items() if sound.get((room, key)) != text}
            put = {k: v if isinstance(v, str) else self._written(v) for k, v in new.items()}
            fresh = [(room, key, put[key], checksum(put[key])) for key in sorted(put)]
            connection.executemany("INSERT OR REPLACE INTO kept VALUES(?,?,?,?)", fresh)

    def _written(self, value: Any) -> bytes:
        return self._file.written(value, self._records)

    def _texts(self, query: str, keys: Sequence[str], *first: str) -> dict[str, Any]:
        texts: dict[str, Any] = {}
        with suppress(sqlite3.Error, OSError):
            rows = self._database.rows(query, keys, *first)
            texts.update((key, text) for key, text, seal in rows if checksum(text) == seal)
        return texts

    def _spoilt(self, digest: str) -> CacheError:
        self._database.discard()
        return CacheError(f"le texte {digest} est illisible dans « {self._folder} » : recommencez")

    def keep(self, paths: Iterable[PurePosixPath]) -> None:
        gone = self._records.keys() - {str(path) for path in paths}
        for name in gone:
            del self._records[name]
        self._dirty |= gone
        self._flush()
        self._purge()
        if self._dirty:
            with suppress(OSError):
                self._file.save(self._records, self._dirty)
                self._dirty.clear()
                self._trusted_ns = self._file.mtime_ns - _RECENT_NS

    def close(self) -> None:
        self._database.close()

    def _flush(self) -> None:
        if not self._pending or not self._writable:
            return
        bodies = self._pending.items()
        rows: dict[str, list[tuple[str | int, ...]]] = {
            "body": [(d, b.html, b.text, checksum(b.html, b.text)) for d, b in bodies],
            "words": [(d, b.words, checksum(b.words)) for d, b in bodies],
            "source": [(d, b.source, checksum(b.source)) for d, b in bodies],
        }
        with self._spoilt_or_absent():
            with self._database.connect() as connection:
                for table, some in rows.items():
                    marks = ",".join("?" * len(some[0]))
                    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES({marks})", some)
            self._pending.clear()
        self._writable = not self._pending  # read-only or full: bodies stay in memory

    def _purge(self) -> None:
        # Drop the bodies of no record, once they are more than the others.
        live = {loaded.digest for _, loaded in self._records.values()}
        if len(self._stored) > 2 * len(live):
            gone = [(digest,) for digest in self._stored - live]
            with suppress(sqlite3.Error, OSError), self._database.connect() as connection:
                for table in ("body", "words", "source"):
                    connection.executemany(f"DELETE FROM {table} WHERE digest=?", gone)  # noqa: S608
                self._stored &= live


def open_store(folder: Path, salt: str, *, verify: bool = False, clean: bool = False) -> DiskStore:
    """The store of the cache folder ``folder`` (see ``DiskStore``)."""
    return DiskStore(folder, salt, verify=verify, clean=clean)


def checksum(*texts: object) -> int:
    """A checksum against what a power cut may have spoilt, the type of a value too: an id of a page
    would be a dead link of one that is right."""
    return reduce(_sealed, texts, 0)


def _sealed(seal: int, part: object) -> int:
    if isinstance(part, bytes):
        return zlib.crc32(part, ~seal & 0xFFFFFFFF)
    return zlib.crc32(str(part).encode(), seal)
