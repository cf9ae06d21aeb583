"""Asks the workshop for builds, one after each change, and gives the preview what it answers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from portail.cli.summary import WORDS, counted
from portail.diagnostics import Severity
from portail_pelican.preview import Preview

__all__ = ["Builder"]

_KEPT = "l’aperçu montre la dernière version sans erreur."
_PUBLISHED = "l’aperçu montre ce qui peut l’être."
_FAILED = "La construction a échoué : l’aperçu montre le site d’avant."
_STOPPED = (
    "La construction s’est arrêtée sans rien dire : le terminal en montre peut-être la cause."
)
_CONTENT = (".md",)


class Builder:
    """Builds ``pelican ARGUMENTS`` with ``environment``, for ``preview``; ``content`` is the folder
    of the contents, ``tables`` those that a workshop holds for good."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        content: Path,
        tables: Sequence[Path],
        preview: Preview,
    ) -> None:
        self._arguments, self._environment = list(arguments), dict(environment)
        self._content, self._preview = content.resolve(), preview
        self._tables = tables
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._pending: set[Path] = set()  # what changed since the last build that ended
        self._good = False
        self.built = threading.Event()

    def ask(self, changed: Iterable[Path] = ()) -> None:
        """Build, since these files changed; a build that runs is ended. Code, settings and tables
        are read by another workshop."""
        some = set(changed)
        self._pending |= some
        if self._channel is None or any(map(self._is_held, some)):
            self.stop()
            self._start()
        early = bool(self._pending) and all(map(self._is_text, self._pending))
        request = {"pages": self._preview.looked_at(), "keep": self._good, "early": early}
        with suppress(OSError):  # it is gone: its reader says so
            assert self._channel is not None
            self._channel.sendall(json.dumps(request).encode() + b"\n")

    def _is_held(self, path: Path) -> bool:
        return path.suffix == ".py" or any(map(path.is_relative_to, self._tables))

    def _is_text(self, path: Path) -> bool:
        return path.suffix in _CONTENT and path.is_relative_to(self._content)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-m", "portail_pelican.workshop", str(number)]
            self._process = subprocess.Popen(
                [*command, *self._arguments], env=self._environment, pass_fds=(number,)
            )
        self._channel = ours
        threading.Thread(target=self._listen, args=(ours,), daemon=True).start()

    def _listen(self, channel: socket.socket) -> None:
        with suppress(OSError), channel.makefile("rb") as lines:
            for line in lines:
                with suppress(ValueError):  # the end of a build that was ended says half a word
                    self._hear(json.loads(line))
        if channel is self._channel:
            self._channel = None
            self._over(2, [], _STOPPED)

    def _hear(self, message: Mapping[str, Any]) -> None:
        if "page" in message:
            self._preview.show(message["page"], message["bytes"])
        else:
            self._over(message["code"], message["faults"], message["message"], message["files"])

    def _over(
        self, code: int, faults: list[Mapping[str, Any]], message: str, files: Sequence[str] = ()
    ) -> None:
        self._pending.clear()
        title = _FAILED
        if faults:
            many = counted(len(faults), WORDS[Severity.ERREUR])
            title = f"{many} : {_PUBLISHED if files or not self._good else _KEPT}"
        elif code:
            words = message or _STOPPED
            faults = [{"ou": "", "code": "", "message": words, "remede": "", "coller": ""}]
        if message:
            print(title, flush=True)
        self._good = self._good or code == 0
        self._preview.finish(files, title, faults, published=code == 0 or bool(files))
        self.built.set()

    def stop(self) -> None:
        """End the workshop, and the build that it may be at."""
        channel, self._channel = self._channel, None
        if channel is not None:
            with suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
