"""One request to one address: where it may go, how long it may take, what the server answers.

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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from portail.model.liens import Constat

__all__ = ["SAFE", "Answer", "Asker", "Failure", "is_public"]

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
