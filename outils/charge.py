"""How many readers one small machine answers: a bounded load on loopback, on a built site.

``python outils/charge.py output``: nginx with the configuration that ``portail serveur`` writes is
asked by wrk, on 1,000 connections, for what one visit asks: pages, style sheets, scripts, fonts,
pictures, compressed. Then connections that never end their request are held against each server,
while a reader asks for a page. Requests a second, slowest of a hundred, errors, memory.
Exit codes: 0, 1 an error or a reader left without an answer, 2 a program is missing.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from npm import ToolMissing
from serveurs import prepared
from serveurs_lances import running

CONNECTIONS, SECONDS, SLOW = 1000, 10, 600
PATIENCE = {"nginx": 3.0, "apache (.htaccess)": 45.0, "caddy": 3.0}
"""Seconds that a reader waits for a page while others hold connections. Apache has 400 workers, and
leaves each request that does not come 20 to 40 seconds (mod_reqtimeout, as Debian has it)."""
_TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml"}
_LINKS = re.compile(r'(?:href|src)="(/[^"#]+\.(?:css|js|woff2|avif|webp|svg|png|jpg)[^"]*)"')
_PAGES = ("", "agenda/", "lieux/", "articles/*/", "evenements/*/", "lieux/*/", "recherche/")
_SCRIPT = """\
local paths = {paths}
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn], {{["Accept-Encoding"] = "gzip"}})
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.stderr:write(string.format('{{"requests": %d, "seconds": %f, "bytes": %d, "p50": %f, ' ..
    '"p99": %f, "errors": %d}}', summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def visit(site: Path) -> list[str]:
    """The addresses that readers of the main pages ask for, each once a page."""
    found: list[str] = []
    for family in _PAGES:
        for file in sorted(site.glob(f"{family}index.html"))[:3]:
            url = f"/{file.relative_to(site).as_posix()}".removesuffix("index.html")
            found += [url, *dict.fromkeys(_LINKS.findall(file.read_text(encoding="utf-8")))][:12]
    return found


def load(host: str, site: Path, scratch: Path) -> dict[str, float]:
    """What wrk says of a load. Raises ``ToolMissing``."""
    if not shutil.which("wrk"):
        raise ToolMissing("wrk is missing.\n  sudo apt-get install -y wrk")
    paths = "{" + ", ".join(json.dumps(url) for url in visit(site)) + "}"
    script = scratch / "visite.lua"
    script.write_text(_SCRIPT.format(paths=paths), encoding="utf-8")
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "10s"]
    done = subprocess.run([*command, "-s", str(script), host], capture_output=True, text=True)
    said: dict[str, float] = json.loads(done.stderr)
    return said


def told(how: str, said: Mapping[str, float], size: float) -> bool:
    """Print what a load came to; whether someone had no answer."""
    rate, bytes_ = (said[name] / said["seconds"] for name in ("requests", "bytes"))
    print(f"  {how}: {rate:.0f} requests/s, {bytes_ / 1e6:.1f} MB/s, median {said['p50']:.0f} ms, "
          f"p99 {said['p99']:.0f} ms, {said['errors']:.0f} errors, {size:.0f} MB")  # fmt: skip
    return said["errors"] > 0


def packed(site: Path) -> None:
    """Write beside each text the same, compressed, which nginx sends as it is."""
    for file in sorted(site.rglob("*")):
        if file.suffix in _TEXTS:
            Path(f"{file}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def memory(process: int) -> float:
    """Megabytes that a process and those that it started hold, shared pages counted once."""
    every = {process}
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(one.read_text().rpartition(")")[2].split()[1]) == process:
                every.add(int(one.parent.name))
        except OSError:
            continue
    kept = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in every]
    return sum(int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) for text in kept) / 1000


@contextmanager
def held(host: str) -> Iterator[None]:
    """Connections that began a request and do not end it."""
    place = urlsplit(host)
    links = []
    for _ in range(SLOW):
        link = socket.create_connection((place.hostname or "", place.port or 80), 5)
        link.sendall(b"GET / HTTP/1.1\r\nHost: portail\r\nX-A: ")
        links.append(link)
    try:
        yield
    finally:
        for link in links:
            link.close()


def answered(host: str) -> float:
    """Seconds that a reader waited for a page; infinite without one."""
    started = time.perf_counter()
    link = http.client.HTTPConnection(urlsplit(host).netloc, timeout=max(PATIENCE.values()))
    try:
        link.request("GET", "/agenda/")
        status = link.getresponse().status
    except OSError:
        return float("inf")
    finally:
        link.close()
    return time.perf_counter() - started if status == 200 else float("inf")


def main() -> int:
    """Print the table, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", type=Path, help="folder of the built site")
    options = parser.parse_args()
    wrong = 0
    try:
        with prepared(options.output.resolve()) as (site, scratch):
            print(
                f"nginx, {CONNECTIONS} connections, {SECONDS} s, {os.cpu_count()} cores for both:"
            )
            for how in ("compressed each time", "compressed beforehand"):
                with running("nginx", site, scratch) as (host, process):
                    wrong += told(how, load(host, site, scratch), memory(process))
                packed(site)
            for name in PATIENCE:
                with running(name, site, scratch) as (host, _), held(host):
                    waited = answered(host)
                print(f"{name}: {SLOW} requests that never end, a page after {waited:.2f} s")
                wrong += waited > PATIENCE[name]
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
