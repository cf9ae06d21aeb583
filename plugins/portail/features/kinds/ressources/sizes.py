"""Classes of touring tools, by what carrying and showing each takes."""

from __future__ import annotations

from portail.model.resource import Pret
from portail.site.tools import SURFACES, TRANSPORTS, UNKNOWN

_CAR = (100.0, 6)
_VAN = (800.0, 40)
"""The most that a vehicle takes, in kilograms and in crates.

A car: what two people load by hand, and crates of 60 × 40 × 30 cm in the boot of an estate car,
seats folded (six are 430 litres). A van that any driving licence allows (3.5 t, category B): what
is left of its load (about 1 t) with two people aboard; forty crates are 3 m³ of the 10 that it
has, as panels and stands go beside them.
"""

_CORNER = 20.0
"""In m²: a corner of a library or of a hall."""
_ROOM = 60.0
"""In m²: a classroom, whose usual size is 50 to 60."""


def transport_code(pret: Pret | None) -> str:
    """The smallest vehicle that takes a tool, by what its sheet tells of weight and crates.

    >>> [transport_code(Pret.model_validate(told)) for told in (
    ...     {"poids_kg": "62", "caisses": "3"}, {"caisses": "12"}, {"poids_kg": "900"}, {})]
    ['voiture', 'utilitaire', 'camion', 'non-precise']
    """
    if pret is None or (pret.poids_kg is None and pret.caisses is None):
        return UNKNOWN.code
    load = (pret.poids_kg or 0, pret.caisses or 0)
    for size, limits in zip(TRANSPORTS, (_CAR, _VAN), strict=False):
        if all(value <= limit for value, limit in zip(load, limits, strict=True)):
            return size.code
    return TRANSPORTS[2].code


def surface_code(pret: Pret | None) -> str:
    """Floor-area class of an exhibit.

    >>> [surface_code(Pret.model_validate(told)) for told in (
    ...     {"surface_m2": "20"}, {"surface_m2": "60"}, {"surface_m2": "61"}, {})]
    ['jusqu-a-20', '20-a-60', 'plus-de-60', 'non-precise']
    """
    if pret is None or pret.surface_m2 is None:
        return UNKNOWN.code
    return SURFACES[(pret.surface_m2 > _CORNER) + (pret.surface_m2 > _ROOM)].code
