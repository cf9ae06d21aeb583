"""What the bench must find: one table, where each row is a measure, what it may be and what for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

ITEMS = 5_000
"""How many items the targets are for; fewer are judged by the same ones, when asked for."""

DEMONSTRATION = 0
"""The site of a key that is the demonstration, where others are a number of items."""

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
    """A measure of Portail: at most ``must``, ``aim`` is better.

    ``beside`` is a peer (the same measure of it), another measure of Portail, ``growth`` (the
    exponent between two sizes: 1 for what doubles with the items) or nothing.
    """

    what: str
    beside: str
    must: float
    aim: float | None = None
    demonstration: bool = False


TARGETS = (
    Target("cold", "Pelican", 1.5, 1.0),
    Target("event, body", "Hugo", 0.4, 0.2),
    Target("event, title", "Hugo", 0.5, 0.3),
    Target("event, date", "Hugo", 0.6, 0.35),
    Target("new day", "Hugo", 1.2, 0.8),
    Target("template", "", 10.0, 7.0),
    Target("no change", "Hugo", 0.15, 0.1),
    Target("peak memory, MB", "Hugo", 0.8, 0.5),
    Target("files an item", "", 2.3, 2.0),
    Target("kB an item", "", 32.0, 25.0),
    Target("MB written for one sentence", "", 0.5, 0.2),
    Target("check, warm", "check, cold", 0.09),
    Target("serve, edit to page", "", 0.8),
    Target("cold, CPU", "growth", 1.05),
    Target("event, body, CPU", "growth", 0.6),
    Target("event, title, CPU", "growth", 0.6),
    Target("event, date, CPU", "growth", 0.6),
    Target("article, body, CPU", "growth", 0.6),
    Target("cold", "", 4.0, demonstration=True),
    Target("no change", "", 0.4, demonstration=True),
    Target("event, body", "", 0.8, demonstration=True),
    Target("serve, edit to page", "", 0.4, demonstration=True),
    Target(NEW, "", 1.2, 0.8, demonstration=True),
)
"""Times are seconds; a ratio has no unit."""


class Row(NamedTuple):
    """A target and what was found; None when it was not measured."""

    name: str
    target: Target
    found: float | None

    @property
    def verdict(self) -> str:
        """``ok``, ``over``, or that it was not measured."""
        if self.found is None:
            return "not measured"
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
        figure = middle(figures, site, "Portail", target.what)
        if target.beside in generators:
            figure = ratio(figure, middle(figures, site, target.beside, target.what))
        elif target.beside:
            figure = ratio(figure, middle(figures, site, "Portail", target.beside))
        where = "demonstration" if target.demonstration else f"{site:,}"
        beside = f" / {target.beside}" * bool(target.beside)
        yield Row(f"{target.what}{beside}, {where}", target, figure)


def exit_code(targets: Sequence[Row]) -> int:
    """0 when every target is met, 1 when one is not, 2 when one was not measured."""
    verdicts = {row.verdict for row in targets}
    return 2 if "not measured" in verdicts else int("over" in verdicts)
