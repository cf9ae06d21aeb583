"""What becomes of one address: asked, asked again, followed where it leads, then named."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from portail.model.liens import Constat
from portail_liens.asking import SAFE, Answer, Asker, Failure
from portail_liens.hosts import Hosts

__all__ = ["Follower", "Found"]

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
