"""Outlines of a made-up region: light, without holes, each commune's point inside its EPCI."""

import json

import pytest
import shapely

import contours
import couverture
from couverture import Commune, Piece, cleaned, draw, joined, settled, without_holes
from wheels import square, wkb_outline, wkb_point, write_wheel

COLUMNS = "code,nom,codes_postaux,departement,epci,lat,lon\n"
WAVES = [0.0, 0.3, -0.2, 0.25, -0.3, 0.0]


def wavy(west, south, *, left=False, right=False):
    """A square of one degree whose vertical sides may wind."""
    heights = [(south + rank / 5, 0.2 * wave) for rank, wave in enumerate(WAVES)]
    east_side = [(west + 1 + (wave if right else 0), y) for y, wave in heights]
    west_side = [(west + (wave if left else 0), y) for y, wave in heights]
    return [west_side[0], *east_side, *west_side[::-1]]


def area(epci, ring, departement="01"):
    return Piece(epci, departement), ring


def grid(areas):
    shapes = cleaned({code: shapely.Polygon(ring) for code, (_, ring) in areas.items()})
    return {code: (areas[code][0], shape) for code, shape in shapes.items()}


def epci(pieces):
    return joined(pieces, lambda piece: piece.epci)


def nowhere(_):
    return False


def test_slivers_between_neighbours_are_closed():
    """Two communes that miss each other by a hair have the same border in the end."""
    corners = {"a": (0, 0), "b": (1.00001, 0), "c": (0.99999, 1)}
    shapes = cleaned({code: shapely.Polygon(square(*one)) for code, one in corners.items()})
    assert shapely.coverage_is_valid(list(shapes.values()))
    for shape in shapes.values():
        assert (shapely.get_coordinates(shape) % 1 == 0).all()


def test_a_hole_goes_to_the_epci_with_most_of_its_border():
    """Around the missing middle of nine squares: three sides of one EPCI, one of the other."""
    areas = {}
    for x in range(3):
        for y in range(3):
            if (x, y) != (1, 1):
                areas[f"{x}{y}"] = area("ouest" if x < 2 else "est", square(x, y))
    filled = without_holes(grid(areas), nowhere)
    assert [key for key in filled if key not in areas] == ["hole-0"]
    piece, hole = filled["hole-0"]
    assert piece.epci == "ouest"
    assert hole.area == couverture.GRID**2
    kept = without_holes(grid(areas), lambda point: 1 < point[0] < 2 and 1 < point[1] < 2)
    assert [*kept] == [*areas]


def test_a_part_where_nobody_lives_goes_to_those_around():
    """Land drawn as a second part of a commune of the next EPCI, and an islet that nobody
    touches."""
    ring = {f"{x}{y}": area("y", square(3 + x, y)) for x in range(3) for y in range(3)}
    del ring["11"]
    areas = grid({**ring, "a": area("x", square(0, 0)), "b": area("x", square(1, 0))})
    parts = [areas["a"][1], shapely.box(4, 1, 5, 2), shapely.box(20, 0, 21, 1)]
    parts[1:] = [shapely.transform(one, lambda xy: xy * couverture.GRID) for one in parts[1:]]
    drawn = [shapely.get_parts(one)[0] for one in parts]
    areas["a"] = areas["a"][0], shapely.MultiPolygon(drawn)
    towns = [Commune(name, areas[name][0], (x, y)) for name, x, y in
             (("a", 0.5, 0.5), ("b", 1.5, 0.5), ("00", 3.5, 0.5))]  # fmt: skip
    outlines = epci(grouped(settled(areas, towns)))
    assert outlines["y"].area == 9 * couverture.GRID**2
    assert outlines["x"].area == 3 * couverture.GRID**2
    assert settled(grid(ring), towns[2:]).keys() == ring.keys()


def grouped(areas):
    pieces = {}
    for piece, shape in areas.values():
        pieces.setdefault(piece, []).append(shape)
    return pieces


def test_what_is_simplified_stays_shared():
    areas = grid(
        {
            "a": area("x", wavy(0, 0, right=True)),
            "b": area("y", wavy(1, 0, left=True)),
            "c": area("y", square(0, 1)),
            "d": area("x", square(1, 1)),
        }
    )
    outlines = epci(draw([], areas, 0.5))
    assert {*outlines} == {"x", "y"}
    assert shapely.coverage_is_valid(list(outlines.values()))
    assert shapely.get_num_coordinates(list(outlines.values())).sum() == 4 * 5


def test_the_point_of_a_commune_stays_inside():
    """A town in the bend of a border that simplification would straighten."""
    areas = grid({"a": area("x", wavy(0, 0, right=True)), "b": area("y", wavy(1, 0, left=True))})
    towns = [
        Commune("a", Piece("x", "01"), (1.03, 0.2)),
        Commune("b", Piece("y", "01"), (0.98, 0.4)),
    ]
    astray = couverture.strays(towns, couverture.simplified(areas, 1, {}))
    assert {*astray} == {"a", "b"}
    drawn = draw(towns, areas, 1)
    assert not couverture.strays(towns, drawn)
    assert shapely.coverage_is_valid(list(epci(drawn).values()))


def test_a_point_outside_its_epci_is_refused():
    areas = grid({"a": area("x", square(0, 0)), "b": area("y", square(1, 0))})
    with pytest.raises(ValueError, match="outside their EPCI: a"):
        draw([Commune("a", Piece("x", "01"), (1.5, 0.5))], areas, 0.1)


@pytest.fixture
def data(tmp_path):
    """A region of two départements and two EPCI, one of which goes beyond."""
    folder = tmp_path / "data"
    folder.mkdir()
    tables = {
        "communes": COLUMNS
        + "01001,A,,01,100,0.5,0.5\n01002,B,,01,200,0.5,1.5\n02001,C,,02,200,1.5,1.5\n"
        "02002,D,,02,,1.5,0.5\n03001,E,,03,200,0.5,2.5\n03002,F,,03,300,1.5,2.5\n"
        "09001,G,,09,900,,\n",
        "departements": "code,nom,region\n01,Un,32\n02,Deux,32\n03,Trois,44\n09,Neuf,99\n",
        "regions": "code,nom\n32,Essai-du-Nord\n44,Est\n99,Mer\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def wheel(tmp_path):
    corners = {"01001": (0, 0), "01002": (1, 0), "02001": (1, 1), "02002": (0, 1),
               "03001": (2, 0), "03002": (2, 1)}  # fmt: skip
    outlines = {code: (wkb_outline([square(*corner)]), "") for code, corner in corners.items()}
    return write_wheel(tmp_path / "a.whl", outlines)


def test_a_region_is_drawn(data, wheel, capsys):
    arguments = ["Essai-du-Nord", "--communes", str(wheel), "--data", str(data)]
    assert contours.main(arguments) == 0
    assert "5 communes, dont 0 sans contour" in capsys.readouterr().out
    text = (data / "contours/essai-du-nord.json").read_text(encoding="utf-8")
    drawn = json.loads(text)
    identifiers = {
        name: [one["id"] for one in level["geometries"]] for name, level in drawn["objects"].items()
    }
    assert identifiers == {"epci": ["100", "200"], "departements": ["01", "02"], "region": ["32"]}
    assert drawn["nom"] == "Essai-du-Nord"
    assert drawn["licence"] == "etalab-2.0"
    assert contours.main(["32", "--communes", str(wheel), "--data", str(data)]) == 0
    assert (data / "contours/essai-du-nord.json").read_text(encoding="utf-8") == text


def test_what_cannot_be_drawn_is_said(data, wheel, capsys):
    common = ["--communes", str(wheel), "--data", str(data)]
    assert contours.main(["Atlantide", *common]) == 2
    assert "région inconnue : Atlantide" in capsys.readouterr().err
    assert contours.main(["Mer", *common]) == 1
    assert "Mer : no commune of the region has an outline" in capsys.readouterr().err


def test_a_wheel_is_read(tmp_path):
    """Of communes alone; what is absent is none."""
    holed = [square(0, 0, 10), square(2, 2, 6)], [square(20, 0, 1)]
    cells = {"62001": (wkb_outline(*holed), wkb_point(1.5, 2.5)), "62002": ("", "")}
    drawings = contours.read_drawings(write_wheel(tmp_path / "a.whl", cells))
    assert list(drawings) == ["62001", "62002"]
    assert (drawings["62001"].outline.area, drawings["62001"].town_hall.x) == (65, 1.5)
    assert drawings["62002"] == (None, None)


def test_another_source_replaces_a_splinter(data, wheel, tmp_path):
    """An outline that does not hold the commune's point gives way to one that does."""
    broken = write_wheel(tmp_path / "b.whl", {"01001": (wkb_outline([square(0, 0, 0.01)]), "")})
    sources = [contours.read_drawings(one) for one in (broken, wheel)]
    (commune, *_) = contours.communes_of(contours.read(data / "communes.csv"), {"01"})
    assert contours.outline_of(commune, sources).area == 1
    assert contours.outline_of(commune, sources[:1]).area < 0.001
    assert contours.outline_of(commune, []) is None
