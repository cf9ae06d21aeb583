"""What the settings of an identity ask for, judged: a colour, marks (E158, A158)."""

import io
import re

import pytest
from PIL import Image

from doses import cases, rows_of
from portail.diagnostics import ConfigError
from portail.features import configured
from portail_identite.faults import read
from site_settings import of_code, site_with

TABLES = rows_of("portail_identite/tests/faults.yml")


def luminance(colour):
    """Relative luminance, by the words of WCAG 2.2."""
    total = 0.0
    for at, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        part = int(colour[at : at + 2], 16) / 255
        total += weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return total


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# ── Colours ──────────────────────────────────────────────────────────────────────────


@cases(("value", "said"), TABLES["what_is_no_colour_is_refused"])
def test_what_is_no_colour_is_refused(value, said):
    with pytest.raises(ConfigError, match=re.escape(said)):
        configured({"PORTAIL_COULEUR": value})


# ── The logo (E158, A158) ────────────────────────────────────────────────────────────

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
PATH = '<path d="M0 0h9v9z"/>'


def with_logo(root, data, name="logo.svg", more=""):
    """A small site whose logo is ``data``."""
    (root / name).write_bytes(data)
    return site_with(root, f'PORTAIL_LOGO = {{"fichier": "{name}"{more}}}\n')


def png(size):
    out = io.BytesIO()
    Image.new("RGBA", size, (10, 90, 120, 255)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://ailleurs.example/x.png"/>',
        '<use href="#a"/>',
        "<foreignObject/>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<path d="M0 0" fill="url(https://ailleurs.example/x)"/>',
        '<path d="M0 0" style="fill:url(//ailleurs.example/x)"/>',
        "<style>@import 'https://ailleurs.example/x.css';</style>",
        "<style>path{fill:\\75rl(//ailleurs.example)}</style>",
        "<animate/>",
        "<a><path/></a>",
        "<text>Nom</text>",
        "<path",
        "&inconnu;",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(inside, tmp_path):
    result = with_logo(tmp_path, SQUARE.format(inside).encode())
    (one,) = of_code(result, "E158")
    assert str(one.position.path) == "pelicanconf.py"
    assert result.plan is None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>" + SQUARE.format("&a;").encode(), "logo.svg"),
        (SQUARE.format(PATH * 3000).encode(), "logo.svg"),
        (b"<html/>", "logo.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.svg"),
        (SQUARE.format(PATH).encode(), "logo.png"),
        (b"", "logo.png"),
        (png((900, 20)), "logo.png"),
    ],
)
def test_a_file_that_is_no_logo_is_refused(data, name, tmp_path):
    assert len(of_code(with_logo(tmp_path, data, name), "E158")) == 1


def test_a_logo_out_of_the_folder_is_no_logo(tmp_path):
    for path in ("../logo.svg", "/etc/logo.svg", "logo.gif"):
        with pytest.raises(ConfigError, match="fichier"):
            configured({"PORTAIL_LOGO": path})
    outside = tmp_path.parent / f"{tmp_path.name}.svg"
    outside.write_bytes(SQUARE.format(PATH).encode())
    (tmp_path / "logo.svg").symlink_to(outside)
    assert of_code(site_with(tmp_path, 'PORTAIL_LOGO = "logo.svg"\n'), "E158")


def test_a_drawing_needs_an_icon_and_has_it(tmp_path):
    result = with_logo(tmp_path, SQUARE.format(PATH).encode())
    assert of_code(result, "A158")
    assert result.plan is not None
    (tmp_path / "icone.png").write_bytes(png((512, 512)))
    whole = with_logo(tmp_path, SQUARE.format(PATH).encode(), more=', "icone": "icone.png"')
    assert not [*of_code(whole, "A158"), *of_code(whole, "E158")]
    (tmp_path / "icone.png").write_bytes(png((64, 64)))
    small = with_logo(tmp_path, SQUARE.format(PATH).encode(), more=', "icone": "icone.png"')
    assert "64 × 64" in of_code(small, "E158")[0].message


def test_what_a_drawing_program_notes_is_left_out(tmp_path):
    noted = SQUARE.replace("viewBox", 'xmlns:s="http://sodipodi.example" s:x="1" viewBox')
    (tmp_path / "logo.svg").write_text(noted.format(f"<metadata/><s:view/><!-- a -->{PATH}"))
    drawn = read(tmp_path / "logo.svg")
    assert drawn.data.decode() == SQUARE.format(PATH) + "\n"
    assert drawn.ratio == 1


# ── The mark of who is behind a portal (E158) ────────────────────────────────────────


def test_the_mark_of_a_carrier_is_a_file_that_can_be_published(tmp_path):
    text = 'PORTAIL_PORTEUR = {\n    "nom": "Le réseau",\n    "logo": "reseau.svg",\n}\n'
    (one,) = of_code(site_with(tmp_path, text), "E158")
    assert (one.position.line, one.position.column) == (3, 13)
    assert one.message.startswith("PORTAIL_PORTEUR, « reseau.svg » : ")
    (tmp_path / "reseau.svg").write_text(SQUARE.format(PATH), "utf-8")
    result = site_with(tmp_path, text)
    assert not of_code(result, "E158")
    assert not of_code(result, "A158"), "the icon goes with the logo of the portal alone"


@cases(("value", "said"), TABLES["what_is_no_mark_of_a_carrier_is_refused"])
def test_what_is_no_mark_of_a_carrier_is_refused(value, said):
    with pytest.raises(ConfigError, match=re.escape(said)):
        configured({"PORTAIL_PORTEUR": value})
