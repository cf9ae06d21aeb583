"""A SQLite file under a cache folder: disposable, opened when needed, never trusted blindly."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

__all__ = ["Database"]

_inherited: list[sqlite3.Connection] = []
"""Connections of a parent process: SQLite forbids a child even to close them."""


class Database:
    """``path`` holds ``tables`` (SQL) made for ``tag``; a file of another tag is thrown away."""

    def __init__(self, path: Path, tables: str, tag: str) -> None:
        self.path, self.tables, self.tag = path, tables, tag
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def connect(self) -> sqlite3.Connection:
        """The connection of this process, opened at the first call and again after a fork.

        Raises ``sqlite3.Error`` or ``OSError`` when the file can be neither read nor made.
        """
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

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            # Durability is not needed: a file that a power cut spoils is made again.
            connection.execute("PRAGMA synchronous=OFF")
            known = connection.execute("SELECT name FROM sqlite_master WHERE name='tag'").fetchone()
            if known is None:
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
        """Close the connection of this process, if there is one."""
        if self._connection is not None and self._pid == os.getpid():
            self._connection.close()
            self._connection = None

    def discard(self) -> None:
        """Throw the file away; the next ``connect`` makes another one."""
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
