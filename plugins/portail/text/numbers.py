"""Numbers as French writes them: « 12 000 », « 5,50 € »."""

from __future__ import annotations

__all__ = ["en_lettres", "euros", "nombre", "poids"]

_WORDS = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_NARROW = "\u00a0"


def nombre(value: float) -> str:
    """A number with a comma and, from 10,000, spaces between thousands.

    >>> nombre(12000), nombre(2021), nombre(1.5)
    ('12\\xa0000', '2021', '1,5')
    """
    whole = int(value)
    text = f"{whole:,}".replace(",", _NARROW) if abs(whole) >= 10_000 else str(whole)
    decimals = f"{abs(value - whole):.2f}"[2:].rstrip("0")
    return f"{text},{decimals}" if decimals else text


def en_lettres(value: int) -> str:
    """A count inside a sentence: in words from one to ten, else in figures.

    >>> en_lettres(1), en_lettres(10), en_lettres(11)
    ('un', 'dix', '11')
    """
    return _WORDS[value - 1] if 1 <= value <= len(_WORDS) else nombre(value)


def euros(value: float) -> str:
    """A price: two decimals unless it is whole.

    >>> euros(5.5), euros(5)
    ('5,50\\xa0€', '5\\xa0€')
    """
    if value == int(value):
        return f"{nombre(int(value))}\u00a0€"
    whole, cents = f"{value:.2f}".split(".")
    return f"{nombre(int(whole))},{cents}\u00a0€"


def poids(octets: int) -> str:
    """The weight of a file, in decimal units, with two digits that count.

    >>> poids(340_000), poids(1_234_567), poids(12)
    ('340\\xa0ko', '1,2\\xa0Mo', '1\\xa0ko')
    """
    value, unit = max(octets, 1000) / 1000, "ko"
    if value >= 999.5:
        value, unit = value / 1000, "Mo"
    return f"{nombre(round(value, 1) if value < 10 else round(value))}\u00a0{unit}"
