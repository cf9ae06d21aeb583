"""How a portal is read, by the log of its host: pages, visits, what is most read, week by week.

The log is read line by line, plain or compressed: nginx, Apache (combined, common, with its virtual
host), Caddy, GitLab Pages, Cloudflare; as text, or as JSON.

No person is followed: a reader is a number made of an address and a browser with a salt of the day,
which is drawn at random, kept in memory, and forgotten with the run. So one who comes on two days
is two visits. An address alone is such a number of the week, by which a log that has those of an
intermediary is known. Nothing is written about what fewer than ``FEW`` have read.

Why not GoAccess: its JSON counts days, not weeks, and has no floor for what few have read; its
program would have to be installed too. Why not ``apachelogs``: it takes ten times as long.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import secrets
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import SplitResult

from msgspec import DecodeError, Struct, field
from msgspec.json import decode

from portail.agenda.weeks import Week
from portail.diagnostics import ConfigError, DataError
from portail.machine import reason_of
from portail.outputs.spreadsheets import written
from portail.resources import data_dir, rows_of
from portail.terminal.text import safe
from portail.text.addresses import address_parts

from .relays import Asked, is_inner, reader_of

# Bytes of a line, at most: nginx and Apache refuse requests above 8 kB.
_LONGEST = 65_536
_GZIP = b"\x1f\x8b"
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
    heure: bytes
    methode: bytes
    adresse: bytes
    etat: bytes
    origine: bytes
    agent: bytes
    # What may name whom an intermediary answered.
    relais: bytes


def requests(file: Path, zone: tzinfo, told: Counter[str]) -> Iterator[Request]:
    """The requests of a log (« - »: of the standard input), in its order. ``told`` counts its
    lines, those that are not understood, and a file that stops before its end. Raises
    ``ConfigError`` for one that cannot be read."""
    try:
        with _opened(file) as stream:
            for line in iter(partial(stream.readline, _LONGEST), b""):
                told["lignes"] += 1
                texts = _of_json(line) if line[:1] in b"{[," else _of_text(line)
                if texts and (day := _day(texts[2], zone)):
                    yield Request(day, *texts)
                elif line.strip(b"[],\r\n "):
                    told["illisibles"] += 1
    except (EOFError, zlib.error, gzip.BadGzipFile):
        told["coupes"] += 1
    except OSError as error:
        raise ConfigError(f"« {safe(str(file))} » ne se lit pas : {reason_of(error)}.") from error


def _opened(file: Path) -> BinaryIO:
    if str(file) == "-":
        return sys.stdin.buffer
    with file.open("rb") as stream:
        head = stream.read(2)
    if head == _GZIP:
        return cast("BinaryIO", io.BufferedReader(gzip.open(file), 1 << 18))
    return file.open("rb", 1 << 18)


def _of_text(line: bytes) -> Sequence[bytes]:
    match = _LINE.match(line)
    if match:
        return *match.groups(b""), line[match.end() :].strip()
    return ()


def _of_json(line: bytes) -> Sequence[bytes]:
    try:
        row = decode(line.strip(b"[],\r\n "))
    except (DecodeError, UnicodeDecodeError):
        return ()
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


# Readers under whom a count is not told.
FEW = 5
# Pages that a week names.
_NAMED = 50
SHY = "peu"
# Pages of a day above which a reader is a program that does not say so.
_MOST = 300
_PAGE = re.compile(rb"(/(?:[\w.~-]{1,100}/){0,8})(?:index\.html)?(?:\?([^#\s]*))?(?:#.*)?")
_LETTER = re.compile(rb"(?:^|&)lettre=(\d{4}-s\d\d)(?:&|$)")
_HOST = re.compile(rb"https?://(?:[^/@\s]*@)?([^/:\s]+)", re.IGNORECASE)
_META = frozenset(r"\^$*+?()[]{}|")
_ESCAPED = re.compile(r"\\(\W)")

# What is counted: the site, a part of it (the first name of its addresses), a page, a letter.
SITE, PART, PAGE, LETTER = _SORTS = ("site", "rubrique", "page", "lettre")


class Read(Struct):
    """How often something was read, and by how many readers of a day."""

    pages: int = 0
    visites: int = 0


class Span(Struct):
    """A week: how many of its days the log has, what was read."""

    jours: int = 0
    lus: defaultdict[tuple[str, str], Read] = field(default_factory=lambda: defaultdict(Read))
    asked: Asked = field(default_factory=Asked)
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))


class _Day(Struct):
    # The pages of each reader of an address, with the letter that led there, and how often.
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    readers: defaultdict[tuple[bytes, bytes], Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    spam: set[tuple[bytes, bytes]] = field(default_factory=set)
    # Addresses that no reader has.
    inner: set[bytes] = field(default_factory=set)
    # Requests that were read: a log that turns is often given beside its own archive.
    read: set[int] = field(default_factory=set)


def count(
    files: Iterable[Path], siteurl: str, *, zone: tzinfo, today: date, told: Counter[str]
) -> dict[Week, Span]:
    """What logs tell of the site at ``siteurl`` (empty: of whichever), week by week; ``told`` says
    why lines are left. Raises ``ConfigError``."""
    site = address_parts(siteurl)
    weeks: defaultdict[Week, Span] = defaultdict(Span)
    days: defaultdict[date, _Day] = defaultdict(_Day)
    for request in chain.from_iterable(requests(file, zone, told) for file in files):
        if request.jour > today:
            told["avenir"] += 1
            continue
        day = days[request.jour]
        if page := _page(request, site, told):
            _note(day, weeks[Week.of(request.jour)], request, page, told)
    for date_, kept in days.items():
        week = weeks[Week.of(date_)]
        week.jours += 1
        _close(kept, week, told)
    return dict(sorted(weeks.items()))


def _note(
    day: _Day, span: Span, request: Request, page: tuple[str, str], told: Counter[str]
) -> None:
    read = hash(request)
    if read in day.read:
        told["deja"] += 1
        return
    day.read.add(read)
    ip = reader_of(request.ip, request.relais)
    address = blake2b(ip, digest_size=8, key=span.salt).digest()
    reader = blake2b(b"%b %b" % (ip, request.agent), digest_size=8, key=day.salt).digest()
    day.readers[address, reader][page] += 1
    if is_inner(ip):
        day.inner.add(address)
    if _spammer(request.origine):
        day.spam.add((address, reader))


def _page(request: Request, site: SplitResult, told: Counter[str]) -> tuple[str, str] | None:
    # The page that a person was given, and the letter whose link leads there.
    if request.methode != b"GET" or request.etat not in {b"200", b"304"}:
        return None
    path = site.path.encode()
    match = _PAGE.fullmatch(request.adresse.removeprefix(path))
    if match is None or not request.adresse.startswith(path):
        return None
    host = request.hote.partition(b":")[0].lower()
    if host and site.hostname and host != site.hostname.encode():
        told["ailleurs"] += 1
        return None
    if _robot(request.agent):
        told["robots"] += 1
        return None
    letter = _LETTER.search(match[2] or b"")
    return match[1].decode(), (letter and letter[1].decode()) or ""


def _close(day: _Day, span: Span, told: Counter[str]) -> None:
    readers = Counter(address for address, _ in day.readers)
    people = {}
    for key, pages in day.readers.items():
        number = pages.total()
        # An intermediary asks more than a person, for several.
        single = readers[key[0]] == 1 and key[0] not in day.inner
        if key in day.spam or (number > _MOST and single):
            told["robots"] += number
        else:
            people[key] = number
    span.asked.note(people, day.inner)
    for key, number in people.items():
        pages = day.readers[key]
        seen: Counter[tuple[str, str]] = Counter({(SITE, ""): number})
        for (page, letter), times in pages.items():
            seen[PAGE, page] += times
            seen[PART, page.split("/")[1]] += times
            if letter:
                seen[LETTER, letter] += times
        for name, times in seen.items():
            read = span.lus[name]
            read.pages += times
            read.visites += 1


def _lines(name: str) -> list[str]:
    text = (data_dir() / "audience" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _signs() -> tuple[list[str], re.Pattern[str]]:
    # Most patterns are words: finding one in a text takes a hundredth of the time of a pattern.
    words = []
    patterns = []
    for line in _lines("robots.txt"):
        if not _META.isdisjoint(_ESCAPED.sub("", line)):
            patterns.append(line)
        else:
            words.append(_ESCAPED.sub(r"\1", line))
    return words, re.compile("|".join(patterns))


@lru_cache(1 << 16)
def _robot(agent: bytes) -> bool:
    # A browser always says its name: « - » is none. Empty, the log does not keep it.
    text = agent.decode("latin-1")
    words, patterns = _signs()
    return text == "-" or any(word in text for word in words) or bool(patterns.search(text))


@cache
def _spammers() -> frozenset[str]:
    return frozenset(_lines("referents.txt"))


@lru_cache(1 << 14)
def _spammer(origin: bytes) -> bool:
    match = _HOST.match(origin)
    names = match[1].decode("latin-1").lower().split(".") if match else []
    return any(".".join(names[rank:]) in _spammers() for rank in range(len(names)))


# The file: ``data/chiffres/audience.csv``.

FILE = "chiffres/audience.csv"
_COLUMNS = ("semaine", "jours", "quoi", "nom", "pages", "visites")


class Line(NamedTuple):
    """A line of the file; ``None`` is what so few have read that it is not told."""

    semaine: Week
    jours: int
    quoi: str
    nom: str
    pages: int | None
    visites: int | None


def lines_of(week: Week, span: Span) -> Iterator[Line]:
    """What is told of a week; of pages, those that most have read."""
    named = 0
    for (what, name), read in sorted(span.lus.items(), key=_rank):
        named += what == PAGE
        few = read.visites < FEW
        if what == PAGE and (few or named > _NAMED):
            continue
        pages, visits = (None, None) if few else (read.pages, read.visites)
        yield Line(week, span.jours, quoi=what, nom=name, pages=pages, visites=visits)


def _rank(row: tuple[tuple[str, str], Read]) -> tuple[int, int, str]:
    (what, name), read = row
    return _SORTS.index(what), -read.visites, name


def text_of(lines: Iterable[Line]) -> str:
    rows = []
    for line in lines:
        numbers = (SHY if value is None else str(value) for value in line[4:])
        rows.append((line.semaine.slug, str(line.jours), line.quoi, line.nom, *numbers))
    return "".join(written(_COLUMNS, rows))


def joined(before: Iterable[Line], found: Mapping[Week, Span]) -> tuple[list[Line], list[Week]]:
    """The lines of the file with those of the weeks that were found; weeks that the file knows by
    more of their days, or more pages, are kept as they were, and told."""
    known: defaultdict[Week, list[Line]] = defaultdict(list)
    for line in before:
        known[line.semaine].append(line)
    kept = []
    for week, span in found.items():
        lines = [*lines_of(week, span)]
        if _weight(known[week]) > _weight(lines):
            kept.append(week)
        else:
            known[week] = lines
    return [line for _, lines in sorted(known.items()) for line in lines], kept


def _weight(lines: Iterable[Line]) -> tuple[int, int]:
    sums = [(line.jours, line.pages or 0) for line in lines if line.quoi == SITE]
    return max(sums, default=(0, 0))


def read_lines(data: Path) -> tuple[Line, ...]:
    """The file in ``data``, none where there is none. Raises ``DataError`` with each line that is
    not one."""
    file = data / FILE
    if not file.is_file():
        return ()
    rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";")
    lines = []
    faults = []
    for number, row in enumerate(rows, 1):
        if number == 1 and tuple(row) == _COLUMNS:
            continue
        try:
            lines.append(_line(row))
        except ValueError:
            faults.append(
                f"data/{FILE}:{number} : cette ligne n’est pas de celles que « portail chiffres "
                "--journal » écrit : effacez-la, ou refaites le fichier."
            )
    if faults:
        raise DataError("\n".join(faults))
    return tuple(lines)


def _line(row: list[str]) -> Line:
    week, days, what, name, *numbers = row
    found = Week.parse(week)
    pages, visits = (None if text == SHY else int(text) for text in numbers)
    wrong = what not in _SORTS or int(days) not in range(1, 8)
    if found is None or wrong or min(pages or 0, visits or 0) < 0:
        raise ValueError
    return Line(found, int(days), quoi=what, nom=name, pages=pages, visites=visits)
