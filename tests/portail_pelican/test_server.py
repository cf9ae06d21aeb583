"""The server of previews."""

from __future__ import annotations

import http.server
import threading
import urllib.request
from functools import partial
from pathlib import Path

from portail_pelican.server import PreviewHandler


def test_calendars_are_served_as_calendars(tmp_path: Path) -> None:
    (tmp_path / "agenda.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    handler = partial(PreviewHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/agenda.ics"
        with urllib.request.urlopen(address) as answer:
            assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
            assert answer.headers["Cache-Control"] == "no-store"
        server.shutdown()
