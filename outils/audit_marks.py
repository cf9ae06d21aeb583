"""Marks of layout that a browser counts: what is right alone and wrong beside another.

Five rules, on a page as it is shown: no empty band inside a card; no text cut by its box; no two
pictures that touch without a title between; no fact told twice in one screen; no line that is one
sign, begins with one, has more than ninety, or parts a number from its noun. ``python
outils/audit.py output boites --weights`` counts them by rule and page, on some twenty pages at
eight widths and on paper; ``make audit``, on five days; the tests, on lists of the showcase.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audit_axe import browser, context
from pages import address, by_shape, html_pages, shape
from portail.site.redirections import is_owned
from portail.text.spaces import LOOSE
from serving import elsewhere, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (320, 360, 390, 768, 1024, 1280, 1440, 1920)
NARROW = 360
PAPER = 680
"""Of an A4 sheet, without its margins."""
WIDE = 1280
SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
RULES = ("band", "cut", "pictures", "twice", "line")
SHAPES = (
    "/", "/agenda", "/agenda/N", "/agenda/N/N", "/articles", "/articles/*", "/catalogue",
    "/classes", "/contribuer", "/contribuer/*", "/dossiers", "/dossiers/*", "/evenements/*",
    "/lieux", "/lieux/*", "/newsletter", "/newsletter/N", "/presse", "/ressources/*",
    "/temps-forts/*", "/territoires/*", "/themes/*",
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


def marks(tab: Page, place: str, widths: Sequence[int] = WIDTHS) -> list[Mark]:
    """The marks of the page that ``tab`` shows: at each width, where the system chooses colours, on
    paper, then the texts cut when a reader parts lines, words and letters (WCAG 1.4.12)."""
    found = [mark for width in widths for mark in _counted(tab, place, width)]
    tab.emulate_media(forced_colors="active", color_scheme="dark")
    found += _counted(tab, place, NARROW)
    tab.emulate_media(forced_colors="none", color_scheme="light", media="print")
    found += _counted(tab, place, PAPER)
    tab.emulate_media(media="screen")
    tab.evaluate(SPACE)
    spaced = _counted(tab, place, NARROW) + _counted(tab, place, WIDE)
    return found + [mark for mark in spaced if mark.rule == "cut"]


def _counted(tab: Page, place: str, width: int) -> list[Mark]:
    tab.set_viewport_size({"width": width, "height": 900})
    return [Mark(place, width, *one) for one in tab.evaluate(MARKS, LOOSE)]


def chosen(output: Path) -> list[Path]:
    """The longest page of each shape, a content's where lists of its kind share its shape."""
    places = {address(output, page): page for page in html_pages(output)}
    pages = [
        page
        for place, page in places.items()
        if shape(place) in SHAPES and not (shape(place) in CONTENTS and is_owned(place))
    ]
    return by_shape(output, pages)


def check_marks(output: Path, url: str) -> tuple[list[str], list[str]]:
    """(findings, count of each rule by page); a finding is ``/address/ (width) — text``.

    Raises ``ToolMissing`` without a browser.
    """
    found: list[Mark] = []
    places: list[str] = []
    with (
        browser() as chromium,
        served(output, url) as host,
        context(chromium, "light", NARROW) as visitor,
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
