"""Contrasts of WCAG 2.2 (1.4.3 and 1.4.11), and the pairs of tokens that the theme shows."""

from functools import cache
from itertools import product

import pytest

from portail.text.colours import channels

HUES = pytest.importorskip("portail_identite.palette").HUES

TEXT, CONTROL = 4.5, 3.0


@cache
def luminance(colour):
    """Relative luminance, from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    levels = (part / 255 for part in channels(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in levels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    """Ratio of two colours, from 1 to 21.

    >>> round(contrast("#A63A24", "#FFFFFF"), 2)
    6.46
    """
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("fond", "fond-2", "fond-3")
_STATES = ("succes", "alerte", "erreur", "info")
_BELOW_HUES = [f"{hue}-fond" for hue in HUES]
_BELOW_STATES = [f"{state}-fond" for state in _STATES]

# A token and the one that it is seen on, wherever the theme puts one on the other: the ratio.
PAIRS = {
    **dict.fromkeys(product(("encre", "encre-2", "lien", "accent"), GROUNDS), TEXT),
    **dict.fromkeys(product(("bord",), GROUNDS), CONTROL),
    **dict.fromkeys(product(HUES, ("fond", "fond-2")), TEXT),
    **{(hue, f"{hue}-fond"): TEXT for hue in HUES},
    **dict.fromkeys(product(("encre", "encre-2"), _BELOW_HUES), TEXT),
    **{(state, f"{state}-fond"): TEXT for state in _STATES},
    **dict.fromkeys(product(("encre", "lien"), _BELOW_STATES), TEXT),
    ("fond", "encre"): TEXT,
    ("encre", "marque"): TEXT,
    ("sur-accent", "accent"): TEXT,
    ("sur-signal", "signal"): TEXT,
    ("sur-nuit", "nuit"): TEXT,
    ("sur-nuit-2", "nuit"): TEXT,
    ("signal", "nuit"): CONTROL,
    ("barre-nuit", "nuit"): CONTROL,
    ("barre-signal", "signal"): CONTROL,
}
