"""Pictures of the built sites, for eyes: one page of each shape, three widths, light, dark.

Usage: captures.py OUTPUT FOLDER [NAME…]: pictures of the site built in OUTPUT go to FOLDER; with
names, every page whose address contains one of them. Exit codes: 0, 2 (no browser).

A FOLDER of documents (``DOCUMENTS``) has its own pictures, beside ``titres.txt``, what their pages
were made of that day: a test compares it with those of today. ``make images`` takes them all.
Fields of dates are those of the browser: it needs its French texts (Debian: chromium-l10n), and not
to be a headless shell.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html
from PIL import Image

from audit_axe import browser, context, file_of
from npm import ToolMissing
from pages import address, by_shape, html_pages, site_url
from serving import served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (390, 800, 1280)
SCHEMES = ("light", "dark")
EAGER = """addEventListener('DOMContentLoaded', () => {
  for (const one of document.images) [one.loading, one.decoding] = ['eager', 'sync'];
})"""
"""Pictures below the first screen wait for a reader who scrolls, and none is shown before it is
decoded: here there is no reader, and no later."""
QUALITY = 55


def main(arguments: list[str]) -> int:
    """Take every picture; says where they are."""
    if len(arguments) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    output, folder, names = (
        Path(arguments[0]).resolve(),
        Path(arguments[1]).resolve(),
        arguments[2:],
    )
    folder.mkdir(parents=True, exist_ok=True)
    pages = html_pages(output)
    chosen = (
        [page for page in pages if any(name in address(output, page) for name in names)]
        if names
        else by_shape(output, pages)
    )
    shown = DOCUMENTS.get(relpath(folder, ROOT), {})
    try:
        count = illustrate(output, shown, folder) if shown else take(output, chosen, folder)
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    print(f"{count} pictures in {folder}")
    return 0


def take(output: Path, pages: list[Path], folder: Path) -> int:
    """Pictures of ``pages`` in every width and scheme; their number."""
    url = site_url(output)
    with browser() as chromium:
        for scheme in SCHEMES:
            for width in WIDTHS:
                with context(chromium, scheme, width) as visitor:
                    for page in pages:
                        tab = opened(visitor, output, url, page)
                        name = f"{file_name(output, page)}-{width}-{scheme}.png"
                        tab.screenshot(path=folder / name, full_page=True)
                        tab.close()
    return len(pages) * len(WIDTHS) * len(SCHEMES)


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


def illustrate(output: Path, shown: Mapping[str, Shown], folder: Path) -> int:
    """What windows show, light enough for a page; how many they are."""
    with browser() as chromium, served(output, site_url(output)) as host:
        for name, (place, (width, height), prepare) in shown.items():
            with context(chromium, "light", width) as visitor:
                tab = visitor.new_page()
                tab.set_viewport_size({"width": width, "height": height})
                tab.goto(host + place, wait_until="networkidle")
                prepare(tab)
                with Image.open(io.BytesIO(tab.screenshot())) as picture:
                    picture.save(folder / f"{name}.webp", quality=QUALITY, method=6)
    lines = "\n".join(outline(output, shown))
    (folder / "titres.txt").write_text(f"{lines}\n", encoding="utf-8")
    return len(shown)


def outline(output: Path, shown: Mapping[str, Shown]) -> list[str]:
    """The titles, fields and buttons of pages, that are the theme’s and no content’s."""
    pages = [output / place[1:] / "index.html" for place, _, _ in shown.values()]
    roots = [html.document_fromstring(page.read_text("utf-8")) for page in pages]
    elements = [one for root in roots for one in root.iter("h2", "legend", "button")]
    return [*dict.fromkeys(" ".join("".join(map(str, one.itertext())).split()) for one in elements)]


def plain(tab: Page) -> None:
    """The page as it comes."""


def filled(tab: Page) -> None:
    """An event on its way: a title, two sessions, a place of the directory."""
    tab.get_by_label("Titre").fill("Observer une goutte d’eau")
    tab.get_by_label("Résumé").first.fill(
        "Avec un microscope et une mare, rencontrez ce qui vit dans une goutte d’eau."
    )
    tab.get_by_label("Atelier", exact=False).first.check()
    tab.get_by_role("button", name="Ajouter une séance").click()
    for rank, day in enumerate(("2027-10-03", "2027-10-10")):
        row = tab.locator("[data-lignes=seances] > .rang").nth(rank)
        row.get_by_label("Jour").first.fill(day)
        row.get_by_label("De", exact=True).fill("15:00")
        row.get_by_label("À", exact=True).fill("17:00")
    tab.locator("#C-lieu").press_sequentially("fabrique")
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.locator("#Carte-ligne time, #Carte-ligne .eph").first.wait_for()
    tab.locator("#Bloc-quand").evaluate("one => one.scrollIntoView()")
    tab.evaluate("scrollBy(0, -40)")


def mended(tab: Page) -> None:
    """What is left to mend."""
    filled(tab)
    row = tab.locator("[data-lignes=seances] > .rang").nth(1)
    row.get_by_label("À", exact=True).fill("14:00")
    tab.get_by_role("button", name="Vérifier et relire").click()
    tab.locator("#Sommaire h2").wait_for()
    tab.evaluate("scrollBy(0, -120)")


Shown = tuple[str, tuple[int, int], Callable[["Page"], None]]
"""The address of a page, the size of the window, what is done in it first."""
DESK = (1100, 760)
HOME: Mapping[str, Shown] = {
    "accueil": ("/", (1280, 860), plain),
    "telephone": ("/", (390, 780), plain),
}
DOCUMENTS: Mapping[str, Mapping[str, Shown]] = {
    "docs/images": {"accueil": HOME["accueil"]},
    "docs/tutoriel/images": HOME,
    "docs/contribuer/images": {
        "contribuer": ("/contribuer/", DESK, plain),
        "formulaire": ("/contribuer/evenement/", DESK, filled),
        "corriger": ("/contribuer/evenement/", DESK, mended),
    },
}
"""Folder of documents → its pictures."""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
