"""Politeness: one request at a time for each host, spaced, and what its ``robots.txt`` asks.

Following one link that an editor wrote is not crawling; yet a site that keeps programs away is
obeyed (RFC 9309): its addresses are left to readers, which also spares it, and us, refusals that
would be taken for dead links. A ``robots.txt`` that is missing or cannot be read forbids nothing
here: the address itself then tells what is wrong with its site.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from portail.model.liens import AGENT
from portail_liens.asking import Answer, Failure

__all__ = ["Host", "Hosts", "Late", "site_of"]

_LONGEST = 30.0
"""Seconds between two requests at most, whatever a site asks."""


class Late(Exception):
    """There is no time left, or the host wants none now: the address is for another run."""


class Host:
    """One host: its lock, when it may be asked again, its rules once they are read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next = 0.0
        self.pause = 0.0
        self.busy = False
        self.rules: dict[str, RobotFileParser] = {}


def site_of(url: str) -> str:
    """Scheme, name and port of an address: what is asked politely, and has a ``robots.txt``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


class Hosts:
    """All hosts of a run: ``pause`` seconds between two requests to one of them, none after
    ``end`` (of ``monotonic``), or once ``stop`` is set."""

    def __init__(self, pause: float, end: float, stop: threading.Event) -> None:
        self.pause, self.end, self.stop = pause, end, stop
        self._known: dict[str, Host] = {}
        self._lock = threading.Lock()

    def of(self, url: str) -> Host:
        """The host of an address; its two schemes and its ports are one."""
        name = (urlsplit(url).hostname or "").lower()
        with self._lock:
            return self._known.setdefault(name, Host())

    @contextmanager
    def turn(self, url: str) -> Iterator[Host]:
        """The turn to ask the host of ``url``, when it comes. Raises ``Late``."""
        host = self.of(url)
        with host.lock:
            if host.busy:
                raise Late
            self.sleep(host.next - monotonic())
            try:
                yield host
            finally:
                host.next = monotonic() + max(self.pause, host.pause)

    def sleep(self, seconds: float) -> None:
        """Wait. Raises ``Late`` at once when the time left is shorter."""
        if monotonic() + max(seconds, 0.0) >= self.end or self.stop.is_set():
            raise Late
        if seconds > 0 and self.stop.wait(seconds):
            raise Late

    def allows(self, url: str, ask: Callable[[str], Answer]) -> bool:
        """Whether the ``robots.txt`` of the site lets us ask for ``url``; read once, by ``ask``."""
        host, site = self.of(url), site_of(url)
        if site not in host.rules:
            with self.turn(url):
                if site not in host.rules:
                    host.rules[site] = rules = _rules(site, ask)
                    delay = rules.crawl_delay(AGENT)
                    host.pause = max(host.pause, min(float(delay or 0), _LONGEST))
        return host.rules[site].can_fetch(AGENT, url)


def _rules(site: str, ask: Callable[[str], Answer]) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        answer = ask(f"{site}/robots.txt")
    except Failure:
        answer = Answer(0)
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    rules.parse(text.splitlines())
    return rules
