"""One round: every address that is due, host by host, and what follows from the answers."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from portail.diagnostics import ConfigError
from portail.model.parts import Constat, Manner, Releve, followed
from portail_liens.asking import SAFE, Answer, Asker, Failure, Hosts, Late, site_of

# What becomes of one address: asked, asked again, followed where it leads, then named.

_HOPS = 10
_LONGEST = 2000
"""Signs of an address that is followed."""
_AGAIN = 2
"""How many times more a server that is busy is asked."""
_PATIENCE = 60.0
"""Seconds: a server that asks for longer is left alone until another run."""
_BACK_OFF = 4.0
_BUSY = (429, 503)
_MOVED = (301, 302, 303, 307, 308)
_FOR_EVER = (301, 308)
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 405, 406, 407, 418, 429, 451, 999)
"""What sites answer to programs rather than to readers; 999 is LinkedIn's."""


class Found(NamedTuple):
    """What a check found: as in ``Releve``."""

    constat: Constat
    code: int = 0
    vers: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Follower:
    """Follows addresses, politely."""

    asker: Asker
    hosts: Hosts

    def follow(self, url: str) -> Found:
        """What the address leads to. Raises ``Late`` when it has to be left for another run."""
        seen: list[str] = []
        new = here = url
        lasting = True
        try:
            while True:
                if here in seen or len(seen) > _HOPS:
                    return Found(Constat.BOUCLE, detail=here if here != url else "")
                seen.append(here)
                if not self.hosts.allows(here, lambda one: self.asker.ask(one, "GET", body=True)):
                    return _moved(Found(Constat.ROBOTS), url, new)
                answer = self._answer(here)
                if answer.status not in _MOVED or not answer.location:
                    return _moved(_named(answer.status), url, new)
                here = _next(here, answer.location)
                if urlsplit(here).scheme not in ("http", "https") or len(here) > _LONGEST:
                    return Found(Constat.ERREUR, answer.status, detail=f"mène à {here[:200]}")
                lasting = lasting and answer.status in _FOR_EVER
                new = here if lasting else new
        except Failure as failure:
            # A redirection to a private network is the fault of the address that leads there.
            return Found(failure.constat, detail=failure.detail or (here if here != url else ""))
        except ValueError:
            return Found(Constat.INJOIGNABLE, detail="adresse mal formée")

    def _answer(self, url: str) -> Answer:
        """The answer to HEAD; to GET when HEAD is refused, or ends without an answer."""
        try:
            answer = self._patient(url, "HEAD")
        except Failure as failure:
            if failure.constat is not Constat.INJOIGNABLE:
                raise
            return self._patient(url, "GET")
        return self._patient(url, "GET") if answer.status >= 400 else answer

    def _patient(self, url: str, method: str) -> Answer:
        """The answer, once a server that is busy has been given the time that it asks for."""
        rank = 0
        while True:
            with self.hosts.turn(url) as host:
                answer = self.asker.ask(url, method)
                if answer.status not in _BUSY:
                    return answer
                wait = _seconds(answer.later) or self.hosts.pause * _BACK_OFF * 2**rank
                if rank >= _AGAIN or wait > _PATIENCE:
                    host.busy = answer.status == 429 or bool(answer.later)
                    return answer
                self.hosts.sleep(wait)
            rank += 1


def _seconds(later: str) -> float:
    """Seconds that ``Retry-After`` asks for, as a number or a date (RFC 9110 § 10.2.3); 0 when it
    asks for none that can be read."""
    if later.strip().isdecimal():
        return float(min(int(later.strip()[:9]), 10**6))
    try:
        when = parsedate_to_datetime(later)
    except (TypeError, ValueError):
        return 0.0
    if when.tzinfo is None:
        return 0.0
    return max((when - datetime.now(UTC)).total_seconds(), 0.0)


def _next(here: str, location: str) -> str:
    """Where a redirection leads; signs that no address holds are escaped."""
    with suppress(ValueError):
        location = location.encode("latin-1").decode()  # headers are read as Latin-1
    return quote(urldefrag(urljoin(here, location.strip())).url, safe=SAFE)


def _named(status: int) -> Found:
    if status < 400:
        return Found(Constat.BON, status)
    if status in _GONE:
        return Found(Constat.INTROUVABLE, status)
    return Found(Constat.REFUS if status in _REFUSED else Constat.ERREUR, status)


def _moved(found: Found, url: str, new: str) -> Found:
    """What was found, with the address that replaces ``url`` when it answers."""
    if found.constat is Constat.BON and new != url:
        return Found(Constat.DEPLACE, found.code, new)
    return found


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
