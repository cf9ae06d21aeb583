"""Colours as they are written, ``#RRGGBB``: what else a style sheet may write is not computed."""

from __future__ import annotations

from string import hexdigits

_HEX = frozenset(hexdigits)


def is_colour(text: str) -> bool:
    """Whether ``text`` is a colour that can be computed with.

    >>> is_colour("#0a5c7a"), is_colour("#fff"), is_colour("bleu")
    (True, True, False)
    """
    return text[:1] == "#" and len(text) in (4, 7) and _HEX.issuperset(text[1:])


def whole(colour: str) -> str:
    """A colour with six digits, in capitals.

    >>> whole("#fc0")
    '#FFCC00'
    """
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return f"#{digits}".upper()


def mix(base: str, added: str, part: float) -> str:
    """``base`` with ``part`` (0 to 1) of ``added`` in it.

    >>> mix("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(channels(base), channels(added), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, from 0 to 255."""
    digits = whole(colour)
    return int(digits[1:3], 16), int(digits[3:5], 16), int(digits[5:7], 16)
