"""Try the configurations of ``portail serveur`` with the servers themselves, on a built site.

``python outils/serveurs.py output``: nginx and Apache (``.htaccess`` and ``<Directory>``)
are started on loopback, and asked for one address of each family and for what strangers ask:
statuses, headers, types and bytes are compared with ``_headers``, with ``portail serve`` and from
one server to the other.
Exit codes: 0 nothing found, 1 something found, 2 a program is missing.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from npm import ToolMissing
from portail.site.urls import REDIRECTS
from portail_pelican.headers import HEADERS, TYPES, type_of
from portail_pelican.server import PreviewServer
from portail_pelican.workshop import Preview
from serveurs_lances import BASE, STARTED, WRONG, below, check_secured, running

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hosts import headers_of, parse_headers  # noqa: E402 (an independent reader)

SECRET = b"[core]\n"
ASKED = {
    "/.git/config": 404,
    "/agenda/.git/config": 404,
    "/.htaccess": 404,
    "/.well-known/essai.txt": 200,
    f"/{HEADERS}": 404,
    f"/{REDIRECTS}": 404,
    f"//{HEADERS}": 404,
    f"/theme/..%2f{HEADERS}": 404,
    f"/theme/../{HEADERS}": 404,
    "/..%2f..%2f..%2f..%2fetc/passwd": 404,
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd": 404,
    "/theme/absent.css": 404,
    "/embarquer/absent/": 404,
    "/absent.ics": 404,
    "/absent%0d%0aSet-Cookie:%20a=1": 404,
    "/articles/a%0d%0aSet-Cookie:%20a=1/republier/": 404,
    "/medias/": 404,
}
"""What strangers ask, and the answer; a server may refuse (400, 403) what is not there."""
REFUSED = {404: (400, 403, 404)}
AWAY = (
    "//ailleurs.example/%2e%2e/agenda",
    "//ailleurs.example/..%2fagenda",
    "/%5cailleurs.example",
)
"""Addresses that some servers redirect to another host."""


@dataclass(frozen=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Asker:
    """Asks a server, below the path ``base``; keeps what is wrong."""

    name: str
    host: str
    base: str = ""
    found: list[str] = field(default_factory=list)
    asked: int = 0

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, its path sent as it is."""
        self.asked += 1
        link = http.client.HTTPConnection(urlsplit(self.host).netloc, timeout=20)
        try:
            link.putrequest(method, self.base + path, skip_accept_encoding=True)
            for name, value in headers.items():
                link.putheader(name.replace("_", "-"), value)
            link.endheaders()
            answer = link.getresponse()
            names = [name.lower() for name, _ in answer.getheaders()]
            # nginx writes its headers twice when it refuses a part of a file.
            twice = {name for name in names if names.count(name) > 1 and answer.status != 416}
            for name in sorted(twice):
                self.wrong(path, f"{name} is sent twice")
            sent = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, sent, answer.read())
        finally:
            link.close()

    def wrong(self, path: str, text: str) -> None:
        """Keep a finding."""
        self.found.append(f"{self.name} {path} — {text}")

    def same(self, path: str, name: str, value: object, wanted: object) -> None:
        """Keep a finding unless both are equal."""
        if value != wanted:
            self.wrong(path, f"{name}: {str(value)[:120]!r}, not {str(wanted)[:120]!r}")


class Expected:
    """What ``_headers`` says of each address, read by the reader of the tests."""

    def __init__(self, site: Path, base: str = "") -> None:
        self.site, self.base = site, base
        self.rules = parse_headers((site / HEADERS).read_text(encoding="utf-8"))
        self.names = {
            name.lower()
            for headers in self.rules.values()
            for name in headers
            if name != "Content-Type"
        }

    def headers(self, url: str) -> dict[str, str]:
        """Those of the file at ``url``, but its type."""
        folder = url.removesuffix("index.html") if url.endswith("/index.html") else url
        headers = headers_of(self.rules, self.base + folder)
        return {name.lower(): headers[name] for name in headers if name != "Content-Type"}

    def file(self, url: str) -> Path:
        """The file at ``url``."""
        return self.site / unquote(f"{url[1:]}index.html" if url.endswith("/") else url[1:])

    def kind(self, url: str) -> str:
        """The media type of the file at ``url``."""
        end = (url + "index.html" if url.endswith("/") else url).rpartition(".")[2]
        kinds = (kind for kind, ends in TYPES.items() if end in ends.split())
        return type_of(url) or next(kinds, "application/octet-stream")

    def sample(self) -> dict[str, Path]:
        """Address → file: the first of each ending below each set of rules."""
        sample: dict[tuple[object, ...], tuple[str, Path]] = {}
        for file in sorted(self.site.rglob("*")):
            url = f"/{quote(file.relative_to(self.site).as_posix())}".removesuffix("index.html")
            hidden = any(part.startswith((".", "_")) for part in file.relative_to(self.site).parts)
            if file.is_file() and not hidden and not _moved(file):
                rules = tuple(sorted(self.headers(url).items()))
                folder = url.split("/")[1] if url.count("/") > 1 else ""
                sample.setdefault((rules, file.suffix, folder, type_of(url)), (url, file))
        return dict(sample.values())


def _moved(file: Path) -> bool:
    return file.suffix == ".html" and b'http-equiv="refresh"' in file.read_bytes()[:2000].lower()


def check_files(asker: Asker, expected: Expected, sample: Mapping[str, Path]) -> None:
    """Each file of the sample, in the ways browsers ask."""
    for url, file in sample.items():
        data, plain = file.read_bytes(), asker.ask(url)
        asker.same(url, "status", plain.status, 200)
        asker.same(url, "bytes", plain.body, data)
        asker.same(url, "type", plain.headers.get("content-type"), expected.kind(url))
        _same_headers(asker, url, plain, expected)
        _packed(asker, url, data)
        _again(asker, url, plain, {})
        _again(asker, url, plain, {"Accept_Encoding": "gzip"})
        if url.endswith("/"):
            _same_headers(asker, f"{url}index.html", asker.ask(f"{url}index.html"), expected)
            if url != "/":
                moved = asker.ask(url[:-1])
                asker.same(url[:-1], "status", moved.status, 301)
                to = urlsplit(moved.headers.get("location", "")).path
                asker.same(url[:-1], "location", to, asker.base + url)


def _same_headers(asker: Asker, url: str, answer: Answer, expected: Expected, at: str = "") -> None:
    headers = {name: value for name, value in answer.headers.items() if name in expected.names}
    wanted = expected.headers(at or url)
    for name in sorted(headers.keys() | wanted.keys()):
        asker.same(url, name, headers.get(name), wanted.get(name))


def _packed(asker: Asker, url: str, data: bytes) -> None:
    """The same bytes, fewer of them on the way."""
    answer = asker.ask(url, Accept_Encoding="gzip")
    packed = answer.headers.get("content-encoding") == "gzip"
    asker.same(url, "unpacked", gzip.decompress(answer.body) if packed else answer.body, data)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    is_text = kind.startswith("text/") or kind.endswith(("json", "/xml", "+xml"))
    if len(data) > 1500:
        asker.same(url, "compressed", packed, is_text)
    if packed and "accept-encoding" not in answer.headers.get("vary", "").lower():
        asker.wrong(url, "compressed without Vary")


def _again(asker: Asker, url: str, plain: Answer, more: Mapping[str, str]) -> None:
    """What a browser holds already is not sent again."""
    first = asker.ask(url, **more)
    tag, day = first.headers.get("etag", ""), first.headers.get("last-modified", "")
    for name, value in {"If_None_Match": tag, "If_Modified_Since": day}.items():
        answer = asker.ask(url, **more, **{name: value})
        asker.same(url, f"{name} {value} {[*more]}", (answer.status, answer.body), (304, b""))
    header = "cache-control"
    asker.same(url, "kept by 304", answer.headers.get(header), plain.headers.get(header))
    head = asker.ask(url, "HEAD", **more)
    asker.same(url, "HEAD", (head.status, head.body), (200, b""))
    asker.same(url, "type of HEAD", head.headers.get("content-type"), first.headers["content-type"])


def check_strangers(asker: Asker, expected: Expected) -> None:
    """What nobody links to."""
    missing = (expected.site / "404.html").read_bytes()
    for path, status in ASKED.items():
        if asker.base and path.startswith("/.well-known/"):
            continue  # means something at the root of a host alone (RFC 8615)
        answer = asker.ask(path)
        if answer.status not in REFUSED.get(status, (status,)):
            asker.wrong(path, f"status {answer.status}, not {status}")
        if SECRET in answer.body or b"root:" in answer.body or "set-cookie" in answer.headers:
            asker.wrong(path, "says what it must not")
        own = asker.name.startswith("apache") and "%2f" in path  # refused before it knows the site
        if answer.status == 404 and not own:
            asker.same(path, "page", answer.body, missing)
            asker.same(path, "type", answer.headers.get("content-type"), expected.kind("/404.html"))
            _same_headers(asker, path, answer, expected, "/404.html")
    for path in AWAY:
        to = asker.ask(path).headers.get("location", "")
        if "ailleurs" in (urlsplit(to).netloc or to.replace("\\", "/").split("/", 3)[2:3]):
            asker.wrong(path, f"leads to {to}")
    for method in ("POST", "PUT", "DELETE", "TRACE", "CONNECT", "PROPFIND"):
        answer = asker.ask("/agenda/", method, Content_Length="0")
        if answer.status not in (400, 403, 405, 501):
            asker.wrong("/agenda/", f"{method}: {answer.status}")
    long = asker.ask("/" + "a" * 20_000).status
    if long not in (400, 403, 404, 414, 431):
        asker.wrong("/aaa…", f"status {long}")


def check_moved(asker: Asker, expected: Expected) -> int:
    """Every address that moved; how many."""
    lines = (expected.site / REDIRECTS).read_text(encoding="utf-8").splitlines()
    for line in lines:
        place, target, _ = (re.sub(r":(\w+)", r"un-\1", part) for part in line.split())
        answer = asker.ask(place.removeprefix(asker.base))
        asker.same(place, "status", answer.status, 301)
        parts = urlsplit(answer.headers.get("location", ""))
        asker.same(place, "location", f"{parts.path}?{parts.query}".rstrip("?"), target)
    return len(lines)


def check_parts(asker: Asker, sample: Mapping[str, Path]) -> None:
    """Parts of a file, as players of sound ask."""
    url = next(url for url in sample if url.endswith((".mp3", ".pdf", ".png")))
    data = sample[url].read_bytes()
    part = asker.ask(url, Range="bytes=10-99")
    asker.same(url, "part", (part.status, part.body), (206, data[10:100]))
    asker.same(url, "past its end", asker.ask(url, Range=f"bytes={len(data) + 9}-").status, 416)


@contextmanager
def previewed(site: Path) -> Iterator[str]:
    """The address of ``site`` as ``portail serve`` shows it."""
    with PreviewServer(Preview(site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def check_preview(asker: Asker, expected: Expected, sample: Mapping[str, Path]) -> None:
    """``portail serve`` answers with the same types, and hides the same."""
    for url, file in sample.items():
        answer = asker.ask(url)
        asker.same(url, "status", answer.status, 200)
        asker.same(url, "type", answer.headers.get("content-type"), expected.kind(url))
        if file.suffix != ".html":  # those follow the site by a script of its own
            asker.same(url, "bytes", answer.body, file.read_bytes())
    for path in ("/..%2f..%2f..%2f..%2fetc/passwd", "/absent.ics", "/%2e%2e/%2e%2e/etc/passwd"):
        asker.same(path, "status", asker.ask(path).status, 404)


@contextmanager
def prepared(output: Path) -> Iterator[tuple[Path, Path]]:
    """A copy of the site with what must stay hidden, and a folder for the servers."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        site = Path(scratch, "site")
        shutil.copytree(output, site)
        for name, data in {
            ".git/config": SECRET,
            "agenda/.git/config": SECRET,
            ".well-known/essai.txt": b"ici",
        }.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(data)
        yield site, Path(scratch)


def main() -> int:
    """Run every server in turn, print every finding, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path, help="folder of the built site")
    parser.add_argument("--only", choices=[*STARTED], help="one server alone")
    options = parser.parse_args()
    findings: list[str] = []
    try:
        with prepared(options.output.resolve()) as (site, scratch):
            expected = Expected(site)
            sample = expected.sample()
            prove_it_works(site, scratch)
            for name in [options.only] if options.only else STARTED:
                with running(name, site, scratch) as (host, _):
                    findings += _tried(Asker(name, host), expected, sample)
                findings += _below(name, site, scratch)
            findings += check_secured(site, scratch)
            with previewed(site) as host:
                asker = Asker("portail serve", host)
                check_preview(asker, expected, sample)
                findings += asker.found
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    print("\n".join(findings[:200]))
    print(f"{len(findings)} findings")
    return 1 if findings else 0


def prove_it_works(site: Path, scratch: Path) -> None:
    """Raise ``ToolMissing`` unless each fault of a configuration made wrong is found."""
    with running(WRONG, site, scratch) as (host, _):
        asker, expected = Asker(WRONG, host), Expected(site)
        check_files(asker, expected, {"/": site / "index.html"})
        check_strangers(asker, expected)
    for sign in ("content-security-policy: 'None'", "type: ", "says what it must not"):
        if not any(sign in text for text in asker.found):
            raise ToolMissing(f"a fault of a server is not seen: {sign}")


def _below(name: str, site: Path, scratch: Path) -> list[str]:
    """The same of a site below a path: a file of each ending, strangers, addresses that moved."""
    root = below(site, scratch)
    with running(name, root / BASE[1:], scratch, BASE) as (host, _):
        asker, expected = Asker(f"{name}, {BASE}", host, BASE), Expected(root / BASE[1:], BASE)
        sample = {file.suffix: url for url, file in reversed(expected.sample().items())}
        check_files(asker, expected, {url: expected.file(url) for url in sample.values()})
        check_strangers(asker, expected)
        check_moved(asker, expected)
    print(f"{asker.name}: {asker.asked} requests: {len(asker.found)} findings")
    return asker.found


def _tried(asker: Asker, expected: Expected, sample: Mapping[str, Path]) -> list[str]:
    check_files(asker, expected, sample)
    check_strangers(asker, expected)
    check_parts(asker, sample)
    moved = check_moved(asker, expected)
    print(
        f"{asker.name}: {asker.asked} requests, {len(sample)} files, "
        f"{moved} addresses that moved: {len(asker.found)} findings"
    )
    return asker.found


if __name__ == "__main__":
    raise SystemExit(main())
