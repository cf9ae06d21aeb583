"""A portal that has frozen an issue, and mail servers of this machine to send it to."""

import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from courrier import PASSWORD, SETTINGS, SOMME, WEEK, Host, Place, Post, write_issue
from lettres import NUMERO, envoi
from portail_envoi import delivery, listmonk, smtp


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A portal with the frozen and built week 2021-s39, the current folder."""
    folder = tmp_path / "portail"
    (folder / "content" / "newsletters").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    frozen = envoi(NUMERO, SOMME).model_dump_json()
    (folder / "content" / "newsletters" / f"{WEEK}.envoi.json").write_text(frozen, "utf-8")
    for issue in (NUMERO, SOMME):
        write_issue(folder / "output", issue)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PORTAIL_JOURNAL", str(tmp_path / "journaux"))
    subscribers = tmp_path / "abonnes.csv"
    subscribers.write_text("a@exemple.org\nb@exemple.org,somme\n", "utf-8")
    return Place(folder, tmp_path / "journaux", subscribers)


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """An authority, and the file that holds its certificate."""
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("autorite") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)


@pytest.fixture
def serve(authority, monkeypatch):
    """A function that starts a server (STARTTLS required, a password asked) and points the settings
    at it; ``name`` is that of its certificate. Nobody waits in a test."""
    monkeypatch.setattr(delivery, "RECONNECTING", (0.0,) * 4)
    monkeypatch.setattr(delivery, "PATIENCE", (0.0,) * 3)
    monkeypatch.setattr(smtp, "TIMEOUT", 5.0)
    hosts = []

    def start(*, tls=True, name="localhost", utf8=False):
        post = Post()
        kwargs = {"enable_SMTPUTF8": utf8}
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority[0].issue_cert(name).configure_cert(context)
            kwargs |= {"tls_context": context, "require_starttls": True, "auth_required": True}
            kwargs |= {"authenticator": post.authenticate}
            monkeypatch.setenv("PORTAIL_ENVOI_UTILISATEUR", "lettre")
            monkeypatch.setenv("PORTAIL_ENVOI_MOT_DE_PASSE", PASSWORD)
            monkeypatch.setenv("SSL_CERT_FILE", authority[1])
        host = Host(post, hostname="127.0.0.1", port=0, **kwargs)
        host.start()
        hosts.append(host)
        monkeypatch.setenv("PORTAIL_ENVOI_SERVEUR", f"localhost:{post.port}")
        return post

    yield start
    for host in hosts:
        host.stop()


class Call(BaseHTTPRequestHandler):
    """A call to the API of a service of letters.

    The service has ``refused`` (headers to an answer, ``None`` for those that it takes), ``answer``
    and ``faults``, which answer the next calls in its place, by method and path: status and body,
    ``None`` to hang up, a number to be late; before (the call is lost) or, with ``True``, after it
    is done (its answer is lost).
    """

    def do_GET(self):
        """Answer, as told."""
        split = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        name = f"{self.command} {split.path}"
        self.service.calls.append(name)
        if refusal := self.service.refused(self.headers):
            return self.say(*refusal)
        call = (self.command, split.path, parse_qs(split.query), body)
        left = self.service.faults.get(name)
        if not left:
            return self.say(*self.service.answer(*call))
        after, fault = left.pop(0)
        if after:
            self.service.answer(*call)
        if isinstance(fault, float):
            time.sleep(fault)
        return self.say(*fault) if isinstance(fault, tuple) else self.connection.close()

    do_POST = do_PUT = do_GET

    def say(self, status, body):
        """Send an answer: JSON, a page, or nothing."""
        text = body if isinstance(body, str) else json.dumps(body)
        data = b"" if body is None else text.encode()
        self.send_response(status)
        if data:
            self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/vol")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def answering(place, monkeypatch):
    """A function that has a service answer on this machine, and gives its address; nobody waits."""
    servers = []

    def start(service):
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Its", (Call,), {"service": service}))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    monkeypatch.setattr(listmonk, "WAITS", (0.0, 0.0))
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def said(capsys):
    """What was printed since the last time, which never holds the secret of a service."""

    def read():
        told = capsys.readouterr()
        assert "tres-secret" not in told.out + told.err
        return told.out, told.err

    return read
