"""``portail serve``: a preview on this machine, built again and refreshed when a file changes."""

from __future__ import annotations

import http.server
import json
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import watchfiles

from portail.outputs.headers import type_of
from portail.resources import data_dir, theme_dir
from portail_pelican.builder import Builder
from portail_pelican.overlay import PREFIX, SCRIPT, STYLE, with_overlay
from portail_pelican.preview import Preview

__all__ = ["PreviewHandler", "watch_and_serve"]

_FOLDER = Path(".cache/serve")
_BREATH = 5.0
"""Seconds after which a stream says something, to learn whether someone listens."""


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the preview: never cached, silent, with the site's own 404 page; pages follow the
    site."""

    def __init__(self, *args: Any, preview: Preview) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.folder))

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The type that the site's hosts are told to send, else the system's."""
        url = f"/{Path(path).relative_to(self.directory).as_posix()}"
        return type_of(url) or super().guess_type(path)

    def end_headers(self) -> None:
        """Forbid caching: the next build must show at once."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the report."""

    def do_GET(self) -> None:
        """Answer for a page, for a file of the site, or for the server itself."""
        parts = urlsplit(self.path)
        url = unquote(parts.path)
        if url.startswith(PREFIX):
            self._own(url.removeprefix(PREFIX), parse_qs(parts.query))
        elif url.endswith(("/", ".html")):
            self._page(url)
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's page."""
        if code == 404:
            self._page(unquote(urlsplit(self.path).path))
        else:
            super().send_error(code, message, explain)

    def _page(self, url: str) -> None:
        found, page, seen = self._preview.page(url)
        framed = self.headers.get("Sec-Fetch-Dest") == "iframe"  # the page around it is refreshed
        html = page if framed else with_overlay(page, seen)
        self._send(html, "text/html; charset=utf-8", 200 if found else 404)

    def _send(self, body: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        if name == "apercu.js":
            self._send(SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif name == "apercu.css":
            self._send(STYLE.encode(), "text/css; charset=utf-8")
        elif name == "etat" and {"page", "vu"} <= query.keys():
            with suppress(OSError):  # nobody listens any more
                self._stream(query["page"][0], query["vu"][0])
        else:
            super().send_error(404)

    def _stream(self, page: str, seen: str) -> None:
        """Say what is wrong, and that ``page`` is not what was ``seen``, when it is so."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        turn, told = -1, None
        with self._preview.looking(page):
            while True:
                turn, state = self._preview.state(turn, _BREATH)
                if self._preview.page(page)[2] != seen:
                    self._event("page", {})
                    return
                if state is told:
                    self.wfile.write(b":\n\n")
                else:
                    self._event("fautes", state)
                told = state

    def _event(self, name: str, data: Any) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())


def watch_and_serve(arguments: Sequence[str], port: int, content: Path) -> int:
    """Build, serve at ``http://localhost:port``, watch; returns 0 when interrupted, 2 when the
    port is taken."""
    folder = _FOLDER.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    preview = Preview(folder)
    handler = partial(PreviewHandler, preview=preview)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        sys.stderr.write(
            f"Le port {port} est pris ({error.strerror}) : portail serve --port {port + 1}\n"
        )
        return 2
    environment = {**os.environ, "PORTAIL_PREVIEW": "1", "PORTAIL_EN_PLACE": "1"}
    tables = [path.resolve() for path in (content.resolve().parent / "data", data_dir())]
    builder = Builder([*arguments, "-o", str(folder)], environment, content, tables, preview)
    try:
        builder.ask()
        threading.Thread(target=_serve, args=(server, builder), daemon=True).start()
        _watch(builder, content)
    except KeyboardInterrupt:
        pass
    finally:
        builder.stop()
        server.server_close()
    return 0


def _serve(server: http.server.ThreadingHTTPServer, builder: Builder) -> None:
    builder.built.wait()
    address = f"http://localhost:{server.server_address[1]}"
    print(f"Aperçu : {address} (Ctrl-C pour arrêter)", flush=True)
    server.serve_forever()


def _watch(builder: Builder, content: Path) -> None:
    # Tens of milliseconds: whoever writes waits for the page.
    for changes in watchfiles.watch(
        *_watched(content), debounce=200, step=20, raise_interrupt=True
    ):
        paths = {Path(path) for _, path in changes}
        print(f"Changé : {', '.join(sorted({path.name for path in paths})[:5])}", flush=True)
        builder.ask(paths)


def _watched(content: Path) -> Iterable[Path]:
    wanted = (
        content,
        *Path().glob("*.py"),
        Path("theme"),
        Path("data"),
        Path("plugins"),
        theme_dir(),
        data_dir(),
    )
    return dict.fromkeys(path.resolve() for path in wanted if path.exists())
