"""Contrasts of the tokens, recomputed from the style sheet with the formula of WCAG 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DECLARATION = re.compile(r"--([\w-]+): (#[0-9A-Fa-f]{6});")
ALIAS = re.compile(r"\.t-([\w-]+) \{ --t: var\(--(\w+)\); --t-fond: var\(--(\w+)-fond\); \}")

# Colour on ground: the ratio that the design announces, light then dark (None: not announced).
ANNOUNCED = {
    ("encre", "fond"): (16.75, 15.83),
    ("encre", "fond-2"): (14.96, 14.12),
    ("encre-2", "fond"): (7.62, 9.91),
    ("encre-2", "fond-2"): (6.80, 8.84),
    ("lien", "fond"): (8.62, 9.13),
    ("lien", "fond-2"): (7.70, 8.15),
    ("accent", "fond"): (6.13, 8.22),
    ("accent", "fond-2"): (5.48, 7.33),
    ("sur-accent", "accent"): (6.46, 8.22),
    ("sur-signal", "signal"): (9.48, None),
    ("signal", "nuit"): (6.86, None),
    ("sur-nuit", "nuit"): (12.11, None),
    ("bord", "fond"): (4.52, 5.92),
    ("bord", "fond-2"): (4.04, 5.28),
    ("succes", "succes-fond"): (5.59, None),
    ("alerte", "alerte-fond"): (6.09, None),
    ("erreur", "erreur-fond"): (6.76, None),
    ("info", "info-fond"): (10.17, None),
}
# Theme: hue, light on the page, light on its tint, dark on its tint.
THEMES = {
    "astronomie-espace": ("guede", 8.62, 7.24, 6.94),
    "agriculture-alimentation": ("houblon", 6.86, 5.97, 7.14),
    "terre-environnement": ("opale", 6.74, 5.79, 6.95),
    "vivant-sante": ("betterave", 8.10, 6.85, 7.12),
    "mathematiques-physique-chimie": ("brique", 6.13, 5.23, 6.41),
    "numerique": ("iris", 8.26, 6.95, 6.89),
    "sciences-societe": ("chicoree", 6.33, 5.47, 7.46),
    "industrie-technologie": ("acier", 6.96, 5.89, 7.14),
    "histoire-patrimoine": ("ardoise", 7.18, 6.14, 7.24),
    "histoire-des-sciences": ("lie", 9.26, 7.76, 7.34),
}
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


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                        for c in channels)  # fmt: skip
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def block(css: str, selector: str) -> dict[str, str]:
    """Colours declared by the first rule of ``selector``."""
    start = css.index(f"{selector} {{")
    return dict(DECLARATION.findall(css[start : css.index("}", start)]))


@pytest.fixture(scope="module")
def css(theme: Path) -> str:
    """The token file."""
    return (theme / "static/css/tokens.css").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def schemes(css: str) -> dict[str, dict[str, str]]:
    """Colours of the light, dark and print schemes."""
    light = block(css, ":root")
    printed = css[css.index("@media print") :]
    return {
        "light": light,
        "dark": light | block(css, ':root[data-theme="sombre"]'),
        "print": light | block(printed, ":root"),
    }


def test_the_two_dark_schemes_are_the_same(css: str) -> None:
    system = block(css, ':root:not([data-theme="clair"])')
    assert system == block(css, ':root[data-theme="sombre"]')
    assert len(system) > 30


def test_dark_changes_every_colour_of_light(css: str) -> None:
    light, dark = block(css, ":root"), block(css, ':root[data-theme="sombre"]')
    kept = {"sur-signal", "barre-nuit", "barre-signal"}
    assert set(light) - set(dark) == kept
    assert set(dark) <= set(light)


@pytest.mark.parametrize("pair", ANNOUNCED, ids=" on ".join)
def test_announced_contrasts(pair: tuple[str, str], schemes: dict[str, dict[str, str]]) -> None:
    for scheme, expected in zip(("light", "dark"), ANNOUNCED[pair], strict=True):
        if expected is not None:
            colours = schemes[scheme]
            ratio = contrast(colours[pair[0]], colours[pair[1]])
            assert ratio == pytest.approx(expected, abs=0.006), scheme


@pytest.mark.parametrize("code", THEMES)
def test_announced_contrasts_of_themes(code: str, schemes: dict[str, dict[str, str]]) -> None:
    hue, page, tint, dark_tint = THEMES[code]
    light, dark = schemes["light"], schemes["dark"]
    found = (
        contrast(light[hue], light["fond"]),
        contrast(light[hue], light[f"{hue}-fond"]),
        contrast(dark[hue], dark[f"{hue}-fond"]),
    )
    assert found == pytest.approx((page, tint, dark_tint), abs=0.006)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pair_can_be_read(scheme: str, schemes: dict[str, dict[str, str]]) -> None:
    colours = schemes[scheme]
    tints = {(name, f"{hue}-fond"): TEXT
             for hue, *_ in THEMES.values() for name in ("encre", "encre-2", hue)}  # fmt: skip
    pages = {(hue, ground): TEXT for hue, *_ in THEMES.values() for ground in ("fond", "fond-2")}
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for (one, other), least in (PAIRS | tints | pages).items()
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_every_theme_of_the_vocabulary_has_its_hue(css: str, racine: Path) -> None:
    rows = (racine / "data/themes.yml").read_text(encoding="utf-8")
    codes = re.findall(r"code: ([\w-]+)", rows)
    classes = {code: (hue, tint) for code, hue, tint in ALIAS.findall(css)}
    assert set(classes) == set(codes) == set(THEMES)
    assert classes == {code: (hue, hue) for code, (hue, *_) in THEMES.items()}


def test_no_colour_is_written_outside_the_tokens(theme: Path) -> None:
    """Black on white paper aside: they are no colours of a region."""
    folder = theme / "static/css"
    found = {
        path.name: re.findall(
            r"#(?!000;|fff;)[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(", path.read_text("utf-8")
        )
        for path in folder.glob("*.css")
        if path.name != "tokens.css"
    }
    assert not any(found.values()), found
