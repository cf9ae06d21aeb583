"""Which drawings a theme has: a family of forms, each drawn by lot from a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

from portail.drawings import COUNT, matter, nature, people
from portail.drawings.strokes import Dessin, Draw

_Forms = tuple[Callable[[Draw], Dessin], ...]

FAMILIES: dict[str, _Forms] = {
    "astronomie-espace": (nature.orbits, nature.star_trails, nature.moons),
    "terre-environnement": (nature.contours, nature.strata, nature.rivers),
    "vivant-sante": (nature.sunflower, nature.cells, nature.helix),
    "agriculture-alimentation": (nature.furrows, nature.plots, nature.ears),
    "mathematiques-physique-chimie": (matter.interference, matter.lissajous, matter.field_lines),
    "numerique": (matter.truchet, matter.automaton, matter.circuit),
    "industrie-technologie": (matter.envelopes, matter.gears, matter.girders),
    "sciences-societe": (people.voices, people.network, people.bridges),
    "histoire-patrimoine": (people.arcades, people.rose_window, people.bricks),
    "histoire-des-sciences": (people.dials, people.astrolabe, people.armillary),
}
"""Forms by the code of the theme; a theme that is not here has those of what has none."""
OTHERS: _Forms = (people.ripples, people.rings, people.answers)

_ALL_AROUND = "sciences-societe"
"""The theme that many contents have besides another, which says more of them."""


def shown_theme(themes: Iterable[str]) -> str:
    """The theme that a picture shows, ``""`` for none: the first that says what it is about."""
    found = [*themes]
    return next((one for one in found if one != _ALL_AROUND), found[0] if found else "")


def choice_of(slug: str) -> int:
    """The rank, from 1 to ``COUNT``, of the drawing that a slug chooses."""
    return sha256(slug.encode()).digest()[0] % COUNT + 1


@lru_cache(256)
def drawing(theme: str, rank: int) -> Dessin:
    """The drawing of a rank (see ``choice_of``) in the family of a theme."""
    forms = FAMILIES.get(theme, OTHERS)
    drawn = forms[rank % len(forms)](Draw(f"{theme}-{rank}"))
    return drawn._replace(traits=tuple(one for one in drawn.traits if one.trace))
