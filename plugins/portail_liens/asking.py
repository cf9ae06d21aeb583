"""One request to one address: where it may go, how long it may take, the answer.

Contents are written by others: an address may lead to a private network, to a server that never
ends, to one that lies. A name is resolved once, every address that it gives must be public, and
the connection goes to that address (a second answer of the DNS changes nothing). A timer closes
what takes too long as a whole; no body is read but that of a ``robots.txt``, to a limit.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from time import monotonic
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from urllib.robotparser import RobotFileParser

from portail.model.parts import AGENT, Constat

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
SAFE = "%/:=&?~+!$,;'()*@[]"
"""Signs of an address that are sent as they are."""
_ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
_MOST = 500_000
"""Bytes of a ``robots.txt`` that are read (RFC 9309 § 2.5 asks for 500 kibibytes or so)."""


class Answer(NamedTuple):
    """What a server says: status, ``Location`` and ``Retry-After`` as sent, the beginning of the
    body when it was asked for."""

    status: int
    location: str = ""
    later: str = ""
    body: bytes = b""


class Failure(Exception):
    """No answer, and why: what it is called, what the network said."""

    def __init__(self, constat: Constat, detail: str = "") -> None:
        super().__init__(detail)
        self.constat = constat
        self.detail = detail


def is_public(address: str) -> bool:
    """Whether an IP address is one that readers can reach: neither this machine, nor a private or
    reserved network, nor such an address inside an IPv6 one (RFC 4291, 3056, 6052).

    >>> is_public("93.184.216.34"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


class _Plain(HTTPConnection):
    """A connection through a socket that was opened already."""

    def __init__(self, host: str, opened: socket.socket) -> None:
        super().__init__(host)
        self.sock = opened

    def connect(self) -> None:
        """Nothing is opened again: the answer would come from elsewhere."""
        raise HTTPException("closed")


class _Secure(HTTPSConnection):
    """The same through TLS."""

    def __init__(self, host: str, opened: socket.socket) -> None:
        super().__init__(host)
        self.sock = opened

    def connect(self) -> None:
        """See ``_Plain``."""
        raise HTTPException("closed")


@dataclass(frozen=True, slots=True)
class Asker:
    """How requests are made: who says to be asking, seconds that one may take as a whole, which
    certificates are trusted, whether private networks may be asked (intranets, tests)."""

    agent: str
    seconds: float
    trust: ssl.SSLContext
    private: bool = False

    def ask(self, url: str, method: str, *, body: bool = False) -> Answer:
        """The answer to ``method`` at ``url`` (http, https). Raises ``Failure``."""
        parts = urlsplit(url)
        try:
            host = (parts.hostname or "").encode("idna").decode()
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Failure(Constat.INJOIGNABLE, "adresse mal formée") from error
        with self._connected(host, port, parts.scheme == "https") as connection:
            path = quote(parts.path or "/", safe=SAFE)
            query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
            headers = {"User-Agent": self.agent, "Accept": _ACCEPT, "Connection": "close"}
            netloc = parts.netloc.rpartition("@")[2]
            headers["Host"] = netloc if netloc.isascii() else host
            connection.request(method, path + query, headers=headers)
            told = connection.getresponse()
            data = told.read(_MOST) if body else b""
            later = told.getheader("Retry-After") or ""
            return Answer(told.status, told.getheader("Location") or "", later, data)

    @contextmanager
    def _connected(self, host: str, port: int, secure: bool) -> Iterator[HTTPConnection]:
        """A connection that ends in time, whatever the server does; what goes wrong is told."""
        held: list[socket.socket] = []
        over = threading.Event()

        def end() -> None:
            over.set()
            for one in held:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            held.append(self._opened(host, port))
            if secure:
                held.append(self.trust.wrap_socket(held[0], server_hostname=host))
            yield (_Secure if secure else _Plain)(host, held[-1])
        except (OSError, HTTPException, ValueError) as error:
            late = over.is_set() or isinstance(error, TimeoutError)
            raise (Failure(Constat.MUET) if late else _failure(error)) from error
        finally:
            timer.cancel()
            for one in held:
                one.close()

    def _opened(self, host: str, port: int) -> socket.socket:
        """A socket to the first address of ``host`` that takes it, if all of them are public."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [row[4] for row in found]
        if not self.private and not all(is_public(str(one[0])) for one in addresses):
            raise Failure(Constat.PRIVE)
        last: OSError | None = None
        for row in found:
            opened = socket.socket(row[0], row[1], row[2])
            opened.settimeout(self.seconds)
            try:
                opened.connect(row[4])
                return opened
            except OSError as error:
                opened.close()
                last = error
        raise last or OSError("no address")


def _failure(error: Exception) -> Failure:
    """What an exception of the network is called."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(Constat.CERTIFICAT, error.verify_message)
    if isinstance(error, ssl.SSLError):
        return Failure(Constat.CERTIFICAT, (error.reason or "").replace("_", " ").lower())
    if isinstance(error, socket.gaierror):
        later = error.errno == socket.EAI_AGAIN
        told = "son nom n’a pas pu être cherché" if later else "ce nom de site n’existe pas"
        return Failure(Constat.INJOIGNABLE, told)
    if isinstance(error, ConnectionRefusedError):
        return Failure(Constat.INJOIGNABLE, "connexion refusée")
    return Failure(Constat.INJOIGNABLE, "la connexion se ferme sans réponse")


# Politeness: one request at a time for each host, spaced, and what its ``robots.txt`` asks.
#
# Following one link that an editor wrote is not crawling; yet a site that keeps programs away is
# obeyed (RFC 9309): its addresses are left to readers, which also spares it, and us, refusals
# that would be taken for dead links. A ``robots.txt`` that is missing or cannot be read forbids
# nothing here: the address itself then tells what is wrong with its site.

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
