"""What the browsers of ``portail serve`` are shown: the last good site, what is newer, the faults.

Threads of the server read it, that of the builds writes it.
"""

from __future__ import annotations

import threading
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any

from portail.files import digest_bytes

__all__ = ["Preview"]

_BESIDE = ("medias/", "empreintes/", "fonds/")
"""Pictures: a page that shows one keeps its bytes when it changes."""


class Preview:
    """The site in ``folder``, and pages that are newer than it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed = threading.Condition()
        self._turn = 0
        self._newer: dict[str, bytes] = {}
        self._pictures = 0
        self._state: Mapping[str, Any] = {"titre": "", "fautes": []}
        self._looked: Counter[str] = Counter()

    def page(self, url: str) -> tuple[bool, bytes, str]:
        """Whether there is a page at ``url``, its bytes, else those of « page introuvable », and
        what stands for them."""
        with self._changed:
            newer, pictures = self._newer.get(url), self._pictures
        inside = PurePosixPath(url.lstrip("/"))
        files = (inside / "index.html", inside) if ".." not in inside.parts else ()
        found = newer if newer is not None else next(filter(None, map(self._read, files)), None)
        data = found if found is not None else self._read(PurePosixPath("404.html")) or b""
        return found is not None, data, f"{digest_bytes(data)}-{pictures}"

    def _read(self, path: PurePosixPath) -> bytes | None:
        with suppress(OSError, ValueError):
            return (self.folder / path).read_bytes() if path.suffix == ".html" else None
        return None

    @contextmanager
    def looking(self, url: str) -> Iterator[None]:
        """Someone looks at ``url`` meanwhile."""
        with self._changed:
            self._looked[url] += 1
        try:
            yield
        finally:
            with self._changed:
                self._looked[url] -= 1

    def looked_at(self) -> list[str]:
        """The site paths that browsers show."""
        with self._changed:
            return sorted(+self._looked)

    def show(self, url: str, data: str) -> None:
        """A page is drawn before the others."""
        with self._changed:
            self._newer[url] = b64decode(data)
            self._wake()

    def finish(
        self,
        files: Sequence[str],
        title: str,
        faults: Sequence[Mapping[str, Any]],
        *,
        published: bool,
    ) -> None:
        """A build is over. Unless it ``published`` its files, pages that are newer stay: the build
        that drew them may have been ended by this one."""
        with self._changed:
            if published:
                self._newer.clear()
            self._pictures += any(one.startswith(_BESIDE) for one in files)
            self._state = {"titre": title, "fautes": faults}
            self._wake()

    def _wake(self) -> None:
        self._turn += 1
        self._changed.notify_all()

    def state(self, seen: int, patience: float) -> tuple[int, Mapping[str, Any]]:
        """The turn that follows ``seen``, awaited for ``patience`` seconds, and the faults."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn != seen, patience)
            return self._turn, self._state
