"""The empreinte: the same numbers everywhere, a closed curve, a small file."""

from __future__ import annotations

import re
from hashlib import blake2b
from math import pi, sin

from hypothesis import given
from hypothesis import strategies as st

from portail import drawing as module
from portail.drawing import HEIGHT, WIDTH, Anneau, empreinte

SLUGS = st.from_regex(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}", fullmatch=True)
NUMBER = r"(?: \d+|-\d+)"
PATH = re.compile(rf"M(-?\d+) (-?\d+)c({NUMBER}{{6}})s((?:{NUMBER}{{4}}){{19}})z")


def points(ring: Anneau) -> list[tuple[int, int]]:
    """The points that a ring goes through, the first one again at the end."""
    match = PATH.fullmatch(ring.trace)
    assert match, ring.trace
    x, y = int(match[1]), int(match[2])
    numbers = [int(text) for text in re.findall(r"-?\d+", match[3] + match[4])]
    steps = [numbers[4:6]] + [numbers[at + 2 : at + 4] for at in range(6, len(numbers), 4)]
    found = [(x, y)]
    for dx, dy in steps:
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


@given(SLUGS)
def test_rings_are_closed_around_the_centre(slug: str) -> None:
    drawing = empreinte(slug)
    assert 0.15 * WIDTH < drawing.x < 0.85 * WIDTH
    assert 0.15 * HEIGHT < drawing.y < 0.85 * HEIGHT
    assert 9 <= len(drawing.anneaux) <= 12
    for ring in drawing.anneaux:
        places = points(ring)
        assert len(places) == 21
        assert places[0] == places[-1]
        xs, ys = zip(*places, strict=True)
        assert min(xs) < drawing.x < max(xs)
        assert min(ys) < drawing.y < max(ys)


@given(SLUGS)
def test_rings_grow_and_reach_the_edges_but_not_far_beyond(slug: str) -> None:
    drawing = empreinte(slug)
    reaches = [
        max(abs(x - drawing.x) + abs(y - drawing.y) for x, y in points(ring))
        for ring in drawing.anneaux
    ]
    assert reaches == sorted(reaches)
    assert 25 < reaches[0] < 110
    assert 0.7 * WIDTH < reaches[-1] < 2 * WIDTH


@given(SLUGS)
def test_strokes_can_be_seen(slug: str) -> None:
    for ring in empreinte(slug).anneaux:
        assert 1 <= float(ring.epaisseur) <= 4.6
        assert 0.35 <= float(ring.opacite) <= 0.95


@given(SLUGS, SLUGS)
def test_a_slug_has_one_drawing_and_another_slug_another(one: str, other: str) -> None:
    assert empreinte(one) == empreinte(one)
    assert (empreinte(one) == empreinte(other)) == (one == other)


def test_the_drawings_are_those_of_every_machine() -> None:
    """Changing this digest changes the identity of every content: for a good reason only."""
    drawn = repr([empreinte(f"contenu-{rank}") for rank in range(200)])
    assert blake2b(drawn.encode(), digest_size=8).hexdigest() == "a52517da0d5276d4"


def test_no_sine_is_near_a_half() -> None:
    """Libraries may differ by the last bit of a sine: never enough to round to another number."""
    turn, one = module._TURN, module._ONE
    exact = [one * sin(2 * pi * step / turn) for step in range(turn)]
    assert min(abs(value % 1 - 0.5) for value in exact) > 1e-6
    assert [round(value) for value in exact] == module._SINE[:turn]
