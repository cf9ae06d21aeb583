"""What words changed between two texts, block by block: for a page before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

__all__ = ["Piece", "Row", "changed_rows"]

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# What is longer is compared as a whole: a contributor must not choose how long we think.
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
    old, new = list(before[:_MOST_BLOCKS]), list(after[:_MOST_BLOCKS])
    left: list[Row] = []
    right: list[Row] = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > _EXACT)
    reached = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if a > 0 and a > reached:
            gap = [Row(())] if a - reached > 1 else []
            left += [*gap, Row((Piece(old[a - 1], False),))]
            right += [*gap, Row((Piece(new[c - 1], False),))]
        for was, now in zip_longest(old[a:b], new[c:d]):
            mine, theirs = _pair(was, now)
            left += mine
            right += theirs
        reached = b
    return tuple(left[:_SHOWN]), tuple(right[:_SHOWN])


def _pair(was: str | None, now: str | None) -> tuple[list[Row], list[Row]]:
    if was is None or now is None:
        return (
            [Row((Piece(was, True),))] if was is not None else [],
            [Row((Piece(now, True),))] if now is not None else [],
        )
    old, new = _TOKENS.findall(was), _TOKENS.findall(now)
    if max(len(old), len(new)) > _MOST_WORDS:
        return [Row((Piece(was, True),))], [Row((Piece(now, True),))]
    codes = SequenceMatcher(None, old, new, autojunk=len(new) > _EXACT).get_opcodes()
    mine = ((tag != "equal", "".join(old[a:b])) for tag, a, b, _, _ in codes)
    theirs = ((tag != "equal", "".join(new[c:d])) for tag, _, _, c, d in codes)
    return [Row(tuple(_joined(mine)))], [Row(tuple(_joined(theirs)))]


def _joined(parts: Iterator[tuple[bool, str]]) -> Iterator[Piece]:
    """Pieces, those that only a blank parts made one: « 10 h à 17 h » reads better than words."""
    kept: list[Piece] = []
    for change, text in parts:
        if not text:
            continue
        if kept and kept[-1].change == change:
            kept[-1] = Piece(kept[-1].texte + text, change)
        elif len(kept) > 1 and change and kept[-2].change and not kept[-1].texte.strip():
            blank = kept.pop().texte
            kept[-1] = Piece(kept[-1].texte + blank + text, True)
        else:
            kept.append(Piece(text, change))
    return iter(kept)
