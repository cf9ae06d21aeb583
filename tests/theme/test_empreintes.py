"""Drawings: a fixed set of small files that draw and do nothing else; in the page’s scheme."""

import gzip
import io
import re

import pytest
import yaml
from lxml import etree
from PIL import Image
from test_tokens import contrast

from portail.outputs.empreintes import EmpreinteView, count_of
from portail.outputs.medias import band
from portail.resources import data_dir
from portail.site.urls import DEEP, shared_of
from portail_pelican.assets import Tokens
from portail_publication.output_check import OutputChecker, OutputPolicy

NAME = "empreinte.svg"
LIGHT, DARK = (233, 227, 247), (43, 35, 80)
"""--iris-fond, in tokens.css."""
FULL = (84, 56, 155)
"""--iris."""
THEMES = yaml.safe_load((data_dir() / "themes.yml").read_text(encoding="utf-8"))["valeurs"]
CODES = ("", *(one["code"] for one in THEMES))
INKS = {"none", "currentColor"}

PAGE = """<!DOCTYPE html><html data-theme="{}"><style>:root {{ color-scheme: light dark }}
[data-theme=clair] {{ color-scheme: light }} [data-theme=sombre] {{ color-scheme: dark }}</style>
<img src="dessin.svg{}" alt="" width="640" height="400"></html>"""


def ranks(code):
    """Of the drawings of a theme."""
    return range(1, count_of(code) + 1)


@pytest.fixture
def drawn(rendu):
    """A function that gives a drawing in the colours of a theme."""

    def draw(theme="", rank=1):
        return rendu(NAME, EmpreinteView(theme, rank))

    return draw


def test_each_theme_has_its_drawings_no_two_alike(theme):
    files = sorted((theme / "templates/dessins").iterdir())
    wanted = {f"{code or 'portail'}-{n}.svg" for code in CODES for n in ranks(code)}
    assert {one.name for one in files} == wanted
    assert len(wanted) == 48
    assert len({one.read_bytes() for one in files}) == len(wanted)


def test_a_drawing_only_draws_and_shows_its_point_in_every_crop(theme):
    """In a square and in 21 × 9; its colours are those of who shows it."""
    for file in (theme / "templates/dessins").iterdir():
        root = etree.parse(file).getroot()
        assert root.get("viewBox") == "0 0 640 400"
        marks = [etree.QName(one).localname for one in root]
        assert {*marks} == {"path", "circle"}, file.name
        assert not root.text or not root.text.strip()
        for one in root.iter():
            assert {one.get("fill", "none"), one.get("stroke", "none")} <= INKS, file.name
            assert one.get("style") is None and one.get("class") is None
        point = next(one for one in root if one.tag.endswith("circle"))
        x, y, radius = (int(point.get(name, "")) for name in ("cx", "cy", "r"))
        assert x - radius > 120 and x + radius < 520, file.name
        assert y - radius > 63 and y + radius < 337, file.name


def test_drawings_are_small_and_well_formed(drawn):
    for code in CODES:
        for rank in ranks(code):
            svg = drawn(code, rank).encode()
            assert len(gzip.compress(svg)) <= 2_048, (code, rank)
            assert etree.fromstring(svg).get("viewBox") == "0 0 640 400"


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_holds_both_palettes_of_its_theme(drawn, theme, code):
    svg, colours = drawn(code), Tokens(theme).couleurs(code)
    for jeton in (colours.t, colours.fond):
        assert jeton.clair in svg
        assert jeton.sombre in svg


@pytest.mark.parametrize("code", CODES)
def test_the_deep_ground_is_one_palette_whose_lines_are_seen(drawn, theme, code):
    tokens = Tokens(theme)
    (sheet,) = re.findall(r"<style>(.*)</style>", drawn(code))
    ground, ink = re.findall(r":target (?:rect|g)\{\w+:(#\w+)\}", sheet)
    dull = code in ("", "sciences-societe", "histoire-patrimoine")
    own = tokens.couleurs(code)
    night = [tokens.jeton("nuit").clair, tokens.jeton("signal").clair]
    assert [ground, ink] == (night if dull else [own.t.clair, own.fond.clair])
    assert contrast(ink, ground) > 3


def test_a_drawing_may_carry_its_palettes_and_no_page(drawn):
    checker = OutputChecker(OutputPolicy())
    assert checker.findings(drawn().encode(), "empreintes/essai.svg") == ()
    assert checker.findings(drawn().encode(), "essai.html") == ("une balise <style>",)


@pytest.mark.chromium
def test_a_drawing_takes_the_scheme_of_the_page(drawn, browser, tmp_path):
    """The system's, unless the reader chose (Chromium 150); its full colour is the same in both."""
    (tmp_path / "dessin.svg").write_text(drawn("numerique", 4), encoding="utf-8")
    expected = {
        ("light", "", ""): LIGHT, ("dark", "", ""): DARK,
        ("dark", "clair", ""): LIGHT, ("light", "sombre", ""): DARK,
        ("light", "", f"#{DEEP}"): FULL, ("dark", "", f"#{DEEP}"): FULL,
    }  # fmt: skip
    found, tab = {}, browser.new_page()
    for scheme, choice, ground in expected:
        (tmp_path / "page.html").write_text(PAGE.format(choice, ground), encoding="utf-8")
        tab.emulate_media(color_scheme=scheme)
        tab.goto((tmp_path / "page.html").as_uri())
        shot = Image.open(io.BytesIO(tab.locator("img").screenshot())).convert("RGB")
        colours = sorted(shot.getcolors(1 << 20) or [], reverse=True)
        assert len(colours) > 3, "lines and a point"
        found[scheme, choice, ground] = colours[0][1]
    tab.close()
    assert found == expected


@pytest.mark.parametrize("code", CODES)
def test_the_picture_of_a_mail_is_the_band_above_the_mark(theme, code):
    data = (theme / "static" / shared_of(code).removeprefix("/theme/")).read_bytes()
    made = band(data)
    assert len(made) < 70_000
    with Image.open(io.BytesIO(made)) as shown, Image.open(io.BytesIO(data)) as whole:
        assert (shown.format, shown.size) == ("PNG", (1_200, 450))
        picture, corner = shown.convert("RGB"), whole.convert("RGB").getpixel((20, 620))
        ground = max(picture.getcolors(1 << 20) or [])[1]
    if ground != corner:  # the mark stands on a square of its own colour
        assert corner not in {colour for _, colour in picture.getcolors(1 << 20) or []}
