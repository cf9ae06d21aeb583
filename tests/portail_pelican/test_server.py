"""The server of previews."""

from __future__ import annotations

import http.server
import threading
import urllib.request
from functools import partial
from pathlib import Path

from portail_pelican.server import PreviewHandler

TYPES = {
    "agenda.ics": "text/calendar; charset=utf-8",
    "themes/eau/flux.xml": "application/xml; charset=utf-8",
    "themes/eau/flux.json": "application/feed+json",
    "flux/abonnements.opml": "text/x-opml; charset=utf-8",
    "api/v1/evenements.json": "application/json",
    "api/v1/evenements.csv": "text/csv; charset=utf-8",
    "api/v1/lieux.geojson": "application/geo+json",
    "api/v1/schemas/lieux.schema.json": "application/schema+json",
    "lieux/index.html": "text/html",
}


def test_files_are_served_as_what_they_are(tmp_path: Path) -> None:
    for name in TYPES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    handler = partial(PreviewHandler, directory=str(tmp_path))
    found = {}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in TYPES:
            address = f"http://127.0.0.1:{server.server_address[1]}/{name}"
            with urllib.request.urlopen(address.removesuffix("index.html")) as answer:
                found[name] = answer.headers["Content-Type"]
                assert answer.headers["Cache-Control"] == "no-store"
        server.shutdown()
    assert found == TYPES
