"""A built site served on this machine, as a static host would: a browser reads it five times as
fast as when each of its requests is answered one by one."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

ICON = "/favicon.ico"
"""What a browser with windows asks of a host by itself, for a file that is no page. To be told that
it is not there would be said in its console, sooner or later, as an error of the site."""
_TEXTS = {".css", ".html", ".js", ".json", ".svg", ".xml"}


@cache
def _gzip(file: Path) -> bytes:
    return gzip.compress(file.read_bytes())


def _with_script(file: Path, script: str) -> bytes:
    """A page that runs ``script`` before the policy that it declares."""
    page = file.read_text(encoding="utf-8")
    return re.sub(
        r"<head[^>]*>", lambda head: f"{head[0]}<script>{script}</script>", page, count=1
    ).encode()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together: neither waits for the other to be received
    disable_nagle_algorithm = True

    def __init__(
        self,
        *args: Any,
        base: str,
        requests: list[str] | None,
        packed: bool,
        first: str,
        **options: Any,
    ) -> None:
        self.base = base
        self.asked = requests
        self.packed = packed
        self.first = first
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        if self.path == ICON:
            self.send_response(204)
            return self.end_headers()
        if self.asked is not None:
            self.asked.append(self.path)
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        listened = self.first and file.suffix == ".html" and file.is_file()
        if not listened and not (self.packed and file.suffix in _TEXTS and file.is_file()):
            return super().do_GET()
        data = _with_script(file, self.first) if listened else _gzip(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if not listened:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        return None

    def translate_path(self, path: str) -> str:
        inside = (path + "/").startswith(f"{self.base}/")
        return super().translate_path(path[len(self.base) :] if inside else "/\0")

    def log_message(self, *_arguments: object) -> None:
        """Nothing: what is missing is told by the browser."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments: object) -> None:
        """Nothing: a tab that closes breaks its connections."""


@contextmanager
def served(
    output: Path,
    url: str = "",
    requests: list[str] | None = None,
    *,
    packed: bool = False,
    first: str = "",
) -> Iterator[str]:
    """Serve ``output``, built for the address ``url``, below the path of that address.

    Gives the address, without final slash, where the site is. ``requests`` gets the path of each
    request, in order. ``packed``: texts leave compressed. ``first`` is a script that pages run
    before their own.
    """
    base = urlsplit(url).path.rstrip("/")
    handler = partial(
        _Handler, base=base, requests=requests, packed=packed, first=first, directory=str(output)
    )
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()
        thread.join()


def elsewhere(host: str) -> re.Pattern[str]:
    """What a request that leaves the site at ``host`` looks like."""
    return re.compile(rf"^(?!{re.escape(host)}/|data:|blob:)")
