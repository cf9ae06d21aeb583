"""Short texts of people and of programs, read and compared.

Shapes: whether a text is a number, a day, a key of YAML, and its value. Forms that are equal when a
reader would say so: for search, for sorting, for slugs. Last, numbers and instants of other
people's programs, which may be of any size: read within limits, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from portail.late import expression

from .typography import unmarked


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


# What NFKD leaves whole although a French reader types it with plain letters and signs.
_PLAIN = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "þ": "th",
    **dict.fromkeys("’‘ʼʹ′`‛", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
# Combining accents of the Latin, Greek and Cyrillic scripts go; vowel signs of others stay, being
# letters there. Zero-width characters carry nothing to compare. An expression is twice as fast as
# ``str.translate``, which looks for each letter of a text that is not in ASCII.
_SIGNS = expression(f"[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff{''.join(_PLAIN)}]")
_WORD = expression(r"[^\W_]+")
_DIGITS = expression(r"[0-9]+")
_REMEMBERED = 16_384  # texts that several lists put in order: names of communes, titles
LONG_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
"""Words of names that are often cut short, folded."""


def fold(text: str) -> str:
    """``text`` without case, accents, ligatures or typographic variants; runs of blanks are one.

    Folding twice changes nothing. Scripts other than Latin keep their letters. A word stays one:
    the blanks that compatibility forms open on (« ﷺ » is four words) go.

    >>> fold("L’Œuvre  d’Élan\u00a0: « Aïe »")
    'l\\'oeuvre d\\'elan : " aie "'
    """
    words = text.split()
    if text.isascii():
        return " ".join(words).lower().replace("`", "'")
    # What NFKD would open otherwise: the accent alone, as many type it, on a blank.
    folded = "\n".join(words).replace("´", "'").replace("″", '"')
    # Compatibility forms (™, ﬁ, K of kelvin) may open on capitals, and small letters open too.
    folded = unicodedata.normalize("NFKD", folded).casefold()
    folded = unicodedata.normalize("NFKD", folded).replace(" ", "")
    folded = _SIGNS.sub(lambda sign: _PLAIN.get(sign[0], ""), folded)
    return " ".join(filter(None, folded.split("\n")))


@lru_cache(_REMEMBERED)
def fold_word(text: str) -> str:
    """As ``fold``, for what many contents say: their keywords."""
    return fold(text)


def words_in(text: str) -> list[str]:
    """The runs of letters and figures of ``text``."""
    return _WORD.findall(text)


def numbers_in(text: str) -> list[str]:
    """The runs of figures of ``text``."""
    return _DIGITS.findall(text)


def name_key(name: str) -> str:
    """One key for all spellings of a proper name: case, accents, hyphens, *St* and *Ste*.

    Articles count: *La Coupole* and *Coupole* differ.

    >>> name_key("St-Omer") == name_key("SAINT OMER") == name_key("Saint‑Omer")
    True
    >>> name_key("L’Isle-Adam")
    'l isle adam'
    """
    words = _WORD.findall(fold(name))
    return " ".join([LONG_FORMS.get(word, word) for word in words])


@lru_cache(_REMEMBERED)
def sort_key(text: str) -> tuple[str, str, str]:
    """Key of French alphabetical order: letters, then accents, then the text; numbers by their
    value.

    >>> sorted(["Zoo", "été", "étape 10", "ete", "étape 9", "étage"], key=sort_key)
    ['étage', 'étape 9', 'étape 10', 'ete', 'été', 'Zoo']
    """
    text = unmarked(text)
    letters = _DIGITS.sub(_by_value, " ".join(_WORD.findall(fold(text))))
    return letters, unicodedata.normalize("NFD", text.casefold()), text


def _by_value(run: re.Match[str]) -> str:
    digits = run[0].lstrip("0") or "0"
    return f"{len(digits):04d}{digits}"


# Identifiers made for addresses: ``a-z``, ``0-9`` and single hyphens.

# Longest slug, in characters.
SLUG_LENGTH = 80

_SLUG = expression(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTS = expression(r"[a-z0-9]+")


def is_slug(text: str) -> bool:
    """Whether ``text`` may be a slug as it is.

    >>> is_slug("la-coupole"), is_slug("La Coupole"), is_slug("a--b")
    (True, False, False)
    """
    return len(text) <= SLUG_LENGTH and _SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """The slug of a title, cut between words; empty when no letter or digit of ``text`` is Latin.

    >>> slugify("L’œuvre d’Émile Borel : 1re séance")
    'l-oeuvre-d-emile-borel-1re-seance'
    """
    slug = "-".join(_PARTS.findall(fold(text)))
    if len(slug) <= SLUG_LENGTH:
        return slug
    words, _, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
    return words or slug[:SLUG_LENGTH]


def slug_of_filename(name: str) -> str:
    """What the name of a content file gives as slug: no ``.md``, no leading day.

    Nothing else is mended: the caller checks the result with ``is_slug``.

    >>> slug_of_filename("2021-10-01-nuit-des-chercheurs.md")
    'nuit-des-chercheurs'
    >>> slug_of_filename("2021-s39.md"), slug_of_filename("2021-13-45-x.md")
    ('2021-s39', '2021-13-45-x')
    """
    stem = name.removesuffix(".md")
    if stem[10:11] == "-" and stem[11:] and iso_day(stem[:10]):
        return stem[11:]
    return stem


_LONGEST = 80


def number_of(text: str, most: int) -> int | None:
    """The whole number that figures write, ``most`` for one beyond it; ``None`` for anything else.

    >>> number_of(" 12 ", 99), number_of("9" * 5000, 99), number_of("²", 99), number_of("-1", 99)
    (12, 99, None, None)
    """
    figures = text.strip()
    if not (figures.isascii() and figures.isdecimal()):
        return None
    figures = figures.lstrip("0") or "0"
    if len(figures) > len(str(most)):
        return most
    return min(int(figures), most)


def instant_of(text: str) -> datetime | None:
    """The instant that a text of ISO 8601, HTTP or mail tells, with its zone if it says one;
    ``None`` for none, and for one so far that it has no place in some zone.

    >>> instant_of("Sat, 09 Oct 2021 12:00:00 +0200").isoformat(), instant_of("31 février")
    ('2021-10-09T12:00:00+02:00', None)
    >>> instant_of("Mon, 01 Jan 99999999999 00:00:00 GMT"), instant_of("9999-12-31T23:59:00-14:00")
    (None, None)
    """
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            at: datetime = read(text[:_LONGEST].strip())
            if MINYEAR < at.year < MAXYEAR:
                return at
            return None
    return None
