"""What ``re`` makes of patterns, kept from a command to the next: a seventh of what imports take.

A pattern that is not there is compiled as ever; so is all, where Python is another one or the file
is spoilt.
"""

from __future__ import annotations

import marshal
import os
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias
from zlib import crc32

# Pattern and flags → flags, code, number of groups, their ranks by name, their names by rank.
_Table: TypeAlias = dict[tuple[str | bytes, int], tuple[Any, ...]]

_FILE = "expressions.bin"
_FORMAT = 1
_CODE = "I"
# It is written again once one pattern in so many is not in it.
_MANY = 20
# Patterns of a few versions.
_MOST = 5_000


class Expressions:
    """Those of ``folder``, a cache."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE
        self._kept: _Table = {}
        self._new: _Table = {}

    def use(self) -> None:
        """Have ``re`` take from the file what is there, and note what is not."""
        with suppress(OSError, ValueError, TypeError, EOFError):
            head, _, body = self._file.read_bytes().partition(b"\n")
            if head == _head(body):
                self._kept = marshal.loads(body)  # noqa: S302
        with suppress(ImportError, AttributeError):  # another Python
            import _sre  # type: ignore[import-not-found]
            from re import _compiler  # type: ignore[attr-defined]

            self._put_into(_compiler, _sre)

    def _put_into(self, compiler: Any, engine: Any) -> None:
        python: Callable[..., Any] = compiler.compile
        asked: list[Any] = []

        def noted(pattern: Any, flags: int, code: list[int], *groups: Any) -> Any:
            if isinstance(pattern, str | bytes):
                count, ranks, names = groups
                plain = {name: int(rank) for name, rank in ranks.items()}
                row = int(flags), array(_CODE, code).tobytes(), int(count), plain, names
                self._new[pattern, asked[-1]] = row
            return engine.compile(pattern, flags, code, *groups)

        def compiled(pattern: Any, flags: Any = 0) -> Any:
            row = None
            if type(pattern) in (str, bytes):
                row = self._kept.get((pattern, int(flags)))
            if row:
                return engine.compile(pattern, row[0], [*array(_CODE, row[1])], *row[2:])
            asked[:] = [int(flags)]
            return python(pattern, flags)

        compiler._sre = SimpleNamespace(**{**vars(engine), "compile": noted})
        compiler.compile = compiled

    def keep(self) -> None:
        """Write what was noted, if it is worth it."""
        if _MANY * len(self._new) <= len(self._kept):
            return
        kept = self._kept if len(self._kept) < _MOST else {}
        with suppress(OSError, ValueError):
            draft = self._file.with_name(f".ecriture-{os.getpid()}")  # ``portail.files.DRAFT``
            body = marshal.dumps(kept | self._new)
            draft.write_bytes(_head(body) + b"\n" + body)
            draft.replace(self._file)


def _head(body: bytes) -> bytes:
    return f"{_FORMAT} {sys.version!r} {crc32(body)}".encode()
