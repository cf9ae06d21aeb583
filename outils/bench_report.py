"""What the bench prints: every figure of each site, then the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from bench_targets import CPU, DEMONSTRATION, LOAD, Figures, Key, Row, middle


def text(figure: float | None) -> str:
    """A figure, or a dash."""
    return "–" if figure is None else f"{figure:.2f}"


def cell(figures: Figures, key: Key) -> str:
    """A measure: median, least and most, then processor seconds when it has some, and the load."""
    values = figures.get(key)
    if not values:
        return "–"
    spread = f" ({text(min(values))}–{text(max(values))})" if len(values) > 1 else ""
    cpu, load = (middle(figures, key.site, key.by, key.what + one) for one in (CPU, LOAD))
    told = f" / {text(cpu)} @ {text(load)}" if cpu is not None else ""
    return text(median(values)) + spread + told


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as what they hold, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    for line in (head, *lines):
        first, *rest = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        yield "  " + "  ".join(cells).rstrip()


def report(
    figures: Figures, sizes: Sequence[int], generators: Sequence[str], targets: Sequence[Row]
) -> Iterator[str]:
    """The whole, line by line; measures in the order in which they were taken."""
    for site in (*sizes, DEMONSTRATION):
        names = dict.fromkeys(
            key.what for key in figures if key.site == site and not key.what.endswith((CPU, LOAD))
        )
        lines = [
            [name, *(cell(figures, Key(site, by, name)) for by in generators)] for name in names
        ]
        yield f"{site:,} items" if site else "Demonstration"
        yield from table(["seconds: wall (least–most) / CPU @ load", *generators], lines)
        yield ""
    yield "Targets"
    verdicts = [
        [row.name, text(row.found), text(row.target.must), text(row.target.aim), row.verdict]
        for row in targets
    ]
    yield from table(["", "found", "must", "aim", "verdict"], verdicts)
