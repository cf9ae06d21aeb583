"""The process that builds for ``portail serve``: ready before it is asked, each build in a fork.

The first build imports, reads and compiles for the next ones. When only words of some texts
changed, its site is enough to draw the page that someone looks at. Code and settings are read by
another workshop, which the server starts when they change.
"""

from __future__ import annotations

import gc
import io
import json
import os
import select
import shutil
import signal
import socket
import sys
import threading
import traceback
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path, PurePosixPath
from typing import Any

import pelican

from portail.diagnostics import PortailError
from portail.files import digest_bytes
from portail.terminal.readable import show_stages
from portail_publication.workers import death_of_parent

from . import settings
from .settings import Session
from .staging import staging_of

_POLL = 0.01
# Seconds after which nobody waits for a build.
_REST = 2.0
# Texts that are read twice, once for the page that someone looks at.
_FEW = 16
# Exit code of a build before which more had changed than words.
_MORE = 3


class _Heard(io.TextIOBase):
    """A stream that keeps a copy of its text."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return int(self._stream.write(text))

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return str(self._stream.encoding)


class Workshop:
    """Builds as ``pelican ARGUMENTS``; ``channel`` leads to the server, a message a line.

    ``{"pages", "keep", "texts"}`` asks for a build and ends the one that runs; answers are
    ``{"page", "bytes"}``, ``{"first"}`` once the home page of a new site is there, then
    ``{"code", "faults", "files", "message"}``.
    """

    def __init__(self, arguments: Sequence[str], channel: socket.socket) -> None:
        self._arguments = list(arguments)
        self._channel = channel
        self._unread = b""
        self._host: Any = None
        self._since: set[Path] | None = set()  # texts that changed; None when more did
        self._die = death_of_parent()

    def run(self) -> None:
        self._die()
        request = self._request(None)
        if request is None:
            return
        self._answer(request)
        gc.collect()
        gc.freeze()  # or each fork would copy all of it
        while (request := self._next()) is not None:
            while request:
                request = self._forked(request)

    def _next(self) -> Mapping[str, Any] | None:
        if self._since is None:
            request = self._request(_REST)
            if request is None or request:
                return request
            self._renew()
        return self._request(None)

    def _renew(self) -> None:
        self._since = set()
        settings.current = Session(frozenset(), True, frozenset(), lambda message: None)
        gc.unfreeze()
        with (
            Path(os.devnull).open("w", encoding="utf-8") as nobody,
            redirect_stdout(nobody),
            redirect_stderr(nobody),
        ):
            self._build()
        settings.current = None
        gc.collect()
        gc.freeze()

    def _request(self, patience: float | None) -> Mapping[str, Any] | None:
        while b"\n" not in self._unread:
            if not select.select([self._channel], [], [], patience)[0]:
                return {}
            data = self._channel.recv(65_536)
            if not data:
                return None
            self._unread += data
        *lines, self._unread = self._unread.split(b"\n")
        request: Mapping[str, Any] = json.loads(lines[-1])
        return request

    def _forked(self, request: Mapping[str, Any]) -> Mapping[str, Any] | None:
        sys.stdout.flush()
        sys.stderr.flush()
        if self._since is not None:
            every = self._since.union(map(Path, request["texts"]))
            self._since = every if request["texts"] and len(every) <= _FEW else None
        child = os.fork()
        if not child:
            self._child(request)
        with suppress(OSError):  # as the child does: whoever comes first
            os.setpgid(child, child)
        following: Mapping[str, Any] | None = {}
        while (ended := os.waitpid(child, os.WNOHANG))[0] == 0:
            following = self._request(_POLL)
            if following is None or following:
                with suppress(OSError):
                    os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                self._channel.sendall(b"\n")  # after its half line
                break
        if os.waitstatus_to_exitcode(ended[1]) == _MORE:
            self._since = None
        if self._host is not None:
            cache = self._host.settings["PORTAIL_INSTANCE"].cache
            shutil.rmtree(staging_of(cache, child), ignore_errors=True)
        return following

    def _child(self, request: Mapping[str, Any]) -> None:
        more = True
        try:
            os.setpgid(0, 0)  # it is ended with the processes that it starts
            self._die()
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            more = not self._answer(request)
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(_MORE * more)

    def _answer(self, request: Mapping[str, Any]) -> bool:
        pages = frozenset(request["pages"])
        texts = frozenset(map(Path, request["texts"]))
        settings.current = session = Session(pages, request["keep"], texts, self._send)
        shown = False
        if self._since and self._host is not None:
            with suppress(Exception):  # the build that follows tells what is wrong
                shown = self._host.settings["PORTAIL_GENERATOR"].show_texts(self._since)
        code, message = self._build()
        settings.current = None
        outcome = {"faults": session.faults, "files": session.files, "message": message}
        self._send({"code": code, **outcome})
        return shown

    def _build(self) -> tuple[int, str]:
        heard = _Heard(sys.stderr)
        stream = sys.stderr
        sys.stderr = heard
        try:
            self._host, _ = pelican.get_instance(pelican.parse_arguments(self._arguments))
            self._host.run()
        except SystemExit as leaving:
            code = leaving.code
            if not isinstance(code, int):
                code = 2
            return code, heard.text.strip() if code == 2 else ""
        except Exception as error:
            traceback.print_exc(file=stream)
            return 2, _described(error)
        finally:
            sys.stderr = stream
        return 0, ""

    def _send(self, message: Mapping[str, Any]) -> None:
        self._channel.sendall(json.dumps(message).encode() + b"\n")


def _described(error: Exception) -> str:
    if isinstance(error, PortailError):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"{error.filename}, ligne {error.lineno} : ce n’est pas du Python valide."
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    where = f"{last.filename}, ligne {last.lineno} : " if last else ""
    return f"{where}{type(error).__name__} : {error}"


def main(arguments: Sequence[str]) -> int:
    """``python -m portail_pelican.workshop FD ARGUMENTS``."""
    number, *following = arguments
    show_stages(shows=False)  # a build that is ended would leave half a bar
    sys.argv = ["portail", "serve"]  # what a lock and a refused build look at
    options = pelican.parse_arguments(following)
    pelican.init_logging(level=options.verbosity, fatal=options.fatal, name="pelican")
    with socket.socket(fileno=int(number)) as channel, suppress(KeyboardInterrupt, OSError):
        Workshop(following, channel).run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))


# Pictures: a page that shows one keeps its bytes when it changes.
_BESIDE = ("medias/", "empreintes/", "fonds/")
_ABSENT = PurePosixPath("404.html")
# For a page that is not made yet: its script shows it then, or the browser asks again.
_AWAITED = """\
<!DOCTYPE html>
<html lang="fr">
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>En cours</title>
<p>Cette page est en cours : elle s’affichera d’elle-même.</p>
""".encode()


class Preview:
    """The last good site in ``folder``, newer pages and faults: threads of the server read it, that
    of the builds writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._changed = threading.Condition()
        self._turn = 0
        self._newer: dict[str, bytes] = {}
        self._pictures = 0
        self._partial = False
        self._state: Mapping[str, Any] = {"titre": "", "fautes": []}
        self._looked: Counter[str] = Counter()

    def page(self, url: str) -> tuple[int, bytes, str]:
        """The status, the bytes and a digest of a page: that of a site of which the rest is being
        made is awaited (503)."""
        with self._changed:
            newer = self._newer.get(url)
            pictures = self._pictures
            absent = (503, _AWAITED) if self._partial else (404, self._read(_ABSENT) or b"")
        inside = PurePosixPath(url.lstrip("/"))
        files = (inside / "index.html", inside) if ".." not in inside.parts else ()
        page = newer if newer is not None else next(filter(None, map(self._read, files)), None)
        code, data = absent if page is None else (200, page)
        return code, data, f"{digest_bytes(data)}-{pictures}"

    def _read(self, path: PurePosixPath) -> bytes | None:
        with suppress(OSError, ValueError):
            if path.suffix == ".html":
                return (self.folder / path).read_bytes()
            return None
        return None

    @contextmanager
    def looking(self, url: str) -> Iterator[None]:
        """A context in which someone looks at ``url``."""
        with self._changed:
            self._looked[url] += 1
        try:
            yield
        finally:
            with self._changed:
                self._looked[url] -= 1

    def looked_at(self) -> list[str]:
        with self._changed:
            return sorted(+self._looked)

    def show(self, url: str, data: str) -> None:
        with self._changed:
            self._newer[url] = b64decode(data)
            self._wake()

    def begin(self) -> None:
        """Show what was made first of a site that nobody has seen whole."""
        with self._changed:
            self._partial = True
            self._wake()

    def finish(
        self,
        files: Sequence[str],
        title: str,
        faults: Sequence[Mapping[str, Any]],
        *,
        published: bool,
    ) -> None:
        """End a build. Unless it ``published`` its files, newer pages stay."""
        with self._changed:
            if published:
                self._newer.clear()
                self._partial = False
            self._pictures += any(file.startswith(_BESIDE) for file in files)
            self._state = {"titre": title, "fautes": faults}
            self._wake()

    def _wake(self) -> None:
        self._turn += 1
        self._changed.notify_all()

    def state(self, turn: int, patience: float) -> tuple[int, Mapping[str, Any]]:
        """The turn that follows ``turn``, awaited for ``patience`` seconds, and the faults."""
        with self._changed:
            self._changed.wait_for(lambda: self._turn != turn, patience)
            return self._turn, self._state
