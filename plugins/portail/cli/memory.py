"""The store of commands that keep nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from portail.body.document import BodyHtml
from portail.source.store import Loaded, Stamp


class MemoryStore:
    """A store that lasts one run: for tests and for commands without a cache."""

    def __init__(self) -> None:
        self._records: dict[PurePosixPath, tuple[Stamp, Loaded]] = {}
        self._bodies: dict[str, BodyHtml] = {}
        self._texts: dict[str, dict[str, Any]] = {}

    def find(self, path: PurePosixPath, stamp: Stamp) -> Loaded | None:
        """See ``Store.find``."""
        record = self._records.get(path)
        return record[1] if record and record[0] == stamp else None

    def find_digest(self, path: PurePosixPath, digest: str) -> Loaded | None:
        """See ``Store.find_digest``."""
        record = self._records.get(path)
        return record[1] if record and record[1].digest == digest else None

    def put(self, loaded: Loaded, stamp: Stamp, body: BodyHtml | None) -> None:
        """See ``Store.put``."""
        self._records[loaded.path] = (stamp, loaded)
        if body is not None:
            self._bodies[loaded.digest] = body

    def body(self, digest: str) -> BodyHtml:
        """See ``Store.body``."""
        return self._bodies[digest]

    def words(self, digests: Sequence[str]) -> list[str]:
        """See ``Store.words``."""
        return [self._bodies[digest].words for digest in digests]

    def source(self, digest: str) -> str:
        """See ``Store.source``."""
        return self._bodies[digest].source

    def recall(self, room: str, keys: Sequence[str]) -> dict[str, Any]:
        """See ``Store.recall``."""
        texts = self._texts.get(room, {})
        return {key: texts[key] for key in keys if key in texts}

    def remember(self, room: str, texts: Mapping[str, Any]) -> None:
        """See ``Store.remember``."""
        self._texts[room] = dict(texts)

    def keep(self, paths: Iterable[PurePosixPath]) -> None:
        """See ``Store.keep``."""
        wanted = set(paths)
        self._records = {path: record for path, record in self._records.items() if path in wanted}
