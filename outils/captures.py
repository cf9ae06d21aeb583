"""Pictures of the built sites, for eyes: one page of each shape, three widths, light, dark, print.

Usage: captures.py OUTPUT FOLDER [NAME…]: pictures of the site built in OUTPUT go to FOLDER; with
names, every page whose address contains one of them. Exit codes: 0, 2 (no browser).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from audit_axe import browser, context, file_of
from npm import ToolMissing
from pages import address, by_shape, html_pages, site_url

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

WIDTHS = (390, 800, 1280)
SCHEMES = ("light", "dark")
EAGER = """addEventListener('DOMContentLoaded', () => {
  for (const one of document.images) [one.loading, one.decoding] = ['eager', 'sync'];
})"""
"""Pictures below the first screen wait for a reader who scrolls, and none is shown before it is
decoded: here there is no reader, and no later."""
WORDS = {"light": "clair", "dark": "sombre"}


def main(arguments: list[str]) -> int:
    """Take every picture; says where they are."""
    if len(arguments) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    output, folder, names = Path(arguments[0]).resolve(), Path(arguments[1]), arguments[2:]
    folder.mkdir(parents=True, exist_ok=True)
    pages = html_pages(output)
    chosen = (
        [page for page in pages if any(name in address(output, page) for name in names)]
        if names
        else by_shape(output, pages)
    )
    try:
        count = take(output, chosen, folder)
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    print(f"{count} pictures in {folder}")
    return 0


def take(output: Path, pages: list[Path], folder: Path) -> int:
    """Pictures of ``pages`` in every width and scheme, and a print of the agenda; their number."""
    url, count = site_url(output), 0
    with browser() as chromium:
        for scheme in SCHEMES:
            for width in WIDTHS:
                with context(chromium, scheme, width) as visitor:
                    for page in pages:
                        tab = opened(visitor, output, url, page)
                        name = f"{file_name(output, page)}-{width}-{WORDS[scheme]}.png"
                        tab.screenshot(path=folder / name, full_page=True)
                        tab.close()
                        count += 1
        with context(chromium, "light", 800) as visitor:
            for page in (place for place in pages if address(output, place).startswith("/agenda/")):
                tab = opened(visitor, output, url, page)
                tab.pdf(path=folder / f"{file_name(output, page)}-papier.pdf", format="A4")
                tab.close()
                count += 1
    return count


def opened(visitor: BrowserContext, output: Path, url: str, page: Path) -> Page:
    """A tab with the page, its files served from ``output`` and nothing from elsewhere."""

    def serve(route: Route) -> None:
        path = file_of(output, url, route.request.url)
        route.fulfill(path=path) if path else route.abort()

    tab = visitor.new_page()
    tab.route("**/*", serve)
    tab.add_init_script(EAGER)
    tab.goto(url + address(output, page), wait_until="networkidle")
    return tab


def file_name(output: Path, page: Path) -> str:
    """``lieux-la-coupole`` for ``/lieux/la-coupole/``."""
    return address(output, page).strip("/").replace("/", "-").removesuffix(".html") or "accueil"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
