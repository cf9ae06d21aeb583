"""What a reader sees of a text: invisible characters, piles of accents, deceptive host names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from portail.late import expression

# What YAML has for nothing, unless it is between quotes (core schema, 10.3.2).
NOTHING = frozenset({"~", "null", "Null", "NULL"})

# Stands for what whoever begins a content or a portal has to write: it is nothing either.
GAP = "À COMPLÉTER"

# Signs that show nothing: Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 15.1),
# the blank of Braille, those of hieroglyphs and the null notehead. Spaces and controls are told by
# their category.
UNSEEN = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8),
    (0x13441, 0x13442), (0x1BCA0, 0x1BCA3), (0x1D159, 0x1D159), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip

# Signs that mean nothing on a page: marks of annotation, the place of an object, private use.
_HOLLOW = ((0xFFF9, 0xFFFC), (0xE000, 0xF8FF), (0xF0000, 0x10FFFF))

# Nonspacing marks that one sign may carry (UTS #39, 5.4).
MOST_ACCENTS = 4

# Scripts that no label of a host mixes (UTS #39, 5.2): one passes for another there.
ALPHABETS = tuple(
    """Latin Greek Cyrillic Armenian Hebrew Arabic Georgian Cherokee Coptic Devanagari Thai
    Hangul""".split()
)

_SEEN_AT_ONCE = expression(r"[!-~]")


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_UNSEEN = expression(f"[{_class(UNSEEN)}]")
# Overrides of direction are refused wherever they stand (``source.document.FORBIDDEN``).
# None is ASCII, and few signs are anything else: those alone are sought among so many ranges.
_HIDING = expression(
    f"[^\\x00-\\xac](?<=[{_class((*UNSEEN, *_HOLLOW))}])(?<![\u202a-\u202e\u2066-\u2069\ufeff])"
)
# The flag of a part of a country (UTS #51, ED-14a): the only use of tags.
_FLAG = expression("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_MARKS_OF_DIRECTION = frozenset("\u061c\u200e\u200f")
_RIGHT_TO_LEFT = expression(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Signs before and after a mark of direction among which one reads it.
_NEAR = 20
_BLANK_KINDS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"})
# Marks are no words, and none is below U+0300: only what may be a pile is looked at sign by sign.
_MAYBE = expression(rf"[^\x00-\u02ff\w][^\x00-\u02ff\w]{{{MOST_ACCENTS},}}")
_OF_NAME = {name.upper() for name in ALPHABETS}
_ACE = expression(r"xn--[a-z0-9-]*[a-z0-9]", re.IGNORECASE)


def shows(text: str) -> bool:
    """Whether a reader sees anything of ``text``.

    >>> shows("\\u200b\\u3164\\xa0\\ufe0f"), shows("à\\xadcôté"), shows("👩🏽\\u200d🔬")
    (False, True, True)
    """
    if _SEEN_AT_ONCE.search(text):
        return True
    return any(unicodedata.category(sign) not in _BLANK_KINDS for sign in _UNSEEN.sub("", text))


def misplaced(text: str) -> Iterator[tuple[int, int]]:
    """Runs of invisible characters that have no use: index of the first, and length.

    Those that emoji and some scripts need are not reported.

    >>> [*misplaced("Ate\\xad\\u200blier \U0001f469\U0001f3fd\\u200d\U0001f52c")]
    [(3, 2)]
    """
    if text.isascii():
        return
    start = end = -1
    for match in _HIDING.finditer(text):
        at = match.start()
        if _is_of_use(text, at):
            continue
        if at != end:
            if end > start:
                yield start, end - start
            start = at
        end = at + 1
    if end > start:
        yield start, end - start


def visible_text(text: str) -> str:
    """``text`` without useless invisible characters.

    >>> visible_text("Ate\\xadlier")
    'Atelier'
    """
    ends = [0, *(start + length for start, length in misplaced(text))]
    starts = [*(start for start, _ in misplaced(text)), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _is_of_use(text: str, at: int) -> bool:
    # Whether the sign at ``at``, which shows nothing, changes how its neighbours are shown.
    sign = text[at]
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    kind = unicodedata.category(before) if before else ""
    far = before >= "\u0590" and kind[0] in "LM"  # a letter of a script that joins or stacks
    if sign in "\u200c\u200d":
        emoji = kind in ("So", "Sk") or before == "\ufe0f"
        return far or (emoji and bool(after) and unicodedata.category(after) == "So")
    if "\ufe00" <= sign <= "\ufe0f":
        return kind in ("So", "Sm", "Sk", "Po", "Pd", "Nd", "Lo")
    if "\U000e0100" <= sign <= "\U000e01ef":
        return kind == "Lo"
    if "\U000e0000" <= sign <= "\U000e007f":
        flag = _FLAG.match(text, max(text.rfind("\U0001f3f4", max(at - 7, 0), at), 0))
        return flag is not None and flag.start() < at < flag.end()
    if sign in _MARKS_OF_DIRECTION:
        return _RIGHT_TO_LEFT.search(text, max(at - _NEAR, 0), at + _NEAR) is not None
    beside = before + after
    return any(low <= sign <= high and around.search(beside) for low, high, around in _LOCAL)


# Signs of one script, and the signs of it beside which they are of use.
_LOCAL = tuple(
    (low, high, expression(f"[{around}]"))
    for low, high, around in (
        # Where no blank parts words.
        ("\u200b", "\u200b", "\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf"),
        ("\u180b", "\u180f", "\u1800-\u18af"),
        ("\u115f", "\u1160", "\u1100-\u115e\u1161-\u11ff"),
        ("\u2800", "\u2800", "\u2801-\u28ff"),
        ("\u034f", "\u034f", "\u0591-\u05f4"),
    )
)


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


_DRAWN = (
    r"[\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f149]"
    r"[\u0300-\u036f]*"
)
# Words in signs that only look like letters (bold of mathematics, wide, in circles), by which
# social networks are given a layout; one or two may be of a formula.
DRAWN = expression(rf"{_DRAWN}(?:[ \u00a0’'-]?{_DRAWN}){{2,}}")


def drawn(text: str) -> Iterator[tuple[int, int]]:
    """The first of them: its index and length.

    >>> [*drawn("Une 𝗡𝘂𝗶𝘁 𝗱𝗲𝘀 étoiles, 𝐸 = 𝑚𝑐²")]
    [(4, 8)]
    """
    if not text.isascii() and (match := DRAWN.search(text)):
        yield match.start(), len(match[0])


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
