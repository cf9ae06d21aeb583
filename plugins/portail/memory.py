"""What is remembered from a run to the next: one SQLite file, in rooms.

A room holds bytes by key, each with a checksum against what a power cut may have spoilt. Nothing of
it is needed: a file that is foreign, cut, or made by other code is thrown away, and what cannot be
read or written is made again. Nothing of it is executed either: who reads bytes takes them for
texts and numbers, and looks for a name among those of Portail and of its greffons. Checksums keep
nobody out: who may write the file may change what the next build publishes.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

FILE = "memoire.sqlite"
_TABLE = "CREATE TABLE kept(room TEXT, key TEXT, value BLOB, seal INTEGER, PRIMARY KEY(room, key))"
_SCHEMA = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
_SALT = "SELECT value FROM kept WHERE room=''"
_BATCH = 512
# Values of some kilobytes, and a few of many: in pages of 4,096 bytes they take a tenth more room.
_PAGE = 16_384

T = TypeVar("T")

# Connections of a parent process: SQLite forbids a child even to close them.
_inherited: list[sqlite3.Connection] = []


class Memory:
    """The file ``path``, made when something is first kept. One that was made for another ``salt``
    is thrown away; without a salt, any is right."""

    def __init__(self, path: Path, salt: str = "") -> None:
        self.path = path
        self._salt = salt.encode()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def recall(self, room: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        """What ``room`` has under ``keys``, or all of it; nothing that its seal does not hold."""
        query = "SELECT key, value, seal FROM kept WHERE room=?"
        return {
            key: value
            for key, value, seal in self._rows(query, room, keys)
            if type(value) is bytes and _seal(room, key, value) == seal
        }

    def keys(self, room: str) -> set[str]:
        return {key for (key,) in self._rows("SELECT key FROM kept WHERE room=?", room)}

    def keep(self, room: str, values: Mapping[str, bytes]) -> bool:
        """Write ``values``, as they are: the archive that a forge carries is compressed, and takes
        a third more of what is compressed already. Whether they could be written."""
        rows = [(room, key, value, _seal(room, key, value)) for key, value in values.items()]
        return self._write("INSERT OR REPLACE INTO kept VALUES(?,?,?,?)", rows)

    def drop(self, room: str, keys: Collection[str]) -> bool:
        """Take ``keys`` out of ``room``; whether they are."""
        gone = self.keys(room).intersection(keys)
        return self._write("DELETE FROM kept WHERE room=? AND key=?", [(room, key) for key in gone])

    def forget(self, room: str, live: Collection[str], spare: int = 0) -> None:
        """Drop what is not ``live`` in ``room``, once it is more than ``spare``."""
        gone = self.keys(room).difference(live)
        if len(gone) > spare:
            self.drop(room, gone)

    def close(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
            self._connection = None

    def discard(self) -> None:
        """Throw the file away; another one is made when something is next kept."""
        self.close()
        for suffix in ("", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _rows(
        self, query: str, room: str, keys: Iterable[str] | None = None
    ) -> list[tuple[Any, ...]]:
        def read() -> list[tuple[Any, ...]]:
            if self._connection is None and not self.path.exists():
                return []
            connection = self._connect()
            if keys is None:
                return connection.execute(query, (room,)).fetchall()
            wanted = [*keys]
            rows: list[Any] = []
            for start in range(0, len(wanted), _BATCH):
                some = wanted[start : start + _BATCH]
                marks = ",".join("?" * len(some))
                rows += connection.execute(f"{query} AND key IN ({marks})", (room, *some))
            return rows

        return self._tried(read, [])

    def _write(self, statement: str, rows: Collection[tuple[Any, ...]]) -> bool:
        def write() -> bool:
            with self._connect() as connection:
                connection.executemany(statement, rows)
            return True

        return not rows or self._tried(write, False)

    def _tried(self, work: Callable[[], T], otherwise: T) -> T:
        # A file that is spoilt gives its place to another, else it would stay so for ever; one that
        # is busy, or not to be written, may be right.
        for _ in range(2):
            try:
                return work()
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.Error:
                self.discard()
        return otherwise

    def _connect(self) -> sqlite3.Connection:
        # The connection of this process, opened at the first call and again after a fork.
        if self._connection is not None and self._pid != os.getpid():
            _inherited.append(self._connection)
            self._connection = None
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
            self._pid = os.getpid()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level="IMMEDIATE")
        try:
            # Durability is not needed: a file that a power cut spoils is made again.
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(f"PRAGMA page_size={_PAGE}")  # of a file that is made now
            connection.execute("PRAGMA secure_delete=ON")  # what is dropped is nowhere in the file
            if not connection.execute(_SCHEMA).fetchall():
                connection.execute("BEGIN IMMEDIATE")  # another process may be making it too
                if not connection.execute(_SCHEMA).fetchall():
                    connection.execute(_TABLE)
                connection.commit()
            # A view or a trigger would have its own way with what is asked.
            if connection.execute(_SCHEMA).fetchall() != [(_TABLE,)]:
                raise sqlite3.DatabaseError("another format")
            if self._salt:
                self._claim(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _claim(self, connection: sqlite3.Connection) -> None:
        if not connection.execute(_SALT).fetchall():
            with connection:
                row = ("", "", self._salt, 0)
                connection.execute("INSERT OR IGNORE INTO kept VALUES(?,?,?,?)", row)
        if connection.execute(_SALT).fetchall() != [(self._salt,)]:
            raise sqlite3.DatabaseError("another salt")


def _seal(room: str, key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(f"{room}\n{key}".encode()))
