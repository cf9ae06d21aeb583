"""Contrasts of the tokens, reckoned from the style sheet as those of a team’s colours are."""

import re

import pytest
import yaml

from contrasts import contrast
from drawn_pages import theme_files

DECLARATION = re.compile(r"--([\w-]+): (#[0-9A-Fa-f]{6});")
ALIAS = re.compile(r"\.t-([\w-]+) \{ --t: var\(--(\w+)\); --t-fond: var\(--(\w+)-fond\); \}")

TEXT, CONTROL = 4.5, 3.0
STATES = ("succes", "alerte", "erreur", "info")
PAIRS = {
    **{(name, ground): TEXT for name in ("encre", "encre-2", "lien", "accent")
       for ground in ("fond", "fond-2", "fond-3")},
    ("bord", "fond"): CONTROL, ("bord", "fond-2"): CONTROL, ("bord", "fond-3"): CONTROL,
    ("fond", "encre"): TEXT, ("sur-accent", "accent"): TEXT, ("sur-signal", "signal"): TEXT,
    ("barre-nuit", "nuit"): CONTROL, ("barre-signal", "signal"): CONTROL,
    ("sur-nuit", "nuit"): TEXT, ("sur-nuit-2", "nuit"): TEXT, ("signal", "nuit"): CONTROL,
    ("encre", "marque"): TEXT,
    **{(name, f"{name}-fond"): TEXT for name in STATES},
    **{(name, f"{state}-fond"): TEXT for name in ("encre", "lien") for state in STATES},
}  # fmt: skip
"""Colour on ground → ratio asked by RGAA 3.2 and 3.3, in every scheme."""


def block(css, selector):
    """Colours declared by the first rule of ``selector``."""
    start = css.index(f"{selector} {{")
    return dict(DECLARATION.findall(css[start : css.index("}", start)]))


@pytest.fixture(scope="module")
def css(theme):
    """The token file."""
    return (theme / "static/css/tokens.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def schemes(css):
    """Colours of the light, dark and print schemes."""
    light = block(css, ":root")
    printed = css[css.index("@media print") :]
    return {
        "light": light,
        "dark": light | block(css, ':root[data-theme="sombre"]'),
        "print": light | block(printed, ":root"),
    }


def test_the_two_dark_schemes_are_the_same(css):
    system = block(css, ':root:not([data-theme="clair"])')
    assert system == block(css, ':root[data-theme="sombre"]')
    assert len(system) > 30


def test_dark_changes_every_colour_of_light(css):
    light, dark = block(css, ":root"), block(css, ':root[data-theme="sombre"]')
    kept = {"sur-signal", "barre-nuit", "barre-signal"}
    assert set(light) - set(dark) == kept
    assert set(dark) <= set(light)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pair_can_be_read(scheme, schemes, css):
    colours = schemes[scheme]
    hues = [hue for _, hue, _ in ALIAS.findall(css)]
    tints = {(name, f"{hue}-fond"): TEXT for hue in hues for name in ("encre", "encre-2", hue)}
    pages = {(hue, ground): TEXT for hue in hues for ground in ("fond", "fond-2")}
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for (one, other), least in (PAIRS | tints | pages).items()
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_every_theme_of_the_vocabulary_has_its_hue(css, racine):
    themes = yaml.safe_load((racine / "data/themes.yml").read_text(encoding="utf-8"))["valeurs"]
    assert len(themes) == 10
    hues = [(one["code"], one["teinte"], one["teinte"]) for one in themes]
    assert sorted(ALIAS.findall(css)) == sorted(hues)


def test_no_colour_is_written_outside_the_tokens():
    """Black on white paper aside, and what buildings are of: they are no colours of a region."""
    found = {
        path.name: re.findall(
            r"#(?!000;|fff;)[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text("utf-8")
        )
        for path in theme_files("static/css/*.css").values()
        if path.name not in ("tokens.css", "facade.css")
    }
    assert not any(found.values()), found
