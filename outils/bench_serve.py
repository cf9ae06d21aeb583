"""How long ``portail serve`` takes from an edit to the page being right."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from measure import BuildFailed, said, ticks
from portail_pelican.server import PREFIX
from taper import free_port

POLL, REST = 0.02, 1.0
"""Seconds between two looks at a page; seconds without work after which a server is at rest."""
LIMIT = 600
"""Seconds after which a page that is not right is given up."""
IDLE = 3
"""Ticks that a server at rest may use in `REST`."""

_SEEN = re.compile(r'data-vu="([^"]+)"')
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """A running ``portail serve``."""

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self.process, self.address = process, address

    def page(self, url: str) -> str:
        """A page as it is served now; empty when there is none."""
        try:
            with _DIRECT.open(f"{self.address}/{url}", timeout=LIMIT) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait(self, holds: Callable[[], bool], pause: float) -> None:
        """Look again and again until something holds. Raises `BuildFailed`."""
        end = time.monotonic() + LIMIT
        while not holds():
            if self.process.poll() is not None or time.monotonic() > end:
                raise BuildFailed("portail serve ended, or never showed what was written")
            time.sleep(pause)

    def rest(self) -> None:
        """Wait until its processes do nothing. Raises `BuildFailed`."""
        used = [0, ticks(self.process.pid)]

        def still() -> bool:
            used[:] = used[1], ticks(self.process.pid)
            return used[1] - used[0] <= IDLE

        time.sleep(REST)
        self.wait(still, REST)

    def shown(self, url: str, edit: Callable[[], object], words: str) -> float:
        """Seconds from an edit until the page holds the words. Raises `BuildFailed`."""
        self.rest()
        with self._looking(url):
            start = time.perf_counter()
            edit()
            self.wait(lambda: words in self.page(url), POLL)
            return time.perf_counter() - start

    @contextmanager
    def _looking(self, url: str) -> Iterator[None]:
        """Look at a page as a browser does, whose script waits to be told that it changed."""
        match = _SEEN.search(self.page(url))
        if match is None:  # a server that tells nothing
            yield
            return
        query = urlencode({"page": f"/{url}", "vu": match[1]})
        with _DIRECT.open(f"{self.address}{PREFIX}etat?{query}", timeout=LIMIT):
            yield


@contextmanager
def serving(folder: Path, env: Mapping[str, str]) -> Iterator[Server]:
    """Serve the portal of a folder once it is built. Raises `BuildFailed`."""
    port = free_port()
    command = [sys.executable, "-m", "portail", "serve", "--port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True
        )
        server = Server(process, f"http://127.0.0.1:{port}")
        try:
            server.wait(lambda: "<main" in server.page(""), 0.2)
            yield server
        except BuildFailed as error:
            raise BuildFailed(f"{error}: {said(log)}") from None
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
