"""Flaws of parts, asked of a server that answers as OSV does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import failles

Answer = Callable[[list[str]], bytes]


@pytest.fixture
def osv() -> Iterator[Callable[[Answer], str]]:
    """A function that starts a server with an answer for names, and gives its address."""
    started: list[HTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = answer([one["package"]["purl"] for one in asked["queries"]])
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def told(flaw: str) -> Answer:
    """An answer in which lxml alone has ``flaw``."""

    def answer(purls: list[str]) -> bytes:
        assert any(one.startswith("pkg:npm/%40") or "npm/@" in one for one in purls)
        rows = [{"vulns": [{"id": flaw}]} if "pypi/lxml@" in one else {} for one in purls]
        return json.dumps({"results": rows}).encode()

    return answer


def test_a_flaw_is_named_with_its_part(
    osv: Callable[[Answer], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert failles.main(osv(told("GHSA-x"))) == 1
    out = capsys.readouterr().out
    assert "pkg:pypi/lxml@" in out and "GHSA-x" in out and "1 flaws" in out


def test_a_flaw_that_does_not_touch_us_is_left(
    osv: Callable[[Answer], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failles, "ACCEPTED", {"GHSA-x": "never called"})
    assert failles.main(osv(told("GHSA-x"))) == 0


@pytest.mark.parametrize("body", [b"", b"{}", b'{"results": []}', b"[]"])
def test_no_answer_is_never_a_pass(
    osv: Callable[[Answer], str], capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    assert failles.main(osv(lambda purls: body)) == 2
    assert "does not answer" in capsys.readouterr().err
