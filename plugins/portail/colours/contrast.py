"""Contrast of two colours, and the nearest colour that is seen (WCAG 2.2, 1.4.3 and 1.4.11).

A colour is ``#RRGGBB``: what else a style sheet may write is not computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_STEPS = 100
WHITE, COAL = "#FFFFFF", "#16191D"
TEXT, CONTROL = 4.5, 3.0
"""Ratios of a text and of what is no text but is needed: edges of controls, bars, the focus."""


def is_colour(text: str) -> bool:
    """Whether ``text`` is a colour that can be computed with.

    >>> is_colour("#0a5c7a"), is_colour("#fff"), is_colour("bleu")
    (True, True, False)
    """
    return _HEX.fullmatch(text) is not None


def whole(colour: str) -> str:
    """A colour with six digits, in capitals.

    >>> whole("#fc0")
    '#FFCC00'
    """
    digits = colour[1:]
    return f"#{''.join(2 * one for one in digits) if len(digits) == 3 else digits}".upper()


@cache
def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = (part / 255 for part in _parts(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio of two colours, from 1 to 21.

    >>> round(contrast("#A63A24", "#FFFFFF"), 2)
    6.46
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, part: float) -> str:
    """``one`` with ``part`` (0 to 1) of ``other`` in it.

    >>> mix("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def nearest_where(colour: str, fits: Callable[[str], bool]) -> str:
    """The colour nearest to ``colour``, of its hue, lighter or darker, that ``fits``; ``""`` for
    none."""
    if fits(colour):
        return colour
    hue, light, full = rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(1, _STEPS + 1):
        for level in (light - step / _STEPS, light + step / _STEPS):
            if -1 / _STEPS < level < 1 + 1 / _STEPS:
                parts = hls_to_rgb(hue, min(max(level, 0), 1), full)
                found = "#" + "".join(f"{round(255 * part):02X}" for part in parts)
                if fits(found):
                    return found
    return ""


def seen_on(colour: str, grounds: Iterable[str], ratio: float) -> str:
    """The colour nearest to ``colour`` that has ``ratio`` on each ground; itself for none.

    >>> seen_on("#F2B33D", ["#FFFFFF"], TEXT)
    '#A06C0B'
    """
    among = (*grounds,)
    found = nearest_where(colour, lambda one: all(contrast(one, on) >= ratio for on in among))
    return found or colour


def _parts(colour: str) -> tuple[int, int, int]:
    digits = whole(colour)
    return int(digits[1:3], 16), int(digits[3:5], 16), int(digits[5:7], 16)
