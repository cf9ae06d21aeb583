"""The desk in Firefox, on what answers as Forgejo does: one signs in, a save is a commit."""

import base64
import hashlib
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from drawn_pages import SHOWCASE
from firefox import firefox, program
from serving import served

pytestmark = pytest.mark.firefox

EVENT = "content/events/2021-10-06-atelier-fusees-exemple.md"
REPOSITORY = "/repos/portail/vitrine"
# What a page of another address may ask (https://fetch.spec.whatwg.org/#http-cors-protocol).
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*, Authorization, Content-Type",
    "Access-Control-Allow-Methods": "*",
}
FIELD = "section[data-key-path=debut] input"
WRITE = """const field = document.querySelector(arguments[0]);
field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}));"""
PRESS = """[...document.querySelectorAll('button')].findLast((one) => one.checkVisibility()
  && !one.ariaDisabled?.includes('true') && one.innerText.includes(arguments[0])).click();"""


def digest(data):
    return hashlib.sha1(data).hexdigest()


class Forge(ThreadingHTTPServer):
    """A repository, what was committed, whether the token still opens it."""

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Asked)
        self.files = files
        self.committed = []
        self.opens = True

    def told(self, path, query):
        """The answer to a question, as https://codeberg.org/api/swagger has it."""
        known = {
            "/version": {"version": "13.0.3+gitea-1.22.0"},
            "/user": {"id": 1, "login": "lea", "full_name": "Léa", "email": "lea@example.org"},
            "/settings/api": {"max_response_items": 50, "default_max_response_size": 10**8},
            REPOSITORY: {"permissions": {"pull": True, "push": True}, "default_branch": "main"},
            f"{REPOSITORY}/branches/main": {"commit": {"id": "c0", "message": "…"}},
        }
        if "/git/trees/" in path:
            rows = [
                {"type": "blob", "path": name, "sha": digest(data), "size": len(data)}
                for name, data in self.files.items()
            ]
            return {"tree": rows, "truncated": False}
        if path.endswith("/git/blobs"):
            blobs = {digest(data): base64.b64encode(data).decode() for data in self.files.values()}
            return [
                {"sha": name, "encoding": "base64", "content": blobs[name]}
                for name in query["shas"][0].split(",")
            ]
        return known.get(path)


class Asked(BaseHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Nothing."""

    def answer(self, value, code=200):
        data = json.dumps(value).encode()
        self.send_response(code)
        for name, words in {**OPEN, "Content-Length": str(len(data))}.items():
            self.send_header(name, words)
        self.end_headers()
        self.wfile.write(data)

    def do_OPTIONS(self):
        self.answer({})

    def do_GET(self):
        parts = urlsplit(self.path)
        found = self.server.told(unquote(parts.path).removeprefix("/api/v1"), parse_qs(parts.query))
        if not self.server.opens:
            self.answer({"message": "token expired"}, 401)
        else:
            self.answer(found or {}, 200 if found else 404)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.server.opens:
            return self.answer({"message": "token expired"}, 401)
        self.server.committed.append(asked)
        files = [{"path": file["path"], "sha": "x"} for file in asked["files"]]
        return self.answer(
            {"commit": {"sha": "c1", "created": "2026-01-01T00:00:00Z"}, "files": files}, 201
        )


@pytest.fixture
def forge():
    files = {
        f"content/{file.relative_to(SHOWCASE).as_posix()}": file.read_bytes()
        for file in sorted(SHOWCASE.rglob("*.md"))
    }
    with Forge(files) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_save_is_a_commit_of_the_lines_that_change_and_an_old_token_is_told(
    forge, planned, small, tmp_path
):
    origin = f"http://127.0.0.1:{forge.server_port}"
    files = planned(small, forge="forgejo", depot=f"{origin}/portail/vitrine")
    for path, data in files.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_bytes(data)
    profile = tmp_path / "profil"
    profile.mkdir()
    with served(tmp_path / "site") as site, firefox(program(), profile) as tab:

        def press(words):
            tab.until(PRESS.replace("[...", "!![...", 1).replace(".click();", ""), words)
            tab.run(PRESS, words)

        def correct(path, text):
            _, folder, name = path.removesuffix(".md").split("/")
            tab.run("location.hash = arguments[0]", f"#/collections/{folder}/entries/{name}")
            tab.until(
                "document.querySelector(arguments[0])?.value.slice(0, 10) === arguments[1]",
                FIELD,
                text[:10],
            )
            tab.run(WRITE, FIELD, text)
            press("Enregistrer")

        tab.open(f"{site}/atelier/")
        press("jeton d’accès")
        tab.type("dialog[open] input", "jeton")
        press("Se connecter")
        tab.until("document.body.innerText.includes('Collections')")
        correct(EVENT, "2021-10-06 15:00")
        tab.until("document.body.innerText.includes('enregistr')")
        (commit,) = forge.committed
        (file,) = commit["files"]
        was = forge.files[EVENT].replace(b"debut: 2021-10-06 14:00", b"debut: 2021-10-06 15:00")
        assert (commit["branch"], file["path"]) == ("main", EVENT)
        assert base64.b64decode(file["content"]) == was
        forge.opens = False
        correct("content/events/2021-10-02-spectacle-complet.md", "2021-10-02 15:00")
        tab.until("document.body.innerText.includes('Une erreur s’est produite')")
    assert len(forge.committed) == 1
