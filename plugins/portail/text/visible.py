"""What a reader sees of a text: blank signs, piles of accents, names of hosts that deceive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["ALPHABETS", "MOST_ACCENTS", "NOTHING", "UNSEEN", "deceives", "piles", "shows"]

NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What YAML has for nothing, unless it is between quotes (core schema, 10.3.2)."""

UNSEEN = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x13441, 0x13442), (0x1BCA0, 0x1BCA3), (0x1D159, 0x1D159), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Signs that show nothing: Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 15.1),
the blank of Braille, those of hieroglyphs and the null notehead. Spaces and controls are told by
their category."""

MOST_ACCENTS = 4
"""Nonspacing marks that one sign may carry (UTS #39, 5.4)."""

ALPHABETS = (
    "Latin", "Greek", "Cyrillic", "Armenian", "Hebrew", "Arabic", "Georgian", "Cherokee", "Coptic",
    "Devanagari", "Thai", "Hangul",
)  # fmt: skip
"""Scripts that no label of a host mixes (UTS #39, 5.2): one passes for another there."""

_SEEN_AT_ONCE = re.compile(r"[!-~]")
_CLASS = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in UNSEEN)
_UNSEEN = re.compile(f"[{_CLASS}]")
_BLANK_KINDS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"})
# Marks are no words: only what may be a pile is looked at sign by sign.
_MAYBE = re.compile(rf"[^\w\x00-\x7f]{{{MOST_ACCENTS + 1},}}")
_OF_NAME = {name.upper() for name in ALPHABETS}
_ACE = re.compile(r"xn--[a-z0-9-]*[a-z0-9]", re.IGNORECASE)


def shows(text: str) -> bool:
    """Whether a reader sees anything of ``text``.

    >>> shows("\\u200b\\u3164\\xa0\\ufe0f"), shows("à\\xadcôté"), shows("👩🏽\\u200d🔬")
    (False, True, True)
    """
    if _SEEN_AT_ONCE.search(text):
        return True
    return any(unicodedata.category(sign) not in _BLANK_KINDS for sign in _UNSEEN.sub("", text))


def piles(text: str) -> Iterator[tuple[int, int]]:
    """Where one sign carries too many accents: the place of the first, and how many.

    >>> [*piles("e\\u0301t" + "e" + "\\u0301" * 130)]
    [(4, 130)]
    """
    if text.isascii():
        return
    for run in _MAYBE.finditer(text):
        start = run.start()
        for rank in range(run.start(), run.end() + 1):
            if rank < run.end() and unicodedata.category(text[rank]) in ("Mn", "Me"):
                continue
            if rank - start > MOST_ACCENTS:
                yield start, rank - start
            start = rank + 1


def deceives(host: str) -> bool:
    """Whether the name of a host is not what it looks like: signs that do not show, several
    alphabets in a label, a label in ASCII form (``xn--``) that cannot be read.

    >>> deceives("sp\\u0430ce.example.org"), deceives("été.example.org"), deceives("пример.рф")
    (True, False, False)
    """
    if host.isascii() and "xn--" not in host.lower():
        return False
    return _UNSEEN.search(host) is not None or any(map(_mixes, host.split(".")))


def _mixes(label: str) -> bool:
    if label[:4].lower() == "xn--":
        return not _ACE.fullmatch(label)
    names = (unicodedata.name(sign, "").split(" ") for sign in unicodedata.normalize("NFKC", label))
    return len({name[0] for name in names} & _OF_NAME) > 1
