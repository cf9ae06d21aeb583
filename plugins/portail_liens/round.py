"""A round: every address that is due, hosts side by side, within the time allowed."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from time import monotonic
from typing import TypeAlias

from portail.errors import ConfigError
from portail.model.liens import Constat, Manner, Releve, followed
from portail_liens.asking import Asker
from portail_liens.following import Follower, Found
from portail_liens.hosts import Hosts, Late, site_of

__all__ = ["Round", "check"]

Save: TypeAlias = Callable[[Mapping[str, Releve]], None]

_SIDE_BY_SIDE = 8
_SAVED_EVERY = 20.0
_CUT = 3
"""Sites, none of which answers, that tell that nothing gets out of here."""
_SILENCES = frozenset({Constat.MUET, Constat.INJOIGNABLE, Constat.PRIVE})
"""What is found too when our own network is cut."""


def check(
    urls: Iterable[str], known: Mapping[str, Releve], manner: Manner, save: Save
) -> tuple[Mapping[str, Releve], int]:
    """Ask ``urls`` in that order, hosts side by side; what is known of all addresses afterwards,
    and how many were asked. ``save`` is given what is known from time to time, and at the end.

    Raises ``ConfigError`` when nobody answers, not even one site of several: nothing is believed.
    """
    hosts = Hosts(manner.pause, monotonic() + manner.minutes * 60, threading.Event())
    asker = Asker(manner.agent, manner.seconds, ssl.create_default_context(), manner.private)
    done = Round(Follower(asker, hosts), known, manner.day, save)
    done.run(urls)
    return done.records, done.done


class Round:
    """Checks addresses and keeps what it finds in ``records``, which it begins with.

    ``save`` is given all records from time to time, and at the end, whatever the end is.
    """

    def __init__(
        self,
        follower: Follower,
        records: Mapping[str, Releve],
        day: date,
        save: Save,
    ) -> None:
        self.records = dict(records)
        self.done = 0
        self._doubtful: dict[str, Found] = {}
        self._answered = False
        self._follower, self._day, self._save = follower, day, save
        self._lock = threading.Lock()
        self._saved = monotonic()

    def run(self, urls: Iterable[str]) -> None:
        """Check ``urls``; what time does not allow stays as it was."""
        hosts: dict[str, list[str]] = {}
        for url in urls:
            hosts.setdefault(site_of(url).partition("//")[2], []).append(url)
        stop = self._follower.hosts.stop
        pool = ThreadPoolExecutor(_SIDE_BY_SIDE)
        try:
            tasks = [pool.submit(self._host, one) for one in hosts.values()]
            while wait(tasks, timeout=0.5).not_done:
                self._save_at_times()
            for task in tasks:
                task.result()
            self._settle()
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            self._save(self.records)

    def _host(self, urls: list[str]) -> None:
        for url in urls:
            try:
                found = self._follower.follow(url)
            except Late:
                return
            with self._lock:
                self.done += 1
                self._answered = self._answered or found.constat not in _SILENCES
                self._doubtful[url] = found
                if self._answered:
                    self._believe()

    def _believe(self) -> None:
        """Record what was found: the network is up, since somebody answered."""
        for url, found in self._doubtful.items():
            self.records[url] = followed(
                self.records.get(url), self._day, found.constat,
                code=found.code, vers=found.vers, detail=found.detail,
            )  # fmt: skip
        self._doubtful.clear()

    def _settle(self) -> None:
        """Record what nobody's answer has confirmed, unless it is likely our own network that is
        cut. Raises ``ConfigError``."""
        sites = {site_of(url) for url in self._doubtful}
        if len(sites) >= _CUT:
            raise ConfigError(
                f"Aucun des {len(sites)} sites demandés n’a répondu : le réseau d’ici est sans "
                "doute coupé. Rien n’est retenu."
            )
        self._believe()

    def _save_at_times(self) -> None:
        if monotonic() - self._saved < _SAVED_EVERY:
            return
        with self._lock:
            records = dict(self.records)
        self._save(records)
        self._saved = monotonic()
