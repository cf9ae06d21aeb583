"""Notation of science in a line: ``H~2~O``, ``m^2^``, ``$E = mc^2$``, and what looks like it.

A mark touches what it lowers or raises, so that « ~10 à ~20 » and « ^^ » stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from portail.late import expression

# Most signs of a subscript or of an exponent.
LONGEST = 40
# Most signs of a formula.
FORMULA_SIGNS = 1_000


def _mark(sign: str) -> str:
    inside = r"(?:\\[^\w\s&<>\"']|[^\s\\~^:;&<>\"'«»])"
    content = rf"{sign}(?!{sign})(?=[^{sign}\s]*[\w+−–-])({inside}{{1,{LONGEST}}}){sign}(?!{sign})"
    return (
        rf"(?:(?<=[^\W_]|[)\]*}}~^’′°])(?<!{sign}){content}|(?<![\\~^]){content}(?=[^\W\d_]|[~^*]))"
    )


# A subscript, its content in one of two groups: that of what follows a word, of what precedes.
SUBSCRIPT_MARK = expression(_mark("~"))
# The same for an exponent.
EXPONENT_MARK = expression(_mark(r"\^"))

_MARKS = expression(f"{SUBSCRIPT_MARK.pattern}|{EXPONENT_MARK.pattern}")

_TEX = r"\\^_={}<>+"
# A formula of TeX in a line: in its first group when it is set apart (``$$``).
FORMULA = expression(
    rf"\$\$(?=[^\s$])((?:\\[\s\S]|[^$\\]){{1,{FORMULA_SIGNS}}}?)(?<!\s)\$\$"
    # Prices and variables of a shell are no formula: words without any sign of mathematics.
    r"|(?<![\w$])\$(?![\s$])(?![\d.,;]*[\s–-][\d\s.,;–-]*\$)"
    rf"(?![^${_TEX}]*(?:[À-ÿ]|(?<![^\s$])[^\W\d_]{{2,}}(?![\w(]))[^${_TEX}]*\$)"
    rf"((?:\\[\s\S]|[^$\\]){{1,{FORMULA_SIGNS}}}?)(?<!\s)\$(?![\w$])"
)

SUPERSCRIPT = str.maketrans("0123456789+-−=()nierst", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵉʳˢᵗ")
# Signs that Unicode has above and below the line.
SUBSCRIPT = str.maketrans("0123456789+-−=()aeoxijnt", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓᵢⱼₙₜ")
_ORDINAL = expression(r"(?:i?er|re|i?[eè]re|e|[eè]me|nde?|o|mes?|[èe]mes?|lle|gr|le)s?")
_NUMBER = expression(r"[\d+\-−–.,()=]+")
_ESCAPED = expression(r"\\([~^])")


def shown(content: str) -> str:
    """What a subscript or an exponent shows: a hyphen before or after figures is a minus sign.

    >>> shown("-3"), shown("2-"), shown("max")
    ('−3', '2−', 'max')
    """
    if _NUMBER.fullmatch(content):
        return content.replace("-", "−").replace("–", "−")
    return content


def spoken(content: str, before: str) -> str:
    """What is heard before an exponent that follows ``before``: nothing for the end of an ordinal
    (« 1er »), nor for what precedes its word (« 14C »).

    >>> spoken("2", "m"), spoken("er", "1"), spoken("14", " ")
    (' exposant ', '', '')
    """
    alone = not before or not (before[-1].isalnum() or before[-1] in ")]}*~^’′°")
    if alone or _ORDINAL.fullmatch(content):
        return ""
    return " exposant "


def lowered(content: str) -> str:
    """A subscript as plain text: the signs of Unicode if all exist, else what it says.

    >>> lowered("2"), lowered("max")
    ('₂', 'max')
    """
    written = content.translate(SUBSCRIPT)
    if _changed(content, written):
        return written
    return content


def raised(content: str) -> str:
    """An exponent as plain text: the signs of Unicode if all exist, the letters of an ordinal, else
    what it says after « ^ ».

    >>> raised("-3"), raised("er"), raised("ab")
    ('⁻³', 'er', '^ab')
    """
    if _ORDINAL.fullmatch(content):
        return content
    written = content.translate(SUPERSCRIPT)
    if _changed(content, written):
        return written
    return f"^{content}"


def _changed(content: str, written: str) -> bool:
    return all(a != b for a, b in zip(content, written, strict=True))


def plain_notation(text: str) -> str:
    """``text`` without marks of subscripts and exponents, for whatever shows no HTML.

    >>> plain_notation("H~2~O, 10^-3^ m^2^, XIX^e^ siècle")
    'H₂O, 10⁻³ m², XIXe siècle'
    """
    return replaced(text, lambda sort, content, _: (lowered, raised)[sort == "sup"](content))


Writer = Callable[[str, str, str], str]


def replaced(text: str, write: Writer) -> str:
    """``text`` whose marks are what ``write`` gives; escaped signs lose their backslash."""
    if "~" not in text and "^" not in text:
        return text
    text = _MARKS.sub(lambda mark: _written(mark, write), text)
    return _ESCAPED.sub(r"\1", text)


def _written(mark: re.Match[str], write: Writer) -> str:
    start = mark.start()
    content = _ESCAPED.sub(r"\1", mark[mark.lastindex or 0])
    sort = "sub" if mark[0][0] == "~" else "sup"
    return write(sort, content, mark.string[max(start - 1, 0) : start])


# What looks like notation and is not: said with what to write instead.

_CHEMISTRY = (
    "CO2 CH4 NO2 N2O NO3 SO2 SO3 SO4 NH3 NH4 O2 O3 H2S H2O2 H2SO4 HNO3 H3PO4 PO4 CaCO3 CO3 "
    "NaHCO3 Na2CO3 C6H12O6 C2H5OH C2H4 C2H6 C3H8 C4H10 SiO2 TiO2 Al2O3 Fe2O3 Fe3O4 UO2 UF6 SF6 "
    "CFCl3 CCl4 MgCl2 CaCl2 Ca(OH)2 N2 H2 PM10"
).split()
# Also names of roads, rooms or files: not reported.
_AMBIGUOUS = frozenset(("N2", "H2", "O2", "O3", "PO4", "PM10"))


class Likeness(NamedTuple):
    """A text that looks like notation: its place, itself, what to write instead."""

    start: int
    written: str
    instead: str


_FORMULAS = "|".join(map(re.escape, sorted(set(_CHEMISTRY) - _AMBIGUOUS, key=len, reverse=True)))
# Many places are called H2O: water is what an article or an operator precedes.
_WATER = "(?:(?<=[’'(])|(?<=[=+→] ))H2O"
# What WordPress puts in brackets, which an import has escaped: ``vc_row``, ``gallery ids=``.
_SHORTCODE = expression(r"/?[a-z]{2,}(?:(?:_[a-z]{2,})+(?![^\s/])|[a-z0-9_-]*\s[a-z][\w-]+=)")
_TEX_SIGN = expression(r"\\[A-Za-z]|[\^_=]")
_LIKE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "chimie": expression(rf"(?<![\w/@#.&=~^$-])(?:{_FORMULAS}|{_WATER})(?![\w/@~^-])"),
        "unite": expression(
            r"(?<=\d)[ \u00a0\u202f]?(?:[kcmdhµ]?m[23])(?![\w~^])"
            r"|(?<![\w/@#.$-])(?:km|cm|mm)[23](?![\w~^/.@-])"
        ),
        "puissance": expression(r"\d(?<![\w^$].)\d*\^[-−–+]?\d+(?![\w^])"),
        "tex": expression(
            r"\\\(([^\\\n]|\\[^)\n]){1,200}?\\\)|\\\[([^\\\n]|\\[^\]\n]){1,200}?\\\]"
        ),
        "dollars": expression(r"(?<!\\)\$\$"),
        "tilde": expression(r"(?<![\w~\\])~(?=[^\W\d_])([^~\n]{0,60}[^\W_])~(?![\w~])"),
    }
)
# A piece of all that each of ``_LIKE`` finds. It begins with one sign, to which a search leaps: an
# expression that begins with a lookaround is tried at every place of the text.
_SIGNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "chimie": expression(r"[2-6](?<=[A-Za-z)].)"),
        "unite": expression(r"m[23]"),
        "puissance": expression(r"\^"),
        "tex": expression(r"\\"),
        "dollars": expression(r"\$\$"),
        "tilde": expression(r"~"),
    }
)


def may_be_like(text: str) -> bool:
    """Whether ``likenesses`` may find one, told at once."""
    return any(sign.search(text) for sign in _SIGNS.values())


def likenesses(text: str, *, body: bool = True) -> Iterator[Likeness]:
    """What looks like notation in a line of text, each spelling once, in order; ``body``: whether a
    formula may be written there."""
    by_spelling: dict[str, Likeness] = {}
    for sort, pattern in _LIKE.items():
        if _SIGNS[sort].search(text):
            for match in pattern.finditer(text):
                written = match[0].strip("\u00a0\u202f ")
                instead = _instead(sort, written, body)
                start = match.start() + len(match[0]) - len(written)
                if instead:
                    by_spelling.setdefault(written, Likeness(start, written, instead))
    yield from sorted(by_spelling.values())


def _instead(sort: str, written: str, body: bool) -> str:
    match sort:
        case "chimie":
            return re.sub(r"\d+", r"~\g<0>~", written)
        case "unite":
            return f"{written[:-1]}^{written[-1]}^"
        case "puissance":
            base, _, power = written.partition("^")
            return f"{base}^{power}^"
        case "tex":
            inner = written[2:-2].strip()
            sure = written[1] == "(" and " " not in inner
            looks = sure or (_TEX_SIGN.search(inner, 1) and not _SHORTCODE.match(inner))
            return f"${inner}$" * bool(body and inner and looks)
        case "dollars":
            if body:
                return "$$formule$$"
            return ""
    if body:
        return f"~{written}~"
    return ""
