"""The committed drawings are the script's, light, and drawn to scale."""

from __future__ import annotations

import pytest
from lxml import etree
from PIL import Image

import dessins
from dessins import CONTRIBUTIONS, DRAWINGS, MARKS, Drawing, angle, around, main

SVG = "{http://www.w3.org/2000/svg}"


def test_sources_and_pictures_are_the_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == f"{len(DRAWINGS)} drawings are the script's.\n"


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_a_picture_has_the_size_of_its_source(drawing: Drawing) -> None:
    with Image.open(drawing.picture) as picture:
        assert (picture.format, picture.size) == ("JPEG", (drawing.width, drawing.height))


def test_a_change_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (*CONTRIBUTIONS[:-1], ("Non détaillées", 5, "#000000"))
    monkeypatch.setattr(dessins, "CONTRIBUTIONS", changed)
    assert [*dessins.check()] == ["outils/dessins/contributions.svg: not what the script draws."]


def test_bars_are_to_scale() -> None:
    root = etree.fromstring(DRAWINGS[1].svg().encode())
    bars = [float(bar.get("width", "0")) for bar in root.findall(f"{SVG}rect")[1:]]
    values = [value for _, value, _ in CONTRIBUTIONS]
    assert sum(values) == 547
    assert [bar / bars[0] for bar in bars] == pytest.approx([v / values[0] for v in values])


def test_january_is_right_after_noon_and_june_right_before_six() -> None:
    x, y = around((0, 0), 100, angle(1))
    assert (round(x), round(y)) == (26, -97)
    x, y = around((0, 0), 100, angle(6))
    assert (round(x), round(y)) == (26, 97)


def test_each_event_is_named_once_for_each_of_its_months() -> None:
    root = etree.fromstring(DRAWINGS[0].svg().encode())
    texts = [node.text for node in root.findall(f"{SVG}text")]
    assert texts[12:] == [mark.name for mark in MARKS]
