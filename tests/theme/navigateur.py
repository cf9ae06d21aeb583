"""Hand-made pages as a server would give them to a browser."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route

from portail_pelican.assets import stylesheet

ORIGIN = "http://portail.test"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400"/>'


def server(theme: Path, pages: Mapping[str, str]) -> Callable[[Route], None]:
    """Answers ``/<name>`` with a page, ``/theme/…`` with a file of the theme."""
    sheet = stylesheet(theme)

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/theme/css/portail.css":
            route.fulfill(body=sheet, content_type="text/css")
        elif path.startswith("/theme/"):
            file = theme / "static" / path.removeprefix("/theme/")
            kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif path.startswith("/empreintes/"):
            route.fulfill(body=DRAWING, content_type="image/svg+xml")
        elif path[1:] in pages:
            route.fulfill(body=pages[path[1:]], content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    return serve
