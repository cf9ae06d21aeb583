"""All that is remembered from a build to the next: one SQLite file, in rooms.

A room holds bytes by key, each with a checksum against what a power cut may have spoilt. Nothing of
it is needed: a file that is foreign, cut, or made by other code is thrown away, and what cannot be
read or written is made again. Nothing of it is executed either: who reads bytes takes them for
texts and numbers, whoever wrote them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

FILE = "memoire.sqlite"
_TABLE = "CREATE TABLE kept(room TEXT, key TEXT, value BLOB, seal INTEGER, PRIMARY KEY(room, key))"
_FORMAT = "1"
_BATCH = 512
# Values of some kilobytes, and a few of many: in pages of 4,096 bytes they take a tenth more room.
_PAGE = 16_384

T = TypeVar("T")

# Connections of a parent process: SQLite forbids a child even to close them.
_inherited: list[sqlite3.Connection] = []


class Memory:
    """The file ``path``, made for ``salt``: one of another salt is thrown away."""

    def __init__(self, path: Path, salt: str = "") -> None:
        self.path = path
        self._tag = f"{_FORMAT} {salt}".encode()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def recall(self, room: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        """What ``room`` has under ``keys``, or all of it; nothing that its seal does not hold."""
        rows = self._rows("SELECT key, value, seal FROM kept WHERE room=?", room, keys)
        return {
            key: value
            for key, value, seal in rows
            if type(value) is bytes and _seal(room, key, value) == seal
        }

    def keys(self, room: str) -> set[str]:
        return {key for (key,) in self._rows("SELECT key FROM kept WHERE room=?", room)}

    def keep(self, room: str, values: Mapping[str, bytes]) -> bool:
        """Write ``values``; whether they could be."""
        return self._write(
            "INSERT OR REPLACE INTO kept VALUES(?,?,?,?)",
            [(room, key, value, _seal(room, key, value)) for key, value in values.items()],
        )

    def forget(self, room: str, live: Collection[str], spare: int = 0) -> None:
        """Drop what is not ``live`` in ``room``, once it is more than ``spare``."""
        gone = self.keys(room).difference(live)
        if len(gone) > spare:
            rows = [(room, key) for key in gone]
            self._write("DELETE FROM kept WHERE room=? AND key=?", rows)

    def close(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
            self._connection = None

    def discard(self) -> None:
        """Throw the file away; another one is made when it is next asked."""
        self.close()
        for suffix in ("", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _rows(
        self, query: str, room: str, keys: Iterable[str] | None = None
    ) -> list[tuple[Any, ...]]:
        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            if keys is None:
                return connection.execute(query, (room,)).fetchall()
            wanted = [*keys]
            rows: list[tuple[Any, ...]] = []
            for start in range(0, len(wanted), _BATCH):
                some = wanted[start : start + _BATCH]
                marks = ",".join("?" * len(some))
                rows += connection.execute(f"{query} AND key IN ({marks})", (room, *some))
            return rows

        return self._tried(read, [])

    def _write(self, statement: str, rows: Collection[tuple[Any, ...]]) -> bool:
        def write(connection: sqlite3.Connection) -> bool:
            with connection:
                connection.executemany(statement, rows)
            return True

        return not rows or self._tried(write, False)

    def _tried(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        # A file that is spoilt is thrown away, else it would stay so for ever; one that is busy, or
        # not to be written, may be right.
        try:
            return work(self._connect())
        except (sqlite3.OperationalError, OSError):
            return otherwise
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
            try:
                self._connection = self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.discard()
                self._connection = self._open()
            self._pid = os.getpid()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level="IMMEDIATE")
        try:
            # Durability is not needed: a file that a power cut spoils is made again.
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(f"PRAGMA page_size={_PAGE}")  # of a file that is made now
            schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            if not connection.execute(schema).fetchall():
                connection.execute("BEGIN IMMEDIATE")  # another process may be making it too
                if not connection.execute(schema).fetchall():
                    connection.execute(_TABLE)
                    connection.execute("INSERT INTO kept VALUES('', '', ?, 0)", (self._tag,))
                connection.commit()
            tag = connection.execute("SELECT value FROM kept WHERE room=''").fetchall()
            # A view or a trigger would have its own way with what is asked.
            if (connection.execute(schema).fetchall(), tag) != ([(_TABLE,)], [(self._tag,)]):
                raise sqlite3.DatabaseError("another format")
        except BaseException:
            connection.close()
            raise
        return connection


def _seal(room: str, key: str, value: bytes) -> int:
    return crc32(value, crc32(f"{room}\n{key}".encode()))
