"""Marks of layout that a browser counts: what is right alone and wrong beside another.

Five rules, on a page as it is shown: no empty band inside a card; no text cut by its box; no two
pictures that touch without a title between; no fact told twice in one screen; no line that is one
sign, begins with one, or parts a number from its noun. ``python outils/audit.py output boites
--weights`` counts them by rule and page, on twenty pages at eight widths; the tests, on
the wall (``theme/templates/apercu/mur.html``).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit_axe import browser, context
from pages import address, html_pages, is_redirect, shape
from portail.site.redirections import is_owned
from portail.text.spaces import LOOSE
from serving import elsewhere, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 360, 390, 768, 1024, 1280, 1440, 1920)
RULES = ("band", "cut", "pictures", "twice", "line")
SHAPES = (
    "/", "/agenda", "/agenda/N", "/agenda/N/N", "/articles", "/articles/*", "/catalogue",
    "/classes", "/contribuer", "/contribuer/*", "/dossiers", "/dossiers/*", "/evenements/*",
    "/lieux", "/lieux/*", "/presse", "/ressources/*", "/temps-forts/*", "/territoires/*",
    "/themes/*",
)  # fmt: skip
"""The longest page of each of these shapes of address is looked at."""
CONTENTS = ("/articles/*", "/dossiers/*", "/evenements/*", "/lieux/*", "/ressources/*")

MARKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


class Mark(NamedTuple):
    """A breach of a rule, on a page of a width."""

    place: str
    width: int
    rule: str
    where: str
    text: str


def marks(tab: Page, place: str, widths: tuple[int, ...] = WIDTHS) -> list[Mark]:
    """The marks of the page that ``tab`` shows, at each width."""
    found = []
    for width in widths:
        tab.set_viewport_size({"width": width, "height": 900})
        found += [Mark(place, width, *one) for one in tab.evaluate(MARKS, LOOSE)]
    return found


def chosen(output: Path) -> list[Path]:
    """The longest page of each shape, a content's where lists of its kind share its shape."""
    longest: dict[str, Path] = {}
    for page in sorted(html_pages(output), key=lambda page: page.stat().st_size):
        place = address(output, page)
        key = shape(place)
        if key in SHAPES and not is_redirect(page) and not (key in CONTENTS and is_owned(place)):
            longest[key] = page
    return sorted(longest.values())


def check_marks(output: Path, url: str) -> tuple[list[str], list[str]]:
    """(findings, count of each rule by page); a finding is ``/address/ (width) — text``.

    Raises ``ToolMissing`` without a browser.
    """
    found: list[Mark] = []
    places: list[str] = []
    with (
        browser() as chromium,
        served(output, url) as host,
        context(chromium, "light", WIDTHS[0]) as visitor,
    ):
        tab = visitor.new_page()
        tab.route(elsewhere(host), lambda route: route.abort())
        for page in chosen(output):
            places.append(address(output, page))
            tab.goto(host + places[-1], wait_until="networkidle")
            found += marks(tab, places[-1])
    findings = [
        f"{mark.place} ({mark.width} px) — {mark.rule}: {mark.text} [{mark.where}]"
        for mark in found
    ]
    return findings, counted(found, places)


def counted(found: list[Mark], places: list[str]) -> list[str]:
    """The count of each rule, page after page, then over all."""
    counts = Counter((mark.place, mark.rule) for mark in found)
    total = Counter(mark.rule for mark in found)
    rows = {place: [counts[place, rule] for rule in RULES] for place in places}
    rows[f"{len(found)} marks"] = [total[rule] for rule in RULES]
    head = f"{'':44}" + "".join(f"{rule:>10}" for rule in RULES)
    return [head, *(f"{name:44.44}{''.join(f'{n:10}' for n in row)}" for name, row in rows.items())]
