"""How many events something holds, in words."""

from __future__ import annotations

from collections.abc import Callable

from portail.model.kinds import DATED, info_of
from portail.text.typography import nombre

_EVENTS = info_of(DATED)


def count_of(true: int, invented: int, counted: Callable[[int], str] = _EVENTS.counted) -> str:
    """« 12 événements », with those that are invented; ``""`` for none."""
    count = true + invented
    if count:
        return f"{nombre(count)} {counted(count)}"
    return ""
