"""Hand-made pages as a server would give them to a browser."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route

from portail_pelican.assets import sheets, stylesheet

ORIGIN = "http://portail.test"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"/>'

RUBAN = """\
[data-jour="2021-09-27"]{--q:"2";--dit:", 2 rendez-vous";--part:25%}
[data-jour="2021-10-02"]{--q:"8";--dit:", 8 rendez-vous";--part:100%}
:root:not([data-auj]) [data-jour="2021-09-28"]{--auj-fond:var(--signal);--auj-encre:\
var(--sur-signal);--auj-barre:var(--barre-signal);--auj-trait:4px;--auj-dit:", aujourd’hui"}
:root:not([data-auj]) [data-semaine="2021-s39"]{--auj:2}
"""
"""The sheet of the ribbon, built on a Tuesday; the pages are pinned to the Monday."""


def server(theme: Path, pages: Mapping[str, str]) -> Callable[[Route], None]:
    """Answers ``/<name>`` with a page, ``/theme/…`` with a file of the theme."""
    joined = {f"/theme/{name}": stylesheet(theme, name) for name in sheets(theme)}

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in joined:
            route.fulfill(body=joined[path], content_type="text/css")
        elif path.startswith("/theme/"):
            file = theme / "static" / path.removeprefix("/theme/")
            kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif path.startswith(("/empreintes/", "/fonds/")):
            route.fulfill(body=DRAWING, content_type="image/svg+xml")
        elif path == "/ruban.css":
            route.fulfill(body=RUBAN, content_type="text/css; charset=utf-8")
        elif path[1:] in pages:
            route.fulfill(body=pages[path[1:]], content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    return serve
