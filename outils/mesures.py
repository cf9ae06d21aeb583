"""What the look of the site must measure, found in the built demonstration.

A line for each measure, what was found, what is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit_axe import MILLISECONDS, browser
from audit_budget import KB, visit
from pages import address, by_shape, is_redirect, site_url
from serving import elsewhere, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE, DESK = (390, 844), (1280, 900)
PLACE = "/lieux/la-coupole/"
_LINES = 29


@dataclass(frozen=True)
class Measure:
    """What is measured, and the most that it may be."""

    name: str
    asked: float
    unit: str
    find: Callable[[Site], float]


@dataclass(frozen=True)
class Site:
    """A built site, served at ``host``, in a browser."""

    output: Path
    host: str
    chromium: Browser
    pages: list[Path]

    @contextmanager
    def opened(self, place: str, screen: tuple[int, int]) -> Iterator[Page]:
        """A tab at ``place``, every picture read, nothing moving."""
        width, height = screen
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
        )
        context.set_default_timeout(MILLISECONDS)
        tab = context.new_page()
        tab.route(elsewhere(self.host), lambda route: route.abort())
        tab.goto(self.host + place, wait_until="networkidle")
        yield tab
        context.close()

    def ask(self, place: str, screen: tuple[int, int], script: str) -> Any:
        """What ``script`` gives in the page at ``place``."""
        with self.opened(place, screen) as tab:
            return tab.evaluate(script)


TOP = """() => Math.round(scrollY + document.querySelector('#Resultats .carte-titre')
  .getBoundingClientRect().top)"""
HEIGHT = "() => document.documentElement.scrollHeight"
LISTED = """() => {
  const lines = document.querySelectorAll('#Resultats .jour .carte-titre').length;
  const list = document.getElementById('Resultats').getBoundingClientRect().height;
  return [lines, list, document.documentElement.scrollHeight]; }"""
TITLES = """() => [...document.querySelectorAll('main h2')].filter((one) => one.checkVisibility()
    && one.getBoundingClientRect().width > 1).map((one) => {
  const { fontSize, fontWeight } = getComputedStyle(one); return `${fontSize} ${fontWeight}`; })"""


def agenda_height(site: Site) -> float:
    """Of the agenda on a phone, had it 29 lines."""
    lines, listed, whole = site.ask("/agenda/", PHONE, LISTED)
    return round(whole - listed + listed * _LINES / max(lines, 1))


def titles(site: Site) -> float:
    """Sizes and weights of second titles, over one page of each shape, on a desk."""
    titles: set[str] = set()
    with site.opened("/", DESK) as tab:
        for page in by_shape(site.output, site.pages):
            place = address(site.output, page)
            if not place.startswith(("/embarquer/", "/admin/")) and "/affiche" not in place:
                tab.goto(site.host + place)
                titles |= {*tab.evaluate(TITLES)}
    return len(titles)


def events(site: Site) -> list[Path]:
    """Pages of events, the lightest first."""
    paths = site.output.glob("evenements/*/index.html")
    return sorted(
        (path for path in paths if not is_redirect(path)), key=lambda path: path.stat().st_size
    )


def middle_event(site: Site) -> Path:
    """The page of an event as long as most: half are lighter, not compressed."""
    paths = events(site)
    return paths[len(paths) // 2]


def event_source(site: Site) -> float:
    """kB of the HTML of the middle event, not compressed."""
    return round(middle_event(site).stat().st_size / KB, 1)


def transferred(place: Callable[[Site], Path]) -> Callable[[Site], float]:
    """kB that a first visit to a page on a phone takes, compressed."""

    def find(site: Site) -> float:
        first = visit(site.chromium, site.output, site.host, place(site), PHONE)
        return round(first.weights["total"] / KB, 1)

    return find


LOOK = (
    Measure("agenda, 390 px: first event", 500, "px", lambda s: s.ask("/agenda/", PHONE, TOP)),
    Measure("agenda, 390 px: height of 29 lines", 6000, "px", agenda_height),
    Measure("directory, 1280 px: first place", 600, "px", lambda s: s.ask("/lieux/", DESK, TOP)),
    Measure("La Coupole, 390 px: height", 6000, "px", lambda s: s.ask(PLACE, PHONE, HEIGHT)),
    Measure("h2: sizes and weights", 4, "", titles),
    # 14 is asked: the frame is 6.6, what is told of the event the rest. Quotes, line ends and end
    # tags that HTML lets one leave out are 1.2 of it, 0.1 once compressed; what reads text from
    # tags needs line ends.
    Measure("event: HTML, raw", 15.8, "kB", event_source),
    Measure("home: transferred", 90, "kB", transferred(lambda s: s.output / "index.html")),
    Measure("event: transferred", 85, "kB", transferred(middle_event)),
)


def row(name: str, figure: float, limit: float, unit: str) -> str:
    """A line of the table."""
    verdict = "ok" if figure <= limit else "OVER"
    return f"{name:44}{figure:>10g}{limit:>10g}  {unit:6}{verdict}"


def measured(output: Path, pages: list[Path]) -> tuple[list[str], list[str]]:
    """What is over, and the table of what is found. Raises ``ToolMissing``."""
    with browser() as chromium, served(output, site_url(output), packed=True) as host:
        site = Site(output, host, chromium, pages)
        found = [(one, one.find(site)) for one in LOOK]
    over = [f"{one.name} — {figure:g} {one.unit}" for one, figure in found if figure > one.asked]
    head = f"{'':44}{'found':>10}{'at most':>10}"
    return over, [head, *(row(one.name, figure, one.asked, one.unit) for one, figure in found)]
