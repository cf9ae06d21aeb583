"""Screen captures of the guides for contributors, taken from the form of a new portal.

Usage: LANGUAGE=fr captures_guides.py OUTPUT, the folder of a portal of no region built on 20
September 2027 with the examples that new portals have; pictures go to
``docs/contribuer/images/``: portals of every region show them. Fields of dates are those of
the browser: it needs its French texts (Debian: chromium-l10n), and not to be a headless shell.
Exit codes: 0, 2 (no browser).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from audit_axe import browser, context
from npm import ToolMissing
from pages import site_url
from serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "contribuer" / "images"
WIDTH, HEIGHT = 1100, 760
QUALITY = 60
EVENT = "/contribuer/evenement/"


def main(arguments: list[str]) -> int:
    """Take every picture; says where they are."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    output = Path(arguments[0]).resolve()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with browser() as chromium, served(output, site_url(output)) as host:
            for name, (place, prepare) in CAPTURES.items():
                with opened(chromium, host + place) as tab:
                    prepare(tab)
                    save(tab, FOLDER / f"{name}.webp")
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    print(f"{len(CAPTURES)} pictures in {FOLDER}")
    return 0


@contextmanager
def opened(chromium: Browser, address: str) -> Iterator[Page]:
    """A tab with a page whose scripts have run."""
    with context(chromium, "light", WIDTH) as visitor:
        tab = visitor.new_page()
        tab.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        yield tab


def save(tab: Page, path: Path) -> None:
    """What the window shows, light enough for a page."""
    picture = Image.open(io.BytesIO(tab.screenshot()))
    picture.save(path, "WEBP", quality=QUALITY, method=6)


def landing(tab: Page) -> None:
    """The six kinds."""


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


CAPTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "contribuer": ("/contribuer/", landing),
    "formulaire": (EVENT, filled),
    "corriger": (EVENT, mended),
}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
