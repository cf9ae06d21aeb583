"""A request to a URL: where it may go, how long it may take, the answer.

A name is resolved once, all its IP addresses must be public, and the connection goes there. A timer
closes what takes too long as a whole.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from time import monotonic
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote
from urllib.robotparser import RobotFileParser

from msgspec import Struct

from portail.text.addresses import address_parts
from portail.text.hosts import ascii_host
from portail.text.normalise import number_of

from .records import AGENT, Constat

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Addresses that all reach (RFC 3587); what Python finds global elsewhere in IPv6 leads inside.
_UNICAST = ipaddress.ip_network("2000::/3")
# Characters of a URL that are sent as they are.
SAFE = "%/:=&?~+!$,;'()*@[]"
_ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
# Those of a ``robots.txt`` that are read (RFC 9309 § 2.5 asks for 500 kibibytes or so).
ROBOTS_BYTES = 500_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Answer(NamedTuple):
    """The answer of a server, its headers as sent."""

    status: int
    location: str = ""
    retry_after: str = ""
    body: bytes = b""
    # All of them, whatever the case of their names.
    headers: Mapping[str, str] = _NOTHING


class Failure(Exception):
    """No answer, its kind and the words of the network."""

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
        if inner is None:
            return ip in _UNICAST and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast


class Asker(Struct, frozen=True):
    """The manner in which requests are made."""

    agent: str
    seconds: float
    trust: ssl.SSLContext
    private: bool = False

    def ask(
        self, url: str, method: str, *, most: int = 0, more: Mapping[str, str] = _NOTHING
    ) -> Answer:
        """The answer, with ``most`` bytes of body at most. Raises ``Failure``, also if cut."""
        parts = address_parts(url)
        try:
            host = ascii_host(parts.hostname or "")
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Failure(Constat.INJOIGNABLE, "adresse mal formée") from error
        with self._connected(host, port, secure=parts.scheme == "https") as connection:
            path = quote(parts.path or "/", safe=SAFE)
            query = ""
            if parts.query:
                query = f"?{quote(parts.query, safe=SAFE)}"
            headers = {"User-Agent": self.agent, "Accept": _ACCEPT, "Connection": "close"}
            headers |= more
            where = f"[{host}]" if ":" in host else host
            headers["Host"] = f"{where}:{parts.port}" if parts.port else where
            connection.request(method, path + query, headers=headers)
            answer = connection.getresponse()
            location, later = (answer.getheader(n) or "" for n in ("Location", "Retry-After"))
            body = answer.read(most) if most else b""
            if answer.length and len(body) < most:
                raise HTTPException("cut")
            received: Any = answer.headers
            return Answer(answer.status, location, later, body, received)

    @contextmanager
    def _connected(self, host: str, port: int, *, secure: bool) -> Iterator[HTTPConnection]:
        sockets: list[socket.socket] = []
        over = threading.Event()

        def end() -> None:
            over.set()
            for opened in sockets:
                with suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            sockets.append(self._opened(host, port))
            if secure:
                sockets.append(self.trust.wrap_socket(sockets[0], server_hostname=host))
            connection = HTTPConnection(host)
            connection.sock = sockets[-1]
            connection.auto_open = 0  # a second connection might lead elsewhere
            yield connection
            if over.is_set():  # what was read may be a beginning
                raise TimeoutError
        except (OSError, HTTPException, ValueError) as error:
            late = over.is_set() or isinstance(error, TimeoutError)
            raise (Failure(Constat.MUET) if late else _failure(error)) from error
        finally:
            timer.cancel()
            for opened in sockets:
                opened.close()

    def _opened(self, host: str, port: int) -> socket.socket:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        if not self.private and not all(is_public(str(address[0])) for *_, address in rows):
            raise Failure(Constat.PRIVE)
        end = monotonic() + self.seconds  # of all of them: who owns a name may give it many
        for tried, (family, kind, protocol, _, address) in enumerate(rows, 1):
            opened = socket.socket(family, kind, protocol)
            opened.settimeout(max(end - monotonic(), 0.001))
            try:
                opened.connect(address)
                return opened
            except OSError:  # kept in a variable, it would keep this request and its connection
                opened.close()
                if tried == len(rows):
                    raise
        raise OSError("no address")


def _failure(error: Exception) -> Failure:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(Constat.CERTIFICAT, error.verify_message)
    if isinstance(error, ssl.SSLError):
        return Failure(Constat.CERTIFICAT, (error.reason or "").replace("_", " ").lower())
    if isinstance(error, socket.gaierror):
        later = error.errno == socket.EAI_AGAIN
        why = "son nom n’a pas pu être cherché" if later else "ce nom de site n’existe pas"
        return Failure(Constat.INJOIGNABLE, why)
    if isinstance(error, ConnectionRefusedError):
        return Failure(Constat.INJOIGNABLE, "connexion refusée")
    return Failure(Constat.INJOIGNABLE, "la connexion se ferme sans réponse")


# Politeness: one request at a time for each host, spaced, and what its ``robots.txt`` asks (RFC
# 9309), though to follow a link is not to crawl: refusals would be taken for dead links. One that
# cannot be read forbids nothing.

# Seconds between two requests at most, whatever a site asks.
_LONGEST = 30.0


class Late(Exception):
    """No time is left, or the host wants no request now: the URL is for another run."""


class Host:
    """The state of a host: when it may be asked again, its rules once they are read."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.next = 0.0
        self.pause = 0.0
        self.busy = False
        self.rules: dict[str, RobotFileParser] = {}


def site_of(url: str) -> str:
    """Scheme, name and port of a URL: what has a ``robots.txt``."""
    parts = address_parts(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


class Hosts:
    """All hosts of a run: ``pause`` seconds between two requests to one, none after ``end``."""

    def __init__(self, pause: float, end: float, stop: threading.Event, name: str = AGENT) -> None:
        self.pause = pause
        self.end = end
        self.stop = stop
        self.name = name
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def of(self, url: str) -> Host:
        name = (address_parts(url).hostname or "").lower()
        with self._lock:
            return self._hosts.setdefault(name, Host())

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
        if monotonic() + max(seconds, 0.0) >= self.end or self.stop.is_set():
            raise Late
        if seconds > 0 and self.stop.wait(seconds):
            raise Late

    def allows(self, url: str, ask: Callable[[str], Answer]) -> bool:
        """Whether the ``robots.txt`` of the site lets us ask for ``url``; read once, by ``ask``."""
        host = self.of(url)
        site = site_of(url)
        if site not in host.rules:
            with self.turn(url):
                if site not in host.rules:
                    host.rules[site] = rules = _rules(site, ask)
                    delay = rules.crawl_delay(self.name)
                    host.pause = max(host.pause, min(float(delay or 0), _LONGEST))
        return host.rules[site].can_fetch(self.name, url)


def _rules(site: str, ask: Callable[[str], Answer]) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        answer = ask(f"{site}/robots.txt")
    except Failure:
        answer = Answer(0)
    text = ""
    if answer.status == 200:
        text = answer.body.decode("utf-8", "replace")
    rules.parse(filter(None, map(_rule, text.splitlines())))
    return rules


def _rule(line: str) -> str:
    # A line of a ``robots.txt``, its number as Python reads one; "" for one that has none.
    name, _, value = line.partition("#")[0].partition(":")
    if name.strip().lower() not in ("crawl-delay", "request-rate"):
        return line
    delay = number_of(value, int(_LONGEST))
    if delay is None:
        return ""
    return f"Crawl-delay: {delay}"
