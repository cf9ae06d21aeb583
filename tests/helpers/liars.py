"""Servers of this machine that answer whatever a test says."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Liar:
    """A server whose answers are a table: path → (status, headers, body), or a function of the
    handler. ``asked`` is what it was asked: (method, path, User-Agent)."""

    def __init__(self, tls=None):
        self.routes = {}
        self.asked = []
        liar = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                liar.asked.append((self.command, self.path, self.headers["User-Agent"]))
                told = liar.routes.get(self.path, (404, {}, b""))
                if callable(told):
                    told = told(self)
                if told is None:
                    self.close_connection = True
                    return
                status, headers, body = told
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_GET = do_HEAD = answer

            def log_message(self, *_):
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def to(path, status=301):
    return status, {"Location": path}, b""


@pytest.fixture
def liar():
    """A server that says what a test tells it; its home answers."""
    server = Liar()
    server.routes["/"] = (200, {}, b"accueil")
    yield server
    server.close()
