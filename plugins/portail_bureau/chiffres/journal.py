"""The log of a host, read line by line: nginx, Apache (combined, common, with its virtual host),
Caddy, GitLab Pages, Cloudflare, plain or packed; JSON, or tables of which a line names the columns
(« csv with header » of Cloudflare Logpush, whose batches each begin by one).

Why not GoAccess: its JSON counts days, not weeks, gives no floor to what few have read, and its
program would have to be installed beside. ``apachelogs`` takes ten times as long a line.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from msgspec import DecodeError
from msgspec.json import decode

from portail.diagnostics import ConfigError
from portail.machine import reason_of
from portail.resources import rows_of
from portail.terminal.text import safe

# Bytes of a line, at most: nginx and Apache refuse requests above 8 kB.
_LONGEST = 65_536
_PACKED: Mapping[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_QUOTED = rb'[^"\\]*(?:\\.[^"\\]*)*'
_LINE = re.compile(
    rb'(?:([^\s":]+):\d+ )?(\S+) \S+ [^"]*?\[([^\]"]{11,40})\] '
    rb'"(?:([A-Z]+) ([^\s"]+)[^"]*|%b)" (\d{3}) \S+(?: "(%b)" "(%b)")?' % ((_QUOTED,) * 3)
)
_NAMES: Mapping[str, Sequence[str]] = rows_of(__package__, "journal")
_WAYS = tuple([name.split(".") for name in names] for names in _NAMES.values())


class Request(NamedTuple):
    """What a line says, empty where it says nothing; the day is that of the portal’s clock."""

    jour: date
    hote: bytes
    ip: bytes
    methode: bytes
    adresse: bytes
    etat: bytes
    origine: bytes
    agent: bytes


def requests(file: Path, zone: tzinfo, told: Counter[str]) -> Iterator[Request]:
    """The requests of a log (« - »: of the standard input), in its order. ``told`` counts its
    lines, those that are not understood, and a file that stops before its end. Raises
    ``ConfigError`` for one that cannot be read."""
    columns: list[str] = []
    try:
        with _opened(file) as stream:
            for line in iter(partial(stream.readline, _LONGEST), b""):
                told["lignes"] += 1
                texts = _of_json(line) if line[:1] in b"{[," else _of_text(line)
                if not texts:
                    cells = next(
                        csv.reader([line.decode("utf-8", "replace").replace("\r", "")]), []
                    )
                    if "EdgeStartTimestamp" in cells:
                        columns = cells
                        continue
                    texts = _of_row(dict(zip(columns, cells, strict=False)))
                if day := _day(texts[2], zone):
                    yield Request(day, *texts[:2], *texts[3:])
                elif line.strip(b"[],\r\n "):
                    told["illisibles"] += 1
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile):
        told["coupes"] += 1
    except OSError as error:
        raise ConfigError(f"« {safe(str(file))} » ne se lit pas : {reason_of(error)}.") from error


def _opened(file: Path) -> BinaryIO:
    if str(file) == "-":
        return sys.stdin.buffer
    with file.open("rb") as stream:
        head = stream.read(6)
    for sign, unpack in _PACKED.items():
        if head.startswith(sign):
            return cast("BinaryIO", io.BufferedReader(unpack(file), 1 << 18))
    return file.open("rb", 1 << 18)


def _of_text(line: bytes) -> Sequence[bytes]:
    match = _LINE.match(line)
    if match:
        return match.groups(b"")
    return ()


def _of_json(line: bytes) -> Sequence[bytes]:
    try:
        row = decode(line.strip(b"[],\r\n "))
    except (DecodeError, UnicodeDecodeError):
        return ()
    return _of_row(row)


def _of_row(row: Any) -> Sequence[bytes]:
    return [_at(row, ways) for ways in _WAYS]


def _at(row: Any, ways: Sequence[Sequence[str]]) -> bytes:
    for steps in ways:
        value = row
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, list):  # the values of a header
            value = next(iter(value), None)
        if isinstance(value, str | int | float):
            return str(value).encode("utf-8", "replace")
    return b""


def _day(text: bytes, zone: tzinfo) -> date | None:
    # « 29/Nov/2026:22:18:01 +0000 »: requests of ten minutes are of one day, which is read once.
    return _dated(text[:16] + b"0:00" + text[20:] if text[2:3] == b"/" else text, zone)


_NO_DATE = (ValueError, TypeError, OverflowError, OSError)


@lru_cache(4096)
def _dated(text: bytes, zone: tzinfo) -> date | None:
    with suppress(*_NO_DATE):
        words = text.decode()
        if text[2:3] == b"/":
            moment = parsedate_to_datetime(words.replace("/", " ").replace(":", " ", 1))
        elif words.replace(".", "").isdecimal():  # seconds, or thousandths of thousandths of them
            seconds = float(words)
            while seconds > 1e11:
                seconds /= 1000
            moment = datetime.fromtimestamp(seconds, UTC)
        else:
            moment = datetime.fromisoformat(words)
        return moment.astimezone(zone).date()
    return None
