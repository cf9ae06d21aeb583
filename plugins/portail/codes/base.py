"""Shape of one entry of the code table, and the escaping of values that a message quotes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["Code", "shown"]

_SHOWN_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of diagnostic.

    ``message`` and ``hint`` are French ``str.format`` templates; ``titre`` heads the page
    ``docs/codes/<code>.md``.
    """

    code: str
    titre: str
    message: str
    hint: str = ""


def shown(value: object, limit: int = _SHOWN_LENGTH) -> str:
    """``value`` as it may be printed on a terminal or in a CI log.

    Control, format-override and line-breaking characters are written as ``\\uXXXX`` and long
    values are cut, so that content can neither drive a terminal nor forge a log line.

    >>> shown("a\\x1b[31m")
    'a\\\\u001b[31m'
    """
    text = str(value)
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    keep = {"\u00a0", "\u202f", "\u200d", "\ufe0f"}
    return "".join(
        c if c in keep or unicodedata.category(c)[0] not in "CZ" or c == " " else f"\\u{ord(c):04x}"
        for c in text
    )
