"""Hand-made pages as a server would give them to a browser."""

import mimetypes
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from portail.resources import brought, over
from portail_pelican.assets import joined, published, script
from serving import ICON

ORIGIN = "http://portail.test"
COMMUN = '<script type="module" data-commun="/theme/js/commun.js"></script>'
"""Where the pages of the site say the address of what scripts share."""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"/>'

RUBAN = """\
[data-a-jour]::after{content:" du 27\u00a0septembre 2021"}
.ruban span::before{content:"27 sept. – 3 oct."}
.ruban li:nth-child(1){--n:" 27";--dit:" 27 septembre 2021, 2 rendez-vous";--q:"2";--part:25%}
.ruban li:nth-child(2){--n:" 28";--dit:" 28 septembre 2021"}
.ruban li:nth-child(6){--n:" 2";--dit:" 2 octobre 2021, 8 rendez-vous";--q:"8";--part:100%}
:root:not([data-auj]) [data-jour="2021-09-28"],:root:not([data-auj]) .ruban li:nth-child(2),\
[data-auj="2021-09-27"] .ruban li:nth-child(1){--auj-fond:var(--signal);--auj-encre:\
var(--sur-signal);--auj-barre:var(--barre-signal);--auj-trait:4px;--auj-dit:", aujourd’hui"}
:root:not([data-auj]) [data-semaine="2021-s39"]{--auj:2}
"""
"""The sheet of the ribbon, built on a Tuesday; the pages are pinned to the Monday."""


LOST = b"Not found.\n"
"""What a host says of an address that leads nowhere: of an answer without a word, a browser may
make a page of its own."""


class Answer(NamedTuple):
    """What an address holds."""

    status: int
    kind: str
    body: bytes
    lasting: bool = False
    """Whether a browser keeps it from one page to the next: a third of what a page costs. It keeps
    files of the theme: tests that hold a script at the address of one have tabs of their own."""


HELD = []
"""What the test that runs has addresses hold: the last says first, nothing leaves it to others.
Without it, Playwright would be asked for each request of each page."""


def hold(path, text):
    """A page that ``path`` holds to the end of the test."""
    page = Answer(200, "text/html; charset=utf-8", text.encode())
    HELD.append(lambda asked: page if asked == path else None)


def script_named(name):
    """A script of the theme, as it is written."""
    return (brought("theme") / f"static/js/{name}").read_text(encoding="utf-8")


def answers(theme, pages):
    """What a path leads to: ``/<name>`` to a page, ``/theme/…`` to a file of the theme."""
    theme = over(brought("theme"), theme)
    whole = {f"/theme/{name}": published(theme, name) for name in joined(theme)}

    def answer(path):
        for held in reversed(HELD):
            if found := held(path):
                return found
        if path in whole:
            return Answer(200, mimetypes.guess_type(path)[0] or "", whole[path], lasting=True)
        if path.startswith("/theme/"):
            file = theme / f"static/{path.removeprefix('/theme/')}"
            kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
            if not file.is_file():
                return Answer(404, kind, LOST)
            data = file.read_bytes()
            data = script(data.decode()).encode() if file.suffix == ".js" else data
            return Answer(200, kind, data, lasting=True)
        if path == "/hors-ligne.js":
            return Answer(200, "text/javascript", b"")
        if path.startswith(("/empreintes/", "/fonds/", "/medias/", ICON)):
            return Answer(200, "image/svg+xml", DRAWING.encode())
        if path == "/ruban.css":
            return Answer(200, "text/css; charset=utf-8", RUBAN.encode(), lasting=True)
        if path[1:] in pages:
            return Answer(200, "text/html; charset=utf-8", pages[path[1:]].encode())
        return Answer(404, "text/plain", LOST)

    return answer


def server(theme, pages):
    """The same for ``route``: any address can be answered so, ``https`` too, but slowly."""
    answer = answers(theme, pages)

    def serve(route):
        found = answer(urlsplit(route.request.url).path)
        route.fulfill(status=found.status, content_type=found.kind, body=found.body)

    return serve


@contextmanager
def proxy(answer):
    """Address of a proxy that answers by itself for every ``http`` address.

    A browser reads pages through it several times as fast as when each of its requests is handed
    to the test.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body leave together: neither waits for the other to be received
        disable_nagle_algorithm = True

        def do_GET(self):
            found = answer(urlsplit(self.path).path)
            self.send_response(found.status)
            self.send_header("Content-Type", found.kind)
            self.send_header("Content-Length", str(len(found.body)))
            if found.lasting:
                self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *told):
            """Nothing: what is missing is told by the browser."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *told):
            """Nothing: a tab that closes breaks its connections."""

    with Server(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()
