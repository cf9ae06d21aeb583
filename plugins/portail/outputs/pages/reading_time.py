"""How long reading a content takes."""

from __future__ import annotations

from portail.site.item import Item

_WORDS_A_MINUTE = 220


def minutes_of(words: int) -> int:
    """Minutes that reading so many words takes, one at least."""
    return max(1, round(words / _WORDS_A_MINUTE))


def reading_time(item: Item) -> str:
    """« 4 min »: how long reading a content takes."""
    return f"{minutes_of(item.facts.words)}\u00a0min"
