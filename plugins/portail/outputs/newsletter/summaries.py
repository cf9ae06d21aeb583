"""What « À la une » tells of a content in 40 to 70 words, whole sentences only."""

from __future__ import annotations

import re

from portail.site.item import Item
from portail.text.excerpts import excerpt, sentences
from portail.text.inline import plain
from portail.text.typography import typographie

__all__ = ["summary"]

_LEAST, _MOST = 40, 70
_ROOM = 600
"""Characters of a text of seventy words, at most."""
_ENDS = (".", "!", "?", "»", ")", "…")


def summary(item: Item) -> str:
    """The summary of a content, completed by the first sentences of its text when it is short;
    plain text with the signs of French."""
    told = typographie(plain(item.entry.resume or ""))
    more = typographie(item.facts.excerpt)
    if len(told.split()) >= _LEAST or not more:
        return told
    if told and not told.endswith(_ENDS):
        told += "."
    for sentence in sentences(more):
        if _folded(sentence) in _folded(told):
            continue
        longer = f"{told} {sentence}".strip()
        if len(longer.split()) > _MOST:
            break
        told = longer
        if len(told.split()) >= _LEAST:
            break
    return told or excerpt(more, _ROOM)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
