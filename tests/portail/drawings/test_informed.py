"""Drawings that say something count right and show their point."""

from __future__ import annotations

import re

import pytest

from portail.drawings import things as informed
from portail.drawings.strokes import Dessin, Point

SQUARE = [[(120, 0), (520, 0), (520, 400), (120, 400)]]


def boxes(drawn: Dessin, corners: int = 4) -> int:
    """How many closed shapes of so many corners the boldest strokes draw."""
    shapes = re.findall(r"M[^M]*z", drawn.traits[0].trace)
    return sum(len(re.findall(r"\d+", one)) == 2 * corners for one in shapes)


@pytest.mark.parametrize("count", [1, 2, 5, 8, 11, 16, 27, 60])
def test_panels_are_counted_and_inside(count: int) -> None:
    drawn = informed.panels(count)
    assert boxes(drawn) == count
    for x, y in re.findall(r"M(\d+) (\d+)", drawn.traits[0].trace):
        assert 80 < int(x) < 560
        assert 45 < int(y) < 340


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, informed.CASES])
def test_cases_are_counted(count: int) -> None:
    assert boxes(informed.cases(count)) == count


@pytest.mark.parametrize("at", [(320, 200), (130, 5), (515, 395), (320, 390)])
def test_a_place_keeps_its_true_place_in_its_region(at: Point) -> None:
    drawn = informed.place(SQUARE, at)
    x, y, _ = drawn.points[0]
    assert 120 < x < 520 and 63 < y < 337
    found = re.match(r"M(-?\d+)[ ]?(-?\d+)l", drawn.traits[0].trace)
    assert found
    left, top = map(int, found.groups())
    assert (x - left, y - top) == (at[0] - 120, at[1])
    assert len(drawn.traits) == 8  # the outline, then rings


def test_the_shape_of_a_territory_is_drawn_with_its_echo() -> None:
    drawn = informed.silhouette(SQUARE)
    assert drawn.traits[0].trace == "M120 0l400 0 0 400-400 0z"
    widths = [float(one.epaisseur) for one in drawn.traits]
    assert widths == sorted(widths, reverse=True) and len(widths) == 5
    assert drawn.points == ((320, 200, 8),)
