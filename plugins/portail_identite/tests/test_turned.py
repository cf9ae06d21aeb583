"""Whatever the colour of a team, all that the theme shows is seen (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from contrasts import PAIRS, contrast
from portail.resources import TOKENS, theme_dir
from portail_identite.palette import hexadecimal, turned
from portail_identite.sheet import schemes


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_the_theme_is_seen_for_every_hue(scheme):
    css = (theme_dir() / "static" / TOKENS).read_text(encoding="utf-8")
    tokens = schemes(css)[scheme]
    greys = [hexadecimal(0.5, strength, hue) for strength in (0, 0.03) for hue in range(0, 360, 5)]
    for colour in (*(hexadecimal(0.5, 0.1, hue) for hue in range(360)), *greys, "#FFF000"):
        colours = turned(tokens, colour)
        for (first, second), least in PAIRS.items():
            if colours.get(first, "")[:1] == colours.get(second, "")[:1] == "#":
                assert contrast(colours[first], colours[second]) >= least, (colour, first, second)
