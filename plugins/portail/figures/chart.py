"""Columns drawn over a table that follows time: small SVG, whose table says the same in cells."""

from __future__ import annotations

from dataclasses import dataclass

from portail.figures.table import Table, shown

_WIDTH, _HEIGHT = 340, 132
_TOP, _FOOT = 16, 18
"""Room above the columns for their numbers, below for their names."""
_SPACE = 0.24
"""Share of a step that is left free."""
_STEP = 58
"""The most that a column takes with its room: two years do not fill a page."""
_FEW = 14
"""Columns whose numbers are all written; of more, the highest alone."""
_SHORT = 5
"""Characters of a name under a column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text of a chart, centred on ``x``, its foot at ``y``."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns in a view box: the path of those of the table's first value column (``trace``), of
    those of the second one beside them (``avant``), texts, and what it shows in words."""

    largeur: int
    hauteur: int
    trace: str
    avant: str
    marques: tuple[Mark, ...]
    legende: tuple[str, ...]
    """Names of both columns, the first one first, where there are two."""
    titre: str
    description: str


def columns_of(table: Table) -> Chart | None:
    """The chart of a table; ``None`` when there is nothing to draw, or one row only."""
    values = table.numbers()
    beside = _twin(table)
    most = max((*values, *beside), default=0)
    if most <= 0 or len(values) < 2:
        return None
    step = min(_WIDTH / len(values), _STEP)
    wide = step * (1 - _SPACE) / (2 if beside else 1)
    scale = (_HEIGHT - _TOP - _FOOT) / most
    first = [(rank + _SPACE / 2) * step + wide * bool(beside) for rank in range(len(values))]
    return Chart(
        _WIDTH,
        _HEIGHT,
        _path(first, values, wide, scale),
        _path([x - wide for x in first], beside, wide, scale) if beside else "",
        tuple(_marks(table, values, first, wide, scale)),
        tuple(one.label for one in table.colonnes[:2]) if beside else (),
        table.titre,
        _described(table, values),
    )


def _twin(table: Table) -> tuple[float, ...]:
    """The second column, where it counts what the first one does."""
    if len(table.colonnes) < 2 or table.colonnes[0].unit != table.colonnes[1].unit:
        return ()
    return table.numbers(1)


def _path(lefts: list[float], values: tuple[float, ...], wide: float, scale: float) -> str:
    foot = _HEIGHT - _FOOT
    return "".join(
        f"M{left:.4g} {foot}v{-value * scale:.3g}h{wide:.3g}V{foot}z"
        for left, value in zip(lefts, values, strict=True)
        if value > 0
    )


def _marks(
    table: Table, values: tuple[float, ...], lefts: list[float], wide: float, scale: float
) -> list[Mark]:
    marks, most = [], max(values)
    for row, value, left in zip(table.lignes, values, lefts, strict=True):
        middle = round(left + wide / 2, 1)
        if isinstance(row.values[0], int | float) and (len(values) <= _FEW or value == most):
            high = round(_HEIGHT - _FOOT - value * scale - 4, 1)
            marks.append(Mark(middle, high, shown(row.values[0])))
        marks.append(Mark(middle, _HEIGHT - 5, row.label[:_SHORT]))
    return marks


def _described(table: Table, values: tuple[float, ...]) -> str:
    """The first, the last and the highest of the columns, in words."""
    unit, rows = table.colonnes[0].unit, table.lignes

    def told(rank: int) -> str:
        return f"{rows[rank].label} : {shown(rows[rank].values[0], unit)}"

    high = values.index(max(values))
    ends = f"{told(0)} ; {told(len(rows) - 1)}."
    return f"{table.colonnes[0].label}. {ends} Le plus haut, {told(high)}."
