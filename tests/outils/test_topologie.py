"""Each border is written once, and every ring is found again from its arcs."""

from topologie import topology

WEST = [[(0, 0), (10, 0), (10, 5), (10, 10), (0, 10), (0, 0)]]
EAST = [[(20, 0), (20, 10), (10, 10), (10, 5), (10, 0), (20, 0)]]
BOTH = [[(0, 0), (10, 0), (20, 0), (20, 10), (10, 10), (0, 10), (0, 0)]]
ISLAND = [[(40, 1), (41, 0), (40, 0), (40, 1)]]


def points(drawn, arcs):
    """A ring from its arcs, in steps of the grid from the corner."""
    ring = []
    for number in arcs:
        x = y = 0
        arc = []
        for dx, dy in drawn["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            arc.append((x, y))
        arc = arc if number >= 0 else arc[::-1]
        assert not ring or ring[-1] == arc[0]
        ring += arc[1:] if ring else arc
    assert ring[0] == ring[-1]
    return ring


def turned(ring):
    """A ring from its least point, one way."""
    turn = ring[:-1]
    ways = []
    for way in (turn, turn[::-1]):
        least = way.index(min(way))
        ways.append(way[least:] + way[:least])
    return min(ways)


def test_a_border_is_one_arc_for_both_sides_and_all_levels():
    drawn = topology({"petit": {"w": [WEST], "e": [EAST]}, "grand": {"b": [BOTH]}}, 0.5)
    assert drawn["transform"] == {"scale": [0.5, 0.5], "translate": [0, 0]}
    assert len(drawn["arcs"]) == 3
    east, west = drawn["objects"]["petit"]["geometries"]
    (whole,) = drawn["objects"]["grand"]["geometries"]
    assert (east["id"], west["id"], whole["id"]) == ("e", "w", "b")
    assert {*map(abs_arc, east["arcs"][0])} & {*map(abs_arc, west["arcs"][0])}
    for shape, ring in ((east, EAST), (west, WEST), (whole, BOTH)):
        assert turned(points(drawn, shape["arcs"][0])) == turned(ring[0])
    shared = {*map(abs_arc, east["arcs"][0])} & {*map(abs_arc, west["arcs"][0])}
    assert not shared & {*map(abs_arc, whole["arcs"][0])}


def abs_arc(number):
    return number if number >= 0 else ~number


def test_an_island_is_an_arc_of_its_own():
    drawn = topology({"o": {"a": [WEST, ISLAND]}}, 1)
    (shape,) = drawn["objects"]["o"]["geometries"]
    assert shape["type"] == "MultiPolygon"
    rings = [points(drawn, polygon[0]) for polygon in shape["arcs"]]
    assert [turned(ring) for ring in rings] == [turned(WEST[0]), turned(ISLAND[0])]
