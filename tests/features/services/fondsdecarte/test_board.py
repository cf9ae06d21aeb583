"""Names on a map: none over another, none outside, none on a point."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from portail.features.services.fondsdecarte.board import Board, lines_of

FRAME = (0.0, 0.0, 300.0, 200.0)
SIZE = 12.0
SPOTS = st.tuples(st.sampled_from(["Lens", "Saint-Omer", "Haut Pays du Montreuillois"]),
                  st.floats(0, 300), st.floats(0, 200), st.booleans())  # fmt: skip


def box_of(label):
    """The room that a name takes, at least: letters half as wide as high."""
    width = max(map(len, label.lignes)) * SIZE * 0.5
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.ancre]
    bottom = label.y + (len(label.lignes) - 1) * SIZE * 1.15
    return left, label.y - 0.7 * SIZE, left + width, bottom


def crossed(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(st.lists(SPOTS, max_size=12), st.tuples(st.floats(0, 300), st.floats(0, 200)))
def test_no_two_names_cross_and_none_is_cut(spots, point):
    board = Board(FRAME, SIZE)
    board.take(*point, 10)
    found = [
        board.area(name, x, y, "zone") if wide else board.town(name, x, y)
        for name, x, y, wide in spots
    ]
    boxes = [box_of(label) for label in found if label]
    assert not any(crossed(one, other) for one, other in combinations(boxes, 2))
    x, y = point
    for box in boxes:
        assert not crossed(box, (x - 10, y - 10, x + 10, y + 10))
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 300 and box[3] <= 200


def test_a_town_is_named_at_its_right_then_left_then_above():
    board = Board(FRAME, SIZE)
    found = [board.town("Lens", 150, 100, gap=1.5) for _ in range(9)]
    assert [label.ancre for label in found[:4]] == ["start", "end", "middle", "middle"]
    assert all(label.pied == (150, 100) for label in found if label) and found[8] is None


def test_a_name_stays_in_the_part_that_every_screen_shows():
    board = Board(FRAME, SIZE)
    assert board.town("Lens", 150, 100, frame=(100, 60, 160, 140)).ancre == "end"
    assert board.town("Saint-Omer", 150, 20, frame=(140, 0, 160, 40)) is None


def test_an_area_is_named_where_it_fits_the_nearest_to_its_middle():
    label = Board(FRAME, SIZE).area("Nord", 150, 100, "zone", fits=lambda box: box[0] > 160)
    assert label is not None and label.x > 170 and abs(label.y - 100) < 30
    assert Board(FRAME, SIZE).area("Nord", 150, 100, "zone", fits=lambda box: False) is None


def test_long_names_take_two_lines():
    assert lines_of("Maubeuge Val de Sambre", 17) == ("Maubeuge Val", "de Sambre")
    assert lines_of("Ponthieu-Marquenterre", 17) == ("Ponthieu-Marquenterre",)
