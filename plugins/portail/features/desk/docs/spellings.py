"""Regular expressions, for JSON Schema, of all that a reader of values accepts: whole, without
flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, takewhile

from portail.model import scalars
from portail.model.fields import LIEN_APRES
from portail.text.normalise import fold

# What may part the figures of a number.
BLANKS = "[ \\u00a0\\u202f]*"


def whole(*options: str) -> str:
    """The pattern of a value that is one of ``options``, blanks around it or not."""
    return rf"^\s*(?:{'|'.join(options)})\s*$"


# Words, whatever their case, their accents and the signs of their typography.

_SIGNS = {
    " ": r"\s+",
    "'": "['`´’‘ʼʹ′‛]",
    '"': '["“”„«»″]',
    "-": "[-‐‑‒–—―−]",
}
_LIGATURES = {"oe": "œŒ", "ae": "æÆ"}
# Letters of the languages around, that one may write for those without accent.
_LETTERS = [*map(chr, range(0xC0, 0x100)), "Ÿ"]
_ACCENT = "[\u0300-\u036f]?"
_SPECIAL = re.compile(r"[\^$\\.*+?()\[\]{}|/]")


@cache
def _letter(letter: str) -> str:
    accented = [variant for variant in _LETTERS if fold(variant) == letter]
    forms = dict.fromkeys((letter, letter.upper(), *accented))
    if len(forms) > 1:
        return f"[{''.join(forms)}]{_ACCENT if accented else ''}"
    return letter


def spelled(name: str) -> str:
    """A pattern, not whole, of all the texts that mean ``name`` (``text.normalise.fold``).

    >>> import re
    >>> pattern = spelled("Fête de l’œuvre")
    >>> [bool(re.fullmatch(pattern, text)) for text in ("FETE  de l'oeuvre", "fêtes de l’œuvre")]
    [True, False]
    """
    return "".join(map(_sign, _signs(fold(name))))


def _signs(key: str) -> Iterator[str]:
    rank = 0
    while rank < len(key):
        step = 1
        if key[rank : rank + 2] in _LIGATURES:
            step = 2
        yield key[rank : rank + step]
        rank += step


@cache
def _sign(sign: str) -> str:
    if sign in _LIGATURES:
        return f"(?:{_letter(sign[0])}{_letter(sign[1])}|[{_LIGATURES[sign]}])"
    plain = _letter(sign) if sign.isalpha() else _SPECIAL.sub(r"\\\g<0>", sign)
    return _SIGNS.get(sign, plain)


def words(names: Iterable[str]) -> str:
    """The pattern of a value that is one of ``names``, each written as people do: what they begin
    with alike is written once."""
    return whole(_tree(sorted({tuple(_signs(fold(name))) for name in names})))


def _tree(names: Sequence[tuple[str, ...]]) -> str:
    ways = []
    for first, group in groupby(names, key=lambda name: name[:1]):
        members = [*group]
        alike = sum(
            1 for _ in takewhile(lambda signs: len({*signs}) == 1, zip(*members, strict=False))
        )
        if not first:
            ways.append("")
        elif len(members) == 1:
            ways.append("".join(map(_sign, members[0])))
        else:
            head = "".join(map(_sign, members[0][:alike]))
            ways.append(f"{head}(?:{_tree([member[alike:] for member in members])})")
    return "|".join(sorted(ways, reverse=True))


def any_case(name: str) -> str:
    """A pattern of ``name``, an ASCII key, in any case.

    >>> any_case("lang")
    '^[lL][aA][nN][gG]$'
    """
    return (
        "^" + "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in name) + "$"
    )


# Numbers and yes or no.

_EURO = rf"(?:{BLANKS}(?:€|[eE][uU][rR](?:[oO][sS]?)?))?"


def number(*, entier: bool, signed: bool, prix: bool = False) -> str:
    """The pattern of a number written as text: « 12 000 », « 5,50 € ». How large it is, no pattern
    says."""
    digits = rf"[0-9](?:{BLANKS}[0-9]){{0,11}}"
    decimal = "0" if entier else "[0-9]"
    decimals = rf"(?:{BLANKS}[.,](?:{BLANKS}{decimal}){{1,6}})?"
    minus = f"(?:-{BLANKS})?" if signed else f"(?:-{BLANKS}(?=[0 \\u00a0\\u202f]+(?:[.,]|$)))?"
    return whole(f"{minus}{digits}{decimals}{_EURO if prix else ''}")


# The number nought, which counts as nothing said.
ZERO = whole(rf"-?{BLANKS}0(?:{BLANKS}0)*(?:{BLANKS}[.,](?:{BLANKS}0)+)?{_EURO}")

DEGREES = whole(
    r"[-+]?(?:[0-9](?:_?[0-9])*(?:[.,](?:[0-9](?:_?[0-9])*)?)?|[.,][0-9](?:_?[0-9])*)"
    r"(?:[eE][-+]?[0-9](?:_?[0-9])*)?"
)

YES = whole(*(any_case(word)[1:-1] for word in sorted(scalars._OUI)))
NO = whole(*(any_case(word)[1:-1] for word in sorted(scalars._NON)))

# Days and hours.

_YEAR = "(?:199[0-9]|20[0-9]{2}|2100)"
_LEAP = "(?:199[26]|20(?:[02468][048]|[13579][26]))"
# A day that there is, from 1990 to 2100.
_DAY = (
    rf"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    rf"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_HOUR = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::00)?"
DAY = whole(_DAY)
HOUR = whole(_HOUR)
MOMENT = whole(rf"{_DAY}(?:(?:T\s*| \s*T?\s*){_HOUR})?")
PERIOD = whole(rf"{_DAY}(?:\s*\.\.\s*{_DAY})?")
DEADLINE = whole(_DAY, spelled(scalars.AU_FIL))
# What another tool gives for a day: an hour after it is left.
DATED = rf"^\s*{_DAY}(?:[T ][\s\S]*)?$"
EDITION = rf"^{BLANKS}(?:199[0-9]|20[0-9]{{2}}|2100)(?:[.,]0{{1,6}})?{BLANKS}$"

# Addresses of all sorts.

_PORT = "0*(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})?"
_NAME = r'[^\s<>"\\^`{|}@/?#%.:\[\]]+'
_HOST = rf"(?:{_NAME}\.(?:{_NAME}(?:\.{_NAME})*\.?)?|\[[0-9A-Fa-f:]*:[0-9]+\.[0-9.]+\])"
_URL = (
    r"(?=\S{1,2000}\s*$)[hH][tT][tT][pP][sS]?://"
    rf'{_HOST}(?::{_PORT})?(?:[/?#][^\s<>"\\^`{{|}}]*)?'
)
URL = whole(_URL)
ON_LINE = whole(_URL, LIEN_APRES)
AFTER_BOOKING = whole(LIEN_APRES)
_WORD = (
    "[0-9A-Za-z_\\u00aa\\u00b5\\u00ba\\u00c0-\\u1fff\\u2c00-\\u2fef\\u3005-\\ud7ff\\uf900-\\uffdc]"
)
_MAILBOX = (
    rf"(?=\S{{1,261}}\s*$)(?:mailto:)?(?!\.)(?!\S*\.\.)(?![^\s@]*\.@)"
    rf"[A-Za-z0-9.!$'+*^_`{{|}}~-]{{1,64}}@(?:(?:{_WORD}|-){{1,63}}\.){{1,8}}(?:{_WORD}|-){{2,63}}"
)
MAILBOX = whole(_MAILBOX)
_BETWEEN = r"(?:[\s.()-]|\(0\))*"
TELEPHONE = (
    rf"^(?!\s*\(0\))\s*{_BETWEEN}(?:\+{_BETWEEN}[0-9](?:{_BETWEEN}[0-9]){{6,14}}"
    rf"|0(?:{_BETWEEN}[0-9]){{6,12}}){_BETWEEN}$"
)
_DOI = r"10\.[0-9]{4,9}/[^\s\"<>]"
DOI = whole(
    rf"(?:[dD][oO][iI]:\s*)?{_DOI}{{1,200}}",
    rf"[hH][tT][tT][pP][sS]?://(?:[dD][xX]\.)?[dD][oO][iI]\.[oO][rR][gG]/{_DOI}{{1,600}}",
).replace(r"\"", '"')
ORCID = whole("(?:https://orcid\\.org/)?(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")
_FORMER = scalars._ANCIENNE.pattern.replace(r"\d", "[0-9]")
# As browsers copy it, a letter is several signs: what they are is told by a check alone.
_COPIED = r"(?:/~?(?:[a-zA-Z0-9_~+,.'()-]|%[0-9A-Fa-f]{2})+)+/?"
FORMER = whole(
    rf"(?=\S{{1,{scalars._ANCIENNE_LONGEST}}}\s*$){_FORMER}", rf"(?=\S*%[0-9A-Fa-f]){_COPIED}"
)
POSTCODE = whole("[0-9](?: *[0-9]){4}")
POSTCODE_ABROAD = whole("[0-9A-Za-z][0-9A-Za-z -]{1,9}")


def duration(pattern: str) -> str:
    """The pattern of a length of time, from that of its canonical form."""
    return whole(pattern.strip("^$").replace(r"\d", "[0-9]").replace(" ?", r"\s*"))


def text(longest: int) -> str:
    """The pattern of a text of at most ``longest`` signs, each run of blanks being one."""
    sign = r"(?:[ \t\n]+(?![ \t\n])|[^ \t\n])"
    return rf"^\s*(?=[\s\S]*\S){sign}{{1,{longest}}}\s*$"


# HTML and encoded words of mails, which no text may hold.
NO_TEXT: Mapping[str, str] = {
    "E246": "</?[a-zA-Z][^<>]*>|<!--",
    "E257": r"=\**\?(?:\**[^?\s])*\**\?\**[BbQq]\**\?",
}
