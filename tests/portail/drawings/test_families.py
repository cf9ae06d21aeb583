"""Families of drawings: one a theme, the same numbers everywhere, seen in every crop."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b
from math import pi, sin
from pathlib import Path

import pytest
import yaml

from portail.drawings import COUNT, strokes
from portail.drawings.families import FAMILIES, OTHERS, drawing, shown_theme
from portail.drawings.nature import sunflower
from portail.drawings.strokes import Dessin, Draw

THEMES = [
    one["code"] for one in yaml.safe_load(Path("data/themes.yml").read_text("utf-8"))["valeurs"]
]
NUMBERS = {"M": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "z": 0}
PART = re.compile(r"([A-Za-z])((?:[ -]?\d+)*)")


def drawings(theme: str) -> list[Dessin]:
    return [drawing(theme, rank) for rank in range(1, COUNT + 1)]


def check_path(path: str) -> None:
    """A path is made of whole numbers, as many as each command takes."""
    parts = PART.findall(path)
    assert "".join(name + words for name, words in parts) == path
    assert parts[0][0] == "M"
    for name, words in parts:
        count, takes = len(re.findall(r"\d+", words)), NUMBERS[name]
        assert count % takes == 0 and count if takes else count == 0, path[:60]


def test_each_theme_of_the_tables_has_a_family_of_its_own() -> None:
    assert set(FAMILIES) == set(THEMES)
    forms = [form for family in (*FAMILIES.values(), OTHERS) for form in family]
    assert len({*forms}) == len(forms)
    assert min(len(family) for family in (*FAMILIES.values(), OTHERS)) >= 3


@pytest.mark.parametrize("theme", ["", "theme-d-ailleurs", *THEMES])
def test_a_family_has_many_drawings_that_every_crop_shows(theme: str) -> None:
    found = drawings(theme)
    assert len({*found}) == COUNT >= 24
    for one in found:
        x, y, radius = one.points[0]
        assert x - radius > 120 and x + radius < 520  # a square
        assert y - radius > 63 and y + radius < 337  # 21 × 9
        assert one.traits
        for some in one.traits:
            check_path(some.trace)
            assert 0.9 <= float(some.epaisseur) <= 30
            assert 0.15 <= float(some.opacite) <= 1


def test_a_sunflower_has_few_seeds() -> None:
    counts = [
        sum(one.trace.count("h0") for one in sunflower(Draw(f"essai-{rank}")).traits)
        for rank in range(40)
    ]
    assert 60 < min(counts) <= max(counts) <= 120


def test_forms_of_a_family_share_its_ranks() -> None:
    """The next rank, which a neighbour in a list shows, is another form."""
    widths = Counter(
        tuple(one.epaisseur for one in drawing("numerique", rank).traits) for rank in range(1, 25)
    )
    assert [*widths.values()] == [8, 8, 8]


def test_the_drawings_are_those_of_every_machine() -> None:
    """Changing this digest changes the pictures of every content: for a good reason only."""
    drawn = repr([drawings(theme) for theme in ("", *THEMES)])
    assert blake2b(drawn.encode(), digest_size=8).hexdigest() == "d07fc0eb6a1310e8"


def test_no_sine_is_near_a_half() -> None:
    """Libraries may differ by the last bit of a sine: never enough to round to another number."""
    turn, one = strokes.TURN, strokes._ONE
    exact = [one * sin(2 * pi * step / turn) for step in range(turn)]
    assert min(abs(value % 1 - 0.5) for value in exact) > 1e-6
    assert [round(value) for value in exact] == strokes._SINE


def test_the_picture_tells_what_a_content_is_about() -> None:
    assert shown_theme(("sciences-societe", "numerique", "vivant-sante")) == "numerique"
    assert shown_theme(("vivant-sante", "sciences-societe")) == "vivant-sante"
    assert shown_theme(("sciences-societe",)) == "sciences-societe"
    assert shown_theme(()) == ""
