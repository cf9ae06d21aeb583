"""What the bench must find: ``targets.yml``, judged."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml

ITEMS = 5_000
"""How many items the targets are for; fewer are judged by the same ones, when asked for."""

DEMONSTRATION = 0
"""The site of a key that is the demonstration, where others are a number of items."""

ARTIFACT, EACH = ", commit to artifact", ", ms of processor an item"
"""What ends the name of a measure with the archives that come to a forge and go; of all items."""

FIRST = "serve, first page of all"
"""Without any cache."""

CPU, LOAD = ", CPU", ", load"
"""What ends the name of a measure of processor time, of how many processors others kept busy; their
namesake without it is on the wall."""

MOST = 0.5
"""The load above which a time is not judged: two processes pay for a neighbour, one does not."""

NEW = "a new portal, cold"
"""A measure that stands beside those of the demonstration."""


class Key(NamedTuple):
    """What was measured: on which site, of which generator, which measure."""

    site: int
    by: str
    what: str


Figures = dict[Key, list[float]]
"""Every run of every measure."""


class Target(NamedTuple):
    """A row of ``targets.yml``."""

    what: str
    beside: str
    must: float
    aim: float | None
    demonstration: bool


_LISTED = yaml.safe_load(Path(__file__).with_name("targets.yml").read_text(encoding="utf-8"))
TARGETS = tuple(
    Target._make([*row, site == "demonstration"]) for site, rows in _LISTED.items() for row in rows
)


class Row(NamedTuple):
    """A target, what was found, None when it was not measured, and under which load."""

    name: str
    target: Target
    found: float | None
    load: float = 0

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, or that it was not measured, or not in peace."""
        if self.found is None:
            return "not measured"
        if self.load > MOST:
            return f"not judged, load {self.load:.1f}"
        return "ok" if self.found <= self.target.must else "over"


def middle(figures: Figures, site: int, by: str, measure: str) -> float | None:
    """The median of the runs of a measure."""
    values = figures.get(Key(site, by, measure))
    return median(values) if values else None


def ratio(above: float | None, below: float | None) -> float | None:
    """One figure beside another; None without both."""
    return above / below if above is not None and below else None


def growth(figures: Figures, by: str, measure: str, sizes: tuple[int, int]) -> float | None:
    """The exponent of a measure between two sizes: cost grows as items to that power."""
    factor = ratio(*(middle(figures, size, by, measure) for size in reversed(sizes)))
    return math.log(factor) / math.log(sizes[1] / sizes[0]) if factor else None


def judged_at(sizes: Sequence[int]) -> int:
    """The size that targets are held at."""
    return ITEMS if ITEMS in sizes else max(sizes)


def rows(figures: Figures, sizes: Sequence[int], generators: Sequence[str]) -> Iterator[Row]:
    """Every target beside what was found; growth between each two sizes that follow."""
    for target in TARGETS:
        if target.beside == "growth":
            for two in pairwise(sizes):
                name = f"{target.what}, {two[0]:,} → {two[1]:,}, exponent"
                yield Row(name, target, growth(figures, "Portail", target.what, two))
            continue
        site = DEMONSTRATION if target.demonstration else judged_at(sizes)
        found = [("Portail", target.what)]
        if target.beside in generators:
            found.append((target.beside, target.what))
        elif target.beside:
            found.append(("Portail", target.beside))
        figure, *other = (middle(figures, site, *one) for one in found)
        if other:
            figure = ratio(figure, *other)
        loads = [
            middle(figures, site, by, what.removesuffix(ARTIFACT).removesuffix(EACH) + LOAD)
            for by, what in found
        ]
        where = "demonstration" if target.demonstration else f"{site:,}"
        beside = f" / {target.beside}" * bool(target.beside)
        yield Row(
            f"{target.what}{beside}, {where}",
            target,
            figure,
            max(map(float, filter(None, loads)), default=0),
        )


def exit_code(targets: Sequence[Row]) -> int:
    """0 when every target is met, 1 when one is not, 2 when one was not measured, or not judged."""
    verdicts = {row.verdict for row in targets}
    return int("over" in verdicts) if verdicts <= {"ok", "over"} else 2
