"""Drawings as files: small, well-formed, admitted by the output check, in the page’s scheme."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vues
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser

from portail.drawing import empreinte
from portail.outputs.empreintes import EmpreinteView
from portail_pelican.assets import Tokens
from portail_publication.output_check import OutputChecker, OutputPolicy

NAME = "empreinte.svg"
LIGHT, DARK = (233, 227, 247), (43, 35, 80)
"""--iris-fond, in tokens.css."""

PAGE = """<!DOCTYPE html><html data-theme="{}"><style>:root {{ color-scheme: light dark }}
[data-theme=clair] {{ color-scheme: light }} [data-theme=sombre] {{ color-scheme: dark }}</style>
<img src="dessin.svg" alt="" width="640" height="400"></html>"""


@pytest.fixture
def drawn(rendu: Callable[[str, Any], str]) -> Callable[..., str]:
    """A function that draws a slug in the colours of a theme."""
    return lambda slug, theme="": rendu(NAME, EmpreinteView(theme, empreinte(slug)))


@pytest.mark.parametrize("code", ["", *vues.THEMES])
def test_a_drawing_holds_both_palettes_of_its_theme(
    drawn: Callable[..., str], theme: Path, code: str
) -> None:
    svg, colours = drawn("essai", code), Tokens(theme).couleurs(code)
    for jeton in (colours.t, colours.fond):
        assert jeton.clair in svg
        assert jeton.sombre in svg


def test_a_drawing_is_small_and_well_formed(drawn: Callable[..., str]) -> None:
    for rank in range(200):
        svg = drawn(f"contenu-{rank}-au-titre-assez-long", "numerique").encode()
        assert 2_500 < len(svg) < 4_500
        assert len(gzip.compress(svg)) < 2_200
        root = etree.fromstring(svg)
        assert root.get("viewBox") == "0 0 640 400"
        assert len(root.findall(".//{*}path")) in range(9, 13)


def test_only_a_declared_template_may_carry_its_palettes(drawn: Callable[..., str]) -> None:
    data, path = drawn("essai").encode(), "empreintes/lieux/essai.svg"
    checker = OutputChecker(OutputPolicy(styled=frozenset({NAME})))
    assert checker.findings(data, path, NAME) == ()
    assert checker.findings(data, path, "autre.svg") == ("une balise <style>",)


@pytest.mark.chromium
def test_a_drawing_takes_the_scheme_of_the_page(
    drawn: Callable[..., str], browser: Browser, tmp_path: Path
) -> None:
    """The system's, unless the reader chose (Chromium 150)."""
    (tmp_path / "dessin.svg").write_text(drawn("essai", "numerique"), encoding="utf-8")
    expected = {
        ("light", ""): LIGHT, ("dark", ""): DARK,
        ("dark", "clair"): LIGHT, ("light", "sombre"): DARK,
    }  # fmt: skip
    found = {}
    for scheme, choice in expected:
        (tmp_path / "page.html").write_text(PAGE.format(choice), encoding="utf-8")
        tab = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        tab.goto((tmp_path / "page.html").as_uri())
        shot = Image.open(io.BytesIO(tab.locator("img").screenshot())).convert("RGB")
        found[scheme, choice] = max(shot.getcolors(1 << 20) or [])[1]
        tab.close()
    assert found == expected
