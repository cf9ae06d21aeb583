"""Words of a preview: differences between two texts, phrases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from portail.terminal.text import counted

from .story import Fiche, Story

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# A longer text is compared as a whole: a contributor must not choose how long this takes.
_MOST_WORDS = 4_000
_MOST_BLOCKS = 1_500
_EXACT = 400
_SHOWN = 60


class Piece(NamedTuple):
    """Words, and whether they changed."""

    texte: str
    change: bool


class Row(NamedTuple):
    """A block of a page; without pieces, blocks that are not shown since they are the same."""

    pieces: tuple[Piece, ...]


def changed_rows(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The blocks that changed, on both sides, each after the unchanged one that precedes it.

    >>> changed_rows(["Ouvert.", "De 10 h à 17 h."], ["Ouvert.", "De 10 h à 18 h."])[1][1].pieces
    (Piece(texte='De 10 h à ', change=False), Piece(texte='18', change=True), \
Piece(texte=' h.', change=False))
    """
    old = list(before[:_MOST_BLOCKS])
    new = list(after[:_MOST_BLOCKS])
    left = []
    right = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > _EXACT)
    reached = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if a > 0 and a > reached:
            gap = []
            if a - reached > 1:
                gap = [Row(())]
            left += [*gap, Row((Piece(old[a - 1], False),))]
            right += [*gap, Row((Piece(new[c - 1], False),))]
        for was, now in zip_longest(old[a:b], new[c:d]):
            mine, theirs = _pair(was, now)
            left += mine
            right += theirs
        reached = b
    return tuple(left[:_SHOWN]), tuple(right[:_SHOWN])


def _pair(was: str | None, now: str | None) -> tuple[list[Row], list[Row]]:
    old = _TOKENS.findall(was or "")
    new = _TOKENS.findall(now or "")
    if was is None or now is None or max(len(old), len(new)) > _MOST_WORDS:
        mine, theirs = (
            [Row((Piece(text, True),))] if text is not None else [] for text in (was, now)
        )
        return mine, theirs
    codes = SequenceMatcher(None, old, new, autojunk=len(new) > _EXACT).get_opcodes()
    before_words = _joined((tag != "equal", "".join(old[a:b])) for tag, a, b, _, _ in codes)
    right = _joined((tag != "equal", "".join(new[c:d])) for tag, _, _, c, d in codes)
    return [before_words], [right]


def _joined(parts: Iterator[tuple[bool, str]]) -> Row:
    # Pieces, those that only a blank parts joined: « 10 h à 17 h » reads better than words.
    pieces: list[Piece] = []
    for change, text in parts:
        if not text:
            continue
        if pieces and pieces[-1].change == change:
            pieces[-1] = Piece(pieces[-1].texte + text, change)
        elif len(pieces) > 1 and change and pieces[-2].change and not pieces[-1].texte.strip():
            blank = pieces.pop().texte
            pieces[-1] = Piece(pieces[-1].texte + blank + text, True)
        else:
            pieces.append(Piece(text, change))
    return Row(tuple(pieces))


# Sentences that the page and the comment share: all ours, but for what they quote.

_NEW = {True: "nouvelle", False: "nouveau"}
_DONE = {"modifie": "modifié", "renomme": "renommé", "retire": "retiré"}
_SORTS = {"nouveau": ("nouveau", "nouveaux")}
_SORTS |= {sort: (word, f"{word}s") for sort, word in _DONE.items()}
_VOWELS = "aâeéèêiîoôuh"


def counts(story: Story) -> str:
    """« 1 nouveau, 1 modifié, 1 à corriger »; each content is counted once."""
    numbers: Counter[str] = Counter(fiche.sorte for fiche in story.ready)
    words = [counted(numbers[sort], nouns) for sort, nouns in _SORTS.items() if numbers[sort]]
    if story.faulty:
        words += [f"{len(story.faulty)} à corriger"]
    return ", ".join(words) or "Rien ne change"


def change_of(fiche: Fiche) -> str:
    if fiche.sorte == "nouveau":
        vowel = fiche.nom[:1] in _VOWELS and not fiche.une
        return f"{'nouvel' if vowel else _NEW[fiche.une]} {fiche.nom}"
    if fiche.sorte == "touche":
        return f"{fiche.nom} touché{'e' * fiche.une} par un autre changement"
    return f"{fiche.nom} {_DONE[fiche.sorte]}{'e' * fiche.une}"


def state_of(fiche: Fiche) -> str:
    if fiche.erreurs:
        return counted(len(fiche.erreurs), ("erreur", "erreurs"))
    return fiche.etat or "prêt"


def intro(story: Story) -> str:
    ready = len(story.ready)
    faulty = len(story.faulty)
    parts = []
    if ready:
        parts = [f"**{counted(ready, ('contenu prêt', 'contenus prêts'))}**"]
    # Alone, the number needs its noun.
    mend = "à corriger" if ready else f"contenu{'s' * (faulty > 1)} à corriger"
    if faulty:
        parts += [f"**{faulty} {mend}**"]
    return f"Votre proposition contient {' et '.join(parts)}."
