"""Draw the pictures of the demonstration: SVG sources, then the JPEG files beside the articles.

Usage: ``dessins.py [--check]``. The SVG files of ``outils/dessins/`` come from the data below, the
same bytes at every run; Chromium then renders them with the theme's fonts. With ``--check``
nothing is written or rendered: exit 1 if a source is not the script's, or a picture is missing or
too heavy. Exit codes: 0, 1 (``--check`` found something), 2 (no browser).
"""

from __future__ import annotations

import base64
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path(__file__).resolve().parent / "dessins"
ARTICLES = ROOT / "content" / "articles"
FONT = ROOT / "theme" / "static" / "fonts" / "bricolage-grotesque.woff2"
QUALITY = 84
BUDGET = 150_000
"""Largest size of one JPEG file, in bytes."""

# The light colours of theme/static/css/tokens.css, by their names there.
FOND, ENCRE, ENCRE_2, TRAIT = "#FBF9F3", "#16191D", "#4A515B", "#D9D0BE"
GUEDE, GUEDE_FOND, BRIQUE, SIGNAL = "#1D4A7A", "#DCE7F2", "#A63A24", "#F2B33D"
HOUBLON, OPALE, BETTERAVE, IRIS = "#2C6236", "#0B6170", "#8C2155", "#54389B"
CHICOREE, ACIER, LIE = "#85500B", "#3C5A6B", "#6B2D5C"

MONTHS = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()


@dataclass(frozen=True)
class Mark:
    """A yearly event on the ring: month (1–12), shift in degrees from its middle, name, colour."""

    month: int
    shift: float
    name: str
    colour: str


MARKS = (
    Mark(1, 0, "Nuits de la lecture", BETTERAVE),
    Mark(2, 0, "Février des Sciences", GUEDE),
    Mark(3, 0, "Semaine des maths", IRIS),
    Mark(5, 0, "Pint of Science", LIE),
    Mark(6, 0, "Journées de l’archéologie", CHICOREE),
    Mark(9, -9, "Journées du patrimoine", OPALE),
    Mark(9, 9, "Développement durable", HOUBLON),
    Mark(10, 0, "Fête de la science", BRIQUE),
    Mark(11, 0, "Semaine de l’industrie", ACIER),
)

CONTRIBUTIONS = (
    ("Événements", 359, GUEDE),
    ("Articles", 138, BRIQUE),
    ("Annonces", 35, CHICOREE),
    ("Ressources", 11, HOUBLON),
    ("Autres", 4, ENCRE_2),
)
"""Echosciences Hauts-de-France in 2021: 547 announced, 543 itemised, four others."""


@dataclass(frozen=True)
class Drawing:
    """One picture: name of its source, folder of its article, size in pixels, how it is drawn."""

    name: str
    article: str
    width: int
    height: int
    draw: Callable[[], Iterator[str]]

    @property
    def source(self) -> Path:
        """Where its SVG file is."""
        return SOURCES / f"{self.name}.svg"

    @property
    def picture(self) -> Path:
        """Where its JPEG file is."""
        return ARTICLES / self.article / "dessin.jpg"

    def svg(self) -> str:
        """The whole SVG file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="Bricolage Grotesque">'
        )
        ground = f'<rect width="{self.width}" height="{self.height}" fill="{FOND}"/>'
        return "\n".join([head, ground, *self.draw(), "</svg>", ""])


def calendar() -> Iterator[str]:
    """Twelve months around a centre that echoes, and the events on their ring."""
    centre, ring = (800.0, 500.0), 285.0
    for radius, opacity in ((760, 0.25), (640, 0.35), (530, 0.5), (430, 0.7)):
        yield circle(centre, radius, stroke=GUEDE_FOND, width=6, opacity=opacity)
    yield circle(centre, ring, fill=GUEDE_FOND, stroke=GUEDE, width=3)
    yield circle(centre, 238, fill=FOND)
    for radius in (36, 72, 108, 144):
        yield circle(centre, radius, stroke=GUEDE, width=5 - radius / 40, opacity=1 - radius / 220)
    yield circle(centre, 16, fill=BRIQUE)
    for month, name in enumerate(MONTHS, start=1):
        busy = any(mark.month == month for mark in MARKS)
        place = around(centre, 193, angle(month))
        yield text(
            place, name, size=32, colour=ENCRE if busy else ENCRE_2, weight=700 if busy else 400
        )
    for mark in MARKS:
        yield from event(centre, ring, mark)


def event(centre: tuple[float, float], ring: float, mark: Mark) -> Iterator[str]:
    """The disc of an event, its echo and its name outside the ring."""
    degrees = angle(mark.month, mark.shift)
    place = around(centre, ring, degrees)
    for radius, opacity in ((44, 0.35), (34, 0.6)):
        yield circle(place, radius, stroke=mark.colour, width=3, opacity=opacity)
    yield circle(place, 24, fill=mark.colour)
    x, y = around(centre, ring + 62, degrees)
    anchor = "start" if x >= centre[0] else "end"
    yield text((x, y), mark.name, size=33, colour=mark.colour, weight=700, anchor=anchor)


def contributions() -> Iterator[str]:
    """One bar for each kind of contribution, to scale, and their total."""
    left, top, step, thickness, scale = 330, 190, 92, 58, 2.0
    yield text((60, 76), "547 contributions en 2021", size=44, weight=800, anchor="start")
    line = "Echosciences Hauts-de-France : les deux tiers annoncent un événement"
    yield text((60, 128), line, size=29, colour=ENCRE_2, anchor="start")
    for row, (name, value, colour) in enumerate(CONTRIBUTIONS):
        y = top + row * step
        middle = y + thickness / 2
        length = value * scale
        yield text((left - 24, middle), name, size=34, weight=600, anchor="end")
        dashes = f' stroke="{colour}" stroke-width="3" stroke-dasharray="6 5"'
        style = f'fill="{FOND}"{dashes}' if name == CONTRIBUTIONS[-1][0] else f'fill="{colour}"'
        yield f'<rect x="{left}" y="{y}" width="{number(length)}" height="{thickness}" {style}/>'
        yield text((left + length + 22, middle), str(value), size=38, weight=800, anchor="start")
    bottom = top + len(CONTRIBUTIONS) * step - 20
    yield f'<path d="M{left} {top - 14}V{bottom}" stroke="{ENCRE}" stroke-width="4"/>'


def angle(month: int, shift: float = 0) -> float:
    """Degrees of a month's middle, clockwise from three o'clock; January starts at noon."""
    return (month - 0.5) * 30 - 90 + shift


def around(centre: tuple[float, float], radius: float, degrees: float) -> tuple[float, float]:
    """The point at ``radius`` pixels from ``centre``, ``degrees`` clockwise from three o'clock."""
    turn = math.radians(degrees)
    return centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)


def number(value: float) -> str:
    """At most one decimal: ``12`` or ``12.5``, the same on every machine."""
    return f"{round(value, 1):g}"


def circle(
    centre: tuple[float, float],
    radius: float,
    *,
    fill: str = "none",
    stroke: str = "none",
    width: float = 0,
    opacity: float = 1,
) -> str:
    """A circle element."""
    place = f'cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}"'
    line = f' stroke="{stroke}" stroke-width="{number(width)}"' if width else ""
    faint = f' opacity="{round(opacity, 2):g}"' if opacity < 1 else ""
    return f'<circle {place} fill="{fill}"{line}{faint}/>'


def text(
    place: tuple[float, float],
    words: str,
    *,
    size: int,
    colour: str = ENCRE,
    weight: int = 400,
    anchor: str = "middle",
) -> str:
    """A text element, centred on the height of ``place``."""
    x, y = number(place[0]), number(place[1] + size * 0.35)
    style = f'font-size="{size}" font-weight="{weight}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'


DRAWINGS = (
    Drawing("calendrier", "une-annee-de-rendez-vous-avec-les-sciences", 1600, 1000, calendar),
    Drawing("contributions", "echosciences-hauts-de-france-cinq-ans", 1200, 680, contributions),
)


def main(arguments: list[str]) -> int:
    """Write or check the sources and the pictures."""
    if "--check" in arguments:
        faults = list(check())
        print("\n".join(faults) or f"{len(DRAWINGS)} drawings are the script's.")
        return 1 if faults else 0
    SOURCES.mkdir(exist_ok=True)
    for drawing in DRAWINGS:
        drawing.source.write_text(drawing.svg(), encoding="utf-8")
    return render()


def check() -> Iterator[str]:
    """One line for each file that is missing, not the script's or too heavy."""
    for drawing in DRAWINGS:
        if not drawing.source.is_file() or drawing.source.read_text("utf-8") != drawing.svg():
            yield f"{drawing.source.relative_to(ROOT)}: not what the script draws."
        if not drawing.picture.is_file():
            yield f"{drawing.picture.relative_to(ROOT)}: missing."
        elif (size := drawing.picture.stat().st_size) > BUDGET:
            yield f"{drawing.picture.relative_to(ROOT)}: {size} bytes, {BUDGET} at most."


def render() -> int:
    """Make the JPEG files with Chromium; says their sizes."""
    from audit_axe import browser
    from npm import ToolMissing

    font = base64.b64encode(FONT.read_bytes()).decode("ascii")
    face = (
        "@font-face{font-family:'Bricolage Grotesque';font-weight:200 800;"
        f"src:url(data:font/woff2;base64,{font})}}body{{margin:0}}svg{{display:block}}"
    )
    try:
        with browser() as chromium:
            for drawing in DRAWINGS:
                page = chromium.new_page(
                    viewport={"width": drawing.width, "height": drawing.height}
                )
                page.set_content(f"<style>{face}</style>{drawing.svg()}")
                page.evaluate("document.fonts.ready")
                drawing.picture.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=drawing.picture, type="jpeg", quality=QUALITY)
                print(
                    f"{drawing.picture.relative_to(ROOT)}: {drawing.picture.stat().st_size} bytes"
                )
                page.close()
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
