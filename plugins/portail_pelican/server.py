"""``portail serve``: a preview on this machine, built again when a file changes."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import watchfiles

from portail.outputs.headers import type_of
from portail.resources import data_dir, theme_dir

__all__ = ["PreviewHandler", "watch_and_serve"]

_FOLDER = Path(".cache/serve")


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the preview: never cached, silent, with the site's own 404 page."""

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

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's page."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def watch_and_serve(arguments: Sequence[str], port: int, content: Path) -> int:
    """Build, serve at ``http://localhost:port``, watch; returns 0 when interrupted, 2 when the
    port is taken."""
    folder = _FOLDER.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    handler = partial(PreviewHandler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        sys.stderr.write(
            f"Le port {port} est pris ({error.strerror}) : portail serve --port {port + 1}\n"
        )
        return 2
    command = [sys.executable, "-m", "portail_pelican", *arguments, "-o", str(folder)]
    environment = {**os.environ, "PORTAIL_PREVIEW": "1", "PORTAIL_EN_PLACE": "1"}
    _build(command, environment)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_address[1]}"
    print(f"Aperçu : {address} (Ctrl-C pour arrêter)", flush=True)
    try:
        for changes in watchfiles.watch(*_watched(content), raise_interrupt=True):
            names = sorted({Path(path).name for _, path in changes})
            print(f"Changé : {', '.join(names[:5])}", flush=True)
            _build(command, environment)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
    return 0


def _build(command: Sequence[str], environment: dict[str, str]) -> None:
    # A process of its own: changed settings, plug-ins and templates are all read anew.
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        print("Des fichiers sont à corriger ; le reste est à jour.", flush=True)


def _watched(content: Path) -> Iterable[Path]:
    wanted = (
        content,
        Path("pelicanconf.py"),
        Path("theme"),
        Path("data"),
        Path("plugins"),
        theme_dir(),
        data_dir(),
    )
    return dict.fromkeys(path.resolve() for path in wanted if path.exists())
