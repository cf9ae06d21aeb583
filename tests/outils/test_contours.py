"""Outlines of a made-up region, from its wheels to their file. What those of each region must be is
judged of the files that the script made: ``tests/data/test_contours.py``."""

import json

import pytest

import contours
from wheels import square, wkb_outline, wkb_point, write_wheel

COLUMNS = "code,nom,codes_postaux,departement,epci,lat,lon,population\n"


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
    """Of communes, else of the part that bears the code; what is absent is none."""
    holed = [square(0, 0, 10), square(2, 2, 6)], [square(20, 0, 1)]
    cells = {"62001": (wkb_outline(*holed), wkb_point(1.5, 2.5)), "62002": ("", "")}
    drawings = contours.read_drawings(write_wheel(tmp_path / "a.whl", cells))
    assert list(drawings) == ["62001", "62002"]
    assert (drawings["62001"].outline.area, drawings["62001"].town_hall.x) == (65, 1.5)
    assert (drawings["62002"].outline.area, drawings["62002"].town_hall) == (1, None), "its part"


def test_another_source_replaces_a_splinter(data, wheel, tmp_path):
    """An outline that does not hold the commune's point gives way to one that does."""
    broken = write_wheel(tmp_path / "b.whl", {"01001": (wkb_outline([square(0, 0, 0.01)]), "")})
    sources = [contours.read_drawings(one) for one in (broken, wheel)]
    (commune, *_) = contours.read_table(data / "communes.csv")
    whole = contours.GRID**2
    assert contours.outline_of(commune, sources).area == whole
    assert contours.outline_of(commune, sources[:1]).area < 0.001 * whole
    assert contours.outline_of(commune, []) is None


@pytest.mark.parametrize(("departement", "rings", "epci"), [("01", 1, "200"), ("03", 2, None)])
def test_what_no_source_draws_goes_beside_unless_another_region_has_it(
    data, tmp_path, departement, rings, epci
):
    """The middle of nine squares is not drawn, or is of another region."""
    places = [(x, y) for x in range(3) for y in range(3)]
    rows = [
        f"0100{n},A,,{departement if n == 4 else '01'},{'100' if x == 0 else '200'},{y}.5,{x}.5\n"
        for n, (x, y) in enumerate(places)
    ]
    if departement != "01":
        rows[4] = rows[4].replace(",200,", ",,")
    (data / "communes.csv").write_text(COLUMNS + "".join(rows), encoding="utf-8")
    outlines = {
        f"0100{n}": (wkb_outline([square(*place)]), "")
        for n, place in enumerate(places)
        if n != 4 or departement != "01"
    }
    wheel = write_wheel(tmp_path / "c.whl", outlines)
    assert contours.main(["32", "--communes", str(wheel), "--data", str(data)]) == 0
    drawn = json.loads((data / "contours/essai-du-nord.json").read_text(encoding="utf-8"))
    objects = {name: level["geometries"] for name, level in drawn["objects"].items()}
    assert [len(polygon) for one in objects["region"] for polygon in one["arcs"]] == [rings]
    whole = [one["id"] for one in objects["epci"] if [len(p) for p in one["arcs"]] == [1]]
    assert (epci in whole) if epci else len(whole) == 2
