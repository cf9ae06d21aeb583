"""Words that tell that two contents are about the same: titles that are near, a temps fort that
an event names without saying so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from portail.model.entry import Entry
from portail.text.inline import plain
from portail.text.normalise import fold

__all__ = ["Words", "near", "tie", "words_of"]

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "l la le les d de du des un une a au aux et en ou sur pour par dans avec ses son sa "
    "ce cette vos votre notre nos qui que se s n y".split()
)
_COMMON = frozenset(
    "fete semaine journee nuit mois jour science festival rendez vous nationale national "
    "nationaux europeenne europeen mondiale mondial international internationale".split()
)
"""Words of many temps forts: alone, they name none."""
_MOST = 0.75


def words_of(text: str) -> tuple[str, ...]:
    """The words that count, in order: without case, accents, small words nor plurals.

    >>> words_of("Les Ateliers : fusées à eau")
    ('atelier', 'fusee', 'eau')
    """
    found = _WORD.findall(fold(text))
    return tuple(_singular(one) for one in found if one not in _SMALL)


@cache
def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith("ss"):
        return word
    if word.endswith("eaux"):
        return word[:-1]
    return word[:-1] if word[-1] in "sx" else word


def near(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two titles, as sets of words, are likely those of one event.

    They have the same words, or one says all of the other (two words at least) and no more than
    as many again, or three words in four are common. Numbers must be the same: « Atelier 1 » is
    not « Atelier 2 ».

    >>> near(frozenset({"atelier", "fusee"}), frozenset({"atelier", "fusee", "eau"}))
    True
    >>> near(frozenset({"visite", "musee"}), frozenset({"visite", "jardin"}))
    False
    """
    common = first & second
    if len(common) < min(2, len(first), len(second)) or not common:
        return False
    if any(one.isdecimal() for one in first ^ second):
        return False
    if first == second:
        return True
    less, more = sorted((first, second), key=len)
    if len(less) >= 2 and less == common and len(more) <= 2 * len(less):
        return True
    return len(common) >= _MOST * len(first | second)


@dataclass(frozen=True, slots=True)
class Words:
    """What a content says of itself: its title and keywords, each as words; all of its words
    (title, summary, keywords) in order; its themes."""

    titre: tuple[str, ...]
    cles: tuple[tuple[str, ...], ...]
    dits: tuple[str, ...]
    themes: frozenset[str]
    noms: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> Words:
        """The words of ``entry``."""
        title, summary = plain(entry.titre), plain(entry.resume or "")
        told = " . ".join((title, summary, *entry.mots_cles))
        keys = tuple(map(words_of, entry.mots_cles))
        return cls(
            words_of(title),
            keys,
            words_of(told),
            frozenset(entry.themes),
            (title, *entry.mots_cles),
        )


def tie(event: Words, highlight: Words) -> str:
    """The name or keyword of a temps fort that ties an event to it, ``""`` when nothing does.

    Its whole name, or a keyword of several words, said in the title, the summary or the keywords
    of the event; a word of its own of its name, or a keyword of one word, when they also have a
    theme in common.
    """
    for name, words in zip(highlight.noms, (highlight.titre, *highlight.cles), strict=True):
        if len(words) > 1 and _says(event.dits, words):
            return name
    if not event.themes & highlight.themes:
        return ""
    written = (*_WORD.findall(highlight.noms[0]), *highlight.noms[1:])
    single = {words[0]: one for one in written if len(words := words_of(one)) == 1}
    own = (word for word in event.dits if word in single)
    return next((single[one] for one in own if one not in _COMMON and not one.isdecimal()), "")


def _says(said: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(said[at : at + size] == words for at in range(len(said) - size + 1))
