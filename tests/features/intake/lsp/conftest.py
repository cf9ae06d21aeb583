"""A client of the language server: what editors say, and what they are answered."""

import json
import os
import queue
import subprocess
import sys
import threading

import pytest

WAIT = 120
"""Seconds for an answer, on a machine that others load."""


class Client:
    """An editor that has the folder ``root`` open."""

    def __init__(self, root):
        command = [sys.executable, "-m", "portail", "lsp"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe)
        self.heard = queue.Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        stream = self.process.stdout
        while True:
            length = 0
            while head := stream.readline().strip():
                name, _, value = head.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            if not length:
                return
            self.heard.put(json.loads(stream.read(length)))

    def tell(self, method, params, **more):
        """Send a notification."""
        data = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        stream = self.process.stdin
        stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        stream.flush()

    def hear(self, wanted):
        """The next message that is ``wanted``; the others are forgotten."""
        while True:
            message = self.heard.get(timeout=WAIT)
            if wanted(message):
                return message

    def ask(self, method, params):
        """What the server answers to a request."""
        self.number += 1
        self.tell(method, params, id=self.number)
        return self.hear(lambda message: message.get("id") == self.number)["result"]

    def open(self, file):
        """Open a file as it is."""
        text = {"languageId": "markdown", "version": 1, "text": file.read_text(encoding="utf-8")}
        self.tell("textDocument/didOpen", {"textDocument": {"uri": file.as_uri(), **text}})

    def type(self, file, text):
        """What the editor shows of a file becomes ``text``."""
        self.number += 1
        of = {"uri": file.as_uri(), "version": self.number}
        changes = [{"text": text}]
        self.tell("textDocument/didChange", {"textDocument": of, "contentChanges": changes})

    def faults(self, file, code):
        """What is next said of a file, once that has a fault of ``code`` (``""`` for no fault)."""

        def wanted(message):
            told = message.get("params", {})
            if told.get("uri") != file.as_uri() or "diagnostics" not in told:
                return False
            codes = [one["code"] for one in told["diagnostics"]]
            return code in codes if code else not codes

        return self.hear(wanted)["params"]["diagnostics"]

    def at(self, file, line, column):
        """The parameters of a request at a place, from 0."""
        of = {"uri": file.as_uri()}
        return {"textDocument": of, "position": {"line": line, "character": column}}


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor, and the server that it has started in ``tmp_path``."""
    monkeypatch.setenv("PORTAIL_CACHE", str(tmp_path / ".cache"))
    (tmp_path / "pelicanconf.py").write_text('PORTAIL_REGION = "Normandie"\n', encoding="utf-8")
    client = Client(tmp_path)
    client.ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}})
    client.tell("initialized", {})
    yield client
    client.process.kill()
