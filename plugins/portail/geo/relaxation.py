"""Points of a map pushed apart until each can be read and hit."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin, sqrt
from operator import itemgetter
from typing import TypeAlias

__all__ = ["Place", "pushed_apart"]

Place: TypeAlias = tuple[float, float]
"""Units of a map from its top left corner."""

_ROUNDS = 400
_TURN = pi * (3 - sqrt(5))  # the golden angle: no two of a few directions are near
_ASIDE = 0.15  # each push turns a little, so that points in a line do not only press on its ends


def pushed_apart(
    places: Sequence[Place], gap: float, frame: tuple[float, float, float, float]
) -> tuple[Place, ...]:
    """Where to draw points so that two of them are ``gap`` units apart, or more.

    They stay in ``frame`` (left, top, right, bottom), whatever their true place, and move as
    little as their neighbours allow. When there is no room for all, they are as far apart as they
    got. The same places give the same result, to a tenth of unit.

    >>> pushed_apart([(5, 5), (50, 5), (50, 5)], 10, (0, 0, 100, 100))[0]
    (5, 5)
    """
    found = [_kept(place, frame) for place in places]
    wanted = gap + 0.2  # rounding takes a little back
    for _ in range(_ROUNDS):
        if not _round(found, wanted, frame):
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in found)


def _round(found: list[Place], gap: float, frame: tuple[float, float, float, float]) -> bool:
    """Push apart each pair that is too near, once; whether there was one."""
    moved = False
    for i, j in _near(found, gap):
        (x1, y1), (x2, y2) = found[i], found[j]
        dx, dy = x2 - x1, y2 - y1
        if abs(dx) >= gap or abs(dy) >= gap:
            continue
        away = hypot(dx, dy)
        if away >= gap - 1e-6:
            continue
        moved = True
        if away < 1e-6:  # at the same place: each in a direction of its own
            dx, dy, away = cos(j * _TURN), sin(j * _TURN), 1.0
            push = gap / 2
        else:
            push = (gap - away) / 2
        dx, dy = (dx - _ASIDE * dy) / away * push, (dy + _ASIDE * dx) / away * push
        found[i] = _kept((x1 - dx, y1 - dy), frame)
        found[j] = _kept((x2 + dx, y2 + dy), frame)
    return moved


def _near(found: Sequence[Place], gap: float) -> list[tuple[int, int]]:
    """Pairs that this round may have to push apart, in the order of the later of both: those that
    are less than two gaps apart, since others move meanwhile."""
    reach = 2 * gap
    ranks = sorted(range(len(found)), key=lambda rank: found[rank][0])
    pairs = []
    for place, one in enumerate(ranks):
        x, y = found[one]
        for other in ranks[place + 1 :]:
            if found[other][0] - x >= reach:
                break
            if abs(found[other][1] - y) < reach:
                pairs.append((min(one, other), max(one, other)))
    return sorted(pairs, key=itemgetter(1, 0))


def _kept(place: Place, frame: tuple[float, float, float, float]) -> Place:
    """The nearest place inside the frame."""
    (x, y), (left, top, right, bottom) = place, frame
    return min(max(x, left), right), min(max(y, top), bottom)
