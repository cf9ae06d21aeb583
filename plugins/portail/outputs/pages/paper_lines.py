"""How many lines texts take on a sheet of paper: an estimate, so that a build knows what fits.

Widths of letters are those of Bricolage in bold, in hundredths of their size, a little widened.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import ceil

__all__ = ["PT", "height", "lines"]

PT = 25.4 / 72
"""A point in millimetres."""

_CLASSES = {"iljI.,:;!'’|°·- \u00a0": 30, 'tfrJ()/"«»[]': 46, "mwMWœŒæÆ@%—…&": 100}
_WIDTHS = {sign: width for signs, width in _CLASSES.items() for sign in signs}
_WORD = re.compile(r"[^ -]*[ -]?")


def height(text: str, size: float, leading: float, width: float) -> float:
    """Of a text in millimetres; ``leading`` is the height of a line for a size of 1."""
    return lines([text], size, width) * size * leading * PT if text else 0


def lines(texts: Iterable[str], size: float, width: float) -> int:
    """How many lines of ``width`` (millimetres) texts of ``size`` (points) take, one after the
    other; each stays whole if it fits on a line."""
    room = width * 100 / (size * PT)
    count, used = 0, 0.0
    for text in texts:
        whole = _width(text)
        pieces = [whole] if whole <= room else [_width(word) for word in _WORD.findall(text)]
        for piece in pieces:
            if count and used + piece <= room:
                used += piece
            else:
                extra = max(1, ceil(piece / room))
                count += extra
                used = piece - (extra - 1) * room
        used += 60  # the sign between two texts
    return count


def _width(text: str) -> int:
    return sum(map(_sign, text))


@lru_cache(1_024)
def _sign(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    wide = sign.isupper() or unicodedata.east_asian_width(sign) in "WF"
    return _WIDTHS.get(sign, 74 if wide and sign.isalpha() and ord(sign) < 0x2E80 else
                       104 if wide else 64)  # fmt: skip
