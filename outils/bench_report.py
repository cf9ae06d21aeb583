"""What the bench prints: ratios first, since they survive a change of machine, then figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from bench_targets import DEMONSTRATION, Figures, Key, Row, growth, middle, ratio

CPU = ", CPU"
"""What ends the name of a measure of processor time; its namesake without it is on the wall."""


def text(figure: float | None, digits: int = 2) -> str:
    """A figure, or a dash."""
    return "–" if figure is None else f"{figure:.{digits}f}"


def measures(figures: Figures, site: int) -> list[str]:
    """The measures of a site, in the order in which they were taken, without processor times."""
    names = dict.fromkeys(key.what for key in figures if key.site == site)
    return [name for name in names if not name.endswith(CPU)]


def spread(values: Sequence[float]) -> str:
    """The least and the most of some runs, when there are several."""
    return f" ({text(min(values))}–{text(max(values))})" if len(values) > 1 else ""


def cell(figures: Figures, key: Key) -> str:
    """A measure: median, least and most, then processor seconds when it has some."""
    values = figures.get(key)
    if not values:
        return "–"
    cpu = middle(figures, key.site, key.by, key.what + CPU)
    return text(median(values)) + spread(values) + (f" / {text(cpu)}" if cpu is not None else "")


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as what they hold, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    for line in (head, *lines):
        first, *rest = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        yield "  " + "  ".join(cells).rstrip()


def ratios(figures: Figures, sizes: Sequence[int], peers: Sequence[str]) -> Iterator[str]:
    """Portail beside each peer, at each size: on the wall, then of processor."""
    head = ["Portail beside", *(f"{peer}, {size:,}" for size in sizes for peer in peers)]
    lines = []
    for measure in dict.fromkeys(name for size in sizes for name in measures(figures, size)):
        cells = [beside(figures, size, peer, measure) for size in sizes for peer in peers]
        if set(cells) != {"–"}:
            lines.append([measure, *cells])
    yield "Ratios (wall / CPU; below 1, Portail takes less)"
    yield from table(head, lines)


def beside(figures: Figures, site: int, peer: str, measure: str) -> str:
    """One ratio on the wall, and of processor where it has one."""
    ratios = [
        ratio(middle(figures, site, "Portail", name), middle(figures, site, peer, name))
        for name in (measure, measure + CPU)
    ]
    return text(ratios[0]) + (f" / {text(ratios[1])}" if ratios[1] is not None else "")


def details(figures: Figures, site: int, generators: Sequence[str], title: str) -> Iterator[str]:
    """Every figure of a site."""
    present = [
        generator
        for generator in generators
        if any(key[:2] == (site, generator) for key in figures)
    ]
    lines = [
        [measure, *(cell(figures, Key(site, by, measure)) for by in present)]
        for measure in measures(figures, site)
    ]
    if lines:
        yield title
        yield from table(["seconds: wall (least–most) / CPU", *present], lines)


def exponents(figures: Figures, sizes: Sequence[int], generators: Sequence[str]) -> Iterator[str]:
    """How processor time, or what has none, grows from a size to the next."""
    pairs = [*pairwise(sizes)]
    if not pairs:
        yield "Growth: one size only, no exponent."
        return
    head = ["exponent", *(f"{by}, {a:,} → {b:,}" for a, b in pairs for by in generators)]
    lines = []
    for measure in measures(figures, sizes[0]):
        timed = Key(sizes[0], "Portail", measure + CPU) in figures
        name = measure + CPU * timed
        cells = [text(growth(figures, by, name, two)) for two in pairs for by in generators]
        lines.append([name, *cells])
    yield "Growth (1: as the number of items; 0: not at all)"
    yield from table(head, lines)


def noise(figures: Figures) -> str:
    """How far runs of the same measure on the wall are from one another."""
    spreads = [
        (max(values) - min(values)) / median(values)
        for key, values in figures.items()
        if len(values) > 1 and key._replace(what=key.what + CPU) in figures
    ]
    if not spreads:
        return "noise: one run, not known"
    return (
        f"noise, (most – least) / median: {median(spreads):.0%} typical, {max(spreads):.0%} worst"
    )


def verdicts(targets: Sequence[Row]) -> Iterator[str]:
    """Every target beside what was found."""
    lines = [
        [row.name, text(row.found), text(row.target.must), text(row.target.aim), row.verdict]
        for row in targets
    ]
    yield "Targets"
    yield from table(["", "found", "must", "aim", "verdict"], lines)


def report(
    figures: Figures, sizes: Sequence[int], generators: Sequence[str], targets: Sequence[Row]
) -> Iterator[str]:
    """The whole, line by line."""
    yield from ratios(
        figures, sizes, [generator for generator in generators if generator != "Portail"]
    )
    for size in sizes:
        yield ""
        yield from details(figures, size, generators, f"{size:,} items")
    yield ""
    yield from exponents(figures, sizes, generators)
    yield ""
    yield from details(figures, DEMONSTRATION, generators, "Demonstration")
    yield ""
    yield from verdicts(targets)
    yield noise(figures)
