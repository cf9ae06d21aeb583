"""Drawings that say something: where a place is, what a tool is made of, the shape of a territory.

Each is small: one path for an outline, and few strokes around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portail.drawings.strokes import (
    TURN,
    Dessin,
    Point,
    arc,
    around,
    circle,
    dots,
    line,
    trait,
)

Outline = Sequence[Sequence[Point]]
"""Closed lines, one for each part of a territory."""


def _moved(outline: Outline, dx: int, dy: int) -> list[str]:
    return [line(*((x + dx, y + dy) for x, y in part), closed=True) for part in outline]


def place(outline: Outline, at: Point) -> Dessin:
    """Rings around a point of a region. The map moves, no more than it must, so that every crop
    shows the point."""
    x, y = min(max(at[0], 170), 470), min(max(at[1], 110), 290)
    rings = (trait([circle((x, y), 22 * one)], 34 - 4 * one, 100 - 11 * one) for one in range(1, 8))
    border = trait(_moved(outline, x - at[0], y - at[1]), 26)
    return Dessin((border, *rings), ((x, y, 8),))


def silhouette(outline: Outline) -> Dessin:
    """The shape of a territory, and the echo of it."""
    shape = _moved(outline, 0, 0)
    echoes = (trait(shape, width, percent) for width, percent in ((900, 14), (480, 18), (26, 100)))
    widest = max(outline, key=len)
    xs, ys = [x for x, _ in widest], [y for _, y in widest]
    return Dessin((*echoes,), (((min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2, 8),))


def _box(left: int, top: int, wide: int, tall: int) -> str:
    right, bottom = left + wide, top + tall
    return line((left, top), (right, top), (right, bottom), (left, bottom), closed=True)


def panels(count: int) -> Dessin:
    """So many panels, upright, in rows."""
    rows = 1 + sum(count > most for most in (6, 14, 27, 44))
    columns = -(-count // rows)
    tall = min(190, 280 // rows - 26)
    wide = min(tall * 62 // 100, 440 // columns - 14)
    frames, words, feet, seen = [], [], [], []
    for rank in range(count):
        row, column = divmod(rank, columns)
        there = min(columns, count - row * columns)
        x = 320 - there * (wide + 14) // 2 + 7 + column * (wide + 14)
        y = 200 - rows * (tall + 26) // 2 + 8 + row * (tall + 26)
        frames.append(_box(x, y, wide, tall))
        seen.append((x + wide // 2, y + tall * 3 // 10))
        words += [
            line((x + wide // 5, y + tall * part // 10), (x + wide * 4 // 5, y + tall * part // 10))
            for part in (6, 7, 8)
        ]
        feet.append(line((x, y + tall + 10), (x + wide, y + tall + 10)))
    point = (*seen[count * 5 // 8], max(5, wide // 7))
    return Dessin((trait(frames, 34), trait(words, 18, 80), trait(feet, 18, 60)), (point,))


CASES = 8
"""More cases are not drawn."""


def cases(count: int) -> Dessin:
    """So many cases that one carries, from 1 to ``CASES``."""
    columns = min(count, 4)
    rows = -(-count // columns)
    wide = (0, 240, 180, 138, 108)[columns]
    tall = min(wide * 62 // 100, 104 if rows > 1 else 150)
    shells: list[str] = []
    details, locks = [], []
    for rank in range(count):
        row, column = divmod(rank, columns)
        there = min(columns, count - row * columns)
        x = 320 - there * (wide + 18) // 2 + 9 + column * (wide + 18)
        y = 212 - rows * (tall + 38) // 2 + 19 + row * (tall + 38)
        shells += (_box(x, y, wide, tall), arc((x + wide // 2, y), wide // 8, TURN // 2, 8))
        lid = y + tall * 36 // 100
        details.append(line((x, lid), (x + wide, lid)))
        locks += [(x + wide * part // 10, lid) for part in (2, 8)]
        details += [line((x + side, y), (x + side, y + tall)) for side in (14, wide - 14)]
    middle = (320 if columns % 2 else 320 - wide // 2 - 9, 212 - rows * (tall + 38) // 2 + 19)
    echo = (middle[0], middle[1] + tall * 36 // 100, 9)
    return Dessin((trait(shells, 44), trait(details, 22), trait([dots(locks)], 140)), (echo,))


def dome(_count: int) -> Dessin:
    """A dome where the sky is shown: its seams, its stars, its door."""
    foot, radius = (320, 318), 236
    seams = []
    for wide in (84, 172):
        k, high = wide - wide * 5523 // 10_000, radius * 5523 // 10_000
        halves = f"c0-{high} {k}-{radius} {wide}-{radius}s{wide} {radius - high} {wide} {radius}"
        seams.append(f"M{320 - wide} 318{halves}")
    rows = [arc(foot, far, TURN // 2, 8) for far in (70, 124, 180)]
    stars = [
        around(foot, 84 + 29 * (one % 5), TURN // 2 + 90 + one * 437 % (TURN // 2 - 180))
        for one in range(26)
    ]
    shell = [arc(foot, radius, TURN // 2, 8), line((60, 318), (580, 318))]
    door = [arc((320, 292), 26, TURN // 2, 8), *(line((x, 292), (x, 318)) for x in (294, 346))]
    strokes = (
        trait(shell, 46), trait(rows, 12, 60), trait(seams, 16, 80), trait([dots(stars)], 60),
        trait(door, 34),
    )  # fmt: skip
    return Dessin(strokes, ((320, 130, 9),))


def pages(_count: int) -> Dessin:
    """An open book."""
    sheets, words = [], []
    for side in (-1, 1):
        for far in range(3):
            out = 196 + 10 * far
            sheets.append(
                line((320, 96 + 4 * far), (320 + side * out, 82 + 6 * far),
                     (320 + side * out, 292 + 8 * far), (320, 312 + 6 * far))
            )  # fmt: skip
        words += [
            line((320 + side * 30, y), (320 + side * (168 if y % 52 else 120), y - 8))
            for y in range(130, 290, 26)
        ]
    spine = line((320, 96), (320, 324))
    return Dessin((trait([*sheets, spine], 34), trait(words, 20, 75)), ((408, 118, 9),))


def cards(_count: int) -> Dessin:
    """Cards of a game, fanned out."""
    shapes, marks = [], []
    for rank in range(5):
        way = TURN * 3 // 4 + 210 * (rank - 2)
        middle = around((320, 520), 300, way)
        corners = []
        for across, up in ((-62, -90), (62, -90), (62, 90), (-62, 90)):
            x, y = around(middle, up, way + TURN // 2)
            corners.append(around((x, y), across, way + TURN // 4))
        shapes.append(line(*corners, closed=True))
        marks += [circle(middle, size) for size in (14, 24)]
    point = around((320, 520), 300, TURN * 3 // 4)
    return Dessin((trait(shapes, 38), trait(marks, 18, 80)), ((*point, 9),))


FORMATS: dict[str, Callable[[int], Dessin]] = {
    "panneaux": panels,
    "caisses": cases,
    "dome": dome,
    "pages": pages,
    "cartes": cards,
}
"""What a tool can be, by the word that names it in the address of its drawing."""
