"""The colours of the site turned to the hue of one colour, that of a team (``PORTAIL_COULEUR``).

A token keeps its lightness in OKLCH (https://bottosson.github.io/posts/oklab/), so it is seen on
every ground that it was seen on: nothing has to be judged, found or proposed when a team writes its
colour. A test holds it for all hues.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, cos, degrees, hypot, radians, sin

from . import sheet

# Tokens that have the hue of the team; grounds, texts, states and themes keep theirs.
TURNED = "lien accent nuit filet-nuit sur-nuit-2 barre-nuit barre-signal".split()
_TO_LMS = ((0.4122215, 0.5363325, 0.0514460), (0.2119035, 0.6806995, 0.1073970),
           (0.0883025, 0.2817188, 0.6299787))  # fmt: skip
_TO_LAB = ((0.2104543, 0.7936178, -0.0040720), (1.9779985, -2.4285922, 0.4505937),
           (0.0259040, 0.7827718, -0.8086758))  # fmt: skip
_FROM_LAB = ((1, 0.3963378, 0.2158038), (1, -0.1055613, -0.0638542), (1, -0.0894842, -1.2914855))
_FROM_LMS = ((4.0767417, -3.3077116, 0.2309699), (-1.2684380, 2.6097574, -0.3413194),
             (-0.0041961, -0.7034186, 1.7076147))  # fmt: skip
Vector = tuple[float, ...]
# Hues of the themes: ``teinte`` of ``data/themes.yml``.
HUES = "guede houblon opale betterave brique iris chicoree acier ardoise lie".split()


def hue_of(name: str) -> str:
    """The hue that a theme names, else that of no theme in particular.

    >>> hue_of("iris"), hue_of("fuchsia"), hue_of("")
    ('iris', 'ardoise', 'ardoise')
    """
    if name in HUES:
        return name
    return "ardoise"


def coloured(css: str, colour: str) -> str:
    """What, after a sheet of tokens, gives it the hue of a team; empty when it has no colour."""
    if not colour:
        return ""
    light, dark = (
        {name: value for name, value in turned(tokens, colour).items() if value != tokens[name]}
        for tokens in sheet.schemes(css)
    )
    return sheet.overlay(css, light, dark)


def turned(tokens: Mapping[str, str], colour: str) -> dict[str, str]:
    """``tokens`` (colours by name) of which those of the portal have the hue of ``colour``, and no
    more strength: of a grey, greys."""
    _, most, hue = oklch(colour)
    changed = {}
    for name in TURNED:
        light, strength, _ = oklch(tokens[name])
        changed[name] = hexadecimal(light, min(strength, most), hue)
    return {**tokens, **changed}


def oklch(colour: str) -> Vector:
    """Lightness, strength and hue of « #RRGGBB »."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light, a, b = _times(_TO_LAB, [part ** (1 / 3) for part in _times(_TO_LMS, linear)])
    return light, hypot(a, b), degrees(atan2(b, a))


def hexadecimal(light: float, strength: float, hue: float) -> str:
    """The colour, less strong where no screen shows it so."""
    while True:
        a = strength * cos(radians(hue))
        b = strength * sin(radians(hue))
        linear = _times(_FROM_LMS, [part**3 for part in _times(_FROM_LAB, (light, a, b))])
        if all(-0.002 <= part <= 1.002 for part in linear):
            break
        strength *= 0.97
    parts = [min(max(p, 0), 1) for p in linear]
    parts = [12.92 * p if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in parts]
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def _times(rows: tuple[Vector, ...], vector: Vector | list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
