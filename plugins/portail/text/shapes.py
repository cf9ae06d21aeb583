"""Shapes of short texts: figures, days, blanks, lines."""

from __future__ import annotations

from contextlib import suppress
from datetime import date


def is_number(text: str) -> bool:
    """Whether ``text`` is figures of ASCII alone.

    >>> is_number("076"), is_number("٣"), is_number(""), is_number("-1")
    (True, False, False, False)
    """
    return text.isascii() and text.isdigit()


def is_day(text: str) -> bool:
    """Whether ``text`` is written AAAA-MM-JJ, whether or not there is such a day.

    >>> is_day("2021-13-45"), is_day("2021-1-1"), is_day("20211001")
    (True, False, False)
    """
    dashes = text[4:5] + text[7:8]
    return len(text) == 10 and dashes == "--" and is_number(text[:4] + text[5:7] + text[8:])


def iso_day(text: str) -> date | None:
    """The day that ``text`` says, written AAAA-MM-JJ; ``None`` for anything else.

    >>> iso_day("2021-10-01"), iso_day("2021-13-45")
    (datetime.date(2021, 10, 1), None)
    """
    with suppress(ValueError):
        if is_day(text):
            return date.fromisoformat(text)
        return None
    return None


def with_newlines(text: str) -> str:
    r"""``text`` whose lines end with ``\n`` alone, whichever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    r"""``text`` with one space for each run of blanks; the no-break spaces of French stay.

    >>> one_line(" la lune\n\tet l’eau\u00a0! ")
    'la lune et l’eau\xa0!'
    """
    spaced = text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return " ".join(filter(None, spaced.split(" ")))


def is_visible_ascii(text: str) -> bool:
    """Whether ``text`` is signs of ASCII that show, without blanks: a key, a token."""
    return text.isascii() and text.isprintable() and text != "" and " " not in text


def decimal_of(text: str) -> float | None:
    """The number that ``text`` writes in figures, a comma or a point before its decimals, six at
    most.

    >>> decimal_of("-5,50"), decimal_of("1e3"), decimal_of("5,")
    (-5.5, None, None)
    """
    whole, sign, decimals = text.removeprefix("-").replace(",", ".").partition(".")
    good = is_number(whole) and (is_number(decimals) or not sign)
    if good and len(whole) <= 12 and len(decimals) <= 6:
        return float(text.replace(",", "."))
    return None


def letters_in(text: str) -> list[str]:
    """The runs of letters of ``text``.

    >>> letters_in("l’été 2021")
    ['l', 'été']
    """
    return "".join(sign if sign.isalpha() else " " for sign in text).split()


def is_key(text: str) -> bool:
    """Whether ``text`` may be a key of YAML: letters, figures, hyphens, underscores.

    >>> is_key("publie_le"), is_key("a b"), is_key("")
    (True, False, False)
    """
    return text != "" and text.replace("-", "a").replace("_", "a").isalnum()


def key_of(row: str) -> str:
    """The key that a row of YAML begins with, a blank or nothing behind its colon; "" for none.

    >>> key_of("titre: a"), key_of("titre:"), key_of("https://e.org"), key_of("- a: b")
    ('titre', 'titre', '', '')
    """
    key, colon, value = row.partition(":")
    if colon and is_key(key) and not value[:1].strip():
        return key
    return ""


def glued_colon(row: str) -> int:
    """Where a value begins right behind the colon of its key (« titre:La nuit »); 0 for none.

    >>> glued_colon("  titre:La nuit"), glued_colon("titre: a"), glued_colon("https://e.org")
    (8, 0, 0)
    """
    key, colon, value = row.partition(":")
    glued = colon and value[:1].strip() not in ("", "/", ":")
    if glued and is_key(key.strip().removeprefix("- ")):
        return len(key) + 1
    return 0


def indent_of(row: str) -> str:
    """The blanks that ``row`` begins with."""
    return row[: len(row) - len(row.lstrip())]
