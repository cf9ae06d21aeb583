"""The paper of sky charts: size, colours, words that stay readable on stars, and dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

import astronomy as a

from dessins import SIGNAL, text

WIDE, HIGH, GROUND = 1200, 750, 662
NIGHT, DUSK, EARTH, PALE, DIM = "#101D30", "#35557F", "#0A121E", "#FBF9F3", "#A9B8CC"
LINE, GLOW = "#5E7BA3", "#C98A5B"
COLOURS = {
    a.Body.Mercury: "#D8CFC0",
    a.Body.Venus: "#FFF3C9",
    a.Body.Mars: "#F08A63",
    a.Body.Jupiter: "#F6DDAE",
    a.Body.Saturn: SIGNAL,
    a.Body.Uranus: "#9FDAD5",
    a.Body.Neptune: "#9DBBF0",
}
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

Point = tuple[float, float]


def said(when: datetime) -> str:
    """``mardi 25 octobre 2022, 12 h 02``."""
    first = "1er" if when.day == 1 else str(when.day)
    hour = f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"
    return f"{DAYS[when.weekday()]} {first} {MONTHS[when.month - 1]} {when.year}, {hour}"


def whole(title: str, inside: Iterable[str]) -> str:
    """An SVG file with its title."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" '
        f'viewBox="0 0 {WIDE} {HIGH}" font-family="Bricolage Grotesque">'
    )
    return "\n".join([head, f"<title>{escape(title)}</title>", *inside, "</svg>", ""])


def words(
    place: Point, said: str, *, size: int, colour: str, weight: int = 400, anchor: str = "middle"
) -> str:
    """A text with a dark edge, to be read on stars."""
    plain = text(place, said, size=size, colour=colour, weight=weight, anchor=anchor)
    edge = f'<text paint-order="stroke" stroke="{NIGHT}" stroke-width="4" stroke-linejoin="round" '
    return plain.replace("<text ", edge, 1)
