"""Forms of a text that compare equal when a reader would say so: search, sorting, slugs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .shapes import iso_day
from .typography import unmarked

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
_SIGNS = re.compile(f"[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff{''.join(_PLAIN)}]")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[0-9]+")
_REMEMBERED = 16_384  # texts that several lists put in order: names of communes, titles
LONG_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
"""Words of names that are often cut short, folded."""


def fold(text: str) -> str:
    """``text`` without case, accents, ligatures or typographic variants; runs of blanks are one.

    Folding twice changes nothing. Scripts other than Latin keep their letters.

    >>> fold("L’Œuvre  d’Élan\u00a0: « Aïe »")
    'l\\'oeuvre d\\'elan : " aie "'
    """
    if text.isascii():
        folded = text.lower().replace("`", "'")
    else:
        # What NFKD would open otherwise: the accent alone, as many type it, on a blank.
        folded = text.replace("´", "'").replace("″", '"')
        # Compatibility forms (™, ﬁ, K of kelvin) may open on capitals, and small letters open too.
        folded = unicodedata.normalize("NFKD", folded).casefold()
        folded = unicodedata.normalize("NFKD", folded)
        folded = _SIGNS.sub(lambda sign: _PLAIN.get(sign[0], ""), folded)
    return " ".join(folded.split())


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

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARTS = re.compile(r"[a-z0-9]+")


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
