"""Drawings as files: small, well-formed, admitted by the output check, in the page’s scheme."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vues
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser

from portail.drawings import COUNT
from portail.drawings.families import drawing
from portail.outputs.empreintes import EmpreinteView
from portail.site.urls import DEEP, NUMBER
from portail_pelican.assets import Tokens
from portail_publication.output_check import OutputChecker, OutputPolicy

NAME = "empreinte.svg"
LIGHT, DARK = (233, 227, 247), (43, 35, 80)
"""--iris-fond, in tokens.css."""
FULL = (84, 56, 155)
"""--iris."""

PAGE = """<!DOCTYPE html><html data-theme="{}"><style>:root {{ color-scheme: light dark }}
[data-theme=clair] {{ color-scheme: light }} [data-theme=sombre] {{ color-scheme: dark }}</style>
<img src="dessin.svg{}" alt="" width="640" height="400"></html>"""


@pytest.fixture
def drawn(rendu: Callable[[str, Any], str]) -> Callable[..., str]:
    """A function that draws a rank in the family and the colours of a theme."""

    def draw(theme: str = "", rank: int = 1, fond: str = "") -> str:
        return rendu(NAME, EmpreinteView(theme, drawing(theme, rank), fond))

    return draw


@pytest.mark.parametrize("code", ["", *vues.THEMES])
def test_a_drawing_holds_both_palettes_of_its_theme(
    drawn: Callable[..., str], theme: Path, code: str
) -> None:
    svg, colours = drawn(code), Tokens(theme).couleurs(code)
    for jeton in (colours.t, colours.fond):
        assert jeton.clair in svg
        assert jeton.sombre in svg


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("code", ["", *vues.THEMES])
def test_the_deep_ground_is_one_palette_whose_lines_and_number_are_seen(
    drawn: Callable[..., str], theme: Path, code: str
) -> None:
    tokens = Tokens(theme)
    (sheet,) = re.findall(r"<style>(.*)</style>", drawn(code))
    colours = re.findall(r":target (?:rect|g)\{\w+:(#\w+)\}", sheet)
    numbered = etree.fromstring(drawn(code, 1, NUMBER))
    ground, lines = numbered.find("{*}rect"), numbered.find("{*}g")
    assert ground is not None and lines is not None and numbered.find("{*}style") is None
    assert colours == [ground.get("fill", ""), lines.get("stroke", "")]
    dull = code in ("", "sciences-societe", "histoire-patrimoine")
    own = tokens.couleurs(code)
    night = [tokens.jeton("nuit").clair, tokens.jeton("signal").clair]
    assert colours == (night if dull else [own.t.clair, own.fond.clair])
    for ink, least in ((colours[1], 3), (night[1], 3), (tokens.jeton("sur-nuit").clair, 4.5)):
        light, dark = luminance(ink), luminance(colours[0])
        assert (light + 0.05) / (dark + 0.05) > least, (code, ink)


@pytest.mark.parametrize("fond", ["", NUMBER])
def test_drawings_are_small_and_well_formed(drawn: Callable[..., str], fond: str) -> None:
    for code in ("", *vues.THEMES):
        for rank in range(1, COUNT + 1):
            svg = drawn(code, rank, fond).encode()
            assert len(gzip.compress(svg)) <= 2_048, (code, rank)
            root = etree.fromstring(svg)
            assert root.get("viewBox") == "0 0 640 400"
            assert len(root.findall(".//{*}path")) >= 1


def test_only_a_declared_template_may_carry_its_palettes(drawn: Callable[..., str]) -> None:
    data, path = drawn().encode(), "empreintes/lieux/essai.svg"
    checker = OutputChecker(OutputPolicy(styled=frozenset({NAME})))
    assert checker.findings(data, path, NAME) == ()
    assert checker.findings(data, path, "autre.svg") == ("une balise <style>",)
    assert checker.findings(drawn("", 1, NUMBER).encode(), path, NAME) == ()


@pytest.mark.chromium
@pytest.mark.parametrize("code", ["", *vues.THEMES])
def test_no_line_crosses_the_box_of_the_number(
    drawn: Callable[..., str], browser: Browser, code: str
) -> None:
    """The left 55 % of the picture, whatever the crop: the number stands there."""
    tab = browser.new_page(viewport={"width": 640, "height": 400})
    tab.set_content(f"<style>body{{margin:0}}</style>{drawn(code, 5, NUMBER)}")
    shot = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    assert len(shot.crop((0, 0, 350, 400)).getcolors(9) or []) == 1
    assert len(shot.crop((400, 0, 640, 400)).getcolors(1 << 18) or []) > 9
    tab.close()


@pytest.mark.chromium
def test_a_drawing_takes_the_scheme_of_the_page(
    drawn: Callable[..., str], browser: Browser, tmp_path: Path
) -> None:
    """The system's, unless the reader chose (Chromium 150); its full colour is the same in both."""
    (tmp_path / "dessin.svg").write_text(drawn("numerique"), encoding="utf-8")
    expected = {
        ("light", "", ""): LIGHT, ("dark", "", ""): DARK,
        ("dark", "clair", ""): LIGHT, ("light", "sombre", ""): DARK,
        ("light", "", f"#{DEEP}"): FULL, ("dark", "", f"#{DEEP}"): FULL,
    }  # fmt: skip
    found = {}
    for scheme, choice, ground in expected:
        (tmp_path / "page.html").write_text(PAGE.format(choice, ground), encoding="utf-8")
        tab = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        tab.goto((tmp_path / "page.html").as_uri())
        shot = Image.open(io.BytesIO(tab.locator("img").screenshot())).convert("RGB")
        found[scheme, choice, ground] = max(shot.getcolors(1 << 20) or [])[1]
        tab.close()
    assert found == expected
