"""A round: every URL that is due, host by host, and what follows from the answers."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import count
from time import monotonic
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from msgspec import Struct

from portail.cli.arguments import Manner
from portail.diagnostics import ConfigError
from portail.text.addresses import address_parts, joined_address
from portail.text.normalise import instant_of, number_of

from .asking import ROBOTS_BYTES, SAFE, Answer, Asker, Failure, Hosts, Late, site_of
from .records import Constat, Releve, followed

_HOPS = 10
_LONGEST = 2000
_AGAIN = 2
# Seconds: a server that asks for longer is left alone until another run.
_PATIENCE = 60.0
_BACK_OFF = 4.0
BUSY = (429, 503)
MOVED = (301, 302, 303, 307, 308)
_FOR_EVER = (301, 308)
_GONE = (404, 410)
# The answers of sites to programs rather than to readers; 999 is LinkedIn's.
_REFUSED = (401, 402, 403, 405, 406, 407, 418, 429, 451, 999)


class Finding(NamedTuple):
    """The result of a check, as in ``Releve``."""

    constat: Constat
    code: int = 0
    vers: str = ""
    detail: str = ""


class Follower(Struct, frozen=True):
    """Follows URLs, politely."""

    asker: Asker
    hosts: Hosts

    def follow(self, url: str) -> Finding:
        """The end of the redirections of ``url``. Raises ``Late`` when it is for another run."""
        followed: list[str] = []
        new = here = url
        lasting = True
        try:
            while True:
                if here in followed or len(followed) > _HOPS:
                    return Finding(Constat.BOUCLE, detail=here if here != url else "")
                followed.append(here)
                if not self.hosts.allows(
                    here, lambda robots: self.asker.ask(robots, "GET", most=ROBOTS_BYTES)
                ):
                    return _moved(Finding(Constat.ROBOTS), url, new)
                answer = self._answer(here)
                if answer.status not in MOVED or not answer.location:
                    return _moved(named(answer.status), url, new)
                here = redirected(here, answer.location)
                if address_parts(here).scheme not in ("http", "https") or len(here) > _LONGEST:
                    return Finding(Constat.ERREUR, answer.status, detail=f"mène à {here[:200]}")
                lasting = lasting and answer.status in _FOR_EVER
                if lasting:
                    new = here
        except Failure as failure:
            # A redirection to a private network is the fault of the address that leads there.
            return Finding(failure.constat, detail=failure.detail or (here if here != url else ""))
        except ValueError:
            return Finding(Constat.INJOIGNABLE, detail="adresse mal formée")

    def _answer(self, url: str) -> Answer:
        try:
            answer = self._patient(url, "HEAD")
        except Failure as failure:
            if failure.constat is not Constat.INJOIGNABLE:
                raise
            return self._patient(url, "GET")
        if answer.status >= 400:
            return self._patient(url, "GET")
        return answer

    def _patient(self, url: str, method: str) -> Answer:
        for attempt in count():
            with self.hosts.turn(url) as host:
                answer = self.asker.ask(url, method)
                if answer.status not in BUSY:
                    return answer
                wait = _seconds(answer.retry_after) or self.hosts.pause * _BACK_OFF * 2**attempt
                if attempt >= _AGAIN or wait > _PATIENCE:
                    host.busy = answer.status == 429 or bool(answer.retry_after)
                    return answer
                self.hosts.sleep(wait)
        raise AssertionError("unreachable")


def _seconds(later: str) -> float:
    at = instant_of(later)
    if at and at.tzinfo:
        return max((at - datetime.now(UTC)).total_seconds(), 0.0)
    return float(number_of(later, 10**6) or 0)


def redirected(here: str, location: str) -> str:
    """The URL of a redirection; characters that no URL holds are escaped."""
    with suppress(ValueError):
        location = location.encode("latin-1").decode()  # headers are read as Latin-1
    return quote((joined_address(here, location.strip()) or location).partition("#")[0], safe=SAFE)


def named(status: int) -> Finding:
    """What a status says of the page."""
    if status < 400:
        return Finding(Constat.BON, status)
    if status in _GONE:
        return Finding(Constat.INTROUVABLE, status)
    return Finding(Constat.REFUS if status in _REFUSED else Constat.ERREUR, status)


def _moved(finding: Finding, url: str, new: str) -> Finding:
    if finding.constat is Constat.BON and new != url:
        return Finding(Constat.DEPLACE, finding.code, new)
    return finding


Save: TypeAlias = Callable[[Mapping[str, Releve]], None]

_SIDE_BY_SIDE = 8
_SAVED_EVERY = 20.0
# So many sites without any answer mean that nothing gets out of here.
_CUT = 3
# Results that a cut of our own network gives too.
_SILENCES = frozenset({Constat.MUET, Constat.INJOIGNABLE, Constat.PRIVE})


def check(
    urls: Iterable[str], records: Mapping[str, Releve], manner: Manner, save: Save
) -> tuple[Mapping[str, Releve], int]:
    """Records once ``urls`` were asked, how many were. Raises ``ConfigError`` if none answers."""
    hosts = Hosts(manner.pause, monotonic() + manner.minutes * 60, threading.Event())
    asker = Asker(manner.agent, manner.seconds, ssl.create_default_context(), manner.private)
    done = Round(Follower(asker, hosts), records, manner.day, save)
    done.run(urls)
    return done.records, done.done


class Round:
    """Checks URLs, and ``save`` is given ``records`` from time to time and at the end."""

    def __init__(
        self, follower: Follower, records: Mapping[str, Releve], day: date, save: Save
    ) -> None:
        self.records = dict(records)
        self.done = 0
        self._doubtful: dict[str, Finding] = {}
        self._answered = False
        self._follower = follower
        self._day = day
        self._save = save
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
            tasks = [pool.submit(self._host, host) for host in hosts.values()]
            while wait(tasks, timeout=0.5).not_done:
                if monotonic() - self._saved >= _SAVED_EVERY:
                    with self._lock:
                        copy = dict(self.records)
                    self._save(copy)
                    self._saved = monotonic()
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
                finding = self._follower.follow(url)
            except Late:
                return
            with self._lock:
                self.done += 1
                self._answered = self._answered or finding.constat not in _SILENCES
                self._doubtful[url] = finding
                if self._answered:
                    self._believe()

    def _believe(self) -> None:
        # Record the results: the network is up, since somebody answered.
        for url, finding in self._doubtful.items():
            constat, code, vers, detail = finding
            self.records[url] = followed(
                self.records.get(url), self._day, constat, code=code, vers=vers, detail=detail
            )
        self._doubtful.clear()

    def _settle(self) -> None:
        # Record silences, unless our own network seems cut. Raises ``ConfigError``.
        sites = {site_of(url) for url in self._doubtful}
        if len(sites) >= _CUT:
            raise ConfigError(
                f"Aucun des {len(sites)} sites demandés n’a répondu : le réseau d’ici est sans "
                "doute coupé. Rien n’est retenu."
            )
        self._believe()
