"""Flaws of parts, asked of a server that answers as OSV does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import failles
from faults import SOUND
from projects import Project
from sbom import TARGET

PARTS = {one["purl"] for one in json.loads(TARGET.read_bytes())["components"] if "purl" in one}


@pytest.fixture
def osv():
    """A function that starts a server with an answer for names, and gives its address."""
    started = []

    def start(answer):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = answer([one["package"]["purl"] for one in asked["queries"]])
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def told(flaw):
    """An answer in which lxml alone has ``flaw``."""

    def answer(purls):
        assert any(one.startswith("pkg:npm/%40") or "npm/@" in one for one in purls)
        rows = [{"vulns": [{"id": flaw}]} if "pypi/lxml@" in one else {} for one in purls]
        return json.dumps({"results": rows}).encode()

    return answer


def test_a_flaw_is_named_with_its_part(osv, capsys):
    assert failles.main(osv(told("GHSA-x"))) == 1
    out = capsys.readouterr().out
    assert "pkg:pypi/lxml@" in out and "GHSA-x" in out and "1 flaws" in out


def test_a_flaw_that_does_not_touch_us_is_left(osv, monkeypatch):
    (lxml,) = [one for one in PARTS if one.startswith("pkg:pypi/lxml@")]
    monkeypatch.setattr(failles, "ACCEPTED", {(lxml, "GHSA-x"): "never called"})
    assert failles.main(osv(told("GHSA-x"))) == 0
    monkeypatch.setattr(failles, "ACCEPTED", {("pkg:pypi/lxml@0.1", "GHSA-x"): "never called"})
    assert failles.main(osv(told("GHSA-x"))) == 1, "of that version alone"


def test_what_is_accepted_is_of_the_parts_of_today():
    assert {part for part, _ in failles.ACCEPTED} <= PARTS


@pytest.mark.site
def test_no_text_of_a_portal_reaches_a_lexer(tmp_path, monkeypatch):
    """Why a flaw of Pygments, which Pelican brings, does not touch us."""

    def lexed(*_):
        raise AssertionError("a text reaches a lexer")

    monkeypatch.setattr("pygments.lexer.Lexer.get_tokens", lexed)
    project = Project(tmp_path)
    code = """```adl
archetype (1.4)
```

```python
import this
```

    :::adl
    definition
"""
    name = "content/articles/sans-faute.md"
    project.write({**SOUND, name: f"{SOUND[name]}\n{code}"})
    project.build()
    page = (project.output / "articles/sans-faute/index.html").read_text(encoding="utf-8")
    for words in ("archetype (1.4)", "import this", ":::adl"):
        assert words in page


@pytest.mark.parametrize("body", [b"", b"{}", b'{"results": []}', b"[]"])
def test_no_answer_is_never_a_pass(osv, capsys, body):
    assert failles.main(osv(lambda purls: body)) == 2
    assert "does not answer" in capsys.readouterr().err
