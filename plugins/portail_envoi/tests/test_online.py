"""Waiting for the site to show the issue."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from courrier import write_issue
from lettres import NUMERO, envoi
from portail_envoi import preparing
from portail_poste.smtp import SendingError


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def online(tmp_path):
    """A folder that is served, and the frozen issue of that site."""
    folder = tmp_path / "en-ligne"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield folder, envoi(NUMERO, siteurl=f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


def test_it_waits_for_the_issue_that_was_built(online, tmp_path, monkeypatch):
    folder, frozen = online
    write_issue(tmp_path / "output", NUMERO)
    waits = []

    def deploy(seconds):
        """Nothing at first, then the preview, then the issue."""
        waits.append(seconds)
        write_issue(folder, NUMERO, sent=len(waits) > 1)

    monkeypatch.setattr(preparing, "sleep", deploy)
    preparing.wait_online(frozen, tmp_path / "output", 45)
    assert len(waits) == 2


def test_it_does_not_wait_for_ever(online, tmp_path, monkeypatch):
    write_issue(tmp_path / "output", NUMERO)
    monkeypatch.setattr(preparing, "sleep", lambda _: None)
    monkeypatch.setattr(preparing, "monotonic", iter(range(0, 10_000, 30)).__next__)
    with pytest.raises(SendingError, match="ne montre pas encore ce numéro"):
        preparing.wait_online(online[1], tmp_path / "output", 1)
