"""``portail serve``: a preview on this machine, built again and refreshed when a file changes."""

from __future__ import annotations

import errno
import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

import watchfiles

from portail.cli.contents import literal_settings
from portail.machine import reason_of
from portail.qr import qr_text
from portail.resources import brought, docs_dir, folders_of
from portail.terminal.readable import inform, is_terminal, say
from portail.terminal.text import counted, refusals, safe
from portail.text.addresses import address_parts

from .headers import by_ending, type_of
from .workshop import Preview

_KEPT = "l’aperçu montre la dernière version sans erreur."
_PUBLISHED = "l’aperçu montre ce qui peut l’être."
_FAILED = "La construction a échoué : l’aperçu montre le site d’avant."
_STOPPED = (
    "La construction s’est arrêtée sans rien dire : le terminal en montre peut-être la cause."
)
_PATIENCE = 2.0  # seconds
# Whether a workshop builds once and is replaced, as on Windows: elsewhere it builds in forks.
_ONCE = not hasattr(os, "fork")


class Builder:
    """Asks a workshop for builds of ``pelican ARGUMENTS`` and gives ``preview`` its answers;
    ``tables`` are the folders that a workshop reads once for all."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        content: Path,
        tables: Sequence[Path],
        preview: Preview,
    ) -> None:
        self._arguments = list(arguments)
        self._environment = dict(environment)
        self._content = content.resolve()
        self._preview = preview
        self._tables = tables
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._pending: set[Path] = set()  # what changed since the last build that ended
        self._held: set[Path] = set()  # what changed during a build that is let through
        self._since: float | None = None  # the first change of which nothing was shown yet
        self._lock = threading.RLock()
        self._good = False
        self.built = threading.Event()

    def ask(self, changed: Iterable[Path] = ()) -> None:
        """Build, since these files changed; a build that runs is ended, and the workshop too when
        code, settings or tables changed. Under one change after the other, a build is let through
        once nothing has been shown for ``_PATIENCE``: what changes meanwhile is for the next one.
        """
        with self._lock:
            paths = set(changed)
            code = any(path.suffix == ".py" for path in paths)
            if self._since is None:
                self._since = monotonic()
            elif not code and monotonic() - self._since > _PATIENCE:
                self._held |= paths
                return
            self._pending |= paths
            self._send(
                anew=code or any(path.is_relative_to(at) for path in paths for at in self._tables)
            )

    def _send(self, *, anew: bool) -> None:
        if self._channel is None or _ONCE or anew:
            self.stop()
            self._start()
        texts = []
        if all(map(self._is_text, self._pending)):
            texts = [*map(str, self._pending)]
        request = {"pages": self._preview.looked_at(), "keep": self._good, "texts": texts}
        with suppress(OSError):  # it is gone: its reader reports it
            assert self._channel is not None
            self._channel.sendall(json.dumps(request).encode() + b"\n")

    def _is_text(self, path: Path) -> bool:
        return path.suffix == ".md" and path.is_relative_to(self._content)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-m", "portail_pelican.workshop", str(number)]
            handles: dict[str, Any] = {"pass_fds": (number,)}
            if os.name == "nt":  # which knows handles, that a child inherits all or none
                theirs.set_inheritable(True)
                handles = {"close_fds": False}
            self._process = subprocess.Popen(
                [*command, *self._arguments], env=self._environment, **handles
            )
        self._channel = ours
        threading.Thread(target=self._listen, args=(ours,), daemon=True).start()

    def _listen(self, channel: socket.socket) -> None:
        with suppress(OSError), channel.makefile("rb") as lines:
            for line in lines:
                with suppress(ValueError):  # a build that was ended leaves half a line
                    self._hear(json.loads(line))
        if channel is self._channel:
            self._channel = None
            self._over(2, [], _STOPPED)

    def _hear(self, message: Mapping[str, Any]) -> None:
        if "page" in message:
            self._since = None
            self._preview.show(message["page"], message["bytes"])
        elif "first" in message:
            inform("L’accueil est prêt : les autres pages se font.\n", sys.stdout)
            self._preview.begin()
            self.built.set()
        else:
            self._over(message["code"], message["faults"], message["message"], message["files"])

    def _over(
        self, code: int, faults: list[Mapping[str, Any]], message: str, files: Sequence[str] = ()
    ) -> None:
        self._pending.clear()
        title = _FAILED
        if faults:
            many = counted(len(faults), ("erreur", "erreurs"))
            title = f"{many} : {_PUBLISHED if files or not self._good else _KEPT}"
        elif code:
            words = message or _STOPPED
            faults = [{"ou": "", "code": "", "message": words, "remede": "", "coller": ""}]
        if message:
            say(f"{title}\n", sys.stdout)
        whole = code == 0 and not self._good and files
        self._good = self._good or code == 0
        self._preview.finish(files, title, faults, published=code == 0 or bool(files))
        self.built.set()
        with self._lock:
            held = self._held
            self._held = set()
            self._since = None
            if whole:
                inform("Images montrées entières : leurs tailles se font.\n", sys.stdout)
            if held or whole:
                self.ask(held)

    def stop(self) -> None:
        channel = self._channel
        self._channel = None
        if channel is not None:
            with suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


# ``portail serve`` adds to its pages what refreshes them and shows faults; the site has none of it.

# URLs of the server itself: no name of a site begins with a point.
PREFIX = "/.apercu/"

SCRIPT = """\
// The server says when this page has changed, and what is wrong; its words are never markup.
(() => {
  const { vu } = document.currentScript.dataset;
  const page = decodeURI(location.pathname);
  let stream;
  let shown;

  function element(parent, name, text) {
    if (!text) return;
    parent.append(Object.assign(document.createElement(name), { textContent: text }));
  }

  function show({ titre, fautes }) {
    shown?.remove();
    if (!fautes.length) return;
    shown = document.createElement("portail-apercu");
    const inside = shown.attachShadow({ mode: "open" });
    const sheet = { rel: "stylesheet", href: "/.apercu/apercu.css" };
    inside.append(Object.assign(document.createElement("link"), sheet));
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    element(box, "h2", titre);
    const list = document.createElement("ol");
    for (const { ou, code, message, remede, coller } of fautes) {
      const row = document.createElement("li");
      element(row, "code", [ou, code].filter(Boolean).join(" "));
      element(row, "p", message);
      element(row, "p", remede && `→ ${remede}`);
      element(row, "pre", coller);
      list.append(row);
    }
    const close = Object.assign(document.createElement("button"), { textContent: "Masquer" });
    close.addEventListener("click", () => shown.remove());
    box.append(list, close);
    inside.append(box);
    document.body.append(shown);
  }

  // A browser opens few streams to a server: a page that nobody sees has none.
  function listen() {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource(`/.apercu/etat?${new URLSearchParams({ page, vu })}`);
    // A page on which one writes keeps what is not saved.
    if (!("garde" in document.documentElement.dataset))
      stream.addEventListener("page", () => location.reload());
    stream.addEventListener("fautes", (event) => show(JSON.parse(event.data)));
  }

  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", listen);
  document.addEventListener("visibilitychange", listen);
})();
"""

STYLE = """\
section {
  position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box;
  max-height: 60vh; overflow: auto; padding: 1rem 1.5rem; border-top: 4px solid #b3261e;
  background: #fff; color: #1c1b1a; font: 1rem/1.5 system-ui, sans-serif;
}
h2 { margin: 0 0 .5rem; font-size: 1.125rem; color: #8c1d18; }
ol { margin: 0; padding-left: 1.5rem; }
li { margin-bottom: .75rem; }
p { margin: .125rem 0; }
code { font-weight: 600; overflow-wrap: anywhere; }
pre { margin: .25rem 0; padding: .5rem; background: #f3efec; overflow: auto; }
button { min-height: 2.75rem; padding: 0 1rem; font: inherit; cursor: pointer; }
"""


def with_overlay(page: bytes, digest: str) -> bytes:
    """A page that follows the site; ``digest`` is the digest of its bytes.

    >>> with_overlay(b"<p>Bonjour</p></body></html>", "ab")
    b'<p>Bonjour</p><script src="/.apercu/apercu.js" data-vu="ab"></script></body></html>'
    """
    head, body, tail = page.rpartition(b"</body>")
    script = f'<script src="{PREFIX}apercu.js" data-vu="{escape(digest)}"></script>'.encode()
    if body:
        return head + script + body + tail
    return page + script


_FOLDER = Path(".cache/serve")
_HERE = ("", "localhost", "127.0.0.1", "::1")
_LOOPBACK = "127.0.0.1"
_SAID = {
    421: "L’aperçu ne répond qu’à l’adresse de sa propre machine, ou à localhost.",
    501: "L’aperçu ne fait que montrer le site : GET ou HEAD.",
}
_ILLEGIBLE = "Cette demande ne se lit pas."
# Seconds after which a stream writes a line, to learn whether someone listens.
_BREATH = 5.0


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Serves the preview: never cached, silent, with the site's own 404 page, refreshed."""

    def __init__(self, *args: Any, preview: Preview) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.folder))

    def parse_request(self) -> bool:
        """Answer by a name of this machine alone (DNS rebinding), for addresses in UTF-8 without
        NUL.
        """
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "")
        here = self._is_here(address_parts(f"//{host}").hostname or host)
        try:
            path = unquote(address_parts(self.path).path, errors="strict")
            legible = bool(path) and "\0" not in unquote(self.path)  # what is asked of a page too
        except ValueError:  # bytes of another encoding
            legible = False
        if here and legible:
            return True
        self.send_error(400 if here else 421)
        return False

    def _is_here(self, name: str) -> bool:
        # Whether ``name`` is this machine's: for who asks from elsewhere, the very address that
        # answers. No name of a site can be an address.
        return name in _HERE or name == self.connection.getsockname()[0]

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        url = f"/{Path(path).relative_to(self.directory).as_posix()}"
        return type_of(url) or by_ending(url) or super().guess_type(path)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for the report."""

    def do_GET(self) -> None:
        parts = address_parts(self.path)
        url = unquote(parts.path)
        if url.startswith(PREFIX):
            self._own(url.removeprefix(PREFIX), parse_qs(parts.query))
        elif url.endswith(("/", ".html")):
            self._page(url)
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code == 404:
            self._page(unquote(address_parts(self.path).path))
        else:
            self.request_version = "HTTP/1.0"  # that of a line without one has no status
            sentence = f"{_SAID.get(code, _ILLEGIBLE)}\n"
            self._send(sentence.encode(), "text/plain; charset=utf-8", code)

    def _page(self, url: str) -> None:
        code, page, digest = self._preview.page(url)
        framed = self.headers.get("Sec-Fetch-Dest") == "iframe"  # the page around it is refreshed
        html = page if framed else with_overlay(page, digest)
        self._send(html, "text/html; charset=utf-8", code)

    def _send(self, body: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _own(self, name: str, query: dict[str, list[str]]) -> None:
        if name == "apercu.js":
            self._send(SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif name == "apercu.css":
            self._send(STYLE.encode(), "text/css; charset=utf-8")
        elif name == "etat" and {"page", "vu"} <= query.keys():
            with suppress(OSError):  # nobody listens any more
                self._stream(query["page"][0], query["vu"][0])
        else:
            super().send_error(404)

    def _stream(self, page: str, digest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        turn = -1
        sent = None
        with self._preview.looking(page):
            while True:
                turn, state = self._preview.state(turn, _BREATH)
                if self._preview.page(page)[2] != digest:
                    self._event("page", {})
                    return
                if state is sent:
                    self.wfile.write(b":\n\n")
                else:
                    self._event("fautes", state)
                sent = state

    def _event(self, name: str, data: Any) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())


class PreviewServer(http.server.ThreadingHTTPServer):
    """A server of ``preview``, for this machine alone unless ``host`` says otherwise."""

    def __init__(self, preview: Preview, port: int = 0, host: str = _LOOPBACK) -> None:
        super().__init__((host, port), partial(PreviewHandler, preview=preview))

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Served(NamedTuple):
    """Where a preview is shown."""

    host: str
    port: int
    # The path opened in a browser of this machine, once it is there; empty for none.
    opens: str


def watch_and_serve(arguments: Sequence[str], served: Served, content: Path) -> int:
    """Build, serve, watch; returns 0 when interrupted, 2 when the address or port is taken."""
    folder = _FOLDER.resolve()
    with refusals(f"« {folder} » ne peut pas recevoir l’aperçu"):
        folder.mkdir(parents=True, exist_ok=True)
    preview = Preview(folder)
    try:
        server = PreviewServer(preview, served.port, served.host)
    except OSError as error:
        sys.stderr.write(_refused(served, error))
        return 2
    environment = {**os.environ, "PORTAIL_PREVIEW": "1", "PORTAIL_EN_PLACE": "1"}
    root = content.resolve().parent
    watched = [root / name for name in ("data", "greffons", "genres")]
    tables = [path.resolve() for path in (*watched, *folders_of(brought("data")))]
    builder = Builder([*arguments, "-o", str(folder)], environment, content, tables, preview)
    try:
        builder.ask()
        threading.Thread(target=_serve, args=(server, builder, served), daemon=True).start()
        _watch(builder, content)
    except KeyboardInterrupt:
        pass
    finally:
        builder.stop()
        server.server_close()
    return 0


def _refused(served: Served, error: OSError) -> str:
    host, port, _ = served
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est pris ({reason_of(error)}) : portail serve --port {port + 1}\n"
    return (
        f"L’adresse « {safe(host)} » ne peut pas servir l’aperçu ({reason_of(error)}). → Donnez "
        "une adresse de cette machine, ou « --host » seul pour toutes.\n"
    )


def _serve(server: PreviewServer, builder: Builder, served: Served) -> None:
    port = server.server_address[1]
    host = "localhost" if served.host in ("0.0.0.0", _LOOPBACK) else served.host  # noqa: S104
    address = f"http://{host}:{port}"
    builder.built.wait()  # an address is said once it answers
    say(f"Aperçu : {address} (Ctrl-C pour arrêter)\n", sys.stdout)
    if served.host != _LOOPBACK:
        say(shared(served.host, port), sys.stdout)
    if served.opens:
        webbrowser.open(f"{address}{served.opens}")
    server.serve_forever()


def shared(host: str, port: int) -> str:
    """The address for other devices, as a QR code too on a terminal."""
    there = network_address() if host == "0.0.0.0" else host  # noqa: S104
    if not there:
        return "Cette machine n’est sur aucun réseau : aucun autre appareil ne peut la joindre.\n"
    address = f"http://{there}:{port}/"
    sentence = (
        f"Sur un autre appareil du même réseau : {address}\n"
        "Qui est sur ce réseau y voit l’aperçu, brouillons compris.\n"
    )
    return (qr_text(address) if is_terminal(sys.stdout) else "") + sentence


def network_address() -> str:
    """The address of this machine on its network, ``""`` when it is on none. Nothing is sent: the
    system only says by which of its addresses it would go out (192.0.2.1 is nobody's, RFC 5737)."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("192.0.2.1", 9))
        return str(out.getsockname()[0])
    return ""


def _watch(builder: Builder, content: Path) -> None:
    # Tens of milliseconds: whoever writes waits for the page.
    for changes in watchfiles.watch(
        *_watched(content), debounce=200, step=20, raise_interrupt=True
    ):
        paths = {Path(path) for _, path in changes}
        names = sorted({safe(path.name) for path in paths})
        inform(f"Changé : {', '.join(names[:5])}\n", sys.stdout)
        builder.ask(paths)


def _watched(content: Path) -> Iterable[Path]:
    settings = literal_settings(Path())
    folders = (settings.get("THEME", ""), *settings.get("THEME_TEMPLATES_OVERRIDES", ()))
    ours = map(Path, ("theme", "data", "plugins", "greffons", "genres", *filter(None, folders)))
    brings = (*folders_of(brought("theme")), *folders_of(brought("data")), docs_dir())
    wanted = (content, *Path().glob("*.py"), *ours, *brings)
    return dict.fromkeys(path.resolve() for path in wanted if path.exists())
