"""Files of other sites, fetched whole and within bounds, or refused in a French sentence.

``Fetcher`` fetches one, politely. ``side_by_side`` gives a fetcher for many at once; ``download``
takes the one file that somebody asks for. The address of each redirection is checked as the first
was, and none leads from ``https`` to ``http``.
"""

from __future__ import annotations

import re
import ssl
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from math import inf
from pathlib import PurePosixPath
from time import monotonic
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from portail.cli.arguments import Manner
from portail.diagnostics import Refused
from portail.text.addresses import address_parts, shown_address
from portail.text.encodings import declared

from .asking import ROBOTS_BYTES, Answer, Asker, Failure, Hosts, Late
from .records import Constat, Releve
from .round import BUSY, MOVED, named, redirected
from .sentences import link_fault

FILE_BYTES = 20_000_000
# Redirections that are followed, and signs of an address.
_HOPS = 5
_LONGEST = 2000
# Files that are fetched at the same time.
_SIDE_BY_SIDE = 8
# What ``zlib`` calls the format of RFC 1952.
_GZIP = 31
# Members, each compressed alone, that a compressed file may be made of (RFC 1952, § 2.2).
_MEMBERS = 100
# Ends of names, by media type, for an address that has none.
_SUFFIXES = {
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "application/json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


class NotFetched(Exception):
    """A file cannot be had; the text is a French sentence that says why."""


class Validators(NamedTuple):
    """What a server said of the copy that we have, so that it sends the file again only if it has
    changed (RFC 9110 § 8.8)."""

    etag: str = ""
    last_modified: str = ""


NONE = Validators()


class Fetched(Struct, frozen=True):
    """A file; ``body`` is ``None`` when it has not changed since our copy."""

    body: bytes | None
    # Its address, after redirections.
    url: str
    # Its media type in lower case; ``""`` when the server does not say it.
    type: str
    validators: Validators


class Fetcher(Struct, frozen=True):
    """Fetches files, politely; with ``robots``, as the ``robots.txt`` of each site allows."""

    asker: Asker
    hosts: Hosts
    robots: bool = True

    def fetch(self, url: str, most: int, validators: Validators = NONE) -> Fetched:
        """The file, of ``most`` bytes at most, unless our copy of these ``validators`` is still
        right. Raises ``NotFetched``."""
        before = here = url
        try:
            for _ in range(_HOPS + 1):
                _refuse_address(here, before)
                answer = self._answer(here, most, validators)
                if answer.status not in MOVED or not answer.location:
                    return _fetched(here, answer, most, any(validators))
                before = here
                here = redirected(here, answer.location)
        except Failure as failure:
            detail = failure.detail
            if not detail and here != url:
                detail = shown_address(here)
            raise _not_fetched(failure.constat, detail=detail) from None
        except Late:
            raise NotFetched(
                "Ce site demande d’attendre, ou le temps prévu est écoulé : ce sera pour une autre "
                "fois."
            ) from None
        except ValueError:
            raise _not_fetched(Constat.INJOIGNABLE, detail="adresse mal formée") from None
        raise _not_fetched(Constat.BOUCLE)

    def _answer(self, url: str, most: int, validators: Validators) -> Answer:
        if self.robots:
            ask = partial(self.asker.ask, method="GET", most=ROBOTS_BYTES)
            if not self.hosts.allows(url, ask):
                raise Failure(Constat.ROBOTS)
        more = {"Accept": "*/*", "Accept-Encoding": "gzip"}
        if validators.etag:
            more["If-None-Match"] = validators.etag
        if validators.last_modified:
            more["If-Modified-Since"] = validators.last_modified
        with self.hosts.turn(url) as host:
            answer = self.asker.ask(url, "GET", most=most + 1, more=more)
            host.busy = answer.status in BUSY
            return answer


def _refuse_address(here: str, before: str) -> None:
    scheme = address_parts(here).scheme
    if scheme not in ("http", "https") or len(here) > _LONGEST:
        raise NotFetched(f"L’adresse mène à {shown_address(here)}, qui n’est pas une page du web.")
    if scheme == "http" and address_parts(before).scheme == "https":
        raise NotFetched(
            f"L’adresse mène à {shown_address(here)}, sans « https » : elle n’est pas suivie."
        )


def _fetched(url: str, answer: Answer, most: int, has_copy: bool) -> Fetched:
    headers = answer.headers
    validators = Validators(headers.get("ETag") or "", headers.get("Last-Modified") or "")
    kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if answer.status == 304 and has_copy:
        return Fetched(None, url, kind, validators)
    if answer.status != 200:
        fault = named(answer.status).constat
        if fault is Constat.BON:  # a page that is there, but no file: 206, for one
            fault = Constat.ERREUR
        raise _not_fetched(fault, answer.status)
    body = answer.body  # of a file that is too large, compressed or not, only its beginning
    if len(body) <= most:
        body = _unpacked(body, headers.get("Content-Encoding") or "", most)
    body = _in_utf8(body, headers.get("Content-Type") or "")
    if len(body) > most:
        limit = f"{most // 1_000_000} Mo" if most >= 1_000_000 else f"{most // 1000} ko"
        raise NotFetched(f"Le fichier pèse plus de {limit}.")
    return Fetched(body, url, kind, validators)


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    if encoding.strip().lower() in ("", "identity"):
        return body
    plain = b""
    try:
        if encoding.strip().lower() not in ("gzip", "x-gzip"):
            raise zlib.error
        for _ in range(_MEMBERS):
            member = zlib.decompressobj(_GZIP)
            plain += member.decompress(body, most + 1 - len(plain))
            if len(plain) <= most and not member.eof:
                raise NotFetched("Le fichier compressé est coupé avant sa fin.")
            body = member.unused_data.lstrip(b"\0")
            if not body or len(plain) > most:
                return plain
        raise zlib.error
    except zlib.error:
        raise NotFetched("Le fichier est compressé d’une manière qui ne se lit pas.") from None


def _in_utf8(body: bytes, kind: str) -> bytes:
    # ``body`` in UTF-8, if it is in another encoding and its server says which.
    label = kind.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    try:
        body.decode()
    except UnicodeDecodeError:
        text = declared(body, label) if label else None
        if text is None:
            return body
        return text.encode()
    return body


def _not_fetched(constat: Constat, status: int = 0, detail: str = "") -> NotFetched:
    # The sentence is that of a link with the same fault, which does not say the day.
    return NotFetched(link_fault(Releve(date.min, constat, status, detail=detail)))


@contextmanager
def side_by_side(manner: Manner, name: str) -> Iterator[tuple[Fetcher, ThreadPoolExecutor]]:
    """A fetcher that works in this ``manner`` and obeys ``robots.txt`` as ``name``, and the threads
    to run it in; all of it stops at the end."""
    hosts = Hosts(manner.pause, monotonic() + manner.minutes * 60, threading.Event(), name)
    asker = Asker(manner.agent, manner.seconds, ssl.create_default_context(), manner.private)
    pool = ThreadPoolExecutor(_SIDE_BY_SIDE)
    try:
        yield Fetcher(asker, hosts), pool
    finally:
        hosts.stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


def download(
    url: str,
    *,
    agent: str = "Portail-importer/1",
    most: int = FILE_BYTES,
    seconds: float = 60.0,
    private: bool = False,
) -> tuple[bytes, str, str]:
    """The file at ``url``, its name, and its address after redirections. Raises ``Refused``.

    ``robots.txt`` is for programs that follow links; here somebody asks for this file.
    """
    asker = Asker(agent, seconds, ssl.create_default_context(), private)
    # Nothing has to stop it: there are few requests, and each has its own time limit.
    hosts = Hosts(0.0, inf, threading.Event())
    try:
        fetched = Fetcher(asker, hosts, robots=False).fetch(url, most)
    except NotFetched as error:
        raise Refused(f"« {shown_address(url)} » n’est pas lu. {error}") from None
    last = PurePosixPath(unquote(address_parts(fetched.url).path)).name
    name = re.sub(r"[^\w.-]+", "-", last)[-100:].strip(".") or "page"
    if not PurePosixPath(name).suffix:
        name += _SUFFIXES.get(fetched.type, "")
    return fetched.body or b"", name, fetched.url
