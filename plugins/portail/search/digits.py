"""Whole numbers as printable text: what a browser decodes faster, and gzip packs tighter, than
decimal digits between commas."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["DIGITS", "digits", "numbers"]

_BASE = 45
_SIGNS = "".join(chr(code) for code in range(35, 127) if code != 92)
"""ASCII without blank, ``!``, ``"`` and ``\\``: JSON writes each as it is. The first 45 end a
number, the next 45 say that more follows."""


def _digits(value: int) -> str:
    low = ""
    while value >= _BASE:
        low += _SIGNS[_BASE + value % _BASE]
        value //= _BASE
    return low + _SIGNS[value]


_MANY = _BASE * _BASE
DIGITS = tuple(_digits(value) for value in range(_MANY))
"""The texts of the numbers of one or two digits, for loops that write them one by one."""


def digits(values: Iterable[int]) -> str:
    """``values``, each from 0 up, one after the other: in base 45, lowest digit first; a digit
    that is not the last one of its number is written 45 signs further.

    Raises ``IndexError`` or writes nonsense for a negative value.

    >>> digits([0, 44, 45, 2024]), digits([2025, 91125])
    ('#OP$}O', 'PP$PPP$')
    """
    return "".join([DIGITS[one] if one < _MANY else _digits(one) for one in values])


_RANKS = {sign: rank for rank, sign in enumerate(_SIGNS)}


def numbers(text: str) -> list[int]:
    """The whole numbers of a text of digits. Raises ``KeyError`` for a sign that is none.

    >>> numbers("#OP$}O")
    [0, 44, 45, 2024]
    """
    found, value, unit = [], 0, 1
    for sign in text:
        rank = _RANKS[sign]
        if rank < _BASE:
            found.append(value + rank * unit)
            value, unit = 0, 1
        else:
            value += (rank - _BASE) * unit
            unit *= _BASE
    return found
