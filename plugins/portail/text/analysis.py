"""The words of a French text and their stems, by which the search matches a query and a page.

A word is folded first: what is typed without accents meets what is written with them. All forms of
a noun are then brought to one, since Snowball, which comes last
(https://snowballstem.org/algorithms/french/stemmer.html), separates *produit* from *produits* and
*chercheur* from *chercheuse*. Words that only look like a conjugated verb (*Calais*, *opéra*,
*circuit*) are kept from it: it makes *mars* of *marais*.

The theme's ``recherche-mots.js`` does the same to what is typed, rule for rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from Stemmer import Stemmer

from portail.late import expression
from portail.resources import rows

from .normalise import LONG_FORMS, fold

_FRENCH = rows("francais")
# Irregular words and their forms → the stem of all of them.
_WHOLE: dict[str, str] = {}
for _line in _FRENCH["entiers"].split():
    _base, _, _forms = _line.partition(":")
    _WHOLE |= dict.fromkeys((_base, *filter(None, _forms.split(","))), _base)

_Rules: TypeAlias = list[tuple[re.Pattern[str], str]]


def _rules(name: str) -> _Rules:
    # Groups are written « $1 » in the file, as JavaScript does, which reads it too.
    return [(re.compile(pattern), base.replace("$", "\\")) for pattern, base in _FRENCH[name]]


# From plural to singular, from feminine to masculine; the first rule that matches is applied.
_SINGULAR = _rules("singulier")
_MASCULINE = _rules("masculin")
# What Snowball left different; every rule is applied.
_LAST = _rules("fin")
# Words with these ends are kept from Snowball, which would take them for conjugated verbs.
_NO_VERB = ("a", "i", "o", "u", "it")
# Letters: no French word has more, and Snowball is slow on what has thousands.
_LONGEST = 40
_VOWELS = frozenset("aeiouy")
_ORDINAL = expression(r"^([0-9]+)(?:e|eme|ere?|re|nde?)s?$")
_CENTURY = expression(r"(x{1,2})(ix|iv|v?i{0,3})e(?:me)?s?$")
_ROMAN = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_snowball = Stemmer("french")


def stem_folded(word: str) -> str:
    """The stem of a folded ``word``; for an ordinal, its figures and « e ».

    >>> [stem_folded(word) for word in ("chercheuses", "vitraux", "calais", "cnrs", "xixe")]
    ['chercheur', 'vitrail', 'calai', 'cnrs', '19e']
    """
    if whole := _WHOLE.get(word):
        return whole
    if not (word.isascii() and word.isalpha()):
        return _ORDINAL.sub(r"\1e", word)
    if century := _CENTURY.fullmatch(word):
        return f"{10 * len(century[1]) + _ROMAN[century[2]]}e"
    if not 4 <= len(word) <= _LONGEST or _VOWELS.isdisjoint(word):
        return word
    if word[-1] in "sx":
        word = _by_first_rule(word, _SINGULAR)
    if len(word) < 5:
        if word[1:] == "ee" or word[2:] in ("ee", "ie"):
            return word[:-1]
        return word
    if word[-1] in "ex":
        word = _by_first_rule(word[:-1] if word.endswith("ee") else word, _MASCULINE)
    if not word.endswith(_NO_VERB) or (len(word) > 5 and word.endswith("era")):
        stemmed = _snowball.stemWord(word)
        # « actif » and « active », whose stem ends in « v ».
        is_masculine = stemmed == word and word.endswith(("if", "uf"))
        word = f"{word[:-1]}v" if is_masculine else stemmed
    if word[-1] in "nst":
        for pattern, base in _LAST:
            word = pattern.sub(base, word)
    return word


def _by_first_rule(word: str, rules: _Rules) -> str:
    for pattern, base in rules:
        changed, count = pattern.subn(base, word)
        if count:
            return changed
    return word


# Folded words that say nothing about the subject of a text: they give no token, but are counted in
# positions.
STOP_WORDS = frozenset(_FRENCH["vides"].split())
# Words that fold to one of these, and are not stop words: with their accents, they give a token.
_ACCENTED = frozenset(_FRENCH["accentues"].split())
# After these letters and an apostrophe, « est » is the East: « l’Est », « d’Est en Ouest ».
_EAST = frozenset("lLdD")


class Token(NamedTuple):
    """A word that is no stop word: its stem, its rank from 0 among all words of the text, its
    characters (from ``start`` to before ``end``)."""

    stem: str
    position: int
    start: int
    end: int


_APOSTROPHE = "['’‘ʼʹ′´`‛＇]"
# Accents and vowel signs that are characters of their own, and signs that print nothing.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903"
    "\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufeff"
)
# Letters and figures side by side.
_RUN = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*"
# Feminine and plural ends of inclusive writing, left out of the word: « chercheur·euse·s »,
# « étudiant(e)s ».
_ENDS = (
    "(?:e|ne|se|te|le|ve|euse|rice|trice|ice|[iï]?[eè]re|ive|enne|ienne|elle|ale|esse|sse|fe|que)"
)
_INCLUSIVE = (
    rf"(?:[·•‧⋅.]{_ENDS}s?(?:[·•‧⋅.]s)?|[·•‧⋅.]s|\({_ENDS}s?\)s?|\(s\)|/{_ENDS}s?"
    r"|[-‐‑](?:e|ne|se|euse|trice)(?:[-‐‑]?s)?)(?!\w)"
)
# An elided word has no rank of its own. A word may be an acronym with points, a number with its
# thousands apart, or go over an apostrophe or a hyphen (« aujourd’hui », « e-mail »).
_WORD = expression(
    rf"(?P<elided>(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){_APOSTROPHE}(?=\w))"
    r"|(?P<dotted>[^\W\d_](?:\.[^\W\d_])+(?!\w))"
    rf"|(?P<number>[0-9]{{1,3}}(?:[ \u00a0\u2009\u202f][0-9]{{3}})+(?!\w))(?:{_INCLUSIVE})?"
    rf"|(?P<joined>(?:(?:aujourd|presqu|prud|entr|quelqu){_APOSTROPHE}|e[-‐‑]){_RUN})"
    rf"|(?P<word>{_RUN})(?:{_INCLUSIVE})?",
    re.IGNORECASE,
)
_PARTS = expression(rf"[^\w{_INSIDE}]+")


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` that are no stop words, in order. Text can be cut at any blank, except
    inside a number, without a change of its words.

    >>> [(token.stem, token.position) for token in tokens("L’étude des planétariums")]
    [('etud', 0), ('planetarium', 2)]
    >>> [token.stem for token in tokens("C.S.T.I., aujourd’hui : chercheur·euse·s de St-Omer")]
    ['csti', 'aujourdhui', 'chercheur', 'saint', 'omer']
    """
    position = -1
    elided = ""
    for match in _WORD.finditer(text):
        kind = match.lastgroup
        if kind == "elided":
            elided = match[0]
            continue
        position += 1
        word = match["word"] if kind == "word" else _PARTS.sub("", match[kind or 0])
        root = token_stem(word)
        if not root and elided and word.lower() == "est" and elided[0] in _EAST:
            root = "est"
        if root:
            yield Token(root, position, match.start(), match.end())
        elided = ""


def stem(word: str) -> str:
    """The stem of one word, stop words too, whatever its case and accents.

    >>> stem("Planétariums"), stem("œuvres")
    ('planetarium', 'oeuvr')
    """
    folded = fold(word)
    return stem_folded(LONG_FORMS.get(folded, folded))


@lru_cache(maxsize=200_000)
def token_stem(word: str) -> str:
    """The stem of one word; ``""`` for a stop word."""
    if fold(word) in STOP_WORDS and unicodedata.normalize("NFC", word.lower()) not in _ACCENTED:
        return ""
    return stem(word)
