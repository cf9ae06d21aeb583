"""Type lines as who reads a document does: each in bash, where the one before has left them; a
server is asked for a page, then stopped. Needs Python alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_LONGEST, _PATIENCE = 900, 300


@dataclass
class Typist:
    """Someone at a terminal, in ``folder``, with the environment ``env``."""

    folder: Path
    env: dict[str, str]

    def run(self, line: str, given: str = "") -> None:
        """Run a line with bash; the folder and the environment it leaves are the next one’s.
        ``given`` is what is typed when it asks. Raises ``subprocess.SubprocessError``."""
        with TemporaryDirectory() as folder:
            left = f"\npwd -P > '{folder}/pwd'; env -0 > '{folder}/env'\n"
            subprocess.run(
                ["bash", "-euc", line + left], cwd=self.folder, env=self.env,
                input=given, text=True, check=True, timeout=_LONGEST,
            )  # fmt: skip
            self.folder = Path(Path(folder, "pwd").read_text("utf-8").rstrip("\n"))
            rows = Path(folder, "env").read_text("utf-8").split("\0")
        self.env = dict(row.split("=", 1) for row in rows if "=" in row)

    @contextmanager
    def served(self, line: str) -> Iterator[str]:
        """The address of the site that ``… serve`` shows, once its home page has come."""
        port = free_port()
        command = re.sub(r"#.*", "", line).split()
        command += [f"PORT={port}"] if command[0] == "make" else ["--port", str(port)]
        host = f"http://127.0.0.1:{port}/"
        # A command run in the background has its Ctrl-C ignored, and hands that down.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with subprocess.Popen(
            command, cwd=self.folder, env=self.env, start_new_session=True
        ) as server:
            try:
                seen(host, "<title>")
                yield host
            finally:
                os.killpg(server.pid, signal.SIGINT)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def seen(address: str, words: str) -> None:
    """Ask for a page until it says ``words``. Raises ``TimeoutError``."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE) as page:  # noqa: S310
                if words in page.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.5)
    raise TimeoutError(f"{address}: « {words} » did not come")
